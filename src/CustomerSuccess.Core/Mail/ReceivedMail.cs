namespace CustomerSuccess.Core.Mail;

/// <summary>What came in.</summary>
public enum ReceivedKind
{
    /// <summary>A person answers a message of ours.</summary>
    Reply,

    /// <summary>A machine answers for a person, such as out of office.</summary>
    AutoReply,

    /// <summary>A server reports that a message did not arrive.</summary>
    Bounce,

    /// <summary>A server reports that a message is late and still tried.</summary>
    Delay,

    /// <summary>A provider reports that the recipient called a message spam (RFC 5965).</summary>
    Complaint,

    /// <summary>A person asks to be sent nothing more.</summary>
    Unsubscribe,

    /// <summary>Anything else, such as a new inquiry.</summary>
    Other,
}

/// <summary>A message that came in. Account 0 has those that nobody could be matched to.</summary>
public sealed class ReceivedMail
{
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string ReceivedId { get; set; }

    /// <summary>Its Message-ID in brackets, else a hash of its bytes: the same message again is known by it.</summary>
    public required string MessageId { get; set; }

    public ReceivedKind Kind { get; set; }

    /// <summary>Our message that it answers or reports of; null for none.</summary>
    public string? MailId { get; set; }

    /// <summary>The account of that message: merged accounts may differ from <see cref="AccountNo"/>.</summary>
    public int? MailAccountNo { get; set; }

    public int? ContactNo { get; set; }

    public string? FromName { get; set; }

    public string? FromAddress { get; set; }

    public string? To { get; set; }

    public string Subject { get; set; } = "";

    /// <summary>What the person wrote, without the quoted message where that can be told; plain text.</summary>
    public string Text { get; set; } = "";

    /// <summary>When it says that it was written, UTC.</summary>
    public DateTime? WrittenAt { get; set; }

    /// <summary>When it was taken in, UTC.</summary>
    public DateTime ReceivedAt { get; set; }

    /// <summary>For bounces: status and the server's words.</summary>
    public string? Detail { get; set; }

    /// <summary>Names of attached files, as a JSON array; null for none.</summary>
    public string? AttachmentsJson { get; set; }

    /// <summary>The whole message, compressed (Brotli); null where it was too large to keep.</summary>
    public byte[]? Raw { get; set; }
}
