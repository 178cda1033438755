using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>What to import and how.</summary>
/// <param name="Paths">Files, archives and folders.</param>
public sealed record ImportRequest(IReadOnlyList<string> Paths)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Name or path of a preset; null for files in the contract's own shape.</summary>
    public string? Preset { get; init; }

    /// <summary>Name of the source; null for the preset's, else <c>files</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The record that every file holds; null where names and headers tell.</summary>
    public string? Record { get; init; }

    /// <summary>Each file names all there is: what it lacks is voided. Null for what the preset says.</summary>
    public bool? Full { get; init; }

    /// <summary>Unknown accounts and people are created. Null for what the preset says.</summary>
    public bool? CreateAccounts { get; init; }

    public string? Encoding { get; init; }

    public DayOrder DayOrder { get; init; }

    /// <summary>IANA zone of local times; null for the preset's, else the company's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The day until which the source's data are complete; null where the data say it.</summary>
    public DateOnly? CompleteUntil { get; init; }

    /// <summary>Everything is read, checked and counted, and nothing is kept.</summary>
    public bool DryRun { get; init; }

    /// <summary>File that receives the rejected rows in their file's own shape, with reasons beside it; null for none.</summary>
    public string? RejectsFile { get; init; }

    /// <summary>The options as the run's books keep them: names of files, no folders.</summary>
    internal string ToJson() => JsonSerializer.Serialize(
        new
        {
            paths = Paths.Select(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(path))),
            preset = Preset,
            source = Source,
            record = Record,
            full = Full,
            create_accounts = CreateAccounts,
            encoding = Encoding,
            day_order = DayOrder == DayOrder.Unknown ? null : DayOrder.ToString(),
            time_zone = TimeZone,
            complete_until = CompleteUntil,
        },
        Json);
}
