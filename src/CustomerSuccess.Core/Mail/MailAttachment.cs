namespace CustomerSuccess.Core.Mail;

/// <summary>A file that goes with a message.</summary>
public sealed class MailAttachment
{
    /// <summary>Bytes of all files of one message: what most servers take, base64 added.</summary>
    public const int MostBytes = 15_000_000;

    public int AccountNo { get; set; }

    public required string MailId { get; set; }

    /// <summary>Counts from 1.</summary>
    public int AttachmentNo { get; set; }

    public required string Name { get; set; }

    public required string MediaType { get; set; }

    public required byte[] Bytes { get; set; }
}

/// <summary>A file that is to go with a message.</summary>
public sealed record AttachedFile(string Name, string MediaType, byte[] Bytes);
