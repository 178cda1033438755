using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>What happens to the model in use when somebody changes it, or something damages it.</summary>
public sealed class RollBackTests
{
    private static readonly Viewer Operator = new("u7", "ops@example.com", new HashSet<string> { Roles.CsOperations }, false);
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2024, 7, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Rolling_back_puts_the_former_model_in_use_and_notes_who_did_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database, _clock);
        var registry = models.Registry;
        await registry.Invoking(r => r.RollBackAsync(Operator, Target.Churn, cancellation: Token)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*in use before*");
        await RegisterAsync(models, "2024-06-30-1", 0.1);
        await RegisterAsync(models, "2024-06-30-2", 0.2);
        await RegisterAsync(models, "2024-06-30-3", 0.3);
        (await registry.FormerAsync(Target.Churn, Token)).Should().Be("2024-06-30-2");

        var csm = new Viewer("u", "u@example.com", new HashSet<string> { Roles.Csm }, true);
        await registry.Invoking(r => r.RollBackAsync(csm, Target.Churn, cancellation: Token)).Should().ThrowAsync<UnauthorizedAccessException>();
        (await registry.RollBackAsync(Operator, Target.Churn, cancellation: Token)).Version.Should().Be("2024-06-30-2");
        (await registry.LoadChampionAsync(Target.Churn, Token))!.Version.Should().Be("2024-06-30-2");
        (await registry.EventsAsync(Target.Churn, Token)).Select(e => (e.Version, e.Action, e.ByEmail, e.InPlaceOf)).Should().Equal(
            ("2024-06-30-2", ModelAction.RolledBack, "ops@example.com", "2024-06-30-3"),
            ("2024-06-30-3", ModelAction.PutInUse, null, "2024-06-30-2"),
            ("2024-06-30-2", ModelAction.PutInUse, null, "2024-06-30-1"),
            ("2024-06-30-1", ModelAction.PutInUse, null, null));

        _clock.Advance(TimeSpan.FromMinutes(1));
        (await registry.RollBackAsync(Operator, Target.Churn, cancellation: Token)).Version.Should().Be("2024-06-30-3", "done twice it is undone");
        (await registry.ListAsync(Target.Churn, Token)).Count(model => model.Status == ModelStatus.Champion).Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_damaged_model_is_refused_with_its_reason_while_the_last_good_one_serves(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database, _clock);
        var registry = models.Registry;
        await RegisterAsync(models, "2024-06-30-1", 0.1);
        await RegisterAsync(models, "2024-06-30-2", 0.2);
        await DamageAsync(test.Database, "2024-06-30-2", ModelArchive.Pack(TestRegistry.Model(0.9), TestRegistry.Model(0)));

        var serving = await registry.LoadServingAsync(Target.Churn, Token);
        serving.Model!.Version.Should().Be("2024-06-30-1");
        serving.Damaged.Should().ContainSingle().Which.Should().Match<DamagedModel>(damaged => damaged.Version == "2024-06-30-2" && damaged.Reason.Contains("card.json speaks of"));

        await DamageAsync(test.Database, "2024-06-30-1", [1, 2, 3]);
        serving = await registry.LoadServingAsync(Target.Churn, Token);
        serving.Model.Should().BeNull("the rules stand in");
        serving.Damaged.Should().HaveCount(2);
        serving.Damaged[1].Reason.Should().Contain("no readable zip");
        await registry.Invoking(r => r.RollBackAsync(Operator, Target.Churn, cancellation: Token)).Should().ThrowAsync<FormatException>();
        (await registry.ListAsync(Target.Churn, Token)).Single(model => model.Status == ModelStatus.Champion).Version.Should().Be("2024-06-30-2", "nothing was changed");
        (await registry.LoadTestedChampionAsync(Target.Churn, Token)).Should().NotBeNull("its tested model is whole");
    }

    private Task<RegisteredModel> RegisterAsync(TestRegistry models, string version, double offset)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        return models.RegisterAsync(version, offset);
    }

    private static async Task DamageAsync(Database database, string version, byte[] content)
    {
        await using var context = database.OpenContext();
        (await context.Models.Where(m => m.Version == version).ExecuteUpdateAsync(set => set.SetProperty(m => m.Content, content), Token)).Should().Be(1);
    }
}
