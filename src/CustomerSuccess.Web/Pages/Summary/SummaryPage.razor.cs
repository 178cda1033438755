using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Documents;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Charts;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Summary;

/// <summary>What an executive opens before the board meets: each block says in one sentence what it comes to and leads to the page that has more.</summary>
public sealed partial class SummaryPage
{
    private const string SubscriptionsPath = SummaryView.Path + "/mail";

    [Inject]
    private SummaryViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = SummaryView.GrainKey)]
    private string? By { get; set; }

    [SupplyParameterFromQuery(Name = SummaryView.EndKey)]
    private string? End { get; set; }

    private SummaryView View { get; set; } = new();

    protected override object? Subject => View;

    private string? Answer => IsReady && Model.Document is { Sections: [var first, ..] } ? first.Lead : null;

    private string FileHref => ListAddress.Parse(View.ToAddress(SummaryView.FilePath)).With(SummaryView.LanguageKey, SummaryViewModel.Language).ToString();

    private LinkTabs.Tab[] Grains => [.. Enum.GetValues<PeriodGrain>().Select(grain => new LinkTabs.Tab(grain.ToString(), Text["Grain_" + grain], new SummaryView(grain).ToAddress()))];

    protected override Task OnParametersSetAsync()
    {
        View = SummaryView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    private static bool Leads(string href) => href == "/plays/effects" || Layout.Navigation.Leads(href);

    private string? Behind(ChartBlock chart, ChartPoint point) => SummaryMarks.Behind(chart, point, Model.Period);

    private string SummaryViewAddress(RetentionPeriod period) => (View with { End = period.End }).ToAddress();

    private void ChooseAsync(ChangeEventArgs chosen) => Navigation.NavigateTo((string?)chosen.Value ?? SummaryView.Path);
}
