namespace CustomerSuccess.Core.Modelling;

/// <summary>An account of a past month as the model would have ranked it then, without having seen that time; kept where it would have been listed, by value or by probability, or left, and of a few days always.</summary>
public sealed class BacktestRow
{
    public int ModelId { get; set; }

    /// <summary>The month end at which it is looked at.</summary>
    public DateOnly AsOf { get; set; }

    public int AccountNo { get; set; }

    /// <summary>Place in that day's queue, from 1.</summary>
    public int Rank { get; set; }

    /// <summary>Place by probability alone, from 1.</summary>
    public int RiskRank { get; set; }

    /// <summary>True where it was within what the CSMs can contact.</summary>
    public bool Listed { get; set; }

    /// <summary>Of churn within the horizon, 0–1.</summary>
    public double Probability { get; set; }

    /// <summary>MRR at that day in the reporting currency; null for an account without terms.</summary>
    public decimal? Mrr { get; set; }

    /// <summary>The day of the churn event within the horizon; null where it stayed.</summary>
    public DateOnly? LeftOn { get; set; }
}
