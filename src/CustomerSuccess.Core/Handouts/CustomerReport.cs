namespace CustomerSuccess.Core.Handouts;

/// <summary>A report for a customer on use and results: a draft while a colleague writes its note, then what was given, as it was given.</summary>
public sealed class CustomerReport
{
    /// <summary>Longest note and longest next steps, in characters.</summary>
    public const int LongestText = 4000;

    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string ReportId { get; set; }

    /// <summary>First day of the period.</summary>
    public DateOnly From { get; set; }

    /// <summary>Its last day.</summary>
    public DateOnly To { get; set; }

    /// <summary><c>en</c> or <c>ja</c>.</summary>
    public required string Language { get; set; }

    /// <summary>To whom it is addressed; null for the company alone.</summary>
    public int? ContactNo { get; set; }

    /// <summary>What the colleague says to the customer; null for nothing.</summary>
    public string? Note { get; set; }

    /// <summary>What was agreed to do next, a line each; null for nothing.</summary>
    public string? NextSteps { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>When it was made for good, UTC; null while it is a draft.</summary>
    public DateTime? GivenAt { get; set; }

    public string? GivenByEmail { get; set; }

    /// <summary>The message that it was attached to; null where it was handed over otherwise.</summary>
    public string? MailId { get; set; }

    /// <summary>Counts up with every change by people.</summary>
    public int Version { get; set; }
}

/// <summary>The file of a report that was given.</summary>
public sealed class CustomerReportFile
{
    public int AccountNo { get; set; }

    public required string ReportId { get; set; }

    public required string Name { get; set; }

    public required byte[] Bytes { get; set; }
}

/// <summary>What a colleague wants of a report.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
/// <param name="Language"><c>en</c> or <c>ja</c>.</param>
/// <param name="ContactNo">To whom; null for the company alone.</param>
/// <param name="Note">A note to the customer.</param>
/// <param name="NextSteps">A line each.</param>
public sealed record CustomerReportDraft(DateOnly From, DateOnly To, string Language, int? ContactNo = null, string? Note = null, string? NextSteps = null)
{
    /// <summary>Longest period, in days.</summary>
    public const int MostDays = 731;

    public static CustomerReportDraft Of(CustomerReport report) => new(report.From, report.To, report.Language, report.ContactNo, report.Note, report.NextSteps);
}
