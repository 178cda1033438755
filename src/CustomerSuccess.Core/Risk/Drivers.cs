using CustomerSuccess.Core.Features;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Risk;

/// <summary>Picks the reasons that are shown beside a score.</summary>
public static class Drivers
{
    /// <summary>How many are kept for an account.</summary>
    public const int Most = 8;

    /// <summary>Reasons that move a probability by less are not worth a line.</summary>
    private const double Least = 0.0005;

    /// <summary>The median of every column of numbers over a table's rows, by the columns' order; NaN for categories and columns without a value.</summary>
    public static double[] Medians(FeatureTable table) => [.. table.Columns.Select(column => Median(column.Numbers))];

    /// <summary>The strongest themes of a row, either way; each speaks through the feature that moves it most.</summary>
    /// <param name="table">The features.</param>
    /// <param name="row">The account's row.</param>
    /// <param name="points">Probability points by column.</param>
    /// <param name="references">What to compare with, by column, as <see cref="Medians"/> gives it.</param>
    /// <param name="parts">The themes of the table's columns.</param>
    /// <param name="reader">Of the same table.</param>
    public static IReadOnlyList<Driver> Of(FeatureTable table, int row, double[] points, double[] references, ThemeParts parts, FeatureReader reader)
    {
        var sums = parts.Sums(points);
        var speaker = new int[sums.Length];
        Array.Fill(speaker, -1);
        for (var c = 0; c < points.Length; c++)
        {
            var theme = parts.ThemeOf[c];
            if (speaker[theme] < 0 || points[c] * Math.Sign(sums[theme]) > points[speaker[theme]] * Math.Sign(sums[theme]))
            {
                speaker[theme] = c;
            }
        }

        return [.. Enumerable.Range(0, sums.Length)
            .Where(theme => Math.Abs(sums[theme]) >= Least)
            .OrderByDescending(theme => Math.Abs(sums[theme])).ThenBy(theme => theme)
            .Take(Most)
            .Select(theme => Of(table.Columns[speaker[theme]], row, sums[theme], references[speaker[theme]], reader))];
    }

    /// <summary>Usage of the 28 days before, read back from that of the last 28 and the trend; NaN where the trend is missing or cut.</summary>
    public static double UsageBefore(double usage, double trend) => trend < 3 ? Math.Max(0, ((usage + 1) / (1 + trend)) - 1) : double.NaN;

    /// <summary>What a feature's change went from and to, in the numbers that people count; null where it is no change, or none that can be read back.</summary>
    public static (double From, double To)? Change(string feature, int row, FeatureReader reader)
    {
        double Get(string name) => reader.Number(name, row);
        (double From, double To) found = feature switch
        {
            Usage28 or UsageTrend28 => (UsageBefore(Get(Usage28), Get(UsageTrend28)), Get(Usage28)),
            UsageTrend91 => (Get(Usage91) * 28 / 91, Get(Usage28)),
            Users28 or UsersBefore28 or UsersTrend28 => (Get(UsersBefore28), Get(Users28)),
            Breadth28 or BreadthChange28 => (Get(Breadth28) - Get(BreadthChange28), Get(Breadth28)),
            NpsLast or NpsChange => (Get(NpsLast) - Get(NpsChange), Get(NpsLast)),
            MrrChange91 => (Get(Mrr) / (1 + Get(MrrChange91)), Get(Mrr)),
            MrrChange365 => (Get(Mrr) / (1 + Get(MrrChange365)), Get(Mrr)),
            SeatsChange91 => (Get(Seats) / (1 + Get(SeatsChange91)), Get(Seats)),
            _ => (double.NaN, double.NaN),
        };
        return double.IsFinite(found.From) && double.IsFinite(found.To) ? found : null;
    }

    /// <summary>The rules that gave an account points, as drivers: points / 100.</summary>
    /// <param name="reader">The features.</param>
    /// <param name="row">The account's row.</param>
    /// <param name="references">What to compare with, by feature.</param>
    public static IReadOnlyList<Driver> OfRules(FeatureReader reader, int row, IReadOnlyDictionary<string, double> references) =>
        [.. RuleScore.Explain(reader, row).Select(rule => Changed(new Driver(rule.Feature, Known(rule.Value), null, rule.Points / 100, Known(references.GetValueOrDefault(rule.Feature, double.NaN))), row, reader))];

    private static Driver Of(FeatureColumn column, int row, double points, double reference, FeatureReader reader) => column.Codes is { } codes
        ? new(column.Name, null, codes[row] < 0 ? null : column.Levels[codes[row]], points, null)
        : Changed(new(column.Name, Known(column.Numbers![row]), null, points, Known(reference)), row, reader);

    private static Driver Changed(Driver driver, int row, FeatureReader reader) =>
        driver.Value is not null && Change(driver.Feature, row, reader) is { } change ? driver with { From = change.From, To = change.To } : driver;

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    private static double Median(double[]? numbers)
    {
        var present = numbers is null ? [] : Array.FindAll(numbers, number => !double.IsNaN(number));
        if (present.Length == 0)
        {
            return double.NaN;
        }

        Array.Sort(present);
        var middle = present.Length / 2;
        return present.Length % 2 == 1 ? present[middle] : (present[middle - 1] + present[middle]) / 2;
    }
}
