namespace CustomerSuccess.Core.Marks;

/// <summary>What kind of thing happened.</summary>
public enum MarkKind
{
    Release,
    PriceChange,
    Outage,
    Other,
}

/// <summary>Which accounts an outage hit.</summary>
public enum MarkReach
{
    All,

    /// <summary>Those that are in a saved segment.</summary>
    Segment,

    /// <summary>Those that paid for a product while it lasted.</summary>
    Product,

    /// <summary>Those that paid for a plan while it lasted.</summary>
    Plan,

    /// <summary>Those that were named.</summary>
    Accounts,
}

/// <summary>An account that an outage hit, where accounts were named.</summary>
public sealed class MarkAccount
{
    public int AccountNo { get; set; }

    public required string MarkId { get; set; }
}

/// <summary>Something that happened to the company or its product, by which readers understand why figures moved: it stands on every chart over time.</summary>
public sealed class Mark
{
    /// <summary>Characters of a title and of a note.</summary>
    public const int LongestTitle = 80, LongestNote = 500;

    /// <summary>Accounts that can be named one by one.</summary>
    public const int MostAccounts = 5_000;

    /// <summary>A version 7 UUID.</summary>
    public required string MarkId { get; set; }

    public MarkKind Kind { get; set; }

    /// <summary>The company's day on which it happened or began.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The last day of what took longer; null for one day.</summary>
    public DateOnly? Until { get; set; }

    public required string Title { get; set; }

    public string? Note { get; set; }

    /// <summary>Which accounts an outage hit; anything else hit all.</summary>
    public MarkReach Reach { get; set; }

    /// <summary>The segment's id, the product, the plan, or the ids of the accounts, a line each; null for all.</summary>
    public string? ReachOf { get; set; }

    /// <summary>How many accounts were named.</summary>
    public int NamedAccounts => Reach == MarkReach.Accounts ? (ReachOf ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0;

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>Taken off the charts; null while it stands.</summary>
    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}
