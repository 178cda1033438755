using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>The inquiries behind a figure of service.</summary>
public sealed partial class ServiceListPage
{
    [Inject]
    private ServiceListViewModel Model { get; set; } = default!;

    protected override string Path => ServiceListView.Path;

    protected override object? Subject => View.Ask with { Sort = default, Descending = true };

    private string Title => View.Ask switch
    {
        { OpenOn: { } day, AgeFrom: { } from } => Text["ListOpenAge", Format.Day(day), Words.Age(from, View.Ask.AgeTo)],
        { OpenOn: { } day } => Text["ListOpen", Format.Day(day)],
        { Escalated: true } => Text["ListEscalated"],
        { Rated: true } => Text["ListRated"],
        _ => Text["List"],
    };

    private string? Answer => !IsReady || Model.Page is not { } page ? null
        : Text[View.Ask.InBusinessTime ? "ListAnswerBusiness" : "ListAnswer", Format.Count(page.Total), Words.Minutes(page.Figures.FirstResponseMedian, page.Total > 0, View.Ask.InBusinessTime), Words.Hours(page.Figures.ResolutionMedian, page.Total > 0, View.Ask.InBusinessTime)].Value
            + (View.Ask is { From: { } from, To: { } to } ? " " + Text["ListPeriod", Format.Day(from), Format.Day(to)].Value : "");

    private ListSort? Sort => View.Ask is { Sort: ServiceSort.Opened, Descending: true } ? null : new(View.Ask.Sort.ToString().ToLowerInvariant(), View.Ask.Descending);

    private IReadOnlyList<Filter> Filters =>
    [
        .. Words.Filters(View.Ask.Scope, Model.Whole),
        new ToggleFilter(ServiceListView.EscalatedKey, Text["Escalated"], View.Ask.Escalated),
        new ToggleFilter(ServiceListView.RatedKey, Text["Rated"], View.Ask.Rated),
        new ChoiceFilter(ServiceView.HoursKey, Text["Hours"], [new(ServiceView.Business, Text["BusinessHours"])], View.Ask.InBusinessTime ? ServiceView.Business : null),
    ];

    protected override ServiceListView Parse(ListAddress address) => ServiceListView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, cancellation);

    private static string KeyOf(ServiceRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.AccountNo}:{row.Key}");

    private async Task<ListStretch<ServiceRow>> LoadRowsAsync(ListRequest request, CancellationToken cancellation)
    {
        var page = await Model.LoadAsync(View.Ask, request.Offset, request.Limit, cancellation);
        return new(page.Rows, page.Total);
    }

    private void Clear() => Navigation.NavigateTo(ServiceListView.Of(View.Ask with { Scope = ServiceScope.All, Escalated = false, Rated = false }), replace: true);

    private void Order(ListSort? sort) => Navigation.NavigateTo(ServiceListView.Of(View.Ask with { Sort = sort is null ? default : Enum.Parse<ServiceSort>(sort.Key, ignoreCase: true), Descending = sort?.Descending ?? true }), replace: true);

    private string Count(int rows) => Text["InquiriesCount", Format.Count(rows)];

    private string File => ServiceListView.Address(View.Ask, ServiceListView.Path + "/export.csv").ToString();
}
