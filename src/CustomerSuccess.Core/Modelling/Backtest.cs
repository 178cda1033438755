namespace CustomerSuccess.Core.Modelling;

/// <summary>A figure with its 95 % interval; the bounds are missing where too few draws of the bootstrap had a value.</summary>
public sealed record Estimate(double Value, double? Lower, double? Upper);

/// <summary>Compares scores on the same rows, with bootstrap intervals over accounts: an account's rows are drawn together.</summary>
public sealed class Backtest
{
    private readonly int[] _account;
    private readonly int _accounts;
    private readonly double[] _weights;
    private readonly int _draws;
    private readonly int _seed;

    /// <param name="accounts">By row, the account's number.</param>
    /// <param name="weights">By row.</param>
    /// <param name="draws">Draws of the bootstrap.</param>
    /// <param name="seed">Of the draws.</param>
    public Backtest(int[] accounts, double[] weights, int draws, int seed)
    {
        var index = new Dictionary<int, int>();
        _account = [.. accounts.Select(account => index.TryGetValue(account, out var at) ? at : index[account] = index.Count)];
        _accounts = index.Count;
        _weights = weights;
        _draws = draws;
        _seed = seed;
    }

    /// <summary>For each of the rankings: its figures, and those of every draw, paired by position.</summary>
    public IReadOnlyList<Measured> Measure(IReadOnlyList<RankedScores> rankings)
    {
        var draws = rankings.Select(_ => new MetricValues[_draws]).ToArray();
        Parallel.For(0, _draws, draw =>
        {
            var random = SeededRandom.Of(_seed, draw);
            var times = new int[_accounts];
            for (var i = 0; i < _accounts; i++)
            {
                times[random.Next(_accounts)]++;
            }

            var weights = new double[_weights.Length];
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = _weights[i] * times[_account[i]];
            }

            for (var r = 0; r < rankings.Count; r++)
            {
                draws[r][draw] = rankings[r].Measure(weights);
            }
        });
        return [.. rankings.Select((ranking, r) => new Measured(ranking.Measure(_weights), draws[r]))];
    }

    /// <summary>The percentile interval of values of draws, those without a value left out.</summary>
    public static Estimate? Of(double value, IEnumerable<double> draws)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }

        var sorted = draws.Where(double.IsFinite).Order().ToArray();
        return sorted.Length < 20 ? new Estimate(value, null, null) : new Estimate(value, Quantile(sorted, 0.025), Quantile(sorted, 0.975));
    }

    private static double Quantile(double[] sorted, double q)
    {
        var at = q * (sorted.Length - 1);
        var low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[^1];
    }
}

/// <summary>Figures of one ranking with those of each draw.</summary>
public sealed record Measured(MetricValues Values, MetricValues[] Draws)
{
    public Estimate? Estimate(Func<MetricValues, double> figure) => Backtest.Of(figure(Values), Draws.Select(figure));

    /// <summary>This less the other, on the same draws.</summary>
    public Estimate? Less(Measured other, Func<MetricValues, double> figure) =>
        Backtest.Of(figure(Values) - figure(other.Values), Draws.Zip(other.Draws, (a, b) => figure(a) - figure(b)));
}
