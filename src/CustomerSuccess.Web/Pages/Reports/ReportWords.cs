using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Reports;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Reports;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Charts;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Reports;

/// <summary>Measures, dimensions and their values in the reader's words.</summary>
public sealed class ReportWords(IStringLocalizer<ReportsPage> text, ColleagueNames people)
{
    public string Measure(ReportMeasure measure) => text["Measure_" + measure];

    public string Dimension(ReportDimension dimension) => text["Dimension_" + dimension];

    /// <summary>What a report tells, as its title says it.</summary>
    public string Title(ReportDefinition definition) => definition.Columns is { } columns
        ? text["TitleOfTwo", Measure(definition.Measure), Within(Dimension(definition.Rows)), Within(Dimension(columns))]
        : text["TitleOf", Measure(definition.Measure), Within(Dimension(definition.Rows))];

    /// <summary>A value of a dimension.</summary>
    public string Value(ReportDimension dimension, ReportValue value, int fiscalStart) =>
        value.Period is { } period ? Period(period)
        : value.Key == RetentionScope.Unknown ? text[dimension == ReportDimension.SavedSegment ? "InNoSegment" : "Unknown"]
        : value.Name ?? (dimension switch
        {
            ReportDimension.Owner => people.Of(value.Key),
            ReportDimension.Band => text["Band_" + value.Key],
            ReportDimension.Stage => text["Stage_" + value.Key],
            ReportDimension.Start when int.TryParse(value.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var year) => FiscalYear(year, fiscalStart),
            _ => value.Key,
        });

    /// <summary>A period: its month, or from its first to its last month.</summary>
    public string Period(RetentionPeriod period) => period.Start == period.End ? Format.Day(period.End)
        : period.Months == 1 ? Format.Month(period.End) : text["Range", Format.Month(period.Start.AddDays(1)), Format.Month(period.End)];

    /// <summary>The same where there is little room.</summary>
    public string ShortPeriod(RetentionPeriod period) => period.Months == 1 ? Format.ShortMonth(period.End) : text["Range", Format.ShortMonth(period.Start.AddDays(1)), Format.ShortMonth(period.End)];

    /// <summary>A cell's value in its unit.</summary>
    public string Written(MeasureFacts measure, ReportCell cell, string currency) => cell.Value is null ? Format.Missing : measure.Unit switch
    {
        MeasureUnit.Money => Format.Money(cell.Value, currency),
        MeasureUnit.Count => Format.Count((long)cell.Value.Value),
        MeasureUnit.Share => Format.Percent(cell.Value),
        MeasureUnit.Score or MeasureUnit.Health => Format.Number(cell.Value, 1),
        MeasureUnit.Minutes => text["Minutes", Format.Number(cell.Value, 0)],
        MeasureUnit.Hours => text["Hours", Format.Number(cell.Value, 1)],
        _ => text["Days", Format.Number(cell.Value, 1)],
    };

    /// <summary>What a cell rests on: how many, and its interval.</summary>
    public string Hint(MeasureFacts measure, ReportCell cell) => cell is { Lower: { } lower, Upper: { } upper }
        ? text["HintInterval", Format.Count(cell.N), End(measure, lower), End(measure, upper)]
        : text["HintN", Format.Count(cell.N)];

    public static ChartFormat ChartFormatOf(MeasureFacts measure) => measure.Unit switch
    {
        MeasureUnit.Share => ChartFormat.Percent,
        MeasureUnit.Score or MeasureUnit.Hours or MeasureUnit.Days or MeasureUnit.Health => ChartFormat.Ratio,
        _ => ChartFormat.Number,
    };

    /// <summary>What an axis shows, with its unit.</summary>
    public string Axis(MeasureFacts measure, string currency) => measure.Unit switch
    {
        MeasureUnit.Money => text["AxisOf", Measure(measure.Measure), Format.Sign(currency)],
        MeasureUnit.Minutes => text["AxisOf", Measure(measure.Measure), text["UnitMinutes"]],
        MeasureUnit.Hours => text["AxisOf", Measure(measure.Measure), text["UnitHours"]],
        MeasureUnit.Days => text["AxisOf", Measure(measure.Measure), text["UnitDays"]],
        _ => Measure(measure.Measure),
    };

    /// <summary>A word within a sentence: what is no abbreviation begins small.</summary>
    private static string Within(string word) => word.Length > 1 && char.IsLower(word[1]) ? char.ToLower(word[0], CultureInfo.CurrentCulture) + word[1..] : word;

    private static string End(MeasureFacts measure, double end) => measure.Unit == MeasureUnit.Share ? Format.Percent(end) : Format.Number(end, 1);

    private string FiscalYear(int year, int fiscalStart)
    {
        var first = new DateOnly(year, fiscalStart, 1);
        return fiscalStart == 1 ? text["Year", year.ToString(CultureInfo.InvariantCulture)] : text["Range", Format.Month(first), Format.Month(first.AddMonths(11))];
    }
}
