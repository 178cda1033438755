using CustomerSuccess.Core.Health;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>What a list of inquiries is sorted by; ties by id.</summary>
public enum InquirySort
{
    /// <summary>The target that runs now; those without one last.</summary>
    Due,
    Opened,
    Changed,
    Priority,
    State,
    Assignee,
}

/// <summary>Which inquiries a list shows. What is not given is not asked for.</summary>
public sealed record InquiryFilter
{
    /// <summary>Stands for the viewer where an assignee is asked for.</summary>
    public const string Me = "me";

    /// <summary>Stands for nobody where an assignee is asked for.</summary>
    public const string Nobody = "none";

    /// <summary>True for those that are settled too; otherwise only what is to be done.</summary>
    public bool Settled { get; init; }

    public InquiryState? State { get; init; }

    /// <summary>An address, <see cref="Me"/> or <see cref="Nobody"/>.</summary>
    public string? Assignee { get; init; }

    /// <summary>True for those whose running target was missed.</summary>
    public bool Overdue { get; init; }

    public bool Escalated { get; init; }

    /// <summary>True for those whose notes call the viewer, and were not opened since.</summary>
    public bool CallsMe { get; init; }

    public InquiryPriority? Priority { get; init; }

    public string? Category { get; init; }

    public string? Product { get; init; }

    public string? Tag { get; init; }

    public string? Channel { get; init; }

    public string? Language { get; init; }

    /// <summary>An account's internal number.</summary>
    public int? AccountNo { get; init; }

    /// <summary>Part of a subject, an id, a requester's or an account's name.</summary>
    public string? Text { get; init; }

    /// <summary>Opened on this day of the company or later.</summary>
    public DateOnly? OpenedFrom { get; init; }
}

/// <summary>A row of the list. Times are UTC.</summary>
/// <param name="Requester">The contact's name, else what the requester called themselves.</param>
/// <param name="Mrr">Of the account by the newest score run, in the reporting currency; null where it is in none.</param>
/// <param name="Health">0–100, 100 is good.</param>
/// <param name="Band">The health's band.</param>
public sealed record InquiryListRow(
    InquiryKey Key, int AccountNo, string AccountId, string Namespace, string AccountName, string? Subject, string? Requester, InquiryState State, InquiryPriority Urgency, string? Assignee,
    string? Category, string? Product, IReadOnlyList<string> Tags, string? Channel, string? Language, DateTime OpenedAt, DateTime ChangedAt, DateTime? FirstResponseAt, DateTime? NextDueAt,
    bool IsFirstResponse, bool Escalated, bool CustomerSpokeLast, int Version, decimal? Mrr, double? Health, HealthBand? Band);

/// <summary>A page of the list.</summary>
/// <param name="Total">How many match; <see cref="Most"/> where there are that many or more.</param>
/// <param name="Rows">The page's rows.</param>
/// <param name="Currency">In which MRR is given.</param>
public sealed record InquiryListResult(int Total, IReadOnlyList<InquiryListRow> Rows, string Currency)
{
    /// <summary>Beyond so many nobody counts.</summary>
    public const int Most = 10_000;

    /// <summary>True where there are more than are counted.</summary>
    public bool IsMore => Total >= Most;
}

/// <summary>How much waits, for the navigation and the list's views.</summary>
/// <param name="Mine">Mine that are to be done.</param>
/// <param name="MineOverdue">Of these, those whose running target was missed.</param>
/// <param name="Unassigned">Nobody's.</param>
/// <param name="Team">All that are to be done.</param>
/// <param name="Overdue">Of all, those whose running target was missed.</param>
/// <param name="Escalated">Of all, those that were escalated.</param>
/// <param name="CallsMe">Those whose notes call me.</param>
/// <param name="Received">From people who are nobody's contact yet; 0 for a viewer who may not match them.</param>
public sealed record InquiryCounts(int Mine, int MineOverdue, int Unassigned, int Team, int Overdue, int Escalated, int CallsMe, int Received);

/// <summary>What the list can be filtered by, as it occurs.</summary>
public sealed record InquiryChoices(IReadOnlyList<string> Categories, IReadOnlyList<string> Products, IReadOnlyList<string> Channels, IReadOnlyList<string> Assignees, IReadOnlyList<string> Tags);

/// <summary>Tags between bars.</summary>
public static class InquiryTags
{
    /// <summary>Tags of an inquiry.</summary>
    public const int Most = 20;

    /// <summary>Characters of a tag.</summary>
    public const int Longest = 40;

    public static IReadOnlyList<string> Read(string? stored) => stored is null ? [] : stored.Split('|', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Each tag once, in lower case, without bars; null for none.</summary>
    public static string? Write(IEnumerable<string> tags)
    {
        var clean = tags.Select(tag => tag.Replace('|', ' ').Trim().ToLowerInvariant()).Where(tag => tag.Length > 0).Select(tag => tag.Length <= Longest ? tag : tag[..Longest]).Distinct().Take(Most).ToList();
        return clean.Count == 0 ? null : $"|{string.Join('|', clean)}|";
    }
}
