using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Reading;

namespace CustomerSuccess.Engine.Ingestion.Presets;

/// <summary>Finds what is wrong with a preset before any file is read with it.</summary>
internal static class PresetCheck
{
    public static List<string> Problems(Preset preset)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(preset.Source))
        {
            problems.Add("source is blank");
        }

        if (preset.TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(preset.TimeZone, out _))
        {
            problems.Add($"time_zone {preset.TimeZone} is unknown");
        }

        if (preset.Files.Count == 0)
        {
            problems.Add("files is empty");
        }

        if (preset.Encoding is not null)
        {
            try
            {
                _ = TextEncodings.Named(preset.Encoding);
            }
            catch (UnreadableFileException error)
            {
                problems.Add(error.Message.TrimEnd('.'));
            }
        }

        foreach (var (file, reason) in preset.IgnoredFiles)
        {
            RequireReason(problems, $"ignored_files.{file}", reason);
        }

        foreach (var rule in preset.Files)
        {
            Check(rule, problems);
        }

        return problems;
    }

    private static void Check(PresetFile rule, List<string> problems)
    {
        var at = $"files {rule.Files}";
        var record = ImportContract.Find(rule.Record);
        if (record is null)
        {
            problems.Add($"{at}: record {rule.Record} is not in the contract");
            return;
        }

        var targets = rule.Columns.SelectMany(pair => pair.Value).Concat(rule.Constants.Keys).Concat(rule.Derived.Keys).ToList();
        problems.AddRange(targets.Where(target => FindField(record, target) is null).Select(target => $"{at}: {rule.Record} has no column {target}"));
        problems.AddRange(targets.GroupBy(target => target).Where(group => group.Count() > 1).Select(group => $"{at}: {group.Key} is given twice"));
        var headers = rule.Columns.Keys.Concat(rule.IgnoredColumns.Keys).Select(HeaderKey.Of);
        problems.AddRange(headers.GroupBy(key => key).Where(group => group.Count() > 1).Select(group => $"{at}: the header {group.Key} is mentioned twice"));
        foreach (var (header, reason) in rule.IgnoredColumns)
        {
            RequireReason(problems, $"{at}: ignored_columns.{header}", reason);
        }

        foreach (var ignored in rule.IgnoredRows)
        {
            RequireReason(problems, $"{at}: ignored_rows", ignored.Reason);
        }

        foreach (var (name, derived) in rule.Derived)
        {
            if (derived.UnitLength is null)
            {
                problems.Add($"{at}: derived.{name}: unit {derived.Unit} is none of seconds, minutes, hours, days");
            }

            if (FindField(record, name) is { Type: not FieldType.Instant })
            {
                problems.Add($"{at}: derived.{name}: only a time can be derived");
            }
        }

        if (rule.Join is not null && ImportContract.Find(rule.Join.Record) is null)
        {
            problems.Add($"{at}: join: record {rule.Join.Record} is not in the contract");
        }

        if (rule.Aggregate is not null && record.Name != "usage")
        {
            problems.Add($"{at}: only usage can be aggregated");
        }

        if (rule.Aggregate is { Users: not ("max" or "sum") })
        {
            problems.Add($"{at}: aggregate.users is neither max nor sum");
        }

        if (rule.Static.Count > 0 && !record.TakesCustomAttributes)
        {
            problems.Add($"{at}: {rule.Record} has no attributes that could be static");
        }

        if (record.Name == "usage")
        {
            problems.AddRange(rule.Constants.Keys.Where(name => name is not ("metric" or "count" or "product")).Select(name => $"{at}: constants.{name}: usage takes constants for metric, count and product only"));
        }

        foreach (var (name, text) in rule.Constants)
        {
            if (FindField(record, name) is { } field && !Constants.IsValid(field, text))
            {
                problems.Add($"{at}: constants.{name}: {text} is no {field.Type.ToString().ToLowerInvariant()} that the column takes");
            }
        }
    }

    private static Field? FindField(RecordType record, string name) =>
        record.Fields.FirstOrDefault(field => field.Name == name) ?? record.Inputs.FirstOrDefault(field => field.Name == name);

    private static void RequireReason(List<string> problems, string where, string? reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            problems.Add($"{where} needs a reason");
        }
    }

    private static class Constants
    {
        public static bool IsValid(Field field, string text)
        {
            var cells = new CellReader(new ReadingOptions(DateOnly.MaxValue, TimeZoneInfo.Utc), DayOrder.DayFirst, _ => DayOrder.DayFirst);
            return cells.Read(field, text, out var value) is null && value is not null;
        }
    }
}
