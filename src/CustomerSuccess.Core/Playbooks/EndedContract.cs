using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>A customer's contract that has ended, as plays ask for it that win customers back.</summary>
/// <param name="EndedOn">The first day without MRR.</param>
/// <param name="Months">Since then, in months of 30.4 days.</param>
/// <param name="Mrr">What was paid on the last day, in the reporting currency.</param>
/// <param name="Reason">Why it ended, as the source says it; null where nobody said.</param>
/// <param name="Will">Whether the customer wished it, told by the reason.</param>
/// <param name="Nps">The last answer before the day, 0–10; null without one.</param>
public sealed record EndedContract(DateOnly EndedOn, double Months, decimal Mrr, string? Reason, ChurnWill Will, double? Nps)
{
    private const double DaysPerMonth = 30.4;

    /// <summary>The contract of an account that paid before a day and pays no more; null for any other. Who stopped for less than the grace period has a gap rather than an end.</summary>
    /// <param name="contracts">Of one account.</param>
    /// <param name="day">As of which it is looked at.</param>
    /// <param name="graceDays">Days after which a gap is an end.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency.</param>
    /// <param name="reasons">What tells whether an end was wished.</param>
    /// <param name="nps">The last answer up to the day.</param>
    public static EndedContract? Of(AccountContracts contracts, DateOnly day, int graceDays, Func<string, decimal> rate, ChurnReasons reasons, double? nps)
    {
        if (!(contracts.Mrr.FirstPayingDay < day) || contracts.Mrr.IsPaying(day))
        {
            return null;
        }

        var ends = contracts.Mrr.ChurnEvents(graceDays).Where(end => end <= day).ToList();
        if (ends.Count == 0 || contracts.Mrr.ChangeDays.Any(change => change > ends[^1] && change <= day && contracts.Mrr.IsPaying(change)))
        {
            return null;
        }

        var (end, reason) = (ends[^1], contracts.LeftBecause(ends[^1])?.Trim());
        return new(end, (day.DayNumber - end.DayNumber) / DaysPerMonth, contracts.Mrr.On(end.AddDays(-1), rate), string.IsNullOrEmpty(reason) ? null : reason, reasons.Of(reason), nps);
    }
}
