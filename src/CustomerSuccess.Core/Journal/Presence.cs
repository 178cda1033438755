namespace CustomerSuccess.Core.Journal;

/// <summary>Who has a record open in a page, kept up while the page is.</summary>
public sealed class Presence
{
    public int AccountNo { get; set; }

    /// <summary>The kind of record, out of the journal's areas.</summary>
    public required string Area { get; set; }

    public required string RecordId { get; set; }

    /// <summary>One for each open page.</summary>
    public required string PageId { get; set; }

    public required string ByUser { get; set; }

    public required string Name { get; set; }

    /// <summary>UTC; whoever has not been seen for a while has left.</summary>
    public DateTime SeenAt { get; set; }

    /// <summary>When they last typed; null where they did not.</summary>
    public DateTime? TypedAt { get; set; }
}
