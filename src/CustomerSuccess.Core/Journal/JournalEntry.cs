namespace CustomerSuccess.Core.Journal;

/// <summary>One change that somebody made in the application, or that a job finished. Entries are appended in the order of their commits and never changed.</summary>
public sealed class JournalEntry
{
    /// <summary>The account it concerns; 0 where it concerns none.</summary>
    public int AccountNo { get; set; }

    /// <summary>Counts up with every entry, without regard to accounts: who has read up to a number misses nothing after it.</summary>
    public long EntryNo { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>The sign-in; <c>system</c> for jobs and the command line.</summary>
    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    /// <summary>What kind of record: one of <see cref="JournalAreas"/>.</summary>
    public required string Area { get; set; }

    /// <summary>What became of it: a verb of the area, such as <c>created</c>, <c>changed</c>, <c>done</c>.</summary>
    public required string Act { get; set; }

    /// <summary>The record's id within its area; null where the act concerns the account or the company as a whole.</summary>
    public string? RecordId { get; set; }

    /// <summary>Fields with their values before and after, as <see cref="FieldChanges"/> writes them; null where there is nothing to tell.</summary>
    public string? ChangesJson { get; set; }
}

/// <summary>The kinds of record that a journal entry can concern.</summary>
public static class JournalAreas
{
    public const string Account = "account", Answer = "answer", AssignmentRule = "assignment_rule", Calendar = "calendar", Campaign = "campaign", Capacity = "capacity", Close = "close", Contact = "contact", FeedbackTheme = "feedback_theme", File = "file", Gateway = "gateway", Goal = "goal", Handover = "handover", Health = "health", Import = "import", Inquiry = "inquiry", Judgement = "judgement", Mail = "mail", MailTemplate = "mail_template", Mark = "mark", Mention = "mention", Metric = "metric", Model = "model", Note = "note", Notice = "notice", Plan = "plan", Play = "play", ProductRequest = "product_request", Received = "received", Report = "report", Score = "score", Segment = "segment", Sequence = "sequence", Setting = "setting", Suggestion = "suggestion", Summary = "summary", Survey = "survey", Task = "task", Touch = "touch", View = "view";
}
