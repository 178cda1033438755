using CustomerSuccess.Core.Activity;

namespace CustomerSuccess.Core.Accounts;

/// <summary>One term at one price. A change of price or seats ends a term and starts another.</summary>
public sealed class Subscription : Fact
{
    public string? Product { get; set; }

    public string? Plan { get; set; }

    public int? Seats { get; set; }

    /// <summary>Monthly recurring revenue in <see cref="Currency"/>, never negative.</summary>
    public decimal Mrr { get; set; }

    /// <summary>ISO 4217 code; the reporting currency where the file names none.</summary>
    public required string Currency { get; set; }

    public DateOnly StartedOn { get; set; }

    /// <summary>The term's end as agreed at signing.</summary>
    public DateOnly? TermEndsOn { get; set; }

    public bool? AutoRenew { get; set; }

    /// <summary>How many days before its end the term must be cancelled.</summary>
    public int? NoticeDays { get; set; }

    public DateOnly? NoticeOn { get; set; }

    /// <summary>First unpaid day: the term counts on days with StartedOn ≤ day &lt; EndedOn.</summary>
    public DateOnly? EndedOn { get; set; }

    public string? EndReason { get; set; }
}
