using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Presets;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>What a command knows before it reads its files.</summary>
/// <param name="Today">The day of import in the company's zone; facts dated later are rejected.</param>
/// <param name="CompanyZone">Calendar days are days of this zone.</param>
public sealed record ReadingOptions(DateOnly Today, TimeZoneInfo CompanyZone)
{
    /// <summary>Maps the files of a foreign source; null for files in the contract's own shape.</summary>
    public Preset? Preset { get; init; }

    /// <summary>The record that every file holds; null where names and headers tell.</summary>
    public string? Record { get; init; }

    /// <summary>Name of the files' encoding; null where it is detected.</summary>
    public string? Encoding { get; init; }

    /// <summary>Unknown where it is inferred from each file's rows.</summary>
    public DayOrder DayOrder { get; init; }

    /// <summary>Zone of local times without offset; null for the preset's, else the source's, else the company's.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>Finds the account of a record that an earlier command brought: source record and its id to the account's id; null where it is unknown.</summary>
    public Func<string, string, string?>? FindAccount { get; init; }

    public ReadingLimits Limits { get; init; } = new();

    /// <summary>The zone in which local times are read.</summary>
    public TimeZoneInfo SourceZone => TimeZone ?? Preset?.Zone ?? CompanyZone;
}

/// <summary>What reading refuses to go beyond, so that no file can exhaust the machine.</summary>
public sealed record ReadingLimits
{
    /// <summary>Characters of one row, line breaks within quotes included.</summary>
    public int RowCharacters { get; init; } = 4 * 1024 * 1024;

    /// <summary>Columns of a file.</summary>
    public int RowCells { get; init; } = 10_000;

    /// <summary>Files of one archive.</summary>
    public int ArchiveFiles { get; init; } = 1_000;

    /// <summary>Bytes that one compressed file may unpack to.</summary>
    public long UnpackedBytes { get; init; } = 64L * 1024 * 1024 * 1024;

    /// <summary>How many times its size a compressed file may unpack to, beyond the first 64 MB.</summary>
    public long UnpackedRatio { get; init; } = 250;
}
