namespace CustomerSuccess.Core.Mail;

/// <summary>Something worth telling in the life of a message.</summary>
public enum MailEventKind
{
    /// <summary>Limits moved it to later; the detail has the reasons.</summary>
    Delayed,

    /// <summary>It was held; the detail has the reasons.</summary>
    Held,

    /// <summary>Somebody let it go on.</summary>
    Released,

    Cancelled,

    /// <summary>The server asked to try again later, or broke off.</summary>
    Deferred,

    /// <summary>The connection broke after the message was handed over and before the server answered: it is sent again and may arrive twice.</summary>
    AnswerLost,

    /// <summary>The server refused a recipient for good.</summary>
    Refused,

    /// <summary>Given up after the longest time.</summary>
    GivenUp,

    /// <summary>A copy came back.</summary>
    Bounced,

    Opened,

    Clicked,

    /// <summary>The recipient left the list, or all.</summary>
    Unsubscribed,

    Replied,

    /// <summary>An automatic answer, such as out of office.</summary>
    AutoReplied,

    /// <summary>Reported as spam.</summary>
    Complained,
}

/// <summary>An entry in the life of a message. Being taken at the first try leaves none: the message itself says so.</summary>
public sealed class MailEvent
{
    public int AccountNo { get; set; }

    public required string MailId { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string EventId { get; set; }

    public MailEventKind Kind { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    /// <summary>The recipient it concerns; null for all.</summary>
    public int? RecipientNo { get; set; }

    public string? Detail { get; set; }

    /// <summary>Which link was followed, from 0.</summary>
    public int? LinkNo { get; set; }

    /// <summary>True for a hit by a scanner or a prefetcher, which no figure counts.</summary>
    public bool ByMachine { get; set; }
}
