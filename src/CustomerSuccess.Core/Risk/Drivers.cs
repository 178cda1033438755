using CustomerSuccess.Core.Features;

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

    /// <summary>The strongest columns of a row, either way.</summary>
    /// <param name="table">The features.</param>
    /// <param name="row">The account's row.</param>
    /// <param name="points">Probability points by column.</param>
    /// <param name="references">What to compare with, by column, as <see cref="Medians"/> gives it.</param>
    public static IReadOnlyList<Driver> Of(FeatureTable table, int row, double[] points, double[] references) =>
        [.. Enumerable.Range(0, points.Length)
            .Where(c => Math.Abs(points[c]) >= Least)
            .OrderByDescending(c => Math.Abs(points[c])).ThenBy(c => c)
            .Take(Most)
            .Select(c => Of(table.Columns[c], row, points[c], references[c]))];

    /// <summary>The rules that gave an account points, as drivers: points / 100.</summary>
    /// <param name="reader">The features.</param>
    /// <param name="row">The account's row.</param>
    /// <param name="references">What to compare with, by feature.</param>
    public static IReadOnlyList<Driver> OfRules(FeatureReader reader, int row, IReadOnlyDictionary<string, double> references) =>
        [.. RuleScore.Explain(reader, row).Select(rule => new Driver(rule.Feature, Known(rule.Value), null, rule.Points / 100, Known(references.GetValueOrDefault(rule.Feature, double.NaN))))];

    private static Driver Of(FeatureColumn column, int row, double points, double reference) => column.Codes is { } codes
        ? new(column.Name, null, codes[row] < 0 ? null : column.Levels[codes[row]], points, null)
        : new(column.Name, Known(column.Numbers![row]), null, points, Known(reference));

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
