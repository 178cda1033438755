using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Shared;
using AccountFacts = CustomerSuccess.Core.Accounts.AccountPage;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>What one open account page shows and does.</summary>
public sealed class AccountViewModel(AccountQuery accounts, SuggestionActions actions, ModelRegistry models, SettingsStore settingsStore, HealthQuery health, ProductQuery products, Judgements judgements, CurrentViewer current, TimeProvider clock)
{
    private const int Weeks = 52;
    private const int Metrics = 5;

    /// <summary>Null until it was fetched, or where there is no such account for this viewer.</summary>
    public AccountFacts? Account { get; private set; }

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>What became of accounts with a similar probability in the backtest; null where no model is in use.</summary>
    public ReliabilityBin? Similar { get; private set; }

    /// <summary>Null until it was fetched.</summary>
    public WeeklyUsage? Usage { get; private set; }

    /// <summary>What moved health, and what CSMs think of the account.</summary>
    public AccountHealth? Health { get; private set; }

    /// <summary>Health and risk by product.</summary>
    public AccountProducts? Products { get; private set; }

    public bool MayAct { get; private set; }

    /// <summary>Today in the company's zone.</summary>
    public DateOnly Today => Settings.Today(clock);

    /// <summary>Fetches the account.</summary>
    /// <param name="accountId">As the sources write it.</param>
    /// <param name="ns">Namespace of the id; empty for the shared one.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task LoadAsync(string accountId, string ns, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        Settings = await settingsStore.ReadAsync(cancellation);
        MayAct = viewer.IsIn(PageRoles.WorkTouches);
        var account = await accounts.FindAsync(viewer, accountId, ns, cancellation);
        Similar = account is { Score.Probability: { } probability, Run.ChurnModelId: { } modelId }
            ? SimilarBin.Of(await CardAsync(modelId, cancellation), probability)
            : null;
        Health = account is null ? null : await health.OfAccountAsync(viewer, account.Header.AccountNo, cancellation);
        Products = account is null ? null : await products.OfAccountAsync(viewer, account.Header.AccountNo, cancellation);
        Account = account;
    }

    /// <summary>Records what the viewer thinks of the account. False where it was refused.</summary>
    public async Task<bool> JudgeAsync(HealthBand band, string reason, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        var result = await judgements.RecordAsync(viewer, Account!.Header.AccountNo, band, reason, cancellation);
        Health = await health.OfAccountAsync(viewer, Account!.Header.AccountNo, cancellation);
        return result.Holds;
    }

    /// <summary>Takes a judgement back.</summary>
    public async Task WithdrawAsync(string judgementId, CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        await judgements.WithdrawAsync(viewer, Account!.Header.AccountNo, judgementId, cancellation);
        Health = await health.OfAccountAsync(viewer, Account!.Header.AccountNo, cancellation);
    }

    /// <summary>Fetches a year of usage up to the day to which it is complete.</summary>
    public async Task LoadUsageAsync(CancellationToken cancellation)
    {
        if (Account is { } account)
        {
            var until = account.Run?.UsageUntil ?? account.Run?.AsOf ?? Today;
            Usage = await accounts.UsageAsync(await current.GetAsync(), account.Header.AccountNo, until, Weeks, Metrics, cancellation);
        }
    }

    /// <summary>Fetches the account again, as after a change.</summary>
    public Task ReloadAsync(CancellationToken cancellation) =>
        Account is { Header: var header } ? LoadAsync(header.AccountId, header.Namespace, cancellation) : Task.CompletedTask;

    /// <summary>Takes back what was made of a suggestion.</summary>
    /// <returns>False where it could not be taken back.</returns>
    public async Task<bool> UndoAsync(string actionId, CancellationToken cancellation)
    {
        var result = await actions.UndoAsync(await current.GetAsync(), Account!.Header.AccountNo, actionId, cancellation);
        await ReloadAsync(cancellation);
        return result.Holds;
    }

    /// <summary>Fetches further rows of one of the account's lists.</summary>
    public async Task MoreAsync(AccountList list, CancellationToken cancellation)
    {
        if (Account is not { } a)
        {
            return;
        }

        var viewer = await current.GetAsync();
        var no = a.Header.AccountNo;
        Account = list switch
        {
            AccountList.Contracts => a with { Contracts = Joined(a.Contracts, await accounts.ContractsAsync(viewer, no, a.Contracts.Rows.Count, AccountQuery.FirstRows, cancellation)) },
            AccountList.Contacts => a with { Contacts = Joined(a.Contacts, await accounts.ContactsAsync(viewer, no, a.Contacts.Rows.Count, AccountQuery.FirstRows, cancellation)) },
            AccountList.Inquiries => a with { Inquiries = Joined(a.Inquiries, await accounts.InquiriesAsync(viewer, no, a.Inquiries.Rows.Count, AccountQuery.FirstRows, cancellation)) },
            AccountList.Answers => a with { Answers = Joined(a.Answers, await accounts.AnswersAsync(viewer, no, a.Answers.Rows.Count, AccountQuery.FirstRows, cancellation)) },
            AccountList.Touches => a with { Touches = Joined(a.Touches, await accounts.TouchesAsync(viewer, no, a.Touches.Rows.Count, AccountQuery.FirstRows, cancellation)) },
            AccountList.Purchases => a with { Purchases = Joined(a.Purchases, await accounts.PurchasesAsync(viewer, no, a.Purchases.Rows.Count, AccountQuery.FirstRows, cancellation)) },
            _ => a with { Invoices = Joined(a.Invoices, await accounts.InvoicesAsync(viewer, no, a.Invoices.Rows.Count, AccountQuery.FirstRows, cancellation)) },
        };
    }

    private static Capped<T> Joined<T>(Capped<T> shown, Capped<T>? more) => more is null ? shown : new(more.Total, [.. shown.Rows, .. more.Rows]);

    private async Task<ModelCard?> CardAsync(int modelId, CancellationToken cancellation) =>
        (await models.ListAsync(Target.Churn, cancellation)).FirstOrDefault(model => model.ModelId == modelId)?.Card;
}

/// <summary>The lists of an account that show their first rows.</summary>
public enum AccountList
{
    Contracts,
    Contacts,
    Inquiries,
    Answers,
    Touches,
    Purchases,
    Invoices,
}
