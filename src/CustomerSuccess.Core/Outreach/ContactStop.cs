namespace CustomerSuccess.Core.Outreach;

/// <summary>How it came that somebody is not to be contacted.</summary>
public enum StopCause
{
    /// <summary>The mail program's unsubscribe button (RFC 8058).</summary>
    OneClick,

    /// <summary>The preferences page behind a link in a message.</summary>
    Preferences,

    /// <summary>A reply that asks for it.</summary>
    Reply,

    /// <summary>Reported as spam.</summary>
    Complaint,

    /// <summary>Asked for by telephone, on paper or in a meeting, and entered here.</summary>
    Entered,

    /// <summary>The address does not exist, or has refused messages for good.</summary>
    Bounce,
}

/// <summary>Somebody is not to be contacted by a channel: for everything, or for one list. It holds for the address in every account, until it is lifted.</summary>
public sealed class ContactStop
{
    /// <summary>Where it was asked for; 0 where nobody knows.</summary>
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string StopId { get; set; }

    /// <summary>Out of <c>Channels</c>.</summary>
    public required string Channel { get; set; }

    /// <summary>The address as <c>EmailAddress.Key</c> gives it; null where a contact is meant without one.</summary>
    public string? AddressKey { get; set; }

    public int? ContactNo { get; set; }

    /// <summary>The list; null for everything by the channel.</summary>
    public string? List { get; set; }

    public StopCause Cause { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>Who entered it; <c>recipient</c> where the person did it.</summary>
    public required string ByUser { get; set; }

    /// <summary>What was said, or the server's answer that says that an address does not work.</summary>
    public string? Evidence { get; set; }

    /// <summary>The message whose link was used, or that came back.</summary>
    public string? MailId { get; set; }

    /// <summary>UTC; null while it holds.</summary>
    public DateTime? LiftedAt { get; set; }

    public string? LiftedBy { get; set; }
}

/// <summary>Somebody agreed to be sent promotional messages, or withdrew that: who, when and how, as 特定電子メール法 and the GDPR ask to be kept. Records are appended; the latest one holds.</summary>
public sealed class Consent
{
    /// <summary>0 where nobody knows.</summary>
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string ConsentId { get; set; }

    /// <summary>The address as <c>EmailAddress.Key</c> gives it.</summary>
    public required string AddressKey { get; set; }

    public int? ContactNo { get; set; }

    /// <summary>False where it was withdrawn.</summary>
    public bool Given { get; set; }

    /// <summary>When it was given or withdrawn, UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>How: the form, the document, the conversation.</summary>
    public required string How { get; set; }

    /// <summary>Who entered it; <c>recipient</c> where the person did it.</summary>
    public required string ByUser { get; set; }

    /// <summary>When it was entered here, UTC.</summary>
    public DateTime EnteredAt { get; set; }
}
