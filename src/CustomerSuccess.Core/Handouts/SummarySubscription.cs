using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Handouts;

/// <summary>That a colleague gets the executive's summary by mail, again and again.</summary>
public sealed class SummarySubscription
{
    public required string SubscriptionId { get; set; }

    /// <summary>The sign-in that gets it. What it may see decides what the summary says.</summary>
    public required string UserId { get; set; }

    public SendCadence Cadence { get; set; }

    public DayOfWeek WeekDay { get; set; }

    /// <summary>1–31; a shorter month ends with it.</summary>
    public int MonthDay { get; set; }

    /// <summary>0–23, by the clocks of <see cref="TimeZone"/>.</summary>
    public int Hour { get; set; }

    /// <summary>An IANA zone.</summary>
    public required string TimeZone { get; set; }

    /// <summary><c>en</c> or <c>ja</c>.</summary>
    public required string Language { get; set; }

    /// <summary>How long the summary's period is.</summary>
    public PeriodGrain Grain { get; set; }

    /// <summary>True where the file comes with the message, false where its text says it all.</summary>
    public bool AttachPdf { get; set; }

    /// <summary>The next sending, UTC; null where it is off.</summary>
    public DateTime? NextAt { get; set; }

    /// <summary>Not to be tried before, UTC, since the last try failed; null where it did not.</summary>
    public DateTime? RetryAt { get; set; }

    /// <summary>Why the last try failed; null where it did not.</summary>
    public string? Problem { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    /// <summary>Counts up with every change by people.</summary>
    public int Version { get; set; }

    public SendSchedule Schedule(int fiscalStart) => new(Cadence, WeekDay, MonthDay, Hour, TimeZone, fiscalStart);
}

/// <summary>A summary that was sent: there is one for each time of a subscription, whoever sends it.</summary>
public sealed class SummarySending
{
    public required string SubscriptionId { get; set; }

    /// <summary>The time for which it was made, UTC.</summary>
    public DateTime DueAt { get; set; }

    /// <summary>True where somebody asked for it between times.</summary>
    public bool IsAsked { get; set; }

    /// <summary>The message, of account 0.</summary>
    public required string MailId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime MadeAt { get; set; }
}
