using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Handouts;

/// <summary>A company with fourteen months of contracts and answers, an executive and a CSM who sees the own accounts alone, on a clock of the test's own: Wednesday 5 March 2025, 9:00 in Tokyo.</summary>
internal sealed class HandoutCompany : IAsyncDisposable
{
    private readonly TestDatabase _test;

    private HandoutCompany(TestDatabase test)
    {
        _test = test;
        Services = NewProcess();
    }

    public static Viewer Executive { get; } = new("u-exec", "exec@company.example", new HashSet<string> { Roles.Executive }, false);

    public static Viewer Administrator { get; } = new("u-admin", "admin@company.example", new HashSet<string> { Roles.Administrator }, false);

    public static Viewer Manager { get; } = new("u-own", "own@company.example", new HashSet<string> { Roles.CsManager }, OwnPortfolioOnly: true);

    public static Viewer Csm { get; } = new("u-csm", "csm@company.example", new HashSet<string> { Roles.Csm }, false);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2025, 3, 5, 0, 0, 0, TimeSpan.Zero));

    public Database Database => _test.Database;

    public ServiceProvider Services { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>What another process over the same database has.</summary>
    public ServiceProvider NewProcess() => new ServiceCollection().AddSingleton<TimeProvider>(Clock).AddCustomerSuccessEngine(Database.Options).AddLogging().BuildServiceProvider();

    public static async Task<HandoutCompany> CreateAsync(DatabaseKind kind)
    {
        var made = new HandoutCompany(await TestDatabase.CreateAsync(kind));
        await using (var company = new TestCompany(made.Database))
        {
            for (var i = 1; i <= 10; i++)
            {
                var account = company.Account(i, "SMB");
                (account.Name, account.OwnerEmail) = (i == 1 ? "株式会社サンプル" : $"Customer {i}", i == 1 ? "own@company.example" : "csm@company.example");
                company.Term(i, -60, i == 9 ? 400 : null, 1000 * i, seats: 20, plan: "Standard");
            }

            company.Reach("subscriptions", 425);
            for (var i = 0; i < 12; i++)
            {
                company.Answer((i % 10) + 1, 410, i < 8 ? 9 : 5);
                company.Answer((i % 10) + 1, 380, i < 7 ? 9 : 6);
            }

            company.Context.Add(new Mark { MarkId = "m", Kind = MarkKind.Release, Day = TestCompany.Day(412), Title = "新しい分析画面" });
            foreach (var (viewer, name) in ((Viewer, string)[])[(Executive, "Erika Exec"), (Administrator, "Ada Admin"), (Manager, "大和 太郎"), (Csm, "Carla Csm")])
            {
                company.Context.Add(new User { Id = viewer.UserId, UserName = viewer.Email, Email = viewer.Email, NormalizedEmail = viewer.Email!.ToUpperInvariant(), DisplayName = name, OwnPortfolioOnly = viewer.OwnPortfolioOnly });
                var role = viewer.Roles.Single();
                company.Context.Add(new IdentityRole { Id = role, Name = role, NormalizedName = role.ToUpperInvariant() });
                company.Context.Add(new IdentityUserRole<string> { UserId = viewer.UserId, RoleId = role });
            }

            await company.SaveAsync();
        }

        var settings = made.Get<SettingsStore>();
        foreach (var (key, value) in ((string, string)[])[("company.name", "株式会社テスト"), ("company.currency", "USD"), ("mail.from_address", "cs@company.example"), ("sender.name", "Test, Inc."), ("sender.name_ja", "株式会社テスト"), ("web.address", "https://cs.company.example")])
        {
            (await settings.SetAsync(Viewer.System, key, value, Token)).Should().BeTrue("{0}", key);
        }

        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        await _test.DisposeAsync();
    }
}
