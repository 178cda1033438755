using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Inquiries;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>Times and slices in the reader's words.</summary>
public sealed class ServiceWords(IStringLocalizer<ServicePage> text, InquiryWords inquiries, ColleagueNames people)
{
    private const double MinutesPerHour = 60, HoursPerDay = 24, HoursInDays = 72;

    /// <summary>Values that a filter offers, at most.</summary>
    private const int MostChoices = 100;

    /// <summary>A time in minutes, hours or days, whichever reads best; <c>not reached</c> where the curve stays above. A day of open time has no length of its own: it is told in hours.</summary>
    public string Minutes(double? minutes, bool any, bool inBusinessTime) => minutes is not { } known ? any ? text["NotReached"] : Format.Missing
        : known < MinutesPerHour ? text["MinutesUnit", Format.Number(known, 0)]
        : Hours(known / MinutesPerHour, any, inBusinessTime);

    /// <inheritdoc cref="Minutes"/>
    public string Hours(double? hours, bool any, bool inBusinessTime) => hours is not { } known ? any ? text["NotReached"] : Format.Missing
        : known < HoursInDays || inBusinessTime ? text["HoursUnit", Format.Fixed(known)]
        : text["DaysUnit", Format.Fixed(known / HoursPerDay)];

    public string Value(ServiceSlice slice, string value) =>
        value == RetentionScope.Unknown ? text["Unknown_" + slice]
        : slice is ServiceSlice.Owner or ServiceSlice.Assignee ? people.Of(value)
        : slice == ServiceSlice.Priority && Enum.TryParse<InquiryPriority>(value, out var priority) ? inquiries.Priority(priority)
        : value;

    /// <summary>An age in days.</summary>
    public string Age(int from, int? to) => to is { } end ? end - 1 == from ? text["AgeOne", from] : text["AgeBetween", from, end - 1] : text["AgeOver", from];

    /// <summary>What inquiries can be narrowed by.</summary>
    public IReadOnlyList<Filter> Filters(ServiceScope scope, ServiceOverview? whole) =>
    [
        .. Enum.GetValues<ServiceSlice>().Select(slice => ChoiceFilter.Of(ServiceView.Key(slice), text["Slice_" + slice], whole?.Parts.GetValueOrDefault(slice)?.Select(part => part.Value).Take(MostChoices), scope[slice], value => Value(slice, value))),
    ];
}
