using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Tests.Segments;

/// <summary>A second reading of conditions, straight from their text and value by value, that shares no code with the first.</summary>
internal static class PlainCondition
{
    public static bool Holds(JsonElement json, IFieldValues row)
    {
        if (json.TryGetProperty("all", out var all))
        {
            return all.EnumerateArray().All(part => Holds(part, row));
        }

        if (json.TryGetProperty("any", out var any))
        {
            return any.EnumerateArray().Any(part => Holds(part, row));
        }

        if (json.TryGetProperty("not", out var not))
        {
            return !Holds(not, row);
        }

        var (field, kind) = (json.GetProperty("field").GetString()!, json.GetProperty("is").GetString());
        string[] values = json.TryGetProperty("values", out var list) ? [.. list.EnumerateArray().Select(value => value.ToString())] : [];
        decimal? number = double.IsNaN(row.Number(field)) ? null : (decimal)row.Number(field);
        string[] texts = [.. row.Texts(field).Select(text => text.ToUpperInvariant())];
        if (kind is "missing" or "known")
        {
            return (number is null && texts.Length == 0) == (kind == "missing");
        }

        if (kind is "one_of" or "none_of" or "contains")
        {
            var named = values.Select(value => value.ToUpperInvariant()).ToList();
            return texts.Length > 0 && kind switch
            {
                "one_of" => texts.Intersect(named).Any(),
                "none_of" => !texts.Intersect(named).Any(),
                _ => texts.Any(text => text.Contains(named[0], StringComparison.Ordinal)),
            };
        }

        if (number is not { } known)
        {
            return false;
        }

        if (kind is "yes" or "no")
        {
            return known == (kind == "yes" ? 1 : 0);
        }

        if (kind is "on_or_after" or "on_or_before")
        {
            var (day, bound) = (DateOnly.FromDayNumber((int)known), DateOnly.Parse(values[0], CultureInfo.InvariantCulture));
            return kind == "on_or_after" ? day >= bound : day <= bound;
        }

        var limit = decimal.Parse(values[0], CultureInfo.InvariantCulture);
        var today = row.AsOf.DayNumber;
        return kind switch
        {
            "at_least" => known >= limit,
            "at_most" => known <= limit,
            "above" => known > limit,
            "below" => known < limit,
            "equals" => known == limit,
            "in_last_days" => Enumerable.Range(today - (int)limit, (int)limit + 1).Contains((int)known),
            "in_next_days" => Enumerable.Range(today, (int)limit + 1).Contains((int)known),
            "more_than_days_ago" => known < today - limit,
            // an anniversary falls into one of the coming days
            "anniversary_in_days" => known < today && Enumerable.Range(0, (int)limit + 1).Any(ahead => IsAnniversary(DateOnly.FromDayNumber((int)known), row.AsOf.AddDays(ahead))),
            _ => throw new NotSupportedException(kind),
        };
    }

    private static bool IsAnniversary(DateOnly day, DateOnly on) =>
        on.Year > day.Year && (on.Month, on.Day) == (day.Month, day is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(on.Year) ? 28 : day.Day);
}
