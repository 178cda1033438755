using System.Globalization;

namespace CustomerSuccess.Engine.Tests.Analytics;

/// <summary>Reads the given sets and figures as they stand, apart from the product's own import.</summary>
internal static class OracleFigures
{
    /// <summary>A file's rows by header.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(string path)
    {
        string[]? header = null;
        foreach (var line in File.ReadLines(path))
        {
            var cells = line.TrimStart('\uFEFF').Split(',');
            if (header is null)
            {
                header = cells;
                continue;
            }

            yield return header.Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second);
        }
    }

    public static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);

    public static DateOnly Day(string cell) => DateOnly.ParseExact(cell, "dd-MM-yyyy", CultureInfo.InvariantCulture);

    public static DateOnly? DayOrNull(string cell) => cell.Length == 0 ? null : Day(cell);

    /// <summary>Equal within a tolerance, and both absent or both present.</summary>
    public static void MustEqual(double? actual, string expected, double tolerance, string what)
    {
        var figure = Number(expected);
        (actual is null).Should().Be(figure is null, what);
        if (figure is { } value)
        {
            actual!.Value.Should().BeApproximately(value, tolerance, what);
        }
    }
}
