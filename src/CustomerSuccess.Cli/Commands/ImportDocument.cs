using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;

namespace CustomerSuccess.Cli.Commands;

/// <summary>What <c>cs import --json</c> prints.</summary>
internal static class ImportDocument
{
    public static object Of(ImportResult result) => new
    {
        RunId = result.IsDryRun ? (int?)null : result.Run.ImportRunId,
        result.Source,
        result.Run.Preset,
        DryRun = result.IsDryRun,
        result.Run.Status,
        Files = result.Files.Select(Of),
    };

    private static object Of(ImportFileResult result)
    {
        var file = result.File;
        return new
        {
            File = file.FileName,
            file.Record,
            file.Status,
            FailureCode = file.FailureCode,
            Failure = Failure(file),
            file.IgnoredReason,
            file.Sha256,
            file.Encoding,
            file.Delimiter,
            file.RowsRead,
            file.Inserted,
            file.Updated,
            file.Unchanged,
            file.Rejected,
            file.Aggregated,
            file.Ignored,
            file.CountersInserted,
            file.CountersUpdated,
            file.CountersUnchanged,
            file.Voided,
            RejectedBy = result.RejectedBy.Select(reason => new { reason.Code, reason.Column, reason.Rows, FirstLine = reason.First?.Line, FirstReason = reason.First?.Sentence }),
            IgnoredBy = result.IgnoredBy.Select(reason => new { Reason = reason.Key, Rows = reason.Value }),
            Notes = ImportNote.Parse(file.NotesJson),
        };
    }

    /// <summary>Lines for people on what the counts do not tell.</summary>
    public static IEnumerable<string> Remarks(ImportFileResult result)
    {
        var file = result.File;
        if (Failure(file) is { } failure)
        {
            yield return $"not imported. {failure}";
        }

        if (file.IgnoredReason is not null)
        {
            yield return $"ignored: {file.IgnoredReason}";
        }
        else if (file.RowsRead == 0 && Failure(file) is null)
        {
            yield return "no rows stand below the header";
        }
        else
        {
            foreach (var (reason, rows) in result.IgnoredBy)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows ignored: {reason}");
            }
        }

        if (file.Aggregated > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"counters: {file.CountersInserted:N0} inserted, {file.CountersUpdated:N0} updated, {file.CountersUnchanged:N0} unchanged");
        }

        if (file.Voided > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{file.Voided:N0} voided, which the file no longer names");
        }

        foreach (var reason in result.RejectedBy)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{reason.Rows:N0} rejected: {reason.Code}{(reason.Column is null ? "" : $" ({reason.Column})")}{(reason.First is { } first ? Told(reason, first) : "")}");
        }

        foreach (var note in ImportNote.Parse(file.NotesJson))
        {
            yield return note.Code switch
            {
                "columns_unused" => $"columns that nothing reads: {string.Join(", ", note.Args["columns"].EnumerateArray().Select(column => column.GetString()))}",
                "full_not_applied" => "rows were rejected, so nothing was voided",
                var code => code,
            };
        }
    }

    private static string Told(RejectedReason reason, RejectedExample first) => string.Create(
        CultureInfo.InvariantCulture, $". {(reason.Rows > 1 ? "First on line" : "Line")} {first.Line}{(string.IsNullOrEmpty(first.Value) ? "" : $", '{Short(first.Value)}'")}: {first.Sentence}");

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";

    private static string? Failure(ImportFile file)
    {
        if (file.FailureCode is null)
        {
            return null;
        }

        using var args = JsonDocument.Parse(file.FailureArgsJson ?? "{}");
        return Reasons.English(file.FailureCode, args.RootElement.EnumerateObject().ToDictionary(
            property => property.Name,
            property => (object?)(property.Value.ValueKind == JsonValueKind.Array ? string.Join(", ", property.Value.EnumerateArray().Select(item => item.ToString())) : property.Value.ToString())));
    }
}
