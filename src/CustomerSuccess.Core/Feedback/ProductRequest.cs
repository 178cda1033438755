namespace CustomerSuccess.Core.Feedback;

/// <summary>Where a request stands.</summary>
public enum RequestStatus
{
    /// <summary>Noted, not decided.</summary>
    Open,
    Planned,
    Building,

    /// <summary>Customers have it: those who asked are to be told.</summary>
    Shipped,

    /// <summary>It will not be built.</summary>
    Declined,
}

/// <summary>What customers ask the product for.</summary>
public sealed class ProductRequest
{
    /// <summary>Characters of a title and of a note.</summary>
    public const int LongestTitle = 100, LongestNote = 2_000;

    /// <summary>A version 7 UUID.</summary>
    public required string RequestId { get; set; }

    public required string Title { get; set; }

    /// <summary>For colleagues.</summary>
    public string? Note { get; set; }

    /// <summary>The theme that it belongs to; null for none.</summary>
    public string? ThemeId { get; set; }

    public RequestStatus Status { get; set; }

    /// <summary>The company's day on which customers got it; null before.</summary>
    public DateOnly? ShippedOn { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>Taken off the list; null while it stands.</summary>
    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>A customer who asks for something.</summary>
public sealed class RequestVoice
{
    public int AccountNo { get; set; }

    public required string RequestId { get; set; }

    /// <summary>The person who asked, and is told; null where nobody in particular is known.</summary>
    public int? ContactNo { get; set; }

    /// <summary>In the customer's words; null where somebody noted it by hand.</summary>
    public string? Quote { get; set; }

    /// <summary>When it was said or noted, UTC.</summary>
    public DateTime At { get; set; }

    public string? AddedByEmail { get; set; }
}
