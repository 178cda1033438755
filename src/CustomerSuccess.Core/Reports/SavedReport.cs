namespace CustomerSuccess.Core.Reports;

/// <summary>A report under a name, and a number by which others run it.</summary>
public sealed class SavedReport
{
    /// <summary>Characters of a name.</summary>
    public const int LongestName = 80;

    /// <summary>Characters of the definition.</summary>
    public const int LongestQuery = 2_000;

    /// <summary>Reports that one person may keep.</summary>
    public const int Most = 200;

    /// <summary>Counts every report ever saved from 1.</summary>
    public int ReportNo { get; set; }

    public required string Name { get; set; }

    /// <summary>As <see cref="ReportDefinition.Query"/> writes it.</summary>
    public required string Query { get; set; }

    /// <summary>Whose: the sign-in's id.</summary>
    public required string OwnerUser { get; set; }

    public string? OwnerEmail { get; set; }

    /// <summary>True where everybody who reads reports sees it.</summary>
    public bool IsShared { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }

    /// <summary>What it tells.</summary>
    public ReportDefinition Definition => ReportDefinition.Parse(Query);
}

/// <summary>A report as its reader sees it.</summary>
/// <param name="Report">The report.</param>
/// <param name="IsOwn">True where the reader saved it.</param>
/// <param name="MayChange">True where the reader may change or delete it: own ones, and shared ones for whoever manages.</param>
public sealed record ReportEntry(SavedReport Report, bool IsOwn, bool MayChange);
