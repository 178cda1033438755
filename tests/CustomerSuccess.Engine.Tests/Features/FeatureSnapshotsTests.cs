using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Features;

public sealed class FeatureSnapshotsTests
{
    [Theory]
    [DatabaseData]
    public async Task Features_come_back_as_they_were_at_month_ends_and_for_the_latest_day(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await RandomCompany.SeedAsync(test.Database, 5);
        var build = new BuildFeatures(test.Database, new SettingsStore(test.Database, TimeProvider.System));
        var snapshots = new FeatureSnapshots(test.Database);
        DateOnly monthEnd = new(2024, 7, 31), middle = new(2024, 8, 10), later = new(2024, 8, 11);
        var catalogue = await build.CatalogueAsync(monthEnd, cancellation: TestContext.Current.CancellationToken);
        FeatureTable table = null!;
        foreach (var day in (DateOnly[])[monthEnd, middle, middle, later])
        {
            table = await build.RunAsync(null, [day], catalogue, TestContext.Current.CancellationToken);
            await snapshots.SaveAsync(table, catalogue, TestContext.Current.CancellationToken);
        }

        var stored = await snapshots.ReadAsync(Viewer.System, 3, TestContext.Current.CancellationToken);
        stored.Select(s => s.AsOf).Should().Equal(later, monthEnd);
        var row = Array.IndexOf(table.AccountNo, 3);
        stored[0].Features.Select(f => f.Name).Should().Equal(catalogue.Features.Select(f => f.Name));
        foreach (var (feature, column) in stored[0].Features.Zip(table.Columns))
        {
            feature.Text.Should().Be(column.IsCategory && column.Codes![row] >= 0 ? column.Levels[column.Codes[row]] : null, feature.Name);
            feature.Number.Should().Be(column.IsCategory ? double.NaN : column.Numbers![row], feature.Name);
        }

        var stranger = new Viewer("u", "u@example.com", new HashSet<string> { Roles.Csm }, OwnPortfolioOnly: true);
        (await snapshots.ReadAsync(stranger, 3, TestContext.Current.CancellationToken)).Should().BeEmpty();
    }
}
