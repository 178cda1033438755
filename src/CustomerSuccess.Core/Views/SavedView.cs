using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Views;

/// <summary>A list as somebody wants to see it again: filters, order, groups and columns under a name.</summary>
public sealed class SavedView
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>Characters of what it shows.</summary>
    public const int LongestQuery = 2_000;

    /// <summary>Views that one person may keep of one list.</summary>
    public const int Most = 100;

    /// <summary>A version 7 UUID.</summary>
    public required string ViewId { get; set; }

    public QueueList List { get; set; }

    public required string Name { get; set; }

    /// <summary>Filters, order, groups and columns as the list's address says them, without a leading question mark.</summary>
    public string Query { get; set; } = "";

    /// <summary>Whose: the sign-in's id.</summary>
    public required string OwnerUser { get; set; }

    public string? OwnerEmail { get; set; }

    /// <summary>True where everybody sees it.</summary>
    public bool IsShared { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ChangedAt { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>How one person likes the views of one list: which opens first, and their order.</summary>
public sealed class ViewPreference
{
    /// <summary>The sign-in's id.</summary>
    public required string UserId { get; set; }

    public QueueList List { get; set; }

    /// <summary>The view that opens first; null for the plain list.</summary>
    public string? DefaultViewId { get; set; }

    /// <summary>Ids in their order as a JSON list; views that are not in it come after, by name.</summary>
    public string OrderJson { get; set; } = "[]";
}

/// <summary>A view as its reader sees it.</summary>
/// <param name="View">The view.</param>
/// <param name="IsOwn">True where the reader made it.</param>
/// <param name="MayChange">True where the reader may change or delete it: own ones, and shared ones for whoever manages.</param>
/// <param name="IsDefault">True where it opens first for the reader.</param>
public sealed record ViewEntry(SavedView View, bool IsOwn, bool MayChange, bool IsDefault);
