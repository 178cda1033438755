using System.Globalization;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Web.Shared.Wording;

namespace CustomerSuccess.Web.Shared.Charts;

/// <summary>A place of a chart that something happened at.</summary>
/// <param name="At">Index of the category.</param>
/// <param name="Sign">A letter that stands on the chart.</param>
/// <param name="Lines">What the letter stands for, one line for each thing that happened.</param>
public sealed record ChartHappening(int At, string Sign, IReadOnlyList<string> Lines);

/// <summary>What happened to the company, along the days of a chart. Charts of one page share one reading.</summary>
public sealed class ChartMarks(MarkBook book, MarkWords words, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private Task<IReadOnlyList<Mark>>? _read;
    private DateTimeOffset _readAt;

    /// <param name="days">The last day of each category.</param>
    public async Task<IReadOnlyList<ChartHappening>> AlongAsync(IReadOnlyList<DateOnly> days)
    {
        var now = clock.GetUtcNow();
        if (_read is not { IsFaulted: false } || now - _readAt > Fresh)
        {
            (_read, _readAt) = (book.ListAsync(), now);
        }

        return [.. MarksAlong.Of(await _read, days).Select((place, i) => new ChartHappening(place.Index, SignOf(i), [.. place.Marks.Select(words.Line)]))];
    }

    /// <summary>A, B, ... Z, then A1, B1 and so on.</summary>
    private static string SignOf(int index) => (char)('A' + (index % 26)) + (index < 26 ? "" : (index / 26).ToString(CultureInfo.InvariantCulture));
}
