using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Lifecycle;

/// <summary>Stages, cells and slices in the reader's words.</summary>
public sealed class LifecycleWords(IStringLocalizer<LifecyclePage> text, ColleagueNames people)
{
    public string Stage(CustomerStage? stage) => stage is { } known ? text["Stage_" + known] : Format.Missing;

    public string Stage(StageChoice choice) => text["Stage_" + choice];

    public static Tone ToneOf(CustomerStage stage) => stage switch
    {
        CustomerStage.Loyal => Tone.Good,
        CustomerStage.New or CustomerStage.Reactivated => Tone.Info,
        CustomerStage.Lapsed => Tone.Danger,
        _ => Tone.Neutral,
    };

    /// <summary>A whole number with its sign; a bare 0.</summary>
    public static string WithSign(double number) => Math.Round(number) is var whole && whole == 0 ? "0" : (whole < 0 ? "−" : "+") + Math.Abs(whole).ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A number with a decimal and its sign.</summary>
    public static string TenthsWithSign(double number) => Math.Round(number, 1) is var tenths && tenths == 0 ? "0" : (tenths < 0 ? "−" : "+") + Format.Number(Math.Abs(tenths));

    public string Gone(int from, int? to) => to is { } end ? text["GoneBetween", Format.Count(from), Format.Count(end - 1)] : text["GoneOver", Format.Count(from)];

    public string Value(RetentionSlice slice, string value) => value == RetentionScope.Unknown ? text["Unknown"] : slice == RetentionSlice.Owner ? people.Of(value) : value;

    /// <summary>What accounts can be narrowed by.</summary>
    public IReadOnlyList<Filter> Filters(LifecycleScope scope, LifecycleOverview? overview) =>
    [
        .. LifecycleScope.Slices.Select(slice => ChoiceFilter.Of(RetentionView.Key(slice), text["Slice_" + slice], overview?.Choices[slice], scope[slice], value => Value(slice, value))),
    ];
}
