using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>Where a customer stands in its life, as contracts or purchases and the use beside them tell it.</summary>
public enum CustomerStage
{
    /// <summary>Active, and a customer for less than the days of a new one.</summary>
    New,

    /// <summary>Active, neither new, reactivated nor loyal.</summary>
    Regular,

    /// <summary>Active, with high scores for frequency and for money.</summary>
    Loyal,

    /// <summary>Active again, since less than the days of a new one.</summary>
    Reactivated,

    /// <summary>Was a customer and is not active.</summary>
    Lapsed,
}

/// <summary>Tells the stage of one customer on one day.</summary>
public static class CustomerStages
{
    /// <summary>How many stages there are.</summary>
    public const int Count = 5;

    /// <summary>True for every stage but <see cref="CustomerStage.Lapsed"/>.</summary>
    public static bool IsActive(this CustomerStage stage) => stage != CustomerStage.Lapsed;

    /// <summary>The stage of a contract customer: active is who pays. Null for an account that had never paid by then.</summary>
    /// <param name="mrr">Its MRR.</param>
    /// <param name="day">The day.</param>
    /// <param name="newDays">Days for which a customer counts as new or reactivated.</param>
    /// <param name="graceDays">Days without MRR that are no churn yet: who comes back within them was never gone.</param>
    /// <param name="isLoyal">True where its scores make it a loyal one.</param>
    public static CustomerStage? Of(MrrTimeline mrr, DateOnly day, int newDays, int graceDays, bool isLoyal) => LifecycleStages.Of(mrr, day, newDays, graceDays) switch
    {
        null => null,
        LifecycleStage.New => CustomerStage.New,
        LifecycleStage.Reactivated => CustomerStage.Reactivated,
        LifecycleStage.Lapsed => CustomerStage.Lapsed,
        _ => isLoyal ? CustomerStage.Loyal : CustomerStage.Regular,
    };

    /// <summary>The stage of a customer who buys: active is who bought within <paramref name="activeDays"/>. Null for who had bought nothing by then.</summary>
    /// <param name="purchases">What was bought.</param>
    /// <param name="day">The day.</param>
    /// <param name="newDays">Days for which a customer counts as new or reactivated.</param>
    /// <param name="activeDays">Days after a purchase for which a customer is active.</param>
    /// <param name="isLoyal">True where its scores make it a loyal one.</param>
    public static CustomerStage? Of(PurchaseHistory purchases, DateOnly day, int newDays, int activeDays, bool isLoyal)
    {
        var count = purchases.CountUntil(day);
        if (count == 0)
        {
            return null;
        }

        if (day.DayNumber - purchases.Days[count - 1].DayNumber > activeDays)
        {
            return CustomerStage.Lapsed;
        }

        if (day.DayNumber - purchases.Days[0].DayNumber < newDays)
        {
            return CustomerStage.New;
        }

        // a purchase after a silence longer than those days was a return
        for (var i = count - 1; i > 0 && day.DayNumber - purchases.Days[i].DayNumber < newDays; i--)
        {
            if (purchases.Days[i].DayNumber - purchases.Days[i - 1].DayNumber > activeDays)
            {
                return CustomerStage.Reactivated;
            }
        }

        return isLoyal ? CustomerStage.Loyal : CustomerStage.Regular;
    }
}
