namespace CustomerSuccess.Core.Search;

/// <summary>What is found: the kinds of record.</summary>
public static class SearchKinds
{
    public const string Account = "account", Person = "person", Inquiry = "inquiry", Message = "message", Comment = "comment", Note = "note", Task = "task", File = "file", Touch = "touch";

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [Account, Person, Inquiry, Message, Comment, Note, Task, File, Touch];
}

/// <summary>A record as it can be searched, as it stands now. Derived: it can be made anew from the record.</summary>
public sealed class SearchText
{
    public int AccountNo { get; set; }

    /// <summary>One of <see cref="SearchKinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>The record within its account and kind.</summary>
    public required string RecordId { get; set; }

    /// <summary>By which the index names it: later ones have higher numbers (<see cref="SearchDocument.NumberOf"/>).</summary>
    public long DocNo { get; set; }

    /// <summary>When it happened or was written, UTC.</summary>
    public DateTime At { get; set; }

    public required string Title { get; set; }

    public required string Text { get; set; }

    /// <summary>Tells whether it has to be made anew.</summary>
    public long Hash { get; set; }

    /// <summary>Tokens with blanks between them, on their way into the index; empty afterwards.</summary>
    public string Tokens { get; set; } = "";
}
