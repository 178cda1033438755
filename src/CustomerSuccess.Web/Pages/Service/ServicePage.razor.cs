using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Service;

/// <summary>How fast and how well inquiries are answered, what is left open, and whether customers leave after it.</summary>
public sealed partial class ServicePage
{
    [Inject]
    private ServiceViewModel Model { get; set; } = default!;

    protected override string Path => ServiceView.Path;

    private string? Answer => !IsReady ? null
        : Model.Overview is not { From: { } from, To: { } to, Figures: { } figures } overview ? Text["AnswerNone"].Value
        : Text[View.InBusinessTime ? "AnswerBusiness" : "Answer", Format.Count(figures.Inquiries), Format.Month(from), Format.Month(to), Words.Minutes(figures.FirstResponseMedian, true, View.InBusinessTime), Words.Hours(figures.ResolutionMedian, true, View.InBusinessTime), Format.Count(overview.Backlog.Sum(band => band.Inquiries))].Value
            + (figures.SatisfactionAnswers > 0 ? " " + Text["AnswerSatisfaction", Format.Fixed(figures.Satisfaction, 2), Format.Count(figures.SatisfactionAnswers)].Value : "");

    private IReadOnlyList<LinkTabs.Tab> Readings => [new("clock", Text["ClockHours"], (View with { InBusinessTime = false }).ToAddress()), new(ServiceView.Business, Text["BusinessHours"], (View with { InBusinessTime = true }).ToAddress())];

    private IReadOnlyList<LinkTabs.Tab> Spans => [.. new[] { 3, 6, 12, 24 }.Select(months => new LinkTabs.Tab(months.ToString(System.Globalization.CultureInfo.InvariantCulture), Text["SpanMonths", Format.Count(months)], (View with { Months = months }).ToAddress()))];

    protected override ServiceView Parse(ListAddress address) => ServiceView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    private ServiceListAsk Period(DateOnly from, DateOnly to) => View.Listed with { From = from, To = to };

    private string? Before(string figure) => Model.Overview?.Before is null ? null : Text["BeforeNote", figure, Format.Count(View.Months)].Value;

    private string Satisfied(InquiryFigures figures) => figures.SatisfactionAnswers < ServiceOverview.LeastInquiries ? Format.Missing
        : TestCurves.Wilson(figures.Satisfied, figures.SatisfactionAnswers) is var (lower, upper) ? Text["ShareWith", Format.Percent((double)figures.Satisfied / figures.SatisfactionAnswers, 0), Format.Percent(lower, 0), Format.Percent(upper, 0)].Value : Format.Missing;

    private string? BacklogNote(ServiceOverview overview) => overview.BacklogAge is { } age ? Text["BacklogNote", Format.Number(age, 0), Format.Number(overview.BacklogAge90, 0)].Value : Text["BacklogNone"].Value;

    private string Count(int inquiries) => Text["InquiriesCount", Format.Count(inquiries)];

    private string File => View.Address(ServiceView.Path + "/export.csv").ToString();
}
