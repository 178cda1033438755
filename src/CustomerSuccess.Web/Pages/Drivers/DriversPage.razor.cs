using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Drivers;

/// <summary>What makes customers leave, by what it puts at stake; in which shape, where and since when; and who stays.</summary>
public sealed partial class DriversPage
{
    [Inject]
    private DriversViewModel Model { get; set; } = default!;

    protected override string Path => DriversView.Path;

    protected override object? Subject => View.Segment ?? "";

    private string? Answer => !IsReady ? null
        : Model.Overview is not { Run: { } run, Part: { } part } overview ? Text["AnswerNone"].Value
        : run.IsFallback ? Text["AnswerFallback"].Value
        : overview.Ranked is not [{ } first, ..] ? Text["AnswerNothing"].Value
        : Text["Answer", Words.Theme(first.Theme), Format.Money(first.AtStake, run.Currency), Format.Count(run.HorizonDays), Format.Count(first.Raised), Format.Count(part.Accounts)].Value;

    private IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(
            DriversView.SegmentKey, Text["Segment"],
            [.. (Model.Overview?.Segments ?? []).Select(part => new FilterChoice(part.Segment ?? RetentionScope.Unknown, Words.Segment(part.Segment), part.Accounts))],
            View.Segment),
    ];

    protected override DriversView Parse(ListAddress address) => DriversView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View.Segment, cancellation);

    protected override async Task ReadRestAsync(CancellationToken cancellation)
    {
        await Model.LoadRestAsync(cancellation);
        StateHasChanged();
    }

    private string Count(int accounts) => Text["Customers", Format.Count(accounts)];
}
