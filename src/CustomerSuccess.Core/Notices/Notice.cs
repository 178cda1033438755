namespace CustomerSuccess.Core.Notices;

/// <summary>One event told to one colleague. The same event is never told to the same person twice.</summary>
public sealed class Notice
{
    /// <summary>The account that it concerns; 0 where it concerns none.</summary>
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string NoticeId { get; set; }

    /// <summary>The sign-in of whom it is told.</summary>
    public required string ToUser { get; set; }

    /// <summary>One of <see cref="NoticeKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Names the event; unique for each person.</summary>
    public required string EventKey { get; set; }

    /// <summary>The kind of record that it leads to: one of <c>JournalAreas</c>.</summary>
    public required string Area { get; set; }

    /// <summary>The record's id within its area; null for the account, or the area, as a whole.</summary>
    public string? RecordId { get; set; }

    /// <summary>What the sentence names, as a JSON object of texts.</summary>
    public string ArgsJson { get; set; } = "{}";

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Who did it; null where nobody did.</summary>
    public string? ByEmail { get; set; }

    /// <summary>How it goes by mail, as the person wished when it happened.</summary>
    public NoticeDelivery Mail { get; set; }

    /// <summary>True where it is shown in the application.</summary>
    public bool IsShown { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? ReadAt { get; set; }

    /// <summary>When it went out by mail, or was found not to need to, UTC.</summary>
    public DateTime? MailedAt { get; set; }
}

/// <summary>How a kind of notice goes by mail.</summary>
public enum NoticeDelivery
{
    Off,

    /// <summary>Within a minute or two; what follows closely goes together.</summary>
    Immediate,

    /// <summary>Once on each business day, at the person's hour.</summary>
    Digest,
}

/// <summary>What somebody wishes for a kind. An empty sign-in has the company's defaults.</summary>
public sealed class NoticePreference
{
    /// <summary>The sign-in; empty for the company's default.</summary>
    public required string UserId { get; set; }

    public required string Kind { get; set; }

    public NoticeDelivery Mail { get; set; }

    public bool IsShown { get; set; }
}

/// <summary>When somebody reads the daily digest.</summary>
public sealed class NoticeReader
{
    public const int UsualHour = 8;

    public required string UserId { get; set; }

    /// <summary>IANA zone; null for the company's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The hour of the local day, 0–23.</summary>
    public int DigestHour { get; set; } = UsualHour;

    /// <summary>The last local day whose digest is done; null before the first.</summary>
    public DateOnly? DigestedOn { get; set; }
}
