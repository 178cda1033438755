namespace CustomerSuccess.Core.Risk;

/// <summary>Terms of one account that end in one month, as one score run saw them: a month of its forecast is the sum of these. Never rewritten.</summary>
public sealed class RenewalDue
{
    public int ScoreRunId { get; set; }

    public int AccountNo { get; set; }

    /// <summary>The month's last day.</summary>
    public DateOnly Month { get; set; }

    /// <summary>The first of the terms' agreed ends.</summary>
    public DateOnly EndsOn { get; set; }

    /// <summary>MRR that is due, reporting currency.</summary>
    public decimal Mrr { get; set; }

    /// <summary>Probability that the account is still a customer after it, 0–1; null in fallback and for leaving accounts.</summary>
    public double? Probability { get; set; }

    /// <summary>MRR × (1 − probability), all of it where notice has been given, rounded to the cent; null in fallback.</summary>
    public decimal? AtRiskMrr { get; set; }

    /// <summary>Notice has been given.</summary>
    public bool Leaving { get; set; }

    /// <summary>MRR × probability, 0 where notice has been given; null in fallback.</summary>
    public decimal? ExpectedMrr => Leaving ? 0 : Probability is { } probability ? Mrr * (decimal)probability : null;

    /// <param name="scoreRunId">The run.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="due">What is due.</param>
    /// <param name="probability">Of renewal; null where none is stated.</param>
    /// <param name="leaving">Notice has been given.</param>
    public static RenewalDue Of(int scoreRunId, int accountNo, DueTerms due, double? probability, bool leaving) => new()
    {
        ScoreRunId = scoreRunId,
        AccountNo = accountNo,
        Month = due.Month,
        EndsOn = due.EndsOn,
        Mrr = due.Mrr,
        Probability = leaving ? null : probability,
        AtRiskMrr = leaving ? due.Mrr : probability is { } p ? decimal.Round(due.Mrr * (decimal)(1 - p), 2) : null,
        Leaving = leaving,
    };
}
