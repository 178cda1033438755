namespace CustomerSuccess.Core.Inquiries;

/// <summary>Whose words a message is, and for whom.</summary>
public enum MessageKind
{
    /// <summary>The customer's.</summary>
    Customer,

    /// <summary>Ours to the customer.</summary>
    Answer,

    /// <summary>Ours among ourselves.</summary>
    Note,
}

/// <summary>A message of an inquiry's thread after the first, which is the inquiry's own body. Never changed.</summary>
public sealed class InquiryMessage
{
    /// <summary>Characters of a message.</summary>
    public const int Longest = 20_000;

    public int AccountNo { get; set; }

    public int SourceId { get; set; }

    public required string FactId { get; set; }

    /// <summary>A version 7 UUID: later ones sort later.</summary>
    public required string MessageId { get; set; }

    public MessageKind Kind { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>The sign-in's id; null for the customer.</summary>
    public string? ByUser { get; set; }

    public string? AuthorName { get; set; }

    public string? AuthorEmail { get; set; }

    /// <summary>By which channel it came or went, such as <c>email</c>, <c>phone</c>, <c>web</c>.</summary>
    public string? Channel { get; set; }

    /// <summary><c>ja</c> or <c>en</c>; null where nothing tells.</summary>
    public string? Language { get; set; }

    public required string Body { get; set; }
}

/// <summary>A colleague whom a note calls.</summary>
public sealed class InquiryMention
{
    public int AccountNo { get; set; }

    public int SourceId { get; set; }

    public required string FactId { get; set; }

    public required string MessageId { get; set; }

    /// <summary>The address of who is called, in lower case.</summary>
    public required string Email { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>When the colleague opened the inquiry afterwards; null until then.</summary>
    public DateTime? SeenAt { get; set; }
}

/// <summary>A customer was asked how satisfied they are, by a link that needs no sign-in.</summary>
public sealed class SatisfactionRequest
{
    /// <summary>Days for which the link may be used.</summary>
    public const int Days = 30;

    /// <summary>Characters of a comment.</summary>
    public const int LongestComment = 2_000;

    public int AccountNo { get; set; }

    public int SourceId { get; set; }

    public required string FactId { get; set; }

    public required string RequestId { get; set; }

    /// <summary>SHA-256 of the link's token in hex: the store alone lets nobody answer.</summary>
    public required string TokenHash { get; set; }

    /// <summary>UTC.</summary>
    public DateTime AskedAt { get; set; }

    public string? AskedBy { get; set; }

    public DateTime ExpiresAt { get; set; }

    public DateTime? AnsweredAt { get; set; }

    /// <summary>1 (bad) to 5 (good).</summary>
    public int? Score { get; set; }

    public string? Comment { get; set; }
}

/// <summary>An answer that is written once and given often, in both languages.</summary>
public sealed class CannedAnswer
{
    /// <summary>Characters of a title.</summary>
    public const int LongestTitle = 120;

    public required string AnswerId { get; set; }

    public required string Title { get; set; }

    /// <summary>Under which heading it is listed; null for none.</summary>
    public string? Category { get; set; }

    public string? BodyEn { get; set; }

    public string? BodyJa { get; set; }

    /// <summary>The sign-in whose own it is; null where everybody uses it.</summary>
    public string? OwnerUser { get; set; }

    /// <summary>How often it was put into an answer.</summary>
    public int Used { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    public DateTime? ArchivedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>What became of an inquiry from somebody who was not known.</summary>
public enum ReceivedState
{
    Waiting,
    Matched,
    Discarded,
}

/// <summary>An inquiry that came by the public form from somebody who is nobody's contact yet, or more than one account's.</summary>
public sealed class ReceivedInquiry
{
    /// <summary>The reference that the sender was given; the inquiry's id once it has one.</summary>
    public required string ReceivedId { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    public ReceivedState State { get; set; }

    public string? Name { get; set; }

    public string? Email { get; set; }

    public string? Company { get; set; }

    public string? Phone { get; set; }

    public string? Subject { get; set; }

    public required string Body { get; set; }

    public string? Category { get; set; }

    public string? Language { get; set; }

    /// <summary>The account of the inquiry that it became.</summary>
    public int? AccountNo { get; set; }

    public DateTime? DecidedAt { get; set; }

    public string? DecidedBy { get; set; }

    public int Version { get; set; }
}
