using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

/// <summary>Attributes that mean something, and such that do not, beside a feature that carries the outcome.</summary>
public sealed class EvidenceScreenTests
{
    private const int Accounts = 400;
    private const int Months = 12;

    [Fact]
    public void Attributes_that_mean_nothing_are_left_out_and_those_that_mean_something_are_kept()
    {
        int meaningless = 0, meaningful = 0;
        for (var seed = 1; seed <= 5; seed++)
        {
            var screen = Screen(Panel(seed, strength: 1));
            meaningless += screen.Columns.Count(column => column.Kept && column.Column.StartsWith("attribute:noise", StringComparison.Ordinal));
            meaningful += screen.Columns.Count(column => column.Kept && column.Column.StartsWith("attribute:real", StringComparison.Ordinal));
            screen.LeftOut.Should().Equal(screen.Columns.Where(column => !column.Kept).Select(column => column.Column).Order(StringComparer.Ordinal));
        }

        meaningless.Should().BeLessThanOrEqualTo(3, "thirty of them stand beside ten that mean something, and one in twenty of those kept may be wrong");
        meaningful.Should().Be(10);
    }

    [Fact]
    public void Where_no_attribute_means_anything_one_is_kept_in_one_company_of_twenty()
    {
        var companies = Enumerable.Range(100, 20).Count(seed => Screen(Panel(seed, strength: 0)).Columns.Any(column => column.Kept));
        companies.Should().BeLessThanOrEqualTo(4, "that is three standard errors above a twentieth of twenty");
    }

    [Fact]
    public void What_another_column_says_already_is_no_evidence_of_its_own()
    {
        var panel = Panel(3, strength: 0);
        var usage = panel.Table.Columns[0].Numbers!;
        var echo = panel with { Table = panel.Table with { Columns = [.. panel.Table.Columns, FeatureColumn.OfNumbers("attribute:echo", [.. usage.Select(x => Math.Round(2 * x) + 7)])] } };
        Of(Screen(echo), "attribute:echo").PValue.Should().BeGreaterThan(0.1);
        Of(Screen(echo with { Table = echo.Table with { Columns = [.. echo.Table.Columns.Skip(1)] } }), "attribute:echo").Kept.Should().BeTrue("without the other column it is the one that says it");
    }

    [Fact]
    public void Many_rows_of_one_account_are_no_more_than_one_account()
    {
        // few accounts, each with a value of its own and many rows: row by row any such attribute would seem certain
        var kept = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new SeededRandom((ulong)(1000 + seed));
            var rows = Enumerable.Range(0, 60).SelectMany(account => Enumerable.Range(0, 36).Select(month => (account, month))).ToArray();
            bool[] leaves = [.. Enumerable.Range(0, 60).Select(_ => random.Next(3) == 0)];
            bool[] labels = [.. rows.Select(r => leaves[r.account])];
            int[] value = [.. Enumerable.Range(0, 60).Select(_ => random.Next(4))];
            var data = Table(rows, labels, [FeatureColumn.OfCategories("attribute:noise", [.. rows.Select(r => value[r.account])], ["a", "b", "c", "d"])]);
            kept += Screen(data).Columns.Count(column => column.Kept);
        }

        kept.Should().BeLessThanOrEqualTo(5);
    }

    [Fact]
    public void Nothing_to_screen_gives_no_report()
    {
        EvidenceScreen.Run(Panel(1, 1), [0, 1, 2], _ => false, new TrainingPlan()).Should().BeNull();
        EvidenceScreen.Run(Panel(1, 1), [], _ => true, new TrainingPlan()).Should().BeNull();
    }

    [Fact]
    public void The_same_rows_give_the_same_report()
    {
        var data = Panel(5, 1);
        Screen(data).Should().BeEquivalentTo(Screen(data), options => options.WithStrictOrdering());
    }

    private static ColumnEvidence Of(ScreenReport screen, string name) => screen.Columns.Single(column => column.Column == name);

    private static ScreenReport Screen(LabelledTable data) =>
        EvidenceScreen.Run(data, [.. Enumerable.Range(0, data.Rows)], FeatureCatalogue.IsOwn, TrainingPlan.For(data.Rows, 200))!;

    /// <summary>Usage carries the outcome; so do, with the strength given, a category and a number; six attributes mean nothing.</summary>
    private static LabelledTable Panel(int seed, double strength)
    {
        var random = new SeededRandom((ulong)seed);
        var tier = Draw(ref random, 3);
        var score = Draw(ref random, 1000);
        int[][] noise = [Draw(ref random, 24), Draw(ref random, 2), Draw(ref random, 5), Draw(ref random, 30), Draw(ref random, 1000), Draw(ref random, 7)];
        var rows = new List<(int Account, int Month)>();
        var usage = new List<double>();
        var labels = new List<bool>();
        for (var account = 0; account < Accounts; account++)
        {
            for (var month = 0; month < Months; month++)
            {
                var used = random.Next(1000) / 250.0;
                var odds = Math.Exp(-3.2 - (0.6 * used) + (strength * (tier[account] == 0 ? 1.2 : 0)) + (strength * 1.8 * ((score[account] / 1000.0) - 0.5)) + 0.6);
                rows.Add((account, month));
                usage.Add(used);
                labels.Add(random.Next(1_000_000) < 1_000_000 * odds / (1 + odds));
            }
        }

        return Table([.. rows], [.. labels],
        [
            FeatureColumn.OfNumbers("usage_28d", [.. usage]),
            FeatureColumn.OfCategories("attribute:real tier", [.. rows.Select(r => tier[r.Account])], ["a", "b", "c"]),
            FeatureColumn.OfNumbers("attribute:real score", [.. rows.Select(r => (double)score[r.Account])]),
            .. noise.Take(3).Select((codes, i) => FeatureColumn.OfCategories($"attribute:noise {i}", [.. rows.Select(r => codes[r.Account])], [.. Enumerable.Range(0, 30).Select(level => $"l{level}")])),
            .. noise.Skip(3).Select((numbers, i) => FeatureColumn.OfNumbers($"attribute:noise {i + 3}", [.. rows.Select(r => (double)numbers[r.Account])])),
        ]);
    }

    private static int[] Draw(ref SeededRandom random, int values)
    {
        var drawn = new int[Accounts];
        for (var account = 0; account < Accounts; account++)
        {
            drawn[account] = random.Next(values);
        }

        return drawn;
    }

    private static LabelledTable Table((int Account, int Month)[] rows, bool[] labels, FeatureColumn[] columns) => new(
        new FeatureTable([.. rows.Select(r => r.Account)], [.. rows.Select(r => new DateOnly(2022, 1, 31).AddDays(30 * r.Month))], columns),
        labels,
        [.. labels.Select((label, i) => label ? rows[i].Account : -1)],
        [.. labels.Select(_ => 1.0)]);
}
