namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>What applying needs to know of a staged file: written first, so that another process can carry the file to its end.</summary>
internal sealed record StagedHeader
{
    public required string Record { get; init; }

    public required int SourceId { get; init; }

    /// <summary>The account namespace of the file's source; empty for the shared one.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>True where the file declares that it names everything of its source.</summary>
    public bool IsFull { get; init; }

    public bool CreateAccounts { get; init; }

    public bool BlankClears { get; init; }

    /// <summary>The day of import in the company's time zone.</summary>
    public DateOnly ImportDay { get; init; }

    /// <summary>As whoever imported stated it; null where the data say it.</summary>
    public DateOnly? CompleteUntil { get; init; }

    /// <summary>The company's zone, in which instants fall on days.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The reporting currency, for rows that name none.</summary>
    public required string Currency { get; init; }

    /// <summary>Attributes declared static beside the contract's own.</summary>
    public IReadOnlyList<string> StaticAttributes { get; init; } = [];

    /// <summary>The contract's columns to the headers that the file writes, for messages.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>For usage: true where the file gives the column <c>users</c>, so that a blank is a blank.</summary>
    public bool GivesUsers { get; init; }
}
