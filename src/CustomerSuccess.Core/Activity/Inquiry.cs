namespace CustomerSuccess.Core.Activity;

/// <summary>A customer's question or complaint, by any channel. Times are UTC.</summary>
public sealed class Inquiry : Fact
{
    public int? ContactNo { get; set; }

    public string? Channel { get; set; }

    public string? Subject { get; set; }

    public string? Body { get; set; }

    public string? Category { get; set; }

    public string? Priority { get; set; }

    public DateTime OpenedAt { get; set; }

    public DateTime? FirstResponseAt { get; set; }

    public DateTime? ClosedAt { get; set; }

    public string? Status { get; set; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public int? Satisfaction { get; set; }

    public bool Escalated { get; set; }

    public DateTime? EscalatedAt { get; set; }

    public string? Assignee { get; set; }

    /// <summary>The product that it is about; null where it names none.</summary>
    public string? Product { get; set; }
}

/// <summary>An answer to a survey: NPS (0–10), CSAT or CES on the scale it names.</summary>
public sealed class SurveyResponse : Fact
{
    public int? ContactNo { get; set; }

    public string? Survey { get; set; }

    /// <summary><c>nps</c>, <c>csat</c> or <c>ces</c>.</summary>
    public required string Kind { get; set; }

    public double Score { get; set; }

    public double ScaleMin { get; set; }

    public double ScaleMax { get; set; }

    public string? Comment { get; set; }

    public DateTime RespondedAt { get; set; }

    /// <summary>The product that was asked about; null where it names none.</summary>
    public string? Product { get; set; }
}

/// <summary>A proactive contact with a customer: who did what, when, with which result.</summary>
public sealed class Touch : Fact
{
    public int? ContactNo { get; set; }

    public string? Kind { get; set; }

    public string? Play { get; set; }

    public string? OwnerEmail { get; set; }

    public DateTime At { get; set; }

    public double? Minutes { get; set; }

    public string? Outcome { get; set; }

    public string? Notes { get; set; }
}
