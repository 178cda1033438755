using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>An answer to the question of recommendation, of those that stand.</summary>
/// <param name="Day">The company's day on which it was given.</param>
/// <param name="RespondedAt">UTC.</param>
/// <param name="Score">0–10.</param>
public readonly record struct NpsAnswer(DateOnly Day, DateTime RespondedAt, double Score)
{
    public NpsGroup Group => NetPromoter.GroupOf(Score);
}

/// <summary>What became of a customer after an answer.</summary>
public enum NpsFate
{
    /// <summary>Did not pay on the day of the answer, or too little time has passed to know.</summary>
    Unknown,

    /// <summary>Still there after the days looked at.</summary>
    Stayed,

    /// <summary>A churn event within them.</summary>
    Left,
}

/// <summary>How many answers of a group were followed by the customer's leaving.</summary>
/// <param name="Group">Of the answers.</param>
/// <param name="Answers">Of customers who paid, and of whom it is known what became of them. Answers of one customer and group in one month count once.</param>
/// <param name="Left">Of these, followed by a churn event.</param>
/// <param name="Rate">Left / answers, 0–1; null without answers.</param>
/// <param name="Lower">Lower end of its 95 % Wilson interval.</param>
/// <param name="Upper">Upper end.</param>
public sealed record NpsOutcome(NpsGroup Group, int Answers, int Left, double? Rate, double? Lower, double? Upper);

/// <summary>Follows customers after their answers.</summary>
public static class NpsFates
{
    /// <summary>What became of a customer in the days after an answer.</summary>
    /// <param name="mrr">The customer's MRR.</param>
    /// <param name="answered">The day of the answer.</param>
    /// <param name="within">Days after it that are looked at, 1 or more.</param>
    /// <param name="known">The day up to which contracts are complete.</param>
    /// <param name="graceDays">Days without MRR that are no churn yet.</param>
    public static NpsFate Of(MrrTimeline mrr, DateOnly answered, int within, DateOnly known, int graceDays)
    {
        if (!mrr.IsPaying(answered) || answered.DayNumber + within + graceDays > known.DayNumber)
        {
            return NpsFate.Unknown;
        }

        return mrr.ChurnsWithin(answered, answered.AddDays(within), graceDays) ? NpsFate.Left : NpsFate.Stayed;
    }
}
