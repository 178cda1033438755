using CustomerSuccess.Core.Health;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using AccountFacts = CustomerSuccess.Core.Accounts.AccountPage;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>One account: where it stands, why, and what to do.</summary>
public sealed partial class AccountPage : IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private (string Id, string Namespace)? _shown;
    private bool _loading = true;
    private bool _failed;

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

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private ILogger<AccountPage> Log { get; set; } = default!;

    private string SelectedTab => TabKey is { } key && AccountTab.Keys.Contains(key) ? key : AccountTab.Overview;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        var asked = (Id, Namespace ?? "");
        if (_shown != asked)
        {
            _shown = asked;
            await LoadAsync();
        }
    }

    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    private async Task LoadAsync()
    {
        (_loading, _failed) = (true, false);
        try
        {
            await View.LoadAsync(Id, Namespace ?? "", _life.Token);
            _loading = false;
            StateHasChanged();
            await View.LoadUsageAsync(_life.Token);
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Log.LogError(error, "The account page could not be read");
            (_loading, _failed) = (false, true);
        }
    }

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

    private Task ReloadAsync() => View.ReloadAsync(_life.Token);

    private async Task UndoAsync(string actionId)
    {
        var undone = await View.UndoAsync(actionId, _life.Token);
        Snackbar.Add(Text[undone ? "ToldUndone" : "ActionRefused"], undone ? Severity.Normal : Severity.Warning);
    }

    private async Task JudgeAsync((HealthBand Band, string Reason) judgement)
    {
        if (!await View.JudgeAsync(judgement.Band, judgement.Reason, _life.Token))
        {
            Snackbar.Add(Text["ActionRefused"], Severity.Warning);
        }
    }

    private Task WithdrawAsync(string judgementId) => View.WithdrawAsync(judgementId, _life.Token);

    private async Task MoreAsync(AccountList list) => await View.MoreAsync(list, _life.Token);
}
