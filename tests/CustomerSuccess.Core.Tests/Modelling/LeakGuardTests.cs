using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Tests.Modelling;

public sealed class LeakGuardTests
{
    private const int Customers = 1_200;

    [Theory]
    [InlineData("a reason that four in ten leavers give", LeakReason.FilledByOutcome)]
    [InlineData("a text of its own for each leaver", LeakReason.FilledByOutcome)]
    [InlineData("the day of leaving", LeakReason.FilledByOutcome)]
    [InlineData("a survey that leavers no longer answer", LeakReason.FilledByOutcome)]
    [InlineData("a status", LeakReason.ValuesAreOutcome)]
    [InlineData("the outcome, one in twenty wrong", LeakReason.RanksTooWell)]
    [InlineData("a score by somebody who knew", LeakReason.FarAboveOthers)]
    public void A_column_that_knows_the_outcome_is_named_with_its_reason(string kind, LeakReason reason)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new SeededRandom((ulong)seed);
            var data = Company(ref random, out var labels);
            LeakGuard.Find(With(data, Column(kind, labels, ref random)), Folds(data)).Should().ContainSingle().Which.Should().Match<Leak>(leak => leak.Column == kind && leak.Reason == reason);
        }
    }

    [Fact]
    public void Honest_columns_are_left_alone_however_strong_rare_or_many_levelled()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new SeededRandom((ulong)seed);
            var data = Company(ref random, out var labels);
            double[] strong = [.. labels.Select(label => random.Next(100) + (label ? 45.0 : 0))];
            int[] rare = [.. labels.Select(label => random.Next(100) == 0 ? (label ? 1 : 0) : 2)];
            int[] blank = [.. labels.Select(label => random.Next(100) < (label ? 60 : 20) ? -1 : random.Next(3))];
            var odd = With(data,
                FeatureColumn.OfNumbers("strong", strong),
                FeatureColumn.OfCategories("rare but certain", rare, ["x", "y", "z"]),
                FeatureColumn.OfCategories("often blank before leaving", blank, ["x", "y", "z"]),
                FeatureColumn.OfCategories("id", [.. Enumerable.Range(0, Customers)], [.. Enumerable.Range(0, Customers).Select(i => $"C{i}")]),
                FeatureColumn.OfNumbers("row", [.. Enumerable.Range(0, Customers).Select(i => (double)i)]));
            LeakGuard.Find(odd, Folds(data)).Should().BeEmpty("seed {0}", seed);
        }
    }

    [Fact]
    public void An_attribute_filled_in_for_all_earlier_dates_of_those_who_left_is_found_by_account()
    {
        // twelve dates an account; the outcome shows at the last one only, so that row by row the attribute ranks badly
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 400).SelectMany(account => Enumerable.Range(0, 12).Select(month => (account, month))).ToArray();
        var leaves = Enumerable.Range(0, 400).Select(_ => random.Next(8) == 0).ToArray();
        bool[] labels = [.. rows.Select(r => leaves[r.account] && r.month == 11)];
        var data = new LabelledTable(
            new FeatureTable([.. rows.Select(r => r.account)], [.. rows.Select(r => new DateOnly(2024, r.month + 1, 1))],
            [
                FeatureColumn.OfCategories("attribute:reason", [.. rows.Select(r => leaves[r.account] ? r.account % 3 : -1)], ["a", "b", "c"]),
                FeatureColumn.OfCategories("attribute:industry", [.. rows.Select(r => r.account % 4)], ["a", "b", "c", "d"]),
                FeatureColumn.OfNumbers("usage", [.. rows.Select(r => (double)random.Next(100))]),
            ]),
            labels, [.. labels.Select((label, i) => label ? i : -1)], [.. labels.Select(_ => 1.0)]);
        int[] folds = [.. rows.Select(r => r.account % 5)];
        LeakGuard.Find(data, folds, name => name == "usage").Should().ContainSingle().Which.Should().Match<Leak>(leak => leak.Column == "attribute:reason" && leak.Reason == LeakReason.FilledByOutcome);
    }

    [Fact]
    public void A_feature_computed_as_of_a_date_may_rank_well()
    {
        var random = new SeededRandom(4);
        var data = Company(ref random, out var labels);
        var column = FeatureColumn.OfNumbers("days_since_use", [.. labels.Select(label => random.Next(100) + (label ? 75.0 : 0))]);
        LeakGuard.Find(With(data, column), Folds(data)).Should().NotBeEmpty();
        LeakGuard.Find(With(data, column), Folds(data), _ => true).Should().BeEmpty();
    }

    private static FeatureColumn Column(string kind, bool[] labels, ref SeededRandom random)
    {
        var codes = new int[labels.Length];
        var numbers = new double[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            codes[i] = kind switch
            {
                "a reason that four in ten leavers give" => labels[i] && random.Next(10) < 4 ? random.Next(3) : -1,
                "a text of its own for each leaver" => labels[i] ? i : -1,
                "a survey that leavers no longer answer" => labels[i] && random.Next(10) < 8 ? -1 : random.Next(5),
                "a status" => labels[i] ? (random.Next(2) == 0 ? 0 : 1) : (random.Next(2) == 0 ? 2 : 1),
                _ => 0,
            };
            numbers[i] = kind switch
            {
                "the day of leaving" => labels[i] ? 19_000 + random.Next(300) : double.NaN,
                "the outcome, one in twenty wrong" => labels[i] != (random.Next(20) == 0) ? 1 : 0,
                _ => random.Next(100) + (labels[i] ? 51.0 : 0),
            };
        }

        return kind is "the day of leaving" or "the outcome, one in twenty wrong" or "a score by somebody who knew"
            ? FeatureColumn.OfNumbers(kind, numbers)
            : FeatureColumn.OfCategories(kind, codes, [.. Enumerable.Range(0, labels.Length).Select(i => $"v{i}")]);
    }

    /// <summary>One row for each customer, one in four leaving; usage and plan foretell a little.</summary>
    private static LabelledTable Company(ref SeededRandom random, out bool[] labels)
    {
        labels = new bool[Customers];
        var usage = new double[Customers];
        var plan = new int[Customers];
        for (var i = 0; i < Customers; i++)
        {
            labels[i] = random.Next(4) == 0;
            usage[i] = random.Next(100) - (labels[i] ? 12 : 0);
            plan[i] = random.Next(labels[i] ? 5 : 6) / 2;
        }

        return new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, Customers)], new DateOnly[Customers], [FeatureColumn.OfNumbers("usage", usage), FeatureColumn.OfCategories("plan", plan, ["monthly", "yearly", "long"])]),
            labels, [.. labels.Select((label, i) => label ? i : -1)], [.. labels.Select(_ => 1.0)]);
    }

    private static LabelledTable With(LabelledTable data, params FeatureColumn[] columns) => data with { Table = data.Table with { Columns = [.. data.Table.Columns, .. columns] } };

    private static int[] Folds(LabelledTable data) => [.. Enumerable.Range(0, data.Rows).Select(i => i % 5)];
}
