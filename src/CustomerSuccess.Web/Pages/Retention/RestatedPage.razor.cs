using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>What changed a closed month: the figures, and the accounts behind them.</summary>
public sealed partial class RestatedPage
{
    private const int Page = 100;

    private RestatedAccounts? _found;
    private int _most = Page;

    [Inject]
    private MonthCloses Closes { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private RestatedView? View { get; set; }

    protected override object? Subject => View;

    private string Currency => _found?.Restatement.Currency ?? "";

    private string Title => _found is { } found ? Text["RestatedTitle", Format.Month(found.Restatement.Entry.Month)] : Text["RestatementsTitle"];

    private string? Answer => !IsReady || _found is not { } found ? null
        : found.Restatement.Changes.FirstOrDefault(change => change.Figure.Name == "mrr") is { } mrr ? Text["RestatedAnswer", Exact(mrr.Before ?? 0), Exact(mrr.After ?? 0), Format.Count(found.Restatement.Entry.Accounts)].Value
        : Text["RestatedAnswerOther", Format.Count(found.Restatement.Changes.Count), Format.Count(found.Restatement.Entry.Accounts)].Value;

    private static string Back => new RetentionView { Part = RetentionTab.Closed }.ToAddress();

    protected override Task OnParametersSetAsync()
    {
        View = RestatedView.Parse(ListAddress.Parse(Navigation.Uri));
        return base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync(CancellationToken cancellation) =>
        _found = View is { } view ? await Closes.AccountsAsync(await Current.GetAsync(), view.MonthCloseId, view.RestatementNo, cancellation) : null;

    private string Exact(decimal amount) => Format.ExactMoney(amount, Currency);

    private string Both(decimal before, decimal after) => before == after ? Exact(after) : Text["FromTo", Exact(before), Exact(after)];
}
