using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Nps;

/// <summary>Scores, periods and slices in the reader's words.</summary>
public sealed class NpsWords(IStringLocalizer<NpsPage> text, ColleagueNames people)
{
    /// <summary>A score of −100 to 100 with its sign.</summary>
    public static string Score(double? score) => score is not { } value ? Format.Missing
        : (Math.Round(value) < 0 ? "−" : Math.Round(value) > 0 ? "+" : "") + Math.Abs(Math.Round(value)).ToString("N0", CultureInfo.CurrentCulture);

    public string Interval(NetPromoter score) => text["Range", Score(score.Lower), Score(score.Upper)];

    public string Interval(NpsChange change) => text["Range", Score(change.Lower), Score(change.Upper)];

    /// <summary>A change is called one only where chance does not explain it.</summary>
    public string Change(NpsChange? change) => change is null ? Format.Missing : change.IsReal ? text["ChangeReal", Score(change.Points), Interval(change)] : text["ChangeNone", Score(change.Points), Interval(change)];

    public string Period(RetentionPeriod period) => period.Months == 1 ? Format.Month(period.End) : text["Range", Format.Month(period.Start.AddDays(1)), Format.Month(period.End)];

    public string ShortPeriod(RetentionPeriod period) => period.Months == 1 ? Format.ShortMonth(period.End) : text["Range", Format.ShortMonth(period.Start.AddDays(1)), Format.ShortMonth(period.End)];

    public string Value(NpsSlice slice, string value) =>
        value == RetentionScope.Unknown ? text["Unknown"]
        : slice == NpsSlice.Stage ? text["Stage_" + value]
        : slice == NpsSlice.Owner ? people.Of(value)
        : value;

    /// <summary>Whose answers can be asked for.</summary>
    public IReadOnlyList<Filter> Filters(NpsScope scope, IReadOnlyDictionary<NpsSlice, IReadOnlyList<NpsPart>>? parts) =>
    [
        .. Enum.GetValues<NpsSlice>().Select(slice => ChoiceFilter.Of(NpsView.Key(slice), text["Slice_" + slice], parts?.GetValueOrDefault(slice)?.Select(part => part.Value), scope[slice], value => Value(slice, value))),
    ];
}
