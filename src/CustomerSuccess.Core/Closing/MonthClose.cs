namespace CustomerSuccess.Core.Closing;

/// <summary>A month whose figures finance has closed: kept as they were then, whatever arrives later.</summary>
public sealed class MonthClose
{
    /// <summary>Characters of a note and of a reason.</summary>
    public const int LongestNote = 500;

    /// <summary>A version 7 UUID.</summary>
    public required string MonthCloseId { get; set; }

    /// <summary>The month's last day.</summary>
    public DateOnly Month { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ClosedAt { get; set; }

    /// <summary>The sign-in; <c>system</c> for the command line.</summary>
    public required string ClosedByUser { get; set; }

    public string? ClosedByEmail { get; set; }

    public string? Note { get; set; }

    /// <summary>What was wrong and was closed all the same, as a JSON list of codes.</summary>
    public string ConcernsJson { get; set; } = "[]";

    /// <summary>The reporting currency of the figures.</summary>
    public required string Currency { get; set; }

    /// <summary>The figures as closed, as <see cref="ClosedFigures"/> writes them.</summary>
    public required string FiguresJson { get; set; }

    /// <summary>Each account's amounts as closed, as <see cref="ClosedSheet"/> packs them.</summary>
    public byte[] Sheet { get; set; } = [];

    /// <summary>The last change of any account up to which later changes were looked through.</summary>
    public long FollowedChange { get; set; }

    /// <summary>The last import file up to which they were.</summary>
    public int FollowedFile { get; set; }

    /// <summary>The rates and settings that the figures were last computed with.</summary>
    public required string FollowedRules { get; set; }

    /// <summary>When it was opened again; null while it stands.</summary>
    public DateTime? ReopenedAt { get; set; }

    public string? ReopenedByEmail { get; set; }

    public string? ReopenReason { get; set; }

    public int Version { get; set; }
}

/// <summary>What changed a closed month afterwards.</summary>
public enum RestatementCause
{
    /// <summary>Contracts that an import brought, changed or took away.</summary>
    Contracts,

    /// <summary>Exchange rates that an import brought.</summary>
    Rates,

    /// <summary>A setting that figures depend on, such as the reporting currency.</summary>
    Settings,

    /// <summary>Something in the application itself.</summary>
    Other,
}

/// <summary>A closed month's figures became others: never changed, so that the figures as closed and all restatements add up to today's.</summary>
public sealed class Restatement
{
    public required string MonthCloseId { get; set; }

    /// <summary>Counts the month's restatements from 1, in their order.</summary>
    public int RestatementNo { get; set; }

    /// <summary>The month's last day.</summary>
    public DateOnly Month { get; set; }

    /// <summary>UTC: when it was found.</summary>
    public DateTime FoundAt { get; set; }

    public RestatementCause Cause { get; set; }

    /// <summary>The import file that brought it; null where it was none.</summary>
    public int? ImportFileId { get; set; }

    /// <summary>Who ran the import or changed the setting: an address, or a sign-in without one; null where it is not known.</summary>
    public string? ByWhom { get; set; }

    /// <summary>The figures before, as <see cref="ClosedFigures"/> writes them.</summary>
    public required string BeforeJson { get; set; }

    /// <summary>The figures after.</summary>
    public required string AfterJson { get; set; }

    /// <summary>How many accounts' amounts changed.</summary>
    public int Accounts { get; set; }

    /// <summary>These accounts before, as <see cref="ClosedSheet"/> packs them; an account that had nothing is not among them.</summary>
    public byte[] Before { get; set; } = [];

    /// <summary>These accounts after.</summary>
    public byte[] After { get; set; } = [];
}
