using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Accounts;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Contracts of an account and what it paid: what the part shows.</summary>
public sealed class ContractsViewModel(AccountSheets sheets, AccountQuery accounts)
{
    /// <summary>Invoices at first: what is open and what was paid last, with purchases and deals still in sight.</summary>
    private const int FirstInvoices = 8;

    public ContractSheet? Sheet { get; private set; }

    public Capped<InvoiceRow> Invoices { get; private set; } = new(0, []);

    public Capped<PurchaseRow> Purchases { get; private set; } = new(0, []);

    public Capped<DealRow> Deals { get; private set; } = new(0, []);

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) => Sheet = await sheets.ContractsAsync(account.Viewer, account.No, cancellation);

    public async Task ReadPaymentsAsync(OpenAccount account, CancellationToken cancellation)
    {
        Invoices = await accounts.InvoicesAsync(account.Viewer, account.No, 0, Math.Max(FirstInvoices, Invoices.Rows.Count), cancellation) ?? Invoices;
        Purchases = await accounts.PurchasesAsync(account.Viewer, account.No, 0, Math.Max(AccountQuery.FirstRows, Purchases.Rows.Count), cancellation) ?? Purchases;
        Deals = await accounts.DealsAsync(account.Viewer, account.No, 0, Math.Max(AccountQuery.FirstRows, Deals.Rows.Count), cancellation) ?? Deals;
    }

    public async Task MoreInvoicesAsync(OpenAccount account, CancellationToken cancellation) =>
        Invoices = Joined(Invoices, await accounts.InvoicesAsync(account.Viewer, account.No, Invoices.Rows.Count, AccountQuery.FirstRows, cancellation));

    public async Task MorePurchasesAsync(OpenAccount account, CancellationToken cancellation) =>
        Purchases = Joined(Purchases, await accounts.PurchasesAsync(account.Viewer, account.No, Purchases.Rows.Count, AccountQuery.FirstRows, cancellation));

    public async Task MoreDealsAsync(OpenAccount account, CancellationToken cancellation) =>
        Deals = Joined(Deals, await accounts.DealsAsync(account.Viewer, account.No, Deals.Rows.Count, AccountQuery.FirstRows, cancellation));

    internal static Capped<T> Joined<T>(Capped<T> shown, Capped<T>? more) => more is null ? shown : new(more.Total, [.. shown.Rows, .. more.Rows]);
}
