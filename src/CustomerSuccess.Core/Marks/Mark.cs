namespace CustomerSuccess.Core.Marks;

/// <summary>What kind of thing happened.</summary>
public enum MarkKind
{
    Release,
    PriceChange,
    Outage,
    Other,
}

/// <summary>Something that happened to the company or its product, by which readers understand why figures moved: it stands on every chart over time.</summary>
public sealed class Mark
{
    /// <summary>Characters of a title and of a note.</summary>
    public const int LongestTitle = 80, LongestNote = 500;

    /// <summary>A version 7 UUID.</summary>
    public required string MarkId { get; set; }

    public MarkKind Kind { get; set; }

    /// <summary>The company's day on which it happened or began.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The last day of what took longer; null for one day.</summary>
    public DateOnly? Until { get; set; }

    public required string Title { get; set; }

    public string? Note { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>Taken off the charts; null while it stands.</summary>
    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}
