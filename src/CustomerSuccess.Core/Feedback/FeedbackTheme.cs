namespace CustomerSuccess.Core.Feedback;

/// <summary>Where a customer's words come from.</summary>
public enum FeedbackSource
{
    /// <summary>What was written beside an answer to a survey.</summary>
    Comment,

    /// <summary>Subject and text of an inquiry.</summary>
    Inquiry,
}

/// <summary>What customers want who speak of a theme.</summary>
public enum ThemeKind
{
    /// <summary>Something is bad.</summary>
    Complaint,

    /// <summary>Something is missing.</summary>
    Wish,

    /// <summary>Something is unclear.</summary>
    Question,

    /// <summary>Something is good.</summary>
    Praise,
}

/// <summary>
/// What customers speak of, told by words in both languages. The product ships some (<see cref="ThemeCatalogue"/>); what a company makes of one of these is kept under the same id,
/// and its own ones beside them. What nobody changed is not stored.
/// </summary>
public sealed class FeedbackTheme
{
    /// <summary>Characters of a name and of all words.</summary>
    public const int LongestName = 60, LongestWords = 2_000;

    /// <summary>A name of the catalogue, or a version 7 UUID.</summary>
    public required string ThemeId { get; set; }

    public ThemeKind Kind { get; set; }

    /// <summary>In English; empty where the Japanese one does for both.</summary>
    public required string Name { get; set; }

    /// <summary>In Japanese; null where the English one does for both.</summary>
    public string? NameJa { get; set; }

    /// <summary>By which it is told, as <see cref="ThemeWords"/> reads them.</summary>
    public required string Words { get; set; }

    /// <summary>The theme that its texts count for; null while it stands for itself.</summary>
    public string? MergedInto { get; set; }

    /// <summary>True where it is not shown, and its texts are of no theme because of it.</summary>
    public bool IsHidden { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>Counts up with every change; 0 for one of the catalogue that nobody changed.</summary>
    public int Version { get; set; }

    /// <summary>Its name for a reader.</summary>
    /// <param name="language"><c>ja</c> or another.</param>
    public string NameIn(string language) => NameJa is { } japanese && (language == "ja" || Name.Length == 0) ? japanese : Name;
}
