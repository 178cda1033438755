using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>A theme of features and what predictions of later rows owe to it.</summary>
/// <param name="Theme">Its name, as <see cref="FeatureThemes"/> gives it.</param>
/// <param name="LossIncrease">By how much the mean log loss of later rows grows where the theme's values are dealt out anew among the accounts of each date; about 0 for a theme that only seemed to matter in training.</param>
/// <param name="StandardError">Of the increase, over accounts.</param>
/// <param name="MeanPoints">Mean absolute probability points (0.01 = one point) of the theme over the same rows.</param>
/// <param name="Columns">The model's columns in it, those that move probabilities most first.</param>
public sealed record CardDriver(string Theme, double LossIncrease, double StandardError, double MeanPoints, IReadOnlyList<string> Columns)
{
    /// <summary>True where later rows bear the theme out: two standard errors above 0.</summary>
    public bool IsBorneOut => LossIncrease > 2 * StandardError;
}

/// <summary>
/// Ranks themes by what later predictions lose without them (permutation importance: Breiman 2001; Fisher, Rudin and Dominici 2019), on rows that the model has not seen.
/// All columns of a theme are dealt out together, so that windows of one counter do not stand in for each other.
/// </summary>
public static class DriverStrength
{
    private const int MostRows = 10_000;
    private const int MostShuffles = 5;
    private const double MostPredictions = 2e6;
    private const double Smallest = 1e-15;

    // streams of folds and draws of rows are others
    private const int FirstStream = 20_000;

    /// <param name="model">A model that has not seen the rows.</param>
    /// <param name="data">The table.</param>
    /// <param name="rows">Later rows.</param>
    /// <param name="seed">Of the shuffles.</param>
    public static IReadOnlyList<CardDriver> Of(ScoringModel model, LabelledTable data, IReadOnlyList<int> rows, int seed)
    {
        int[] drawn = [.. AccountSample.AtMost(MostRows, data.Table.AccountNo, rows, seed).Select(p => rows[p])];
        if (drawn.Length == 0)
        {
            return [];
        }

        var names = model.Encoder.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var table = data.Table.Take(drawn);
        table = table with { Columns = [.. table.Columns.Where(column => names.Contains(column.Name))] };
        double[][] points = [.. model.Predict(table).Select(prediction => prediction.Points)];
        var themes = Enumerable.Range(0, table.Columns.Count).GroupBy(c => FeatureThemes.Of(table.Columns[c].Name)).ToArray();
        var shuffles = (int)Math.Clamp(MostPredictions / ((double)drawn.Length * themes.Length), 1, MostShuffles);
        int[][] dealt = [.. Enumerable.Range(0, shuffles).Select(s => Deal(table, SeededRandom.Of(seed, FirstStream + s)))];
        var losses = Losses(model.Probabilities(table), data, drawn);
        var weight = drawn.Sum(r => data.Weights[r]);
        return [.. themes.Select(theme =>
        {
            var columns = theme.ToHashSet();
            var byAccount = new Dictionary<int, double>();
            foreach (var from in dealt)
            {
                var moved = table with { Columns = [.. table.Columns.Select((column, c) => columns.Contains(c) ? column.Take(from) : column)] };
                var worse = Losses(model.Probabilities(moved), data, drawn);
                for (var i = 0; i < drawn.Length; i++)
                {
                    var account = table.AccountNo[i];
                    byAccount[account] = byAccount.GetValueOrDefault(account) + ((worse[i] - losses[i]) / shuffles);
                }
            }

            var sum = byAccount.Values.Sum();
            var mean = sum / byAccount.Count;
            return new CardDriver(
                theme.Key,
                sum / weight,
                Math.Sqrt(byAccount.Values.Sum(own => (own - mean) * (own - mean))) / weight,
                points.Average(row => Math.Abs(theme.Sum(c => row[c]))),
                [.. theme.OrderByDescending(c => points.Average(row => Math.Abs(row[c]))).ThenBy(c => c).Select(c => table.Columns[c].Name)]);
        }).OrderByDescending(driver => driver.LossIncrease).ThenBy(driver => driver.Theme, StringComparer.Ordinal)];
    }

    private static double[] Losses(double[] probabilities, LabelledTable data, int[] rows) =>
        [.. rows.Select((r, i) => -data.Weights[r] * Math.Log(Math.Max(Smallest, data.Labels[r] ? probabilities[i] : 1 - probabilities[i])))];

    /// <summary>By row, the row of the same date whose values it gets.</summary>
    private static int[] Deal(FeatureTable table, SeededRandom random)
    {
        var from = new int[table.Rows];
        foreach (var date in Enumerable.Range(0, table.Rows).GroupBy(row => table.AsOf[row]).OrderBy(group => group.Key))
        {
            int[] rows = [.. date], others = [.. date];
            random.Shuffle(others.AsSpan());
            for (var i = 0; i < rows.Length; i++)
            {
                from[rows[i]] = others[i];
            }
        }

        return from;
    }
}
