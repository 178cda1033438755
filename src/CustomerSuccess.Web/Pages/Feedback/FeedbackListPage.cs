using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What the lists of texts and of customers behind them share: their address, filters and order.</summary>
public abstract class FeedbackListPage : AddressedPage<FeedbackListView>
{
    [Inject]
    protected FeedbackListViewModel Model { get; set; } = default!;

    [Inject]
    protected FeedbackWords FeedbackWording { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<FeedbackPage> Text { get; set; } = default!;

    protected abstract bool OfAccounts { get; }

    protected override object? Subject => View.Ask with { Sort = default, Descending = true };

    protected string Back => new FeedbackView { Scope = View.Ask.Scope }.ToAddress();

    protected string Period => View.Ask switch
    {
        { From: { } from, To: { } to } => " " + Text["ListPeriod", Format.Day(from), Format.Day(to)].Value,
        { From: { } from } => " " + Text["ListSince", Format.Day(from)].Value,
        { To: { } to } => " " + Text["ListUntil", Format.Day(to)].Value,
        _ => "",
    };

    protected ListSort? Sort => FeedbackListView.Address(View.Ask, Path)[ListAddress.SortKey] is null ? null : new(View.Ask.Sort.ToString().ToLowerInvariant(), View.Ask.Descending);

    protected IReadOnlyList<Filter> Filters =>
    [
        new ChoiceFilter(
            FeedbackListView.ThemeKey, Text["Theme"],
            [.. (Model.Themes?.Shown ?? []).Select(theme => new FilterChoice(theme.ThemeId, FeedbackWords.Theme(theme))), new FilterChoice(FeedbackListAsk.NoTheme, Text["NoTheme"])], View.Ask.ThemeId),
        new PeriodFilter(FeedbackListView.FromKey, FeedbackListView.ToKey, Text["Period"], FeedbackWording.Spans(Model.Whole), View.Ask.From, View.Ask.To),
        .. FeedbackWording.Filters(View.Ask.Scope, Model.Whole),
        new ChoiceFilter(FeedbackListView.DisagreesKey, Text["Disagrees"], [new("high", Text["DisagreesHigh"]), new("low", Text["DisagreesLow"])], View.Ask.Disagreement switch { Disagreement.HighButUnhappy => "high", Disagreement.LowButHappy => "low", _ => null }),
    ];

    protected override FeedbackListView Parse(ListAddress address) => FeedbackListView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.StartAsync(View.Ask, OfAccounts, cancellation);

    protected void Clear() => Navigation.NavigateTo(FeedbackListView.Address(View.Ask with { Scope = FeedbackScope.All, ThemeId = null, Disagreement = null, From = null, To = null }, Path).ToString(), replace: true);

    protected void Order(ListSort? sort) => Navigation.NavigateTo(
        FeedbackListView.Address(View.Ask with { Sort = sort is null ? OfAccounts ? FeedbackSort.Mrr : FeedbackSort.Day : Enum.Parse<FeedbackSort>(sort.Key, ignoreCase: true), Descending = sort?.Descending ?? true }, Path).ToString(), replace: true);
}
