using System.Globalization;
using System.Text;

namespace CustomerSuccess.Core.BusinessTime;

/// <summary>A stretch of a day's local time in minutes since midnight: from 0, until 1440 at most; the end is not part of it.</summary>
public readonly record struct OpenSpan(int From, int Until);

/// <summary>
/// When business is open by the days of a week, in local time. Written as text such as
/// <c>mon 09:00-12:00 13:00-18:00; tue 09:00-18:00</c>; days that are not named are closed; midnight at a day's end is <c>24:00</c>.
/// </summary>
public sealed class WeeklyHours
{
    private const int MinutesPerDay = 1440;

    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly OpenSpan[][] _days;

    private WeeklyHours(OpenSpan[][] days) => _days = days;

    /// <summary>Monday to Friday, 9:00–18:00.</summary>
    public static WeeklyHours Office { get; } = Parse("mon 09:00-18:00; tue 09:00-18:00; wed 09:00-18:00; thu 09:00-18:00; fri 09:00-18:00");

    /// <summary>Day and night.</summary>
    public static WeeklyHours Always { get; } = new([.. Names.Select(_ => new[] { new OpenSpan(0, MinutesPerDay) })]);

    /// <summary>The stretches of a day in their order; none where it is closed.</summary>
    public IReadOnlyList<OpenSpan> On(DayOfWeek day) => _days[(int)day];

    /// <summary>Minutes a week, where no clock is changed.</summary>
    public int MinutesPerWeek => _days.Sum(day => day.Sum(span => span.Until - span.From));

    /// <summary>Hours by weekday; null where a stretch ends before it starts, overlaps with another, lies outside its day, or no day has any.</summary>
    public static WeeklyHours? Of(IReadOnlyDictionary<DayOfWeek, IReadOnlyList<OpenSpan>> days)
    {
        var spans = new OpenSpan[7][];
        for (var day = 0; day < 7; day++)
        {
            spans[day] = days.TryGetValue((DayOfWeek)day, out var given) ? [.. given.OrderBy(span => span.From)] : [];
            var end = 0;
            foreach (var span in spans[day])
            {
                if (span.From < end || span.Until <= span.From || span.Until > MinutesPerDay)
                {
                    return null;
                }

                end = span.Until;
            }
        }

        return spans.All(day => day.Length == 0) ? null : new WeeklyHours(spans);
    }

    /// <summary>Reads the text; null where it is not well-formed or breaks a rule of <see cref="Of"/>.</summary>
    public static WeeklyHours? TryParse(string? text)
    {
        var days = new Dictionary<DayOfWeek, IReadOnlyList<OpenSpan>>();
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var day = Array.IndexOf(Names, words[0].ToLowerInvariant());
            var spans = words.Skip(1).Select(Span).ToList();
            if (day < 0 || spans.Contains(null) || !days.TryAdd((DayOfWeek)day, [.. spans.Select(span => span!.Value)]))
            {
                return null;
            }
        }

        return Of(days);
    }

    /// <summary>Reads the text.</summary>
    /// <exception cref="FormatException">It cannot be read.</exception>
    public static WeeklyHours Parse(string text) => TryParse(text) ?? throw new FormatException($"No hours of a week: {text}");

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var i = 1; i <= 7; i++)
        {
            var day = i % 7;
            if (_days[day].Length > 0)
            {
                text.Append(text.Length == 0 ? "" : "; ").Append(Names[day]);
                foreach (var span in _days[day])
                {
                    text.Append(CultureInfo.InvariantCulture, $" {Time(span.From)}-{Time(span.Until)}");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>A time of day as <c>09:00</c>.</summary>
    public static string Time(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    /// <summary>Minutes since midnight of <c>9:00</c> to <c>24:00</c>; null for anything else.</summary>
    public static int? Minutes(string? text) =>
        text?.Split(':') is [{ Length: 1 or 2 } hour, { Length: 2 } minute]
        && int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var h) && int.TryParse(minute, NumberStyles.None, CultureInfo.InvariantCulture, out var m)
        && m < 60 && (h * 60) + m <= MinutesPerDay
            ? (h * 60) + m
            : null;

    private static OpenSpan? Span(string text) =>
        text.Split('-') is [var from, var until] && Minutes(from) is { } start && Minutes(until) is { } end ? new OpenSpan(start, end) : null;
}
