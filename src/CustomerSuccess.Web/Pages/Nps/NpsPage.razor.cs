using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Nps;

/// <summary>Whether customers would recommend us, who would and would not, and whether it tells who leaves.</summary>
public sealed partial class NpsPage
{
    [Inject]
    private NpsViewModel Model { get; set; } = default!;

    protected override string Path => NpsView.Path;

    private string? Answer => !IsReady ? null
        : Model.Overview is not { Score: { } score, Period: { } period } overview ? Text["AnswerNone"].Value
        : Text[overview.Change switch { null => "Answer", { IsReal: false } => "AnswerSame", { Points: > 0 } => "AnswerUp", _ => "AnswerDown" },
            NpsWords.Score(score.Score), Words.Interval(score), Format.Count(score.Answers), Words.Period(period), overview.Change is { IsReal: true } real ? Format.Number(Math.Abs(real.Points), 0) : NpsWords.Score(overview.Change?.Points)].Value;

    private string? ChangeNote => Model.Overview is not { Change: { } change, Before: { } before } ? Text["ChangeUnknown"].Value : Text["ChangeNote", Words.Interval(change), NpsWords.Score(before.Score), Format.Count(before.Answers)].Value;

    private string ResponseNote => Model.Overview is { Asked: { People: > 0 } asked } ? Text["ResponseOf", Format.Count(asked.Answered), Format.Count(asked.People)].Value : Text["ResponseNone"].Value;

    private IReadOnlyList<LinkTabs.Tab> Spans => [.. new[] { "6", "12", "24", "all" }.Select(span => new LinkTabs.Tab(span, Text["Span_" + span], (View with { Months = span == "12" ? null : span }).ToAddress()))];

    protected override NpsView Parse(ListAddress address) => NpsView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    private NpsAnswerAsk Listed(RetentionPeriod period) => new(View.Scope, period.Start.AddDays(1), period.End);

    private string Count(int answers) => Text["Answers", Format.Count(answers)];

    private string File => View.Address(NpsView.Path + "/export.csv").ToString();
}
