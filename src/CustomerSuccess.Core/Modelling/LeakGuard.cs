namespace CustomerSuccess.Core.Modelling;

/// <summary>A column that alone gives the outcome away, most likely because it was filled in after it.</summary>
/// <param name="Column">Its name.</param>
/// <param name="RocAuc">How well it alone ranks rows it was not read on.</param>
public sealed record Leak(string Column, double RocAuc);

/// <summary>Finds columns of a flat table that know the outcome. What is known beforehand never ranks this well alone; a column of features as of a date needs no such guard.</summary>
public static class LeakGuard
{
    /// <summary>ROC-AUC of one column at or above which it is taken for a leak.</summary>
    public const double Threshold = 0.9;

    private const int NumberBins = 20;
    private const double Prior = 5;

    /// <param name="data">The table.</param>
    /// <param name="folds">By row: a column's rates are read on the other folds.</param>
    public static IReadOnlyList<Leak> Find(LabelledTable data, int[] folds) =>
        [.. data.Table.Columns
            .Select(column => new Leak(column.Name, RocAuc(Bins(column), data, folds)))
            .Where(leak => leak.RocAuc >= Threshold)
            .OrderByDescending(leak => leak.RocAuc)];

    /// <summary>By row the bin of its value, missing being one.</summary>
    private static int[] Bins(Features.FeatureColumn column)
    {
        if (column.Codes is { } codes)
        {
            return [.. codes.Select(code => code + 1)];
        }

        var numbers = column.Numbers!;
        var sorted = numbers.Where(double.IsFinite).Order().ToArray();
        double[] cuts = sorted.Length == 0 ? [] : [.. Enumerable.Range(1, NumberBins - 1).Select(k => sorted[(int)((long)k * sorted.Length / NumberBins)]).Distinct()];
        return [.. numbers.Select(x => !double.IsFinite(x) ? 0 : 1 + (Array.BinarySearch(cuts, x) is var at && at >= 0 ? at + 1 : ~at))];
    }

    private static double RocAuc(int[] bins, LabelledTable data, int[] folds)
    {
        int binCount = bins.Max() + 1, foldCount = folds.Max() + 1;
        var positive = new double[binCount, foldCount];
        var total = new double[binCount, foldCount];
        for (var i = 0; i < bins.Length; i++)
        {
            total[bins[i], folds[i]]++;
            positive[bins[i], folds[i]] += data.Labels[i] ? 1 : 0;
        }

        var rate = data.Labels.Average(label => label ? 1.0 : 0.0);
        var scores = new double[bins.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            double p = Prior * rate, n = Prior;
            for (var f = 0; f < foldCount; f++)
            {
                if (f != folds[i])
                {
                    p += positive[bins[i], f];
                    n += total[bins[i], f];
                }
            }

            scores[i] = p / n;
        }

        return new RankedScores(scores, data.Labels, true, new int[bins.Length], 1).Measure(data.Weights).RocAuc;
    }
}
