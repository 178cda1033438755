using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>An encoder with the cross-fitted rates of its own training rows: no row's rate knows the outcome of its own account.</summary>
/// <param name="Encoder">For rows that were not fitted on.</param>
/// <param name="TrainingRates">By column of many levels: the rate of each training row, in the order of the rows.</param>
public sealed record EncoderFit(Encoder Encoder, IReadOnlyDictionary<int, double[]> TrainingRates)
{
    private const int MostStepsOfCounts = 6;

    /// <summary>Fits each column on the given rows. Columns that are constant or wholly missing are left out.</summary>
    /// <param name="folds">By row of the table: the fold of its account, for cross-fitted rates.</param>
    public static EncoderFit Of(FeatureTable table, IReadOnlyList<int> rows, bool[] labels, double[] weights, int[] folds, TrainingPlan plan)
    {
        var fitted = new (ColumnEncoding? Encoding, double[]? Training)[table.Columns.Count];
        Parallel.For(0, fitted.Length, c =>
        {
            var column = table.Columns[c];
            var encoding = column.IsCategory ? Category(column, rows, labels, weights, folds, plan, out var training) : Number(column, rows, plan, out training);
            fitted[c] = (encoding, training);
        });
        var columns = new List<ColumnEncoding>();
        var rates = new Dictionary<int, double[]>();
        foreach (var (encoding, training) in fitted)
        {
            if (encoding is null)
            {
                continue;
            }

            if (training is not null)
            {
                rates[columns.Count] = training;
            }

            columns.Add(encoding);
        }

        return new EncoderFit(new Encoder(columns), rates);
    }

    /// <summary>The trees' inputs of the training rows themselves.</summary>
    public float[] TreeInputs(FeatureTable table, IReadOnlyList<int> rows)
    {
        var inputs = Encoder.TreeInputs(table, rows);
        var width = Encoder.TreeColumn.Length;
        foreach (var (column, rates) in TrainingRates)
        {
            var at = Array.IndexOf(Encoder.TreeColumn, column);
            for (var i = 0; i < rows.Count; i++)
            {
                inputs[(i * width) + at] = (float)rates[i];
            }
        }

        return inputs;
    }

    /// <summary>The regression's inputs of some of the training rows.</summary>
    /// <param name="positions">Positions in the list of training rows.</param>
    public double[][] LinearInputs(FeatureTable table, IReadOnlyList<int> rows, IReadOnlyList<int> positions)
    {
        var inputs = Encoder.LinearInputs(table, [.. positions.Select(p => rows[p])]);
        foreach (var (column, rates) in TrainingRates)
        {
            inputs[Array.IndexOf(Encoder.LinearColumn, column)] = [.. positions.Select(p => rates[p])];
        }

        return inputs;
    }

    private static ColumnEncoding? Number(FeatureColumn column, IReadOnlyList<int> rows, TrainingPlan plan, out double[]? training)
    {
        training = null;
        var values = new double[rows.Count];
        var n = 0;
        foreach (var row in rows)
        {
            var x = column.Numbers![row];
            if (double.IsFinite(x))
            {
                values[n++] = x;
            }
        }

        var missing = n < rows.Count;
        if (n == 0)
        {
            return null;
        }

        Array.Resize(ref values, n);
        Array.Sort(values);
        if (values[0] == values[^1] && !missing)
        {
            return null;
        }

        var encoding = new ColumnEncoding(column.Name, EncodingKind.Number)
        {
            MissingCode = Math.Min((float)(values[0] - 1), MathF.BitDecrement(ColumnEncoding.Single(values[0]))),
            HasMissing = missing,
            Log = IsHeavyTailed(values),
        };
        // the transformation keeps the order
        for (var i = 0; i < n; i++)
        {
            values[i] = encoding.Transform(values[i]);
        }

        return encoding with { Low = values[0], High = values[^1], Mean = values.Sum() / n, Knots = Quantiles(values, plan.Knots) };
    }

    private static bool IsHeavyTailed(double[] sorted)
    {
        var mean = sorted.Sum() / sorted.Length;
        double second = 0, third = 0;
        foreach (var x in sorted)
        {
            var d = x - mean;
            second += d * d;
            third += d * d * d;
        }

        second /= sorted.Length;
        return second > 0 && Math.Abs(third / sorted.Length) > 2 * Math.Pow(second, 1.5);
    }

    /// <summary>Distinct values strictly inside the range: at equal-mass quantiles, or each one where there are few.</summary>
    private static double[] Quantiles(double[] sorted, int count)
    {
        if (count == 0)
        {
            return [];
        }

        var distinct = sorted.Distinct().Take(MostStepsOfCounts + 1).ToArray();
        if (distinct.Length <= MostStepsOfCounts)
        {
            return distinct.Length < 3 ? [] : distinct[1..^1];
        }

        var knots = new List<double>();
        for (var k = 1; k <= count; k++)
        {
            var x = sorted[(int)((long)k * sorted.Length / (count + 1))];
            if (x > sorted[0] && x < sorted[^1] && (knots.Count == 0 || x > knots[^1]))
            {
                knots.Add(x);
            }
        }

        return [.. knots];
    }

    private static ColumnEncoding? Category(FeatureColumn column, IReadOnlyList<int> rows, bool[] labels, double[] weights, int[] folds, TrainingPlan plan, out double[]? training)
    {
        training = null;
        var codes = column.Codes!;
        var used = rows.Select(row => codes[row]).Where(code => code >= 0).Distinct().OrderBy(code => column.Levels[code], StringComparer.Ordinal).ToArray();
        var missing = rows.Any(row => codes[row] < 0);
        if (used.Length + (missing ? 1 : 0) < 2)
        {
            return null;
        }

        var encoding = new ColumnEncoding(column.Name, used.Length <= plan.OneHotLevels ? EncodingKind.Levels : EncodingKind.Rate)
        {
            HasMissing = missing,
            Levels = [.. used.Select(code => column.Levels[code])],
        };
        if (encoding.Kind == EncodingKind.Levels)
        {
            return encoding;
        }

        var slot = new Dictionary<int, int> { [-1] = used.Length };
        for (var i = 0; i < used.Length; i++)
        {
            slot[used[i]] = i;
        }

        var foldCount = rows.Max(row => folds[row]) + 1;
        var positive = new double[used.Length + 1, foldCount];
        var total = new double[used.Length + 1, foldCount];
        double allPositive = 0, all = 0;
        foreach (var row in rows)
        {
            var level = slot[Math.Max(-1, codes[row])];
            total[level, folds[row]] += weights[row];
            all += weights[row];
            if (labels[row])
            {
                positive[level, folds[row]] += weights[row];
                allPositive += weights[row];
            }
        }

        var prior = (allPositive + 0.5) / (all + 1);
        double LogOdds(int level, int except)
        {
            double p = plan.RatePrior * prior, n = plan.RatePrior;
            for (var f = 0; f < foldCount; f++)
            {
                if (f != except)
                {
                    p += positive[level, f];
                    n += total[level, f];
                }
            }

            return Math.Log(p / (n - p));
        }

        training = [.. rows.Select(row => LogOdds(slot[Math.Max(-1, codes[row])], folds[row]))];
        var unseen = Math.Log(prior / (1 - prior));
        return encoding with
        {
            Rates = [.. Enumerable.Range(0, used.Length).Select(level => LogOdds(level, -1))],
            MissingRate = missing ? LogOdds(used.Length, -1) : unseen,
            UnseenRate = unseen,
        };
    }
}
