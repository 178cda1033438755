using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>From an account's first paying day to its first churn event, or to the last day up to which such an event would be known.</summary>
/// <param name="Start">The first paying day.</param>
/// <param name="End">The day on which the account left, or up to which it was watched.</param>
/// <param name="Left">True where it left.</param>
public readonly record struct CustomerLife(DateOnly Start, DateOnly End, bool Left)
{
    /// <summary>Days in a month of survival curves: a twelfth of a year.</summary>
    public const double DaysPerMonth = 365.25 / 12;

    public double Months => (End.DayNumber - Start.DayNumber) / DaysPerMonth;

    /// <summary>The month of its life, counted from 1, in which the account left; null while it is there.</summary>
    public int? LeftInMonth => Left ? Math.Max(1, (int)Math.Ceiling(Months - 1e-9)) : null;

    /// <summary>The life of an account.</summary>
    /// <param name="mrr">Its MRR.</param>
    /// <param name="known">The day up to which contracts are complete: an event is known where the grace after it has passed by then.</param>
    /// <param name="graceDays">Days without MRR that are no churn yet.</param>
    /// <returns>Null for an account that had not paid by then.</returns>
    public static CustomerLife? Of(MrrTimeline mrr, DateOnly known, int graceDays)
    {
        var watched = known.AddDays(-graceDays);
        if (mrr.FirstPayingDay is not { } first || first > watched)
        {
            return null;
        }

        foreach (var left in mrr.ChurnEvents(graceDays))
        {
            return left <= watched ? new(first, left, true) : new(first, watched, false);
        }

        return new(first, watched, false);
    }
}
