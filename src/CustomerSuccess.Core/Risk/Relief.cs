using CustomerSuccess.Core.Features;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Risk;

/// <summary>What the model would say of an account if one matter were settled and its traces had passed. No promise: whether acting has that effect is measured elsewhere.</summary>
/// <param name="Change">The matter's code.</param>
/// <param name="Probability">Of churn then, 0–1; the rule score / 100 in fallback.</param>
/// <param name="Count">How many inquiries or payments it is about; the level to which usage returns; null where there is nothing to count.</param>
public sealed record Relief(string Change, double Probability, double? Count = null);

/// <summary>The matters that somebody can settle, each with the values that features would have then. Nothing else of the account is touched.</summary>
public static class Reliefs
{
    public const string AnswerInquiries = "answer_inquiries", CloseUrgent = "close_urgent", CloseInquiries = "close_inquiries", RestoreUsage = "restore_usage",
        FindChampion = "find_champion", MeetChampion = "meet_champion", SettlePayments = "settle_payments", Everything = "everything";

    /// <summary>How many are kept for an account.</summary>
    public const int Most = 3;

    /// <summary>What lowers the risk by less is not worth a line.</summary>
    public const double Least = 0.005;

    /// <summary>A champion who was seen so lately is in touch.</summary>
    private const double InTouchDays = 7;

    /// <summary>Of a smaller step that gets nearly as far as a larger one the smaller is named.</summary>
    private const double NearlyAll = 0.8;

    public static IReadOnlyList<string> Changes { get; } = [AnswerInquiries, CloseUrgent, CloseInquiries, RestoreUsage, FindChampion, MeetChampion, SettlePayments, Everything];

    /// <summary>A change of features.</summary>
    /// <param name="Values">The new value by feature.</param>
    /// <param name="Count">See <see cref="Relief.Count"/>.</param>
    public readonly record struct Step(IReadOnlyDictionary<string, double> Values, double? Count);

    /// <summary>What a change would make of a row; null where there is nothing to settle.</summary>
    public static Step? Of(string change, FeatureReader reader, int row)
    {
        double Get(string feature) => reader.Number(feature, row);
        double unanswered = Get(UnansweredInquiries), urgent = Get(OpenUrgentInquiries), open = Get(OpenInquiries);
        switch (change)
        {
            case AnswerInquiries:
                return unanswered > 0 ? new(new Dictionary<string, double> { [UnansweredInquiries] = 0 }, unanswered) : null;
            case CloseUrgent:
                return urgent > 0 && urgent < open
                    ? new(new Dictionary<string, double> { [OpenUrgentInquiries] = 0, [OpenInquiries] = open - urgent, [UnansweredInquiries] = Math.Max(0, unanswered - urgent) }, urgent)
                    : null;
            case CloseInquiries:
                return open > 0
                    ? new(new Dictionary<string, double> { [OpenUrgentInquiries] = 0, [OpenInquiries] = 0, [UnansweredInquiries] = 0, [OldestOpenInquiryDays] = double.NaN }, open)
                    : null;
            case RestoreUsage:
                return Restored(reader, row);
            case FindChampion:
                return Get(ChampionGone) > 0
                    ? new(new Dictionary<string, double> { [ChampionGone] = 0, [Champions] = Math.Max(1, Get(Champions)), [ChampionSilentDays] = InTouchDays }, null)
                    : null;
            case MeetChampion:
                return Get(Champions) > 0 && Get(ChampionSilentDays) > 4 * InTouchDays ? new(new Dictionary<string, double> { [ChampionSilentDays] = InTouchDays }, null) : null;
            case SettlePayments:
                double failed = Get(InvoicesFailed91), overdue = Get(InvoicesOverdue);
                return failed > 0 || overdue > 0
                    ? new(new Dictionary<string, double> { [InvoicesFailed91] = 0, [InvoicesOverdue] = 0, [DaysLate91] = Math.Min(0, Get(DaysLate91)) }, Math.Max(failed, overdue))
                    : null;
            default:
                return All(reader, row);
        }
    }

    /// <summary>The best few: of several steps on one matter the nearest that gets nearly as far, then the strongest first, and everything together where it goes further.</summary>
    /// <param name="probability">As it is.</param>
    /// <param name="found">What each change leads to.</param>
    public static IReadOnlyList<Relief> Best(double probability, IEnumerable<Relief> found)
    {
        Relief[] worth = [.. found.Where(relief => probability - relief.Probability >= Least)];
        var inquiries = worth.Where(relief => relief.Change is AnswerInquiries or CloseUrgent or CloseInquiries).ToArray();
        var most = inquiries.Select(relief => probability - relief.Probability).DefaultIfEmpty().Max();
        var nearest = inquiries.FirstOrDefault(relief => probability - relief.Probability >= NearlyAll * most);
        List<Relief> single = [.. worth
            .Where(relief => relief.Change != Everything && (relief == nearest || !inquiries.Contains(relief)))
            .OrderBy(relief => relief.Probability)
            .Take(Most)];
        if (single.Count > 1 && worth.FirstOrDefault(relief => relief.Change == Everything) is { } together && single[0].Probability - together.Probability >= Least)
        {
            single.Add(together);
        }

        return single;
    }

    /// <summary>Usage back at the account's own level: of the 28 days before, or of the last 91 where that was higher.</summary>
    private static Step? Restored(FeatureReader reader, int row)
    {
        double Get(string feature) => reader.Number(feature, row);
        double usage = Get(Usage28), quarter = Get(Usage91);
        var before = Drivers.UsageBefore(usage, Get(UsageTrend28));
        var level = double.IsNaN(before) ? quarter * 28 / 91 : double.IsNaN(quarter) ? before : Math.Max(before, quarter * 28 / 91);
        if (!(level >= (1.05 * usage) + 1))
        {
            return null;
        }

        var restoredQuarter = quarter + level - usage;
        var values = new Dictionary<string, double>
        {
            [Usage28] = level,
            [Usage7] = Math.Max(Get(Usage7), level / 4),
            [Usage91] = restoredQuarter,
            [UsageTrend28] = 0,
            [UsageTrend91] = Math.Min(Math.Max(0, Get(UsageTrend91)), 3),
            [DaysSinceUse] = Math.Min(1, Get(DaysSinceUse)),
            [SilenceRatio] = Math.Min(1, Get(SilenceRatio)),
            [ActiveDays28] = Math.Max(Get(ActiveDays28), Math.Round(Get(ActiveDays91) * 28 / 91)),
        };
        double users = Get(Users28), usersBefore = Get(UsersBefore28);
        if (usersBefore > users)
        {
            (values[Users28], values[UsersTrend28]) = (usersBefore, 0);
            if (Get(Seats) is > 0 and var seats)
            {
                values[UsersPerSeat] = usersBefore / seats;
            }
        }

        if (Get(BreadthChange28) is < 0 and var breadth)
        {
            (values[Breadth28], values[BreadthChange28]) = (Get(Breadth28) - breadth, 0);
        }

        if (usage > 0)
        {
            foreach (var column in reader.Table.Columns)
            {
                if (column.Name.StartsWith(MetricUsage28, StringComparison.Ordinal) && column.Numbers is { } numbers)
                {
                    values[column.Name] = numbers[row] * level / usage;
                }
            }
        }

        return new(values, level);
    }

    private static Step? All(FeatureReader reader, int row)
    {
        Dictionary<string, double> values = [];
        var steps = 0;
        foreach (var change in (string[])[CloseInquiries, RestoreUsage, FindChampion, MeetChampion, SettlePayments])
        {
            if (Of(change, reader, row) is { } step)
            {
                steps++;
                foreach (var (feature, value) in step.Values)
                {
                    values[feature] = value;
                }
            }
        }

        return steps > 1 ? new(values, null) : null;
    }
}
