using System.Globalization;
using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Reports;

/// <summary>A report: a measure by a dimension, over a time. Its text is the query of its page's address, so that a link is the report.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Rows">A row for each value.</param>
public sealed record ReportDefinition(ReportMeasure Measure, ReportDimension Rows)
{
    public const string MeasureKey = "measure", RowsKey = "rows", ColumnsKey = "columns", FromKey = "from", ToKey = "to", MonthsKey = "months", WithinKey = "within";

    /// <summary>Months that are shown where nobody says how many, and at most.</summary>
    public const int UsualMonths = 12, MostMonths = 60;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>What the page opens with.</summary>
    public static ReportDefinition Usual { get; } = new(ReportMeasure.Nrr, ReportDimension.Month);

    /// <summary>A column for each value of another dimension; null for one column.</summary>
    public ReportDimension? Columns { get; init; }

    /// <summary>The last months before the last one that data reach; not looked at where <see cref="From"/> is set.</summary>
    public int Months { get; init; } = UsualMonths;

    /// <summary>The first month's first day; null to count back from the end.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last month's last day; null for the last one that data reach.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only accounts that are in this saved segment today; null for all.</summary>
    public string? Within { get; init; }

    public MeasureFacts Facts => MeasureFacts.Of(Measure);

    /// <summary>The dimension of time among both; null for none.</summary>
    public ReportDimension? Time => Rows.IsTime() ? Rows : Columns is { } columns && columns.IsTime() ? columns : null;

    /// <summary>Why it cannot be told: <c>same</c> (both dimensions alike, or both of time), <c>no_past</c> (by time, of what has none); null where it can.</summary>
    public string? Problem => Columns == Rows || (Columns is { } columns && columns.IsTime() && Rows.IsTime()) ? "same" : Facts.IsOfToday && Time is not null ? "no_past" : null;

    /// <summary>The nearest report that can be told.</summary>
    public ReportDefinition Mended
    {
        get
        {
            var so = this;
            if (so.Facts.IsOfToday)
            {
                so = so with { Rows = so.Rows.IsTime() ? ReportDimension.Segment : so.Rows, Columns = so.Columns is { } time && time.IsTime() ? null : so.Columns };
            }

            return so.Problem is null ? so : so with { Columns = null };
        }
    }

    /// <summary>Reads what an address says; what it does not say, or says wrongly, is as usual.</summary>
    /// <param name="value">A value by its key; null where there is none.</param>
    public static ReportDefinition Read(Func<string, string?> value)
    {
        var (from, to) = (Month(value(FromKey)), Month(value(ToKey)));
        return new ReportDefinition(Choice<ReportMeasure>(value(MeasureKey)) ?? Usual.Measure, Choice<ReportDimension>(value(RowsKey)) ?? Usual.Rows)
        {
            Columns = Choice<ReportDimension>(value(ColumnsKey)),
            Months = int.TryParse(value(MonthsKey), NumberStyles.None, Invariant, out var months) && months is > 0 and <= MostMonths ? months : UsualMonths,
            From = from is { } first && !(to < first) ? new DateOnly(first.Year, first.Month, 1) : null,
            To = to is { } last && !(last < from) ? last : null,
            Within = value(WithinKey),
        }.Mended;
    }

    /// <summary>Reads a query such as <c>measure=nrr&amp;rows=segment</c>.</summary>
    public static ReportDefinition Parse(string query)
    {
        var values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .GroupBy(pair => pair[0], StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Uri.UnescapeDataString(pair.First()[1]), StringComparer.Ordinal);
        return Read(key => values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null);
    }

    /// <summary>Its values by key, in order; what is as usual is left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values
    {
        get
        {
            List<KeyValuePair<string, string>> values = [new(MeasureKey, Name(Measure)), new(RowsKey, Name(Rows))];
            void Add(string key, string? value)
            {
                if (value is not null)
                {
                    values.Add(new(key, value));
                }
            }

            Add(ColumnsKey, Columns is { } columns ? Name(columns) : null);
            Add(MonthsKey, From is null && Months != UsualMonths ? Months.ToString(Invariant) : null);
            Add(FromKey, From?.ToString("yyyy-MM", Invariant));
            Add(ToKey, To?.ToString("yyyy-MM", Invariant));
            Add(WithinKey, Within);
            return values;
        }
    }

    /// <summary>The query of its page's address, without a question mark.</summary>
    public string Query => string.Join('&', Values.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static T? Choice<T>(string? text)
        where T : struct, Enum => text is not null && !char.IsAsciiDigit(text.FirstOrDefault('0')) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static DateOnly? Month(string? text) => DateOnly.TryParseExact(text, "yyyy-MM", Invariant, DateTimeStyles.None, out var month) ? MonthEnds.OnOrAfter(month) : null;
}
