using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Modelling;

/// <summary>A judged row with what its first suggested touch would have been worth.</summary>
/// <param name="Row">Position in the labelled table.</param>
/// <param name="AccountNo">The account.</param>
/// <param name="AsOf">The month end.</param>
/// <param name="Probability">By a model that had not seen the period.</param>
/// <param name="RuleScore">0–100; null where no rule speaks of the target.</param>
/// <param name="Mrr">Reporting currency; null for an account without terms.</param>
/// <param name="LeftOn">Day of the churn event; null where it stayed.</param>
/// <param name="ValuePerMinute">Of the first touch, by which the queue is ordered.</param>
/// <param name="Effect">The play's prior effect; 0 where no play applies.</param>
/// <param name="Minutes">Of the play.</param>
/// <param name="Months">Discounted life to expect once saved.</param>
public readonly record struct HindsightRow(int Row, int AccountNo, DateOnly AsOf, double Probability, double? RuleScore, decimal? Mrr, DateOnly? LeftOn, double ValuePerMinute, double Effect, double Minutes, double Months);

/// <summary>Lays the queue of past months beside what became of the accounts.</summary>
public sealed class Hindsight
{
    private const int LeastOutcomesForAuc = 10;

    private readonly IReadOnlyList<IReadOnlyList<HindsightRow>> _dates;
    private readonly int _capacity;
    private readonly double _margin;
    private readonly double _minuteCost;
    private readonly int _draws;
    private readonly int _seed;
    private readonly bool _hasMoney;

    /// <param name="rows">Rows that their model had not seen.</param>
    /// <param name="capacity">Accounts that the CSMs can contact at each date.</param>
    /// <param name="margin">Share of MRR that is margin.</param>
    /// <param name="minuteCost">Cost of a CSM's minute, reporting currency.</param>
    /// <param name="draws">Of the bootstrap.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public Hindsight(IEnumerable<HindsightRow> rows, double capacity, double margin, double minuteCost, int draws, int seed)
    {
        _dates = [.. rows.GroupBy(row => row.AsOf).OrderBy(date => date.Key).Select(date => (IReadOnlyList<HindsightRow>)[.. date.OrderBy(Place, QueueOrder.Comparer)])];
        _capacity = Math.Max(1, (int)Math.Floor(capacity));
        (_margin, _minuteCost, _draws, _seed) = (margin, minuteCost, draws, seed);
        _hasMoney = _dates.Count > 0 && _dates.All(date => date.Any(row => row.Mrr is not null));
    }

    /// <summary>The accounts of each date in the queue's order.</summary>
    public IReadOnlyList<IReadOnlyList<HindsightRow>> Dates => _dates;

    public IReadOnlyList<HindsightMonth> Months() => [.. _dates.Select(date =>
    {
        var listed = date.Take(_capacity).ToArray();
        var byRisk = ByRisk(date).Take(_capacity).ToArray();
        decimal? Mrr(IEnumerable<HindsightRow> rows) => _hasMoney ? rows.Where(row => row.LeftOn is not null).Sum(row => row.Mrr ?? 0) : null;
        return new HindsightMonth(date[0].AsOf, date.Count, listed.Length, date.Count(row => row.LeftOn is not null), listed.Count(row => row.LeftOn is not null), Mrr(date), Mrr(listed), byRisk.Count(row => row.LeftOn is not null), Mrr(byRisk));
    })];

    /// <summary>Precision, share found and profit for several capacities around the CSMs' own.</summary>
    public IReadOnlyList<CapacityPoint> Capacities()
    {
        var left = _dates.Sum(date => date.Count(row => row.LeftOn is not null));
        if (left == 0)
        {
            return [];
        }

        var largest = _dates.Max(date => date.Count);
        var byProbability = _dates.Select(date => ByRisk(date).ToArray()).ToArray();
        int[] counts = [.. new[] { 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4 }.Select(times => Math.Clamp((int)Math.Round(times * _capacity), 1, largest)).Distinct()];
        return [.. counts.Select(count =>
        {
            var contacted = byProbability.Sum(date => Math.Min(count, date.Length));
            var hit = byProbability.Sum(date => date.Take(count).Count(row => row.LeftOn is not null));
            return new CapacityPoint(
                count,
                (double)hit / contacted,
                (double)hit / left,
                _hasMoney ? _dates.Sum(date => date.Take(count).Sum(Realised)) / _dates.Count : null,
                _hasMoney ? _dates.Sum(date => Math.Min(count, date.Count) * date.Average(Realised)) / _dates.Count : null);
        })];
    }

    /// <summary>Null where no money is known.</summary>
    public HindsightProfit? Profit(string currency)
    {
        if (!_hasMoney)
        {
            return null;
        }

        var listed = _dates.SelectMany(date => date.Take(_capacity)).ToArray();
        var hasRules = listed.All(row => row.RuleScore is not null);
        return new HindsightProfit(
            currency,
            _margin,
            _minuteCost,
            listed.Average(row => row.Effect),
            Monthly(date => date.Take(_capacity).Select(row => (row, 1.0))),
            hasRules ? Monthly(date => date.OrderByDescending(row => row.Minutes > 0 ? row.RuleScore * (double)(row.Mrr ?? 0) / row.Minutes : 0).ThenBy(row => row.AccountNo).Take(_capacity).Select(row => (row, 1.0))) : null,
            Monthly(date => date.OrderByDescending(row => row.Mrr ?? 0).ThenBy(row => row.AccountNo).Take(_capacity).Select(row => (row, 1.0))),
            Monthly(date => date.Select(row => (row, Math.Min(1.0, (double)_capacity / date.Count)))));
    }

    /// <summary>Figures of each group with a known name, the largest first.</summary>
    /// <param name="by">What the groups are.</param>
    /// <param name="nameOf">The group of a row.</param>
    /// <param name="events">By position in the labelled table, the number of its outcome.</param>
    public IReadOnlyList<SegmentFigures> Segments(string by, Func<HindsightRow, string?> nameOf, int[] events) =>
        [.. _dates.SelectMany(date => date).GroupBy(nameOf).Where(group => group.Key is not null)
            .Select(group => Figures(by, group.Key!, [.. group], events))
            .OrderByDescending(figures => figures.Rows).ThenBy(figures => figures.Name, StringComparer.Ordinal)];

    private SegmentFigures Figures(string by, string name, HindsightRow[] rows, int[] events)
    {
        bool[] labels = [.. rows.Select(row => events[row.Row] >= 0)];
        var outcomes = rows.Select(row => events[row.Row]).Where(e => e >= 0).Distinct().Count();
        var ones = new double[rows.Length];
        Array.Fill(ones, 1);
        var measured = new Backtest([.. rows.Select(row => row.AccountNo)], ones, _draws, _seed)
            .Measure([new RankedScores([.. rows.Select(row => row.Probability)], labels, true, [.. rows.Select(row => row.AsOf.DayNumber)], rows.Length)])[0];
        // with room for everybody, precision at capacity is the rate of outcomes
        var rate = measured.Estimate(m => m.PrecisionAtCapacity);
        return new SegmentFigures(by, name, rows.Length, outcomes, (double)labels.Count(label => label) / rows.Length, rate?.Lower, rate?.Upper, rows.Average(row => row.Probability), outcomes >= LeastOutcomesForAuc ? measured.Estimate(m => m.RocAuc) : null);
    }

    /// <summary>The accounts of a date by probability alone.</summary>
    public static IEnumerable<HindsightRow> ByRisk(IReadOnlyList<HindsightRow> date) => date.OrderByDescending(row => row.Probability).ThenBy(row => row.AccountNo);

    private static QueueEntry Place(HindsightRow row) => new(row.AccountNo, row.ValuePerMinute, row.Probability, row.Mrr ?? 0);

    /// <summary>What contacting an account turned out to be worth.</summary>
    private double Realised(HindsightRow row) =>
        row.Minutes > 0 ? TouchValue.OfSaving(row.LeftOn is null ? 0 : 1, row.Effect, (double)(row.Mrr ?? 0), _margin, row.Months, row.Minutes, _minuteCost) : 0;

    private Estimate Monthly(Func<IReadOnlyList<HindsightRow>, IEnumerable<(HindsightRow Row, double Share)>> choose)
    {
        var byAccount = _dates.SelectMany(date => date).Select(row => row.AccountNo).Distinct().Order().ToDictionary(account => account, _ => 0.0);
        foreach (var (row, share) in _dates.SelectMany(choose))
        {
            byAccount[row.AccountNo] += share * Realised(row) / _dates.Count;
        }

        double[] values = [.. byAccount.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
        var draws = new double[_draws];
        for (var draw = 0; draw < draws.Length; draw++)
        {
            var random = SeededRandom.Of(_seed, draw);
            for (var i = 0; i < values.Length; i++)
            {
                draws[draw] += values[random.Next(values.Length)];
            }
        }

        return Backtest.Of(values.Sum(), draws)!;
    }
}
