using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Risk;

/// <summary>The points that one rule gives an account.</summary>
/// <param name="Rule">The rule's code, such as <c>usage_fell</c>.</param>
/// <param name="Points">0 to the rule's most.</param>
/// <param name="Feature">The feature that the points came from.</param>
/// <param name="Value">That feature's value.</param>
public readonly record struct RulePoints(string Rule, double Points, string Feature, double Value);

/// <summary>
/// A score of 0–100, 100 is worst, that needs no learning: the company's yardstick, and what the queue falls back to. Not a probability.
/// It is the sum of what seven rules give; a missing feature gives no points:
/// <list type="bullet">
/// <item>usage_fell, to 20: usage of 28 days against the 28 before (<c>usage_trend_28d</c>), from 0 points at −10 % to all at −80 %;</item>
/// <item>gone_silent, to 15: days since the last use (or, without usage, the last purchase) against the account's usual interval, from 0 at the interval itself to all at four times it;</item>
/// <item>inquiries_waiting, to 15: 5 for each unanswered inquiry, 7.5 for each open urgent one;</item>
/// <item>nps_low, to 15: last answer 0–6 gives 12, 7–8 gives 4; a fall of 3 or more since the answer before gives 3 more;</item>
/// <item>renewal_near, to 10: days until notice is due (else until renewal), from 0 at 90 days to all at 0;</item>
/// <item>champion_gone, 10: a champion left within 91 days and none is there now;</item>
/// <item>payment_failed, to 15: 7.5 for each invoice failed within 91 days, 5 for each overdue one.</item>
/// </list>
/// </summary>
public static class RuleScore
{
    public const string UsageFell = "usage_fell", GoneSilent = "gone_silent", InquiriesWaiting = "inquiries_waiting", NpsLow = "nps_low", RenewalNear = "renewal_near", ChampionGone = "champion_gone", PaymentFailed = "payment_failed";

    private const int RuleCount = 7;

    /// <summary>The score of every row, 0–100, 100 is worst.</summary>
    public static double[] Of(FeatureTable table)
    {
        var reader = new FeatureReader(table);
        var rules = new RulePoints[RuleCount];
        var scores = new double[table.Rows];
        for (var row = 0; row < scores.Length; row++)
        {
            Fill(reader, row, rules);
            foreach (var rule in rules)
            {
                scores[row] += rule.Points;
            }
        }

        return scores;
    }

    /// <summary>The rules that give a row points, most points first; they sum to its score.</summary>
    public static IReadOnlyList<RulePoints> Explain(FeatureTable table, int row) => Explain(new FeatureReader(table), row);

    /// <inheritdoc cref="Explain(FeatureTable, int)"/>
    public static IReadOnlyList<RulePoints> Explain(FeatureReader reader, int row)
    {
        var rules = new RulePoints[RuleCount];
        Fill(reader, row, rules);
        return [.. rules.Where(rule => rule.Points > 0).OrderByDescending(rule => rule.Points).ThenBy(rule => rule.Rule, StringComparer.Ordinal)];
    }

    private static void Fill(FeatureReader reader, int row, RulePoints[] rules)
    {
        var trend = reader.Number(FeatureNames.UsageTrend28, row);
        rules[0] = new(UsageFell, Ramp(trend, none: -0.1, all: -0.8, most: 20), FeatureNames.UsageTrend28, trend);

        var (silenceOf, silence) = First(reader, row, FeatureNames.SilenceRatio, FeatureNames.PurchaseSilenceRatio);
        rules[1] = new(GoneSilent, Ramp(silence, none: 1, all: 4, most: 15), silenceOf, silence);

        var unanswered = OrZero(reader.Number(FeatureNames.UnansweredInquiries, row));
        var urgent = OrZero(reader.Number(FeatureNames.OpenUrgentInquiries, row));
        var urgentLeads = 7.5 * urgent >= 5 * unanswered;
        rules[2] = new(InquiriesWaiting, Math.Min(15, (5 * unanswered) + (7.5 * urgent)), urgentLeads ? FeatureNames.OpenUrgentInquiries : FeatureNames.UnansweredInquiries, urgentLeads ? urgent : unanswered);

        var nps = reader.Number(FeatureNames.NpsLast, row);
        var level = nps <= 6 ? 12 : nps <= 8 ? 4 : 0;
        var fall = reader.Number(FeatureNames.NpsChange, row) <= -3 ? 3 : 0;
        rules[3] = new(NpsLow, level + fall, FeatureNames.NpsLast, nps);

        var (daysOf, days) = First(reader, row, FeatureNames.DaysToNotice, FeatureNames.DaysToRenewal);
        rules[4] = new(RenewalNear, days < 0 ? 0 : Ramp(days, none: 90, all: 0, most: 10), daysOf, days);

        var gone = reader.Number(FeatureNames.ChampionGone, row);
        rules[5] = new(ChampionGone, gone > 0 ? 10 : 0, FeatureNames.ChampionGone, gone);

        var failed = OrZero(reader.Number(FeatureNames.InvoicesFailed91, row));
        var overdue = OrZero(reader.Number(FeatureNames.InvoicesOverdue, row));
        var failedLeads = 7.5 * failed >= 5 * overdue;
        rules[6] = new(PaymentFailed, Math.Min(15, (7.5 * failed) + (5 * overdue)), failedLeads ? FeatureNames.InvoicesFailed91 : FeatureNames.InvoicesOverdue, failedLeads ? failed : overdue);
    }

    /// <summary>0 points at <paramref name="none"/>, <paramref name="most"/> at <paramref name="all"/>, in proportion between; 0 for a missing value.</summary>
    private static double Ramp(double value, double none, double all, double most) =>
        double.IsNaN(value) ? 0 : most * Math.Clamp((value - none) / (all - none), 0, 1);

    private static (string Feature, double Value) First(FeatureReader reader, int row, string first, string second)
    {
        var value = reader.Number(first, row);
        return double.IsNaN(value) ? (second, reader.Number(second, row)) : (first, value);
    }

    private static double OrZero(double value) => double.IsNaN(value) ? 0 : Math.Max(0, value);
}
