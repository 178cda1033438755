using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>A column's distribution over the training rows in few numbers.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Missing">Share of rows without a value.</param>
/// <param name="Edges">Of a number: upper bounds of all bins but the last, ascending, at its deciles; a bin holds the values up to and with its bound.</param>
/// <param name="Levels">Of a category: the most frequent levels; what is none of them is the last bin.</param>
/// <param name="Shares">Share of the rows by bin, in that order; with <paramref name="Missing"/> they sum to 1.</param>
public sealed record CardDistribution(string Name, double Missing, IReadOnlyList<double>? Edges, IReadOnlyList<string>? Levels, IReadOnlyList<double> Shares);

/// <summary>
/// The population stability index: Σ (now − then) ln(now / then) over ten bins of equal mass and one for missing (Siddiqi 2006, "Credit Risk Scorecards").
/// A share is at least half a row, so that an empty bin has a finite part.
/// </summary>
public static class Stability
{
    /// <summary>From here on worth a look.</summary>
    public const double Notice = 0.1;

    /// <summary>From here on an alarm.</summary>
    public const double Alarm = 0.25;

    /// <summary>With fewer rows the index is mostly chance.</summary>
    public const int LeastRows = 200;

    private const int Bins = 10;

    /// <summary>The distributions of a table's columns.</summary>
    public static IReadOnlyList<CardDistribution> Of(FeatureTable table, IEnumerable<string> columns) =>
        [.. columns.Select(table.Find).OfType<FeatureColumn>().Where(_ => table.Rows > 0).Select(column => column.Codes is { } codes ? Of(column, codes) : Of(column.Name, column.Numbers!))];

    /// <summary>How far each column that both know lies from its distribution then, the furthest first. Chance is taken off: with n rows now and many then it alone gives about (bins − 1) / n.</summary>
    /// <param name="then">From the card.</param>
    /// <param name="trainRows">How many rows it was taken from.</param>
    /// <param name="table">Today's features.</param>
    public static IReadOnlyList<InputDrift> Compare(IReadOnlyList<CardDistribution> then, int trainRows, FeatureTable table)
    {
        if (table.Rows < LeastRows)
        {
            return [];
        }

        var found = new List<InputDrift>(then.Count);
        foreach (var distribution in then)
        {
            if (table.Find(distribution.Name) is not { } column || column.IsCategory != (distribution.Levels is not null))
            {
                continue;
            }

            var (shares, missing) = Shares(distribution, column);
            var index = Part(distribution.Missing, missing, trainRows, table.Rows);
            for (var bin = 0; bin < shares.Length; bin++)
            {
                index += Part(distribution.Shares[bin], shares[bin], trainRows, table.Rows);
            }

            index = Math.Max(0, index - (shares.Length * ((1.0 / table.Rows) + (1.0 / Math.Max(1, trainRows)))));
            found.Add(new InputDrift(distribution.Name, index, distribution.Missing, missing, index >= Alarm ? WatchLevel.Alarm : index >= Notice ? WatchLevel.Notice : WatchLevel.Calm));
        }

        return [.. found.OrderByDescending(drift => drift.Index).ThenBy(drift => drift.Feature, StringComparer.Ordinal)];
    }

    private static double Part(double then, double now, int trainRows, int rows)
    {
        if (then <= 0 && now <= 0)
        {
            return 0;
        }

        var (a, b) = (Math.Max(then, 0.5 / Math.Max(1, trainRows)), Math.Max(now, 0.5 / rows));
        return (b - a) * Math.Log(b / a);
    }

    private static CardDistribution Of(string name, double[] numbers)
    {
        var present = Array.FindAll(numbers, double.IsFinite);
        Array.Sort(present);
        double[] edges = present.Length == 0 ? [] : [.. Enumerable.Range(1, Bins - 1).Select(k => present[Math.Max(0, (int)Math.Ceiling((double)k * present.Length / Bins) - 1)]).Distinct().Where(edge => edge < present[^1])];
        return With(new CardDistribution(name, 0, edges, null, new double[edges.Length + 1]), FeatureColumn.OfNumbers(name, numbers));
    }

    private static CardDistribution Of(FeatureColumn column, int[] codes)
    {
        string[] levels = [.. codes.Where(code => code >= 0).GroupBy(code => code).OrderByDescending(group => group.Count()).ThenBy(group => column.Levels[group.Key], StringComparer.Ordinal).Take(Bins).Select(group => column.Levels[group.Key])];
        return With(new CardDistribution(column.Name, 0, null, levels, new double[levels.Length + 1]), column);
    }

    private static CardDistribution With(CardDistribution empty, FeatureColumn column)
    {
        var (shares, missing) = Shares(empty, column);
        return empty with { Shares = shares, Missing = missing };
    }

    private static (double[] Shares, double Missing) Shares(CardDistribution distribution, FeatureColumn column)
    {
        var shares = new double[distribution.Shares.Count];
        var missing = 0.0;
        if (column.Codes is { } codes)
        {
            var bins = column.Levels.Select(level => distribution.Levels!.TakeWhile(known => known != level).Count()).ToArray();
            foreach (var code in codes)
            {
                if (code < 0)
                {
                    missing++;
                }
                else
                {
                    shares[bins[code]]++;
                }
            }

            return (Divided(shares, codes.Length), missing / codes.Length);
        }

        double[] edges = [.. distribution.Edges!];
        foreach (var number in column.Numbers!)
        {
            if (!double.IsFinite(number))
            {
                missing++;
                continue;
            }

            var at = Array.BinarySearch(edges, number);
            shares[at < 0 ? ~at : at]++;
        }

        return (Divided(shares, column.Numbers!.Length), missing / column.Numbers!.Length);
    }

    private static double[] Divided(double[] counts, int rows) => [.. counts.Select(count => count / rows)];
}
