using System.Globalization;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Portfolios;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Portfolios;
using CustomerSuccess.Web.Shared.Touches;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>The rows of a queue with everything that can be done to them, one by one and many at once.</summary>
public sealed partial class QueueRows
{
    private readonly Dictionary<int, string?> _owners = [];
    private DataList<RiskQueueRow>? _list;
    private AssignBox? _assign;

    [Parameter, EditorRequired]
    public QueuePage Page { get; set; } = default!;

    /// <summary>Why there may be nothing at all.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Inject]
    private IStringLocalizer<RiskQueuePage> Text { get; set; } = default!;

    [Inject]
    private RiskQueueFilters Filters { get; set; } = default!;

    [Inject]
    private ColleagueNames Names { get; set; } = default!;

    [Inject]
    private FeatureWords Drivers { get; set; } = default!;

    [Inject]
    private TouchDesk Desk { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    /// <summary>Keys of the columns that are shown now.</summary>
    public IReadOnlyList<string> ColumnKeys => _list?.ColumnKeys ?? [];

    private RiskQueueViewModel Model => Page.Model;

    private RiskQueueView View => Page.Model.View;

    private bool Sells => Page.List == QueueList.Opportunities;

    private IReadOnlyList<string>? Columns => View.Columns?.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private ListSort? Sort => View is { Sort: QueueSort.Rank, Descending: false } ? null : new(View.Sort.ToString().ToLowerInvariant(), View.Descending);

    public async Task ReloadAsync()
    {
        Model.Forget();
        await (_list?.ReloadAsync() ?? Task.CompletedTask);
    }

    protected override void OnInitialized() => Page.Holds(this);

    private async Task<ListStretch<RiskQueueRow>> LoadAsync(ListRequest request, CancellationToken cancellation)
    {
        var stretch = await Page.LoadAsync(request, cancellation);
        foreach (var row in stretch.Rows)
        {
            _owners[row.AccountNo] = row.OwnerEmail;
        }

        return stretch;
    }

    private void Order(ListSort? sort) => Page.Change(sort is null
        ? View with { Sort = QueueSort.Rank, Descending = false }
        : View with { Sort = Enum.Parse<QueueSort>(sort.Key, ignoreCase: true), Descending = sort.Descending });

    private void Clear() => Page.Change(View with { Filter = new() { List = Page.List } });

    private void Choose(IReadOnlyList<string> columns) => Page.Change(View with { Columns = string.Join(',', columns) });

    private string? GroupOf(RiskQueueRow row)
    {
        var key = View.Group switch
        {
            QueueGrouping.Owner => row.OwnerEmail,
            QueueGrouping.Segment => row.Segment,
            QueueGrouping.Product => row.Product,
            QueueGrouping.Band => row.Band?.ToString(),
            _ => row.PlayIn(Page.List),
        };
        var group = Model.Groups.FirstOrDefault(group => group.Key == key);
        return group is null ? key : Filters.GroupHead(View, group, Page.Currency);
    }

    private string TopReason(RiskQueueRow row) =>
        (Sells ? row.UpsellDrivers : row.Drivers).FirstOrDefault(driver => driver.Points > 0) is { } driver ? Drivers.Sentence(driver, Page.Currency) : Text["NoReason"];

    private async Task AssignSelectedAsync()
    {
        if (await AccountsAsync(AccountOwners.MostAtOnce) is { Count: > 0 } accounts)
        {
            await _assign!.AskAsync(accounts, seen: accounts.Where(_owners.ContainsKey).ToDictionary(account => account, account => _owners[account]));
        }
    }

    private Task AssignAsync(RiskQueueRow row) => _assign!.AskAsync([row.AccountNo], row.Name, new Dictionary<int, string?> { [row.AccountNo] = row.OwnerEmail });

    private async Task ActAsync(SuggestionActionKind kind)
    {
        if (await AccountsAsync(SuggestionActions.MostAtOnce) is { Count: > 0 } accounts
            && await Desk.ActAllAsync(kind, Page.List, accounts, Model.ReadAt, EventCallback.Factory.Create(this, ReloadAsync)))
        {
            await _list!.ClearSelectionAsync();
        }
    }

    private async Task AssignedAsync()
    {
        await _list!.ClearSelectionAsync();
        await ReloadAsync();
    }

    /// <summary>The selected accounts; none, and a word, where they are too many at once.</summary>
    private async Task<IReadOnlyList<int>> AccountsAsync(int most)
    {
        var accounts = await Model.AccountsAsync(_list!.Selection, most + 1, CancellationToken.None);
        if (accounts.Count > most)
        {
            Toasts.Warn(Text["TooMany", Format.Count(most)]);
            return [];
        }

        return accounts;
    }

    /// <summary>The list as it is shown, as a file.</summary>
    private string Export => $"{RiskQueueView.PathOf(Page.List)}/export.csv?{View.Query}";

    private static string Number(double? number, int decimals = 0) => Format.Number(number, decimals);

    private string Money(decimal? money) => Format.Money(money, Page.Currency);
}
