using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>Where a contract customer stands on a day, as far as contracts alone tell: regular and loyal ones are told apart by use or purchases.</summary>
public enum LifecycleStage
{
    /// <summary>Pays, and has for less than the days of a new customer.</summary>
    New,

    /// <summary>Pays, regular or loyal.</summary>
    Established,

    /// <summary>Pays again, since less than those days, after a churn event.</summary>
    Reactivated,

    /// <summary>Paid once and does not pay.</summary>
    Lapsed,
}

/// <summary>Reads the stage off contracts.</summary>
public static class LifecycleStages
{
    /// <summary>The stage on a day; null for an account that had never paid by then.</summary>
    /// <param name="mrr">The account's MRR.</param>
    /// <param name="day">The day.</param>
    /// <param name="newDays">Days for which a customer counts as new or reactivated.</param>
    /// <param name="graceDays">Days without MRR that are no churn yet.</param>
    public static LifecycleStage? Of(MrrTimeline mrr, DateOnly day, int newDays, int graceDays)
    {
        if (mrr.FirstPayingDay is not { } first || first > day)
        {
            return null;
        }

        if (!mrr.IsPaying(day))
        {
            return LifecycleStage.Lapsed;
        }

        if (day.DayNumber - first.DayNumber < newDays)
        {
            return LifecycleStage.New;
        }

        if (mrr.LastChurn(day, graceDays) is not { } left)
        {
            return LifecycleStage.Established;
        }

        var back = mrr.ChangeDays.First(change => change > left && mrr.IsPaying(change));
        return day.DayNumber - back.DayNumber < newDays ? LifecycleStage.Reactivated : LifecycleStage.Established;
    }
}
