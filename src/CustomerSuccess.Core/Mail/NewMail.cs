using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Mail;

/// <summary>A further recipient.</summary>
public sealed record MailCopy(string Address, string? Name = null, bool IsBlind = false);

/// <summary>A message that somebody wants to write: to a contact of an account, or to an address.</summary>
public sealed record NewMail
{
    /// <summary>0 for what concerns no customer.</summary>
    public required int AccountNo { get; init; }

    /// <summary>The id that it is to have: that of the record that it carries; null for one of its own.</summary>
    public string? Id { get; init; }

    /// <summary>The person; null where an address is given, or nobody in particular is meant.</summary>
    public int? ContactNo { get; init; }

    /// <summary>Where no contact is given, or another address of the contact is meant.</summary>
    public string? ToAddress { get; init; }

    public string? ToName { get; init; }

    public IReadOnlyList<MailCopy> Copies { get; init; } = [];

    /// <summary>Null for the template's, else proactive.</summary>
    public Purpose? Purpose { get; init; }

    public MailOrigin Origin { get; init; }

    /// <summary>How it goes, out of <c>Channels</c>; null for e-mail. By a gateway it is plain text without subject, copies and files.</summary>
    public string? Channel { get; init; }

    public string? OriginId { get; init; }

    public int? OriginStep { get; init; }

    /// <summary>Null for the template's, else the usual one of its origin.</summary>
    public string? List { get; init; }

    /// <summary>Its newest version gives subject and text where these are not given.</summary>
    public string? TemplateId { get; init; }

    /// <summary><c>en</c> or <c>ja</c>; null for the recipient's.</summary>
    public string? Language { get; init; }

    public string? Subject { get; init; }

    /// <summary>Light markup with fields.</summary>
    public string? Body { get; init; }

    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<AttachedFile> Attachments { get; init; } = [];

    /// <summary>Further fields, such as a survey's link.</summary>
    public IReadOnlyDictionary<string, FieldValue>? Fields { get; init; }

    /// <summary>UTC; null for at once.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>Worthless afterwards, UTC.</summary>
    public DateTime? NotAfter { get; init; }

    /// <summary>Null for the company's. Another address must be at the same domain, or receivers would not believe it.</summary>
    public string? FromAddress { get; init; }

    public string? FromName { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>The Message-ID that it answers.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Whether sending it is written down as a touch; null for yes where a person or a play writes to a customer of our own accord.</summary>
    public bool? RecordsTouch { get; init; }

    public double? TouchMinutes { get; init; }
}

/// <summary>What may be changed of a draft; null leaves a value as it is.</summary>
public sealed record MailEdit
{
    public string? Subject { get; init; }

    public string? Body { get; init; }

    public int? ContactNo { get; init; }

    public string? ToAddress { get; init; }

    public string? ToName { get; init; }

    public IReadOnlyList<MailCopy>? Copies { get; init; }

    public double? TouchMinutes { get; init; }
}

/// <summary>A message as lists show it. Times are UTC.</summary>
/// <param name="Reasons">What holds it, or moved it to later: codes of <see cref="HoldReasons"/>.</param>
/// <param name="LostAnswers">How often the server's answer was lost: above 0 it may have arrived more than once.</param>
public sealed record MailSummary(
    int AccountNo, string MailId, int Version, Purpose Purpose, MailOrigin Origin, string? OriginId, int? OriginStep, string? List, string Language,
    string? ToName, string ToAddress, int? ContactNo, string Subject, string Preview, MailStatus Status, DateTime NotBefore, IReadOnlyList<string> Reasons,
    DateTime? QueuedAt, DateTime? SentAt, int Attempts, string? LastAnswer, int LostAnswers, string? MessageId,
    DateTime? OpenedAt, DateTime? ClickedAt, DateTime? RepliedAt, DateTime CreatedAt, string? OwnerEmail)
{
    /// <summary>How it goes, out of <c>Channels</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The id that the gateway gave it; null for none.</summary>
    public string? ProviderId { get; init; }

    /// <summary>True where the message may have arrived more than once, since an answer of the server was lost and it was sent again.</summary>
    public bool PossiblyDoubled => LostAnswers > 0 && Attempts > LostAnswers;
}

/// <summary>A recipient as a message shows one.</summary>
public sealed record MailRecipientRow(int RecipientNo, RecipientRole Role, int? ContactNo, string? Name, string Address, RecipientState State, string? Answer, DateTime? At);

/// <summary>An entry in the life of a message.</summary>
public sealed record MailEventRow(MailEventKind Kind, DateTime At, int? RecipientNo, string? Detail, string? Link, bool ByMachine);

/// <summary>Everything about one message.</summary>
/// <param name="Summary">As lists show it.</param>
/// <param name="FromName">The sender's name; null until it is queued where the company's is meant.</param>
/// <param name="FromAddress">The sender's address, likewise.</param>
/// <param name="Recipients">The one addressed first.</param>
/// <param name="Body">Its markup, which a draft can be changed in.</param>
/// <param name="Text">Its plain text, as sent or as it would be.</param>
/// <param name="Html">Its HTML, as sent or as it would be: to be shown in a sandboxed frame.</param>
/// <param name="Events">Oldest first.</param>
public sealed record MailDetail(MailSummary Summary, string? FromName, string? FromAddress, IReadOnlyList<MailRecipientRow> Recipients, string Body, string Text, string Html, IReadOnlyList<MailEventRow> Events)
{
    /// <summary>Names of the files that go with it.</summary>
    public IReadOnlyList<string> Attachments { get; init; } = [];
}

/// <summary>What became of many messages that were queued together.</summary>
/// <param name="Mails">Each, in the order in which they were given.</param>
public sealed record MailBatchReport(IReadOnlyList<MailSummary> Mails)
{
    public int Count(MailStatus status) => Mails.Count(mail => mail.Status == status);
}
