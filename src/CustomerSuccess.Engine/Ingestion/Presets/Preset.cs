using System.IO.Enumeration;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Presets;

/// <summary>How the files of a foreign source become records of the contract. Written as JSON in <c>data/presets</c>; a new source needs no code.</summary>
public sealed record Preset
{
    /// <summary>Code of the reason for which a file is ignored that the preset does not mention.</summary>
    public const string NotNamed = "not_in_preset";

    /// <summary>The file's name without ending.</summary>
    public string Name { get; init; } = "";

    /// <summary>Name of the source under which its facts are kept.</summary>
    public required string Source { get; init; }

    /// <summary>What the source is, for people.</summary>
    public string? Description { get; init; }

    /// <summary>IANA zone of local times; null for the company's.</summary>
    public string? TimeZone { get; init; }

    public DayOrder DayOrder { get; init; }

    public string? Encoding { get; init; }

    /// <summary>True where an end date is the last paid day rather than the first unpaid one.</summary>
    public bool InclusiveEnds { get; init; }

    /// <summary>True where the source's account ids are apart from everybody else's.</summary>
    public bool OwnNamespace { get; init; }

    /// <summary>True where a fact of an unknown account creates it.</summary>
    public bool CreateAccounts { get; init; }

    /// <summary>True where each file names all there is, so that what it lacks is voided.</summary>
    public bool Full { get; init; }

    public required IReadOnlyList<PresetFile> Files { get; init; }

    /// <summary>Files that are not taken, by name or pattern, with the reason.</summary>
    public IReadOnlyDictionary<string, string> IgnoredFiles { get; init; } = new Dictionary<string, string>();

    /// <summary>The zone named by <see cref="TimeZone"/>; null without one.</summary>
    public TimeZoneInfo? Zone => TimeZone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The rule for a file; null where the preset does not take it.</summary>
    public PresetFile? RuleFor(string fileName) => Files.FirstOrDefault(rule => Matches(rule.Files, fileName));

    /// <summary>Why a file is not taken.</summary>
    public string WhyIgnored(string fileName) =>
        IgnoredFiles.FirstOrDefault(pair => Matches(pair.Key, fileName)).Value ?? NotNamed;

    private static bool Matches(string pattern, string fileName) => FileSystemName.MatchesSimpleExpression(pattern, fileName);
}

/// <summary>How the files of one kind are read.</summary>
public sealed record PresetFile
{
    /// <summary>The files' name; <c>*</c> and <c>?</c> stand for any text and any character. <c>.gz</c> is left out.</summary>
    public required string Files { get; init; }

    /// <summary>The record that they hold.</summary>
    public required string Record { get; init; }

    /// <summary>Header to the contract's columns. Headers that are themselves the contract's need no mention.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Contract's column to the value that every row has.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>Contract's column to how it is worked out.</summary>
    public IReadOnlyDictionary<string, DerivedColumn> Derived { get; init; } = new Dictionary<string, DerivedColumn>();

    /// <summary>Takes the account from a record that the row names.</summary>
    public AccountJoin? Join { get; init; }

    /// <summary>For usage: the rows are raw events, to be summed to counters of account, day and metric.</summary>
    public Aggregation? Aggregate { get; init; }

    /// <summary>Headers that together are the row's id.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>Headers not taken, with the reason.</summary>
    public IReadOnlyDictionary<string, string> IgnoredColumns { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<IgnoredRowRule> IgnoredRows { get; init; } = [];

    /// <summary>Custom attributes that hold for every day before the first import too.</summary>
    public IReadOnlyList<string> Static { get; init; } = [];
}

/// <summary>A time that is another column plus a duration.</summary>
/// <param name="From">Header of the date or time.</param>
/// <param name="Plus">Header of the duration; blank leaves the result blank.</param>
/// <param name="Unit">seconds, minutes, hours or days.</param>
public sealed record DerivedColumn(string From, string Plus, string Unit)
{
    /// <summary>Length of one unit; null where the word is unknown.</summary>
    public TimeSpan? UnitLength => Unit switch
    {
        "seconds" => TimeSpan.FromSeconds(1),
        "minutes" => TimeSpan.FromMinutes(1),
        "hours" => TimeSpan.FromHours(1),
        "days" => TimeSpan.FromDays(1),
        _ => null,
    };
}

/// <summary>The row's account is that of another record.</summary>
/// <param name="Column">Header with that record's id.</param>
/// <param name="Record">The record, read in the same command or an earlier one.</param>
public sealed record AccountJoin(string Column, string Record);

/// <summary>How raw rows become one counter. Counts are summed.</summary>
public sealed record Aggregation
{
    /// <summary><c>max</c> or <c>sum</c>; sum only where no person occurs in two rows of a counter.</summary>
    public string Users { get; init; } = "max";
}

/// <summary>Rows that are not taken.</summary>
/// <param name="Column">Header.</param>
/// <param name="Values">Cells that make the row ignored, compared without case.</param>
/// <param name="Reason">Why.</param>
public sealed record IgnoredRowRule(string Column, IReadOnlyList<string> Values, string Reason);
