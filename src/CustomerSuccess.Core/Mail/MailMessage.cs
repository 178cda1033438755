using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Mail;

/// <summary>Where a message comes from.</summary>
public enum MailOrigin
{
    /// <summary>Somebody wrote it to a customer.</summary>
    Manual,

    /// <summary>A play's step; the origin's id is the play.</summary>
    Play,

    /// <summary>A campaign to a segment; the origin's id is the campaign.</summary>
    Campaign,

    /// <summary>An invitation or a reminder; the origin's id is the survey.</summary>
    Survey,

    /// <summary>An answer to an inquiry; the origin's id is the inquiry.</summary>
    Inquiry,

    /// <summary>To one of our own people.</summary>
    Notification,

    /// <summary>A test of the connection or of a template.</summary>
    Test,
}

/// <summary>Where a message stands.</summary>
public enum MailStatus
{
    /// <summary>Being written; nothing sends it.</summary>
    Draft,

    /// <summary>Sealed and waiting for its time and its turn.</summary>
    Queued,

    /// <summary>Being handed to the server.</summary>
    Sending,

    /// <summary>The server has taken it for at least one recipient, and none is left to try.</summary>
    Sent,

    /// <summary>Refused for good, or given up.</summary>
    Failed,

    /// <summary>Something must be mended or decided first; the reasons say what.</summary>
    Held,

    /// <summary>Not to be sent any more.</summary>
    Cancelled,

    /// <summary>It came back from every recipient.</summary>
    Bounced,
}

/// <summary>An e-mail message from its draft to its fate. Its key is (account, id); account 0 has what concerns no customer.</summary>
public sealed class MailMessage
{
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string MailId { get; set; }

    /// <summary>Counts up with every change by people.</summary>
    public int Version { get; set; }

    public Purpose Purpose { get; set; }

    public MailOrigin Origin { get; set; }

    /// <summary>How it goes, out of <see cref="Channels"/>: by e-mail, or by the gateway that carries the channel.</summary>
    public string Channel { get; set; } = Channels.Email;

    /// <summary>The play, campaign, survey or inquiry; null for none.</summary>
    public string? OriginId { get; set; }

    /// <summary>The step of a sequence, counted from 1; null for none.</summary>
    public int? OriginStep { get; set; }

    /// <summary>The template it was made from, with the version used.</summary>
    public string? TemplateId { get; set; }

    public int? TemplateVersion { get; set; }

    /// <summary>The list it goes by, which its recipients can leave; null for none.</summary>
    public string? List { get; set; }

    /// <summary><c>en</c> or <c>ja</c>.</summary>
    public required string Language { get; set; }

    public required string Subject { get; set; }

    /// <summary>The first words of its text, for lists.</summary>
    public string Preview { get; set; } = "";

    /// <summary>Null until it is queued, where the company's own is meant.</summary>
    public string? FromName { get; set; }

    public string? FromAddress { get; set; }

    public string? ReplyTo { get; set; }

    public MailStatus Status { get; set; }

    /// <summary>What is sent first has the lower number; see <see cref="MailPriority"/>.</summary>
    public int Priority { get; set; }

    /// <summary>Not to be sent earlier, UTC: asked for, moved by limits, or the next try.</summary>
    public DateTime NotBefore { get; set; }

    /// <summary>Worthless afterwards, UTC; null for never.</summary>
    public DateTime? NotAfter { get; set; }

    /// <summary>What holds it, or moved it to later: codes of <see cref="HoldReasons"/>, comma-separated; null for nothing.</summary>
    public string? Reasons { get; set; }

    /// <summary>UTC; null for a draft.</summary>
    public DateTime? QueuedAt { get; set; }

    /// <summary>The Message-ID in its brackets: made when it is queued, the same however often it is sent. Of what a gateway carries its own id, which goes along as the idempotency key.</summary>
    public string? MessageId { get; set; }

    /// <summary>The Message-ID that it answers; null for none.</summary>
    public string? InReplyTo { get; set; }

    /// <summary>How often it was handed to the server.</summary>
    public int Attempts { get; set; }

    /// <summary>When it was first handed to the server, UTC: how long it may be put off counts from here.</summary>
    public DateTime? FirstAttemptAt { get; set; }

    /// <summary>When it was last handed to the server, UTC.</summary>
    public DateTime? LastAttemptAt { get; set; }

    /// <summary>What the server last said of it, or what went wrong.</summary>
    public string? LastAnswer { get; set; }

    /// <summary>The id that the gateway gave it; null for none.</summary>
    public string? ProviderId { get; set; }

    /// <summary>How often it was handed over without an answer coming back: each time the server may have taken it, so it may have arrived more than once, with one Message-ID.</summary>
    public int LostAnswers { get; set; }

    /// <summary>When the recipients were contacted, as limits count it, UTC; null while they were not.</summary>
    public DateTime? ContactedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>The worker that has it; null for none. A worker that has died has it no longer.</summary>
    public string? ClaimedBy { get; set; }

    /// <summary>True where sending it is written down as a touch of the account.</summary>
    public bool RecordsTouch { get; set; }

    /// <summary>What writing it took of a CSM's time, for the touch.</summary>
    public double? TouchMinutes { get; set; }

    /// <summary>When a person first opened it, as far as that can be seen, UTC.</summary>
    public DateTime? OpenedAt { get; set; }

    /// <summary>When a person first followed a link of it, UTC.</summary>
    public DateTime? ClickedAt { get; set; }

    /// <summary>When a person first replied, UTC.</summary>
    public DateTime? RepliedAt { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>The sign-in that wrote it; <c>system</c> for jobs.</summary>
    public required string CreatedBy { get; set; }

    /// <summary>Whose work it is, and who is told of answers: the address of who wrote it, else of the account's owner.</summary>
    public string? OwnerEmail { get; set; }
}

/// <summary>What goes before what.</summary>
public static class MailPriority
{
    /// <summary>Tests and notifications, then what customers wait for, then what one person sends, then what goes to many.</summary>
    public const int Urgent = 0, Answer = 1, Personal = 2, Bulk = 3;

    /// <summary>The priority of a message.</summary>
    public static int Of(Purpose purpose, MailOrigin origin) => origin switch
    {
        MailOrigin.Test or MailOrigin.Notification => Urgent,
        _ when purpose == Purpose.Transactional => Answer,
        MailOrigin.Campaign or MailOrigin.Survey => Bulk,
        _ => Personal,
    };
}

/// <summary>How a recipient stands in a message.</summary>
public enum RecipientRole
{
    To,
    Cc,
    Bcc,
}

/// <summary>What became of a message for one recipient.</summary>
public enum RecipientState
{
    /// <summary>Still to be sent.</summary>
    Pending,

    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>The server refused the recipient for good.</summary>
    Refused,

    /// <summary>It came back.</summary>
    Bounced,
}

/// <summary>One recipient of a message.</summary>
public sealed class MailRecipient
{
    public int AccountNo { get; set; }

    public required string MailId { get; set; }

    /// <summary>Counts from 1; 1 is the one addressed.</summary>
    public int RecipientNo { get; set; }

    public RecipientRole Role { get; set; }

    public int? ContactNo { get; set; }

    public string? Name { get; set; }

    /// <summary>As written into the message; as given where it is no address.</summary>
    public required string Address { get; set; }

    /// <summary><see cref="EmailAddress.Key"/>; empty where it is no address.</summary>
    public required string AddressKey { get; set; }

    public RecipientState State { get; set; }

    /// <summary>What the server said of this recipient.</summary>
    public string? Answer { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? At { get; set; }
}

/// <summary>The text of a message: its source, and the bytes that are sent.</summary>
public sealed class MailContent
{
    public int AccountNo { get; set; }

    public required string MailId { get; set; }

    /// <summary>Light markup (Markdown without HTML), from which text and HTML are made. May still hold fields in a draft.</summary>
    public required string Body { get; set; }

    /// <summary>The whole message as it goes over the wire, compressed (Brotli); of what a gateway carries a <c>GatewayMessage</c> as JSON. Null until it is queued, never changed afterwards.</summary>
    public byte[]? Raw { get; set; }

    /// <summary>Where tracked links lead, as a JSON array; null where none is tracked.</summary>
    public string? LinksJson { get; set; }
}
