using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Notes;

/// <summary>What a colleague wrote down about an account, as it stands now. Earlier wordings stand in the journal.</summary>
public sealed class Note : IEdited
{
    /// <summary>Characters of a note.</summary>
    public const int LongestText = 10_000;

    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string NoteId { get; set; }

    /// <summary>As typed; see <see cref="NoteText"/> for what it says. Never read as HTML.</summary>
    public required string Text { get; set; }

    /// <summary>True where it stands above everything else of the account.</summary>
    public bool IsPinned { get; set; }

    /// <summary>The person at the customer whom it is about; null for the account as a whole.</summary>
    public int? ContactNo { get; set; }

    public DateTime At { get; set; }

    /// <summary>The author's sign-in.</summary>
    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    /// <summary>When its text was last changed; null where it stands as written first.</summary>
    public DateTime? EditedAt { get; set; }

    public string? EditedBy { get; set; }

    public DateTime? DeletedAt { get; set; }

    /// <summary>Counts up with every change, so that nobody overwrites what he or she has not seen.</summary>
    public int Version { get; set; }
}

/// <summary>A colleague was named in a text and is to read it.</summary>
public sealed class Mention
{
    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string MentionId { get; set; }

    /// <summary>The sign-in of whoever was named.</summary>
    public required string ToUser { get; set; }

    /// <summary>Where: an area of the journal, such as <c>note</c>.</summary>
    public required string Area { get; set; }

    /// <summary>The record within its area.</summary>
    public required string RecordId { get; set; }

    /// <summary>The text's beginning, as plain text.</summary>
    public required string Excerpt { get; set; }

    public DateTime At { get; set; }

    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    public DateTime? ReadAt { get; set; }

    /// <summary>When the text was deleted or the name taken out of it; null while it stands.</summary>
    public DateTime? WithdrawnAt { get; set; }
}

/// <summary>A mention as its reader's list shows it.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AccountId">As the sources write it.</param>
/// <param name="Namespace">Of the id.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="MentionId">By which it is marked as read.</param>
/// <param name="Area">Where it stands: an area of the journal.</param>
/// <param name="RecordId">The record.</param>
/// <param name="Excerpt">The text's beginning.</param>
/// <param name="At">UTC.</param>
/// <param name="ByEmail">Who wrote it.</param>
public sealed record MentionRow(int AccountNo, string AccountId, string Namespace, string AccountName, string MentionId, string Area, string RecordId, string Excerpt, DateTime At, string? ByEmail);
