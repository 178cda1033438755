using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Health;

/// <summary>What became of the accounts that stood in a band.</summary>
/// <param name="Band">The band.</param>
/// <param name="Rows">Accounts at month ends.</param>
/// <param name="Churned">Of them, those that left within the horizon.</param>
/// <param name="Rate">Share that left, 0–1; null without rows.</param>
/// <param name="Lower">Lower bound of its 95 % Wilson interval.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="MrrKept">Σ min(MRR at the end of the horizon, MRR then) / Σ MRR then; null without money.</param>
public sealed record BandOutcome(HealthBand Band, int Rows, int Churned, double? Rate, double? Lower, double? Upper, double? MrrKept);

/// <summary>Whether bands order what happened next.</summary>
public enum BandOrder
{
    /// <summary>A band has fewer than <see cref="BandTest.LeastRows"/> rows, or nobody left.</summary>
    TooFew,

    /// <summary>Better bands left less, and chance does not explain any of the steps.</summary>
    Ordered,

    /// <summary>Better bands left less, but a step may be chance.</summary>
    Uncertain,

    /// <summary>A better band left as often as a worse one, or more.</summary>
    Wrong,
}

/// <summary>Bands tested against outcomes.</summary>
/// <param name="Bands">Good, watch, danger.</param>
/// <param name="Order">Whether they order the outcomes.</param>
/// <param name="From">First month end that was looked at; null without any.</param>
/// <param name="To">Last.</param>
/// <param name="MonthEnds">How many.</param>
public sealed record BandTest(IReadOnlyList<BandOutcome> Bands, BandOrder Order, DateOnly? From, DateOnly? To, int MonthEnds)
{
    /// <summary>Rows of a band below which nothing is said.</summary>
    public const int LeastRows = 30;
}

/// <summary>How well one way of weighing tells who leaves.</summary>
/// <param name="Auc">Chance that who left stood lower than who stayed, on later months.</param>
/// <param name="OverEqual">That less the same of equal weights, on the same rows; null where the weights are equal.</param>
public sealed record HealthSkill(Estimate? Auc, Estimate? OverEqual);

/// <summary>Tests ways of weighing against what happened next.</summary>
public static class HealthEvidence
{
    private const int Draws = 500;
    private const int Seed = 7;

    /// <summary>
    /// What became of each band. Only month ends at least a horizon apart are looked at, counted back from the latest, so that no churn counts twice.
    /// </summary>
    /// <param name="rows">Labelled rows.</param>
    /// <param name="rule">Weights and bands; judgements do not count here.</param>
    /// <param name="horizonDays">Days in which a counted churn falls.</param>
    public static BandTest Bands(IReadOnlyList<HealthRow> rows, HealthRule rule, int horizonDays)
    {
        List<DateOnly> days = [];
        foreach (var day in rows.Select(row => row.Point.AsOf).Distinct().OrderDescending())
        {
            if (days.Count == 0 || days[^1].DayNumber - day.DayNumber >= horizonDays)
            {
                days.Add(day);
            }
        }

        var chosen = days.ToHashSet();
        var bands = rows.Where(row => chosen.Contains(row.Point.AsOf))
            .ToLookup(row => rule.Band(rule.For(row.Segment).Total(row.Point)));
        BandOutcome[] outcomes = [.. Enum.GetValues<HealthBand>().Select(band => Outcome(band, [.. bands[band]]))];
        return new(outcomes, OrderOf(outcomes), days.Count > 0 ? days[^1] : null, days.Count > 0 ? days[0] : null, days.Count);
    }

    /// <summary>AUC of health (low is likelier to leave) by each rule, and of the rule score, on rows where all of them have a value.</summary>
    /// <param name="rows">Rows that no weights were learned from.</param>
    /// <param name="rules">The ways of weighing, equal weights first.</param>
    /// <returns>One for each rule, then the rule score's.</returns>
    public static IReadOnlyList<HealthSkill> Skill(IReadOnlyList<HealthRow> rows, IReadOnlyList<HealthRule> rules)
    {
        HealthRow[] tested = [.. rows.Where(row => row.Point.RuleScore is not null && rules.All(rule => rule.For(row.Segment).Total(row.Point) is not null))];
        var labels = tested.Select(row => row.Churned).ToArray();
        if (labels.All(y => y) || !labels.Any(y => y))
        {
            return [.. rules.Select(_ => new HealthSkill(null, null)), new HealthSkill(null, null)];
        }

        double[][] scores = [.. rules.Select(rule => tested.Select(row => -rule.For(row.Segment).Total(row.Point)!.Value).ToArray()), [.. tested.Select(row => row.Point.RuleScore!.Value)]];
        var backtest = new Backtest([.. tested.Select(row => row.Point.AccountNo)], [.. tested.Select(_ => 1.0)], Draws, Seed);
        var dates = new int[tested.Length];
        var measured = backtest.Measure([.. scores.Select(score => new RankedScores(score, labels, false, dates, 1))]);
        return [.. measured.Select((own, i) => new HealthSkill(own.Estimate(values => values.RocAuc), i < rules.Count && rules[i].HasWeightsOf(rules[0]) ? null : own.Less(measured[0], values => values.RocAuc)))];
    }

    private static BandOutcome Outcome(HealthBand band, HealthRow[] rows)
    {
        var churned = rows.Count(row => row.Churned);
        var mrr = rows.Sum(row => row.Mrr ?? 0);
        var (lower, upper) = rows.Length == 0 ? (double.NaN, double.NaN) : TestCurves.Wilson(churned, rows.Length);
        return rows.Length == 0
            ? new(band, 0, 0, null, null, null, null)
            : new(band, rows.Length, churned, (double)churned / rows.Length, lower, upper, mrr > 0 ? (double)(rows.Sum(row => row.MrrKept ?? 0) / mrr) : null);
    }

    private static BandOrder OrderOf(BandOutcome[] bands)
    {
        if (bands.Any(band => band.Rows < BandTest.LeastRows) || bands.Sum(band => band.Churned) == 0)
        {
            return BandOrder.TooFew;
        }

        var order = BandOrder.Ordered;
        for (var i = 1; i < bands.Length; i++)
        {
            var (better, worse) = (bands[i - 1], bands[i]);
            if (worse.Rate <= better.Rate)
            {
                return BandOrder.Wrong;
            }

            // Newcombe's interval of a difference of shares (Newcombe 1998, method 10)
            var difference = worse.Rate!.Value - better.Rate!.Value;
            var down = worse.Rate.Value - worse.Lower!.Value;
            var up = better.Upper!.Value - better.Rate.Value;
            if (difference - Math.Sqrt((down * down) + (up * up)) <= 0)
            {
                order = BandOrder.Uncertain;
            }
        }

        return order;
    }
}
