using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>How fast and how well inquiries are answered, what is left open, and whether customers leave after it.</summary>
public sealed partial class ServicePage
{
    [Inject]
    private ServiceViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private ServiceView View { get; set; } = new();

    protected override object? Subject => View;

    private string? Answer => !IsReady ? null
        : Model.Overview is not { From: { } from, To: { } to, Figures: { } figures } overview ? Text["AnswerNone"].Value
        : Text["Answer", Format.Count(figures.Inquiries), Format.Month(from), Format.Month(to), Words.Minutes(figures.FirstResponseMedian, true), Words.Hours(figures.ResolutionMedian, true), Format.Count(overview.Backlog.Sum(band => band.Inquiries))].Value
            + (figures.SatisfactionAnswers > 0 ? " " + Text["AnswerSatisfaction", Format.Number(figures.Satisfaction, 2), Format.Count(figures.SatisfactionAnswers)].Value : "");

    private IReadOnlyList<LinkTabs.Tab> Spans => [.. new[] { 3, 6, 12, 24 }.Select(months => new LinkTabs.Tab(months.ToString(System.Globalization.CultureInfo.InvariantCulture), Text["SpanMonths", Format.Count(months)], (View with { Months = months }).ToAddress()))];

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    protected override Task OnParametersSetAsync()
    {
        View = ServiceView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Navigation.LocationChanged -= Moved;
        }

        base.Dispose(disposing);
    }

    // a value alone that changes in the address is no parameter of the page
    private void Moved(object? sender, LocationChangedEventArgs moved)
    {
        var address = ListAddress.Parse(moved.Location);
        if (address.Path == ServiceView.Path && ServiceView.Parse(address) != View)
        {
            _ = InvokeAsync(OnParametersSetAsync);
        }
    }

    private ServiceListAsk Period(DateOnly from, DateOnly to) => new(View.Scope) { From = from, To = to };

    private string? Before(string figure) => Model.Overview?.Before is null ? null : Text["BeforeNote", figure, Format.Count(View.Months)].Value;

    private string Satisfied(InquiryFigures figures) => figures.SatisfactionAnswers < ServiceOverview.LeastInquiries ? Format.Missing
        : TestCurves.Wilson(figures.Satisfied, figures.SatisfactionAnswers) is var (lower, upper) ? Text["ShareWith", Format.Percent((double)figures.Satisfied / figures.SatisfactionAnswers, 0), Format.Percent(lower, 0), Format.Percent(upper, 0)].Value : Format.Missing;

    private string? BacklogNote(ServiceOverview overview) => overview.BacklogAge is { } age ? Text["BacklogNote", Format.Number(age, 0), Format.Number(overview.BacklogAge90, 0)].Value : Text["BacklogNone"].Value;

    private string Count(int inquiries) => Text["InquiriesCount", Format.Count(inquiries)];

    private string File => View.Address(ServiceView.Path + "/export.csv").ToString();

    private void Go(string address) => Navigation.NavigateTo(address);
}
