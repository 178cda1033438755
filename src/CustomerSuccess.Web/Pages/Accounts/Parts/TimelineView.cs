using System.Globalization;
using CustomerSuccess.Core.Timeline;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>What the address says of the timeline's filter.</summary>
public static class TimelineView
{
    public const string Search = "q", Groups = "kinds", Person = "person", By = "by", From = "from", Until = "until";

    /// <summary>Every value of it, to be cleared together.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Search, Groups, Person, By, From, Until];

    public static TimelineFilter Parse(ListAddress address) => new()
    {
        Search = address[Search],
        Groups = (address[Groups] ?? "").Split(',').Where(group => TimelineGroups.All.Contains(group)).ToHashSet(),
        ContactNo = int.TryParse(address[Person], NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? person : null,
        ByEmail = address[By],
        From = Day(address[From]),
        Until = Day(address[Until]),
    };

    /// <summary>The groups with one turned on or off, as the address writes them; null for all.</summary>
    public static string? Turned(TimelineFilter filter, string group)
    {
        var groups = TimelineGroups.All.Where(known => filter.Groups.Contains(known) != (known == group)).ToList();
        return groups.Count == 0 ? null : string.Join(',', groups);
    }

    /// <summary>A day as the address writes it.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
