using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>Periods, slices and movements in the reader's words.</summary>
public sealed class RetentionWords(IStringLocalizer<RetentionPage> text, ColleagueNames people)
{
    /// <summary>A period: its month, or from its first to its last month.</summary>
    public string Period(RetentionPeriod period) => period.Months == 1 ? Format.Month(period.End) : text["Range", Format.Month(First(period)), Format.Month(period.End)];

    /// <summary>A period where there is little room.</summary>
    public string ShortPeriod(RetentionPeriod period) => period.Months == 1 ? Format.ShortMonth(period.End) : text["Range", Format.ShortMonth(First(period)), Format.ShortMonth(period.End)];

    /// <summary>A value of a slice.</summary>
    public string Value(RetentionSlice slice, string value, int fiscalStart) =>
        value == RetentionScope.Unknown ? text["Unknown_" + slice]
        : slice == RetentionSlice.Owner ? people.Of(value)
        : slice == RetentionSlice.Start && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? FiscalYear(year, fiscalStart)
        : value;

    public string Kind(MrrMovementKind kind) => text["Kind_" + kind];

    public string Kind(MovementKind kind) => text["Kind_" + kind];

    /// <summary>A figure that restatements tell.</summary>
    public string Figure(ClosedFigure figure) => text["Figure_" + figure.Name];

    /// <summary>A value of such a figure, to the cent.</summary>
    public static string Written(ClosedFigure figure, decimal? value, string currency) => value is not { } known ? Format.Missing : figure.Unit switch
    {
        FigureUnit.Money => Format.ExactMoney(known, currency),
        FigureUnit.Count => Format.Count((long)known),
        _ => Format.Percent((double)known, 2),
    };

    /// <summary>From what to what a figure changed.</summary>
    public string Change(FigureChange change, string currency) => text["FigureFromTo", Figure(change.Figure), Written(change.Figure, change.Before, currency), Written(change.Figure, change.After, currency)];

    /// <summary>What changed a closed month.</summary>
    public string Cause(RestatementEntry restatement) => restatement.FileName is { } file ? text["CauseFile_" + restatement.Entry.Cause, file] : text["Cause_" + restatement.Entry.Cause];

    public static Tone Tone(MrrMovementKind kind) => kind switch
    {
        MrrMovementKind.New or MrrMovementKind.Reactivation or MrrMovementKind.Expansion => Shared.Values.Tone.Good,
        MrrMovementKind.Contraction => Shared.Values.Tone.Watch,
        MrrMovementKind.Churn => Shared.Values.Tone.Danger,
        _ => Shared.Values.Tone.Neutral,
    };

    /// <summary>What accounts can be narrowed by.</summary>
    public IReadOnlyList<Filter> Filters(RetentionScope scope, RetentionChoices? choices, int fiscalStart) =>
    [
        .. Enum.GetValues<RetentionSlice>().Select(slice => new ChoiceFilter(
            RetentionView.Key(slice), text["Slice_" + slice],
            [.. (choices?.Values[slice] ?? []).Select(value => new FilterChoice(value, Value(slice, value, fiscalStart))), .. scope[slice] == RetentionScope.Unknown ? [new FilterChoice(RetentionScope.Unknown, Value(slice, RetentionScope.Unknown, fiscalStart))] : Array.Empty<FilterChoice>()],
            scope[slice])),
    ];

    private string FiscalYear(int year, int fiscalStart)
    {
        var first = new DateOnly(year, fiscalStart, 1);
        return fiscalStart == 1 ? text["Year", year.ToString(CultureInfo.InvariantCulture)] : text["Range", Format.Month(first), Format.Month(first.AddMonths(11))];
    }

    private static DateOnly First(RetentionPeriod period) => period.Start.AddDays(1);
}
