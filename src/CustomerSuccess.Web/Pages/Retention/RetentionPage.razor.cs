using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>Whether customers and revenue are kept, by the definitions that finance has too.</summary>
public sealed partial class RetentionPage
{
    [Inject]
    private RetentionViewModel Model { get; set; } = default!;

    protected override string Path => RetentionView.Path;

    private string? Answer => !IsReady ? null
        : Model.Overview?.Year is not { } year ? Text["AnswerNone"].Value
        : year is { Yearly: { } kept } ? Text["Answer", Format.Percent(kept.Net), Format.Percent(kept.Gross), Format.Percent(kept.Logo), Format.Count(year.AccountsYearBefore), Format.Day(year.Period.End)].Value
        : Text["AnswerYoung", Format.Count(year.Accounts), Format.Day(year.Period.End)].Value;

    private IReadOnlyList<LinkTabs.Tab> Tabs => [.. Enum.GetValues<RetentionTab>().Select(part => new LinkTabs.Tab(part.ToString().ToLowerInvariant(), Text["Part_" + part], (View with { Part = part }).ToAddress()))];

    protected override RetentionView Parse(ListAddress address) => RetentionView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    private string Count(int accounts) => Text["Paying", Format.Count(accounts)];

    private string File => View.Address(RetentionView.Path + "/export.csv").ToString();
}
