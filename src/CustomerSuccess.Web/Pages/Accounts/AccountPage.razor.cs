using CustomerSuccess.Core.Health;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using AccountFacts = CustomerSuccess.Core.Accounts.AccountPage;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>One account: where it stands, why, and what to do.</summary>
public sealed partial class AccountPage
{
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>Namespace of the id; absent for the shared one.</summary>
    [SupplyParameterFromQuery(Name = "ns")]
    public string? Namespace { get; set; }

    /// <summary>The open part.</summary>
    [SupplyParameterFromQuery(Name = "tab")]
    public string? TabKey { get; set; }

    [Inject]
    private AccountViewModel View { get; set; } = default!;

    private string SelectedTab => TabKey is { } key && AccountTab.Keys.Contains(key) ? key : AccountTab.Overview;

    protected override object Subject => (Id, Namespace ?? "");

    protected override Task ReadAsync(CancellationToken cancellation) => View.LoadAsync(Id, Namespace ?? "", cancellation);

    protected override Task ReadRestAsync(CancellationToken cancellation) => View.LoadUsageAsync(cancellation);

    private IReadOnlyList<LinkTabs.Tab> Tabs(AccountFacts account) =>
    [
        .. AccountTab.Keys.Select(key => new LinkTabs.Tab(key, Text["Tab_" + key], Href(key), key switch
        {
            AccountTab.Contracts => account.Contracts.Total,
            AccountTab.Payments => account.Invoices.Total + account.Purchases.Total,
            AccountTab.Inquiries => account.Inquiries.Total,
            AccountTab.Answers => account.Answers.Total,
            AccountTab.Touches => account.Touches.Total,
            AccountTab.Contacts => account.Contacts.Total,
            _ => null,
        })),
    ];

    private string Href(string key)
    {
        List<string> query = [];
        if (!string.IsNullOrEmpty(Namespace))
        {
            query.Add("ns=" + Uri.EscapeDataString(Namespace));
        }

        if (key != AccountTab.Overview)
        {
            query.Add("tab=" + key);
        }

        return $"/accounts/{Uri.EscapeDataString(Id)}{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}";
    }

    private Task ReloadAsync() => View.ReloadAsync(Leaving);

    private Task UndoAsync(string actionId) => WorkAsync(async () =>
    {
        var undone = await View.UndoAsync(actionId, Leaving);
        if (undone)
        {
            Toasts.Tell(Text["ToldUndone"]);
        }
        else
        {
            Toasts.Warn(Text["ActionRefused"]);
        }
    });

    private Task JudgeAsync((HealthBand Band, string Reason) judgement) => WorkAsync(async () =>
    {
        if (!await View.JudgeAsync(judgement.Band, judgement.Reason, Leaving))
        {
            Toasts.Warn(Text["ActionRefused"]);
        }
    });

    private Task WithdrawAsync(string judgementId) => WorkAsync(() => View.WithdrawAsync(judgementId, Leaving));

    private Task MoreAsync(AccountList list) => WorkAsync(() => View.MoreAsync(list, Leaving));
}
