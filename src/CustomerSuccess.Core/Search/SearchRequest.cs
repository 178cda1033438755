namespace CustomerSuccess.Core.Search;

/// <summary>What is looked for.</summary>
public sealed record SearchRequest
{
    /// <summary>Words that must all occur; nothing is found for none.</summary>
    public string? Words { get; init; }

    /// <summary>Kinds of record; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>The first day, as the company's clock has it; null for any.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; null for any.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>One account; null for all.</summary>
    public int? AccountNo { get; init; }
}

/// <summary>A record that was found.</summary>
/// <param name="AccountNo">Whose.</param>
/// <param name="AccountId">As the sources write it.</param>
/// <param name="Namespace">Of the id.</param>
/// <param name="AccountName">Its name.</param>
/// <param name="Kind">One of <see cref="SearchKinds"/>.</param>
/// <param name="RecordId">The record within its account and kind.</param>
/// <param name="At">When it happened or was written, UTC; null where nothing tells.</param>
/// <param name="Title">How it is called; empty where it has no title.</param>
/// <param name="Text">What it says.</param>
public sealed record SearchHit(int AccountNo, string AccountId, string Namespace, string AccountName, string Kind, string RecordId, DateTime? At, string Title, string Text);

/// <summary>What was found.</summary>
/// <param name="Words">What was looked for, folded: for marking it.</param>
/// <param name="Hits">The best first: accounts and people so called, then titles, then texts; the newest first among equals.</param>
/// <param name="HasMore">True where there are more.</param>
/// <param name="IsComplete">False while earlier records are still being read into the index.</param>
public sealed record SearchResult(IReadOnlyList<string> Words, IReadOnlyList<SearchHit> Hits, bool HasMore, bool IsComplete);
