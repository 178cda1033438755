using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Timeline;

/// <summary>Something that happened to an account.</summary>
/// <param name="At">UTC; for what has a day only, the beginning of that day.</param>
/// <param name="IsDay">True where only the day is known.</param>
/// <param name="Kind">What happened: one of <see cref="TimelineKinds"/>. Pages have a sentence for each in both languages.</param>
/// <param name="Source">The key of the source that tells it.</param>
/// <param name="Id">Its id within its source.</param>
public sealed record TimelineEntry(DateTime At, bool IsDay, string Kind, string Source, string Id)
{
    private static readonly IReadOnlyDictionary<string, object> NoValues = new Dictionary<string, object>();
    private static readonly IReadOnlyDictionary<string, FieldChange> NoChanges = new Dictionary<string, FieldChange>();

    /// <summary>The company's day.</summary>
    public DateOnly Day { get; init; }

    /// <summary>What it is called by whoever made it: a subject, a file's name, a task's title.</summary>
    public string? Title { get; init; }

    /// <summary>What was said or written: a comment, a note, a body; cut to <see cref="TimelinePage.LongestText"/> characters where <see cref="TextIsCut"/>.</summary>
    public string? Text { get; init; }

    public bool TextIsCut { get; init; }

    /// <summary>The colleague who did it, by address.</summary>
    public string? ByEmail { get; init; }

    /// <summary>The person at the customer.</summary>
    public int? ContactNo { get; init; }

    public string? ContactName { get; init; }

    /// <summary>The record, by which pages link to it: an inquiry's, note's or file's id.</summary>
    public string? RecordId { get; init; }

    /// <summary>What the kind's sentence speaks of, by name: text, numbers, days, <see cref="Accounts.MoneyAmount"/> and enums.</summary>
    public IReadOnlyDictionary<string, object> Values { get; init; } = NoValues;

    /// <summary>Fields with their values before and after, where some were changed.</summary>
    public IReadOnlyDictionary<string, FieldChange> Changes { get; init; } = NoChanges;
}

/// <summary>A stretch of an account's timeline, newest first.</summary>
/// <param name="Entries">In their order.</param>
/// <param name="Next">From where to read on; null at the end.</param>
public sealed record TimelinePage(IReadOnlyList<TimelineEntry> Entries, TimelinePosition? Next)
{
    /// <summary>Characters of an entry's text.</summary>
    public const int LongestText = 1_000;
}

/// <summary>The place of an entry. Entries follow one another by time, newest first, then by source, then by id.</summary>
public sealed record TimelinePosition(DateTime At, string Source, string Id)
{
    public static TimelinePosition Of(TimelineEntry entry) => new(entry.At, entry.Source, entry.Id);
}

/// <summary>Which entries are asked for.</summary>
public sealed record TimelineFilter
{
    /// <summary>Out of <see cref="TimelineGroups"/>; empty for all.</summary>
    public IReadOnlySet<string> Groups { get; init; } = new HashSet<string>();

    /// <summary>First day; null for since ever.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; null for until now.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Of one person at the customer.</summary>
    public int? ContactNo { get; init; }

    /// <summary>Of one colleague, by address.</summary>
    public string? ByEmail { get; init; }

    /// <summary>That contain all of these words, without regard to case, width or kana.</summary>
    public string? Search { get; init; }
}

/// <summary>What entries are filtered by: what they are about.</summary>
public static class TimelineGroups
{
    public const string Contracts = "contracts", Usage = "usage", Inquiries = "inquiries", Answers = "answers", Payments = "payments", Deals = "deals",
        Touches = "touches", Mails = "mails", Notes = "notes", Files = "files", Tasks = "tasks", Plans = "plans", Health = "health", Changes = "changes";

    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<string> All { get; } = [Touches, Mails, Notes, Inquiries, Answers, Contracts, Payments, Usage, Health, Tasks, Plans, Files, Deals, Changes];
}

/// <summary>What can have happened.</summary>
public static class TimelineKinds
{
    public const string
        ContractStarted = "contract_started", ContractRenewed = "contract_renewed", ContractExpanded = "contract_expanded", ContractContracted = "contract_contracted", ContractChanged = "contract_changed", ContractEnded = "contract_ended", NoticeGiven = "notice_given",
        UsageFirst = "usage_first", UsageSilent = "usage_silent", UsageReturned = "usage_returned",
        InquiryOpened = "inquiry_opened", InquiryClosed = "inquiry_closed",
        AnswerGiven = "answer_given", SurveyAnswered = "survey_answered",
        InvoicePaid = "invoice_paid", InvoiceFailed = "invoice_failed", PurchaseMade = "purchase_made",
        DealOpened = "deal_opened", DealWon = "deal_won", DealLost = "deal_lost",
        TouchMade = "touch_made", SuggestionSnoozed = "suggestion_snoozed", SuggestionDismissed = "suggestion_dismissed", SequenceStarted = "sequence_started", SequenceFinished = "sequence_finished", SequenceLeft = "sequence_left",
        MailSent = "mail_sent", MailOpened = "mail_opened", MailReturned = "mail_returned", MailReceived = "mail_received",
        NoteWritten = "note_written", FileAdded = "file_added", ReportGiven = "report_given", TaskDone = "task_done",
        PlanStarted = "plan_started", PlanAchieved = "plan_achieved", PlanAbandoned = "plan_abandoned", GoalReached = "goal_reached", MilestoneDone = "milestone_done",
        JudgementMade = "judgement_made", HealthBandChanged = "health_band_changed", RiskChanged = "risk_changed",
        AttributesChanged = "attributes_changed", AttributesImported = "attributes_imported", PersonAdded = "person_added", PersonChanged = "person_changed", PersonLeft = "person_left";

    /// <summary>Every kind, for tests that look for its words.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        ContractStarted, ContractRenewed, ContractExpanded, ContractContracted, ContractChanged, ContractEnded, NoticeGiven,
        UsageFirst, UsageSilent, UsageReturned,
        InquiryOpened, InquiryClosed,
        AnswerGiven, SurveyAnswered,
        InvoicePaid, InvoiceFailed, PurchaseMade,
        DealOpened, DealWon, DealLost,
        TouchMade, SuggestionSnoozed, SuggestionDismissed, SequenceStarted, SequenceFinished, SequenceLeft,
        MailSent, MailOpened, MailReturned, MailReceived,
        NoteWritten, FileAdded, ReportGiven, TaskDone,
        PlanStarted, PlanAchieved, PlanAbandoned, GoalReached, MilestoneDone,
        JudgementMade, HealthBandChanged, RiskChanged,
        AttributesChanged, AttributesImported, PersonAdded, PersonChanged, PersonLeft,
    ];
}
