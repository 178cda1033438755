using System.Xml.Linq;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Engine.Tests.Access;

/// <summary>Sign-ins on both databases.</summary>
public sealed class UsersTests
{
    private const string Email = "sato@example.com";
    private const string Password = "correct horse battery";

    [Theory]
    [DatabaseData]
    public async Task A_user_signs_in_by_the_password_and_in_the_roles_given(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var services = Services(test);
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Users>();
        (await users.IsEmptyAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
        (await users.AddAsync(Viewer.System, Email, Password, [Roles.Csm, Roles.CsManager], "佐藤 花", ownPortfolioOnly: true)).Errors.Should().BeEmpty();

        var manager = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var user = (await manager.FindByEmailAsync("SATO@example.com"))!;
        (await manager.CheckPasswordAsync(user, Password)).Should().BeTrue();
        (await manager.CheckPasswordAsync(user, Password + " ")).Should().BeFalse();
        var viewer = ViewerClaims.ToViewer(await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<User>>().CreateAsync(user))!;
        viewer.Email.Should().Be(Email);
        viewer.OwnPortfolioOnly.Should().BeTrue();
        viewer.Roles.Should().BeEquivalentTo([Roles.Csm, Roles.CsManager]);
        (await users.ListAsync(TestContext.Current.CancellationToken)).Should().ContainSingle().Which.Name.Should().Be("佐藤 花");
    }

    [Theory]
    [DatabaseData]
    public async Task Disabling_or_another_password_ends_open_sessions(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var services = Services(test);
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Users>();
        await users.AddAsync(Viewer.System, Email, Password, [Roles.Csm]);
        var manager = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        var stamps = new List<string?> { (await manager.FindByEmailAsync(Email))!.SecurityStamp };

        (await users.SetPasswordAsync(Viewer.System, Email, "another good one")).Succeeded.Should().BeTrue();
        stamps.Add((await manager.FindByEmailAsync(Email))!.SecurityStamp);
        (await users.SetDisabledAsync(Viewer.System, Email, true)).Succeeded.Should().BeTrue();
        var user = (await manager.FindByEmailAsync(Email))!;
        stamps.Add(user.SecurityStamp);
        stamps.Should().OnlyHaveUniqueItems("every open page is checked against the stamp");
        (await manager.CheckPasswordAsync(user, "another good one")).Should().BeTrue();
        (await manager.IsLockedOutAsync(user)).Should().BeTrue();

        await users.SetDisabledAsync(Viewer.System, Email, false);
        (await manager.IsLockedOutAsync((await manager.FindByEmailAsync(Email))!)).Should().BeFalse();
    }

    [Fact]
    public async Task What_may_not_be_is_refused_with_the_reason()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var services = Services(test);
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Users>();
        var csm = new Viewer("u1", Email, new HashSet<string> { Roles.Csm }, false);
        (await users.AddAsync(csm, Email, Password, [Roles.Administrator])).Errors.Should().ContainSingle().Which.Should().Contain("administrator");
        (await users.AddAsync(Viewer.System, Email, "too short", [Roles.Csm])).Errors.Should().ContainSingle().Which.Should().Contain("10");
        (await users.AddAsync(Viewer.System, Email, Password, ["emperor"])).Errors.Should().ContainSingle().Which.Should().Contain("emperor");
        (await users.AddAsync(Viewer.System, Email, Password, [])).Errors.Should().ContainSingle();
        (await users.SetPasswordAsync(Viewer.System, "nobody@example.com", Password)).Errors.Should().ContainSingle();
        (await users.ListAsync(TestContext.Current.CancellationToken)).Should().BeEmpty();
        await users.AddAsync(Viewer.System, Email, Password, [Roles.Csm]);
        (await users.AddAsync(Viewer.System, Email.ToUpperInvariant(), Password, [Roles.Csm])).Succeeded.Should().BeFalse();
        (await users.SetPasswordAsync(Viewer.System, Email, "short")).Succeeded.Should().BeFalse();
    }

    [Theory]
    [DatabaseData]
    public async Task Keys_that_protect_cookies_are_there_for_the_next_process(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        new KeyRing(test.Database).StoreElement(new XElement("key", new XAttribute("id", 1), "鍵"), "key-1");
        new KeyRing(test.Database).GetAllElements().Should().ContainSingle().Which.Value.Should().Be("鍵");
    }

    private static ServiceProvider Services(TestDatabase test)
    {
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(test.Database.Options);
        services.AddCustomerSuccessIdentity(test.Database.Options);
        return services.BuildServiceProvider();
    }
}
