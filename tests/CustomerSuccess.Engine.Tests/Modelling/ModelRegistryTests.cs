using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Modelling;

public sealed class ModelRegistryTests
{
    [Theory]
    [DatabaseData]
    public async Task What_is_registered_is_served_and_copied_when_it_comes_into_use(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database);
        var registry = models.Registry;
        var cancellation = TestContext.Current.CancellationToken;
        (await registry.LoadChampionAsync(Target.Churn, cancellation)).Should().BeNull();
        (await registry.NextVersionAsync(Target.Churn, new DateOnly(2024, 6, 30), cancellation)).Should().Be("2024-06-30-1");

        var first = await models.RegisterAsync("2024-06-30-1", 0.1, ModelStatus.Champion);
        var second = await models.RegisterAsync("2024-06-30-2", 0.2, ModelStatus.Challenger);
        var champion = (await registry.LoadChampionAsync(Target.Churn, cancellation))!;
        champion.Version.Should().Be("2024-06-30-1");
        champion.Model.Hash.Should().Be(first.Hash);
        (await registry.LoadChampionAsync(Target.Upsell, cancellation)).Should().BeNull();
        (await registry.NextVersionAsync(Target.Churn, new DateOnly(2024, 6, 30), cancellation)).Should().Be("2024-06-30-3");

        await registry.PromoteAsync(Viewer.System, Target.Churn, second.Version, cancellation);
        (await registry.LoadChampionAsync(Target.Churn, cancellation))!.Model.Hash.Should().Be(second.Hash);
        (await registry.ListAsync(Target.Churn, cancellation)).Select(m => (m.Version, m.Status)).Should().Equal(
            ("2024-06-30-2", ModelStatus.Champion), ("2024-06-30-1", ModelStatus.Retired));
        foreach (var version in new[] { first.Version, second.Version })
        {
            File.Exists(Path.Combine(models.Folder, "churn", version, "model.zip")).Should().BeTrue();
            File.Exists(Path.Combine(models.Folder, "churn", version, "card.json")).Should().BeTrue();
        }
    }

    [Fact]
    public async Task A_copy_of_the_same_model_stays_as_it_lies_there()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var other = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var models = await TestRegistry.CreateAsync(test.Database);
        using var others = await TestRegistry.CreateAsync(other.Database);
        var cancellation = TestContext.Current.CancellationToken;
        var model = await models.RegisterAsync("2024-06-30-1", 0.1, ModelStatus.Champion);
        var copy = Path.Combine(models.Folder, "churn", model.Version);
        var target = Directory.CreateDirectory(Path.Combine(others.Folder, "churn", model.Version)).FullName;
        var (card, content) = (Path.Combine(target, "card.json"), Path.Combine(target, "model.zip"));
        File.Copy(Path.Combine(copy, "model.zip"), content);
        var shipped = (ModelCard.Parse(await File.ReadAllTextAsync(Path.Combine(copy, "card.json"), cancellation)) with { CreatedAt = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) }).ToJson() + "\n";
        await File.WriteAllTextAsync(card, shipped, cancellation);

        await others.RegisterAsync("2024-06-30-1", 0.1, ModelStatus.Champion);
        (await File.ReadAllTextAsync(card, cancellation)).Should().Be(shipped, "the same model, trained again, differs in nothing but the hour");

        await File.WriteAllBytesAsync(content, [1], cancellation);
        await others.Registry.RetireChampionAsync(Target.Churn, null, cancellation);
        await others.Registry.RollBackAsync(Viewer.System, Target.Churn, "2024-06-30-1", cancellation);
        (await File.ReadAllBytesAsync(content, cancellation)).Should().Equal(await File.ReadAllBytesAsync(Path.Combine(copy, "model.zip"), cancellation), "another model is written over");
    }

    [Theory]
    [DatabaseData]
    public async Task An_exported_model_is_the_same_model_in_another_database(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using var other = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var models = await TestRegistry.CreateAsync(test.Database);
        using var others = await TestRegistry.CreateAsync(other.Database);
        var cancellation = TestContext.Current.CancellationToken;
        var model = await models.RegisterAsync("2024-06-30-1", 0.1);
        var registry = others.Registry;
        var written = Path.Combine(models.Folder, "churn", model.Version);
        var imported = await registry.ImportAsync(Viewer.System, written, cancellation);
        (imported.Hash, imported.Status).Should().Be((model.Hash, ModelStatus.Challenger));
        await registry.PromoteAsync(Viewer.System, Target.Churn, model.Version, cancellation);
        (await registry.LoadChampionAsync(Target.Churn, cancellation))!.Model.Hash.Should().Be(model.Hash);

        await registry.Invoking(r => r.ImportAsync(Viewer.System, written, cancellation)).Should().ThrowAsync<InvalidOperationException>().WithMessage("There is already*");
        var card = Path.Combine(written, "card.json");
        await File.WriteAllTextAsync(card, (await File.ReadAllTextAsync(card, cancellation)).Replace("2024-06-30-1", "../up", StringComparison.Ordinal), cancellation);
        await registry.Invoking(r => r.ImportAsync(Viewer.System, written, cancellation)).Should().ThrowAsync<FormatException>().WithMessage("*no version*");
        await File.WriteAllBytesAsync(Path.Combine(written, "model.zip"), ModelArchive.Pack(TestRegistry.Model(0.7), TestRegistry.Model(0)), cancellation);
        await registry.Invoking(r => r.ImportAsync(Viewer.System, written, cancellation)).Should().ThrowAsync<FormatException>().WithMessage("*card.json speaks of*");
        await File.WriteAllBytesAsync(Path.Combine(written, "model.zip"), [1, 2, 3], cancellation);
        await registry.Invoking(r => r.ImportAsync(Viewer.System, written, cancellation)).Should().ThrowAsync<FormatException>().WithMessage("*no readable zip*");
    }

    [Theory]
    [DatabaseData]
    public async Task A_refused_or_shuffled_model_never_comes_into_use(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var models = await TestRegistry.CreateAsync(test.Database);
        var cancellation = TestContext.Current.CancellationToken;
        var registry = models.Registry;
        await registry.RegisterAsync(TestRegistry.Card("2024-06-30-1", null) with { Verdict = Verdict.TooFewOutcomes }, null, ModelStatus.Refused, cancellation);
        await registry.Invoking(r => r.PromoteAsync(Viewer.System, Target.Churn, "2024-06-30-1", cancellation)).Should().ThrowAsync<InvalidOperationException>().WithMessage("*too_few_outcomes*");
        await registry.Invoking(r => r.RegisterAsync(TestRegistry.Card("2024-06-30-2", TestRegistry.Model(1)) with { ShuffledSeed = 1 }, null, ModelStatus.Champion, cancellation)).Should().ThrowAsync<InvalidOperationException>();
        (await registry.LatestAsync(Target.Churn, cancellation))!.Verdict.Should().Be(Verdict.TooFewOutcomes);
        (await registry.LoadChampionAsync(Target.Churn, cancellation)).Should().BeNull();
    }

    [Fact]
    public async Task A_csm_may_not_change_the_model_in_use()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var models = await TestRegistry.CreateAsync(test.Database);
        var registry = models.Registry;
        var csm = new Viewer("u", "u@example.com", new HashSet<string> { Roles.Csm }, true);
        await registry.Invoking(r => r.PromoteAsync(csm, Target.Churn, "2024-06-30-1", TestContext.Current.CancellationToken)).Should().ThrowAsync<UnauthorizedAccessException>();
    }
}
