using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>What an account bought; of a business without purchases, on which days it used the product.</summary>
internal sealed record AccountActivity(PurchaseHistory? Purchases, ActiveDays? Use)
{
    public bool TellsTheSameAs(AccountActivity other) =>
        (Purchases is null) == (other.Purchases is null) && (Purchases is null || Purchases.TellsTheSameAs(other.Purchases!))
        && (Use is null) == (other.Use is null) && (Use is null || Use.TellsTheSameAs(other.Use!));
}

/// <summary>The activity of every account, in step with a company's book.</summary>
/// <param name="Accounts">By account number; an account that never did anything is not there.</param>
/// <param name="ByPurchases">True where anybody ever bought: recency, frequency and money are then those of purchases.</param>
/// <param name="Last">The last day on which anybody did anything; null for none.</param>
/// <param name="LastMonth">The last month end that purchases reach; null without any.</param>
/// <param name="Figures">What was computed from it and from the book's ground.</param>
/// <param name="Own">What was computed from it alone.</param>
internal sealed record ActivityBook(IReadOnlyDictionary<int, AccountActivity> Accounts, bool ByPurchases, DateOnly? Last, DateOnly? LastMonth, KeptFigures Figures, KeptFigures Own);

/// <summary>Keeps purchases, or active days, in memory.</summary>
public sealed class ActivityBooks : IDisposable
{
    private const string OfPurchases = "purchases", OfUse = "use";

    private const int BufferRows = 8192;

    private readonly AccountShelf<AccountActivity> _shelf;

    public ActivityBooks(Database database) => _shelf = new(database, VariantAsync, ReadAsync, (one, other) => one.TellsTheSameAs(other));

    public void Dispose() => _shelf.Dispose();

    /// <summary>The activity of a book's accounts.</summary>
    internal async Task<ActivityBook> ForAsync(CompanyBook book, CancellationToken cancellation)
    {
        var shelf = await _shelf.ForAsync(book, cancellation);
        var (accounts, variant, figures) = shelf;
        return figures.Figure("activity", () =>
        {
            var parts = variant.Split('|');
            var last = accounts.Values.Select(activity => activity.Purchases is { Days.Count: > 0 } bought ? bought.Days[^1] : activity.Use?.Last).Max();
            var reach = DateOnly.TryParseExact(parts[1], "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var stated) ? stated : last;
            return new ActivityBook(accounts, parts[0] == OfPurchases, last, reach is { } until && parts[0] == OfPurchases ? MonthEnds.OnOrBefore(until) : null, figures, shelf.Own);
        });
    }

    private static async Task<string> VariantAsync(CustomerSuccessContext context, CompanyBook book, CancellationToken cancellation)
    {
        var basis = await context.Purchases.AnyAsync(purchase => purchase.VoidedBy == null, cancellation) ? OfPurchases : OfUse;
        var reaches = await context.SourceReaches.Where(reach => reach.Record == "purchases").ToListAsync(cancellation);
        return $"{basis}|{reaches.Max(reach => reach.CompleteUntil)?.ToString("O", CultureInfo.InvariantCulture)}|{book.Settings.Currency}";
    }

    private static async Task<Dictionary<int, AccountActivity>> ReadAsync(Snapshot snapshot, CompanyBook book, string variant, int[]? which, CancellationToken cancellation) =>
        variant.StartsWith(OfPurchases, StringComparison.Ordinal) ? await PurchasesAsync(snapshot.Context, book.Rates, which, cancellation) : await Task.Run(() => Use(snapshot, which, cancellation), cancellation);

    private static async Task<Dictionary<int, AccountActivity>> PurchasesAsync(CustomerSuccessContext context, CurrencyRates rates, int[]? which, CancellationToken cancellation)
    {
        var accounts = new Dictionary<int, AccountActivity>();
        var rows = context.Purchases.Where(purchase => purchase.VoidedBy == null && (which == null || which.Contains(purchase.AccountNo))).OrderBy(purchase => purchase.AccountNo)
            .Select(purchase => new { purchase.AccountNo, purchase.PurchasedOn, purchase.Amount, purchase.Currency });
        var some = new List<(DateOnly, decimal)>();
        var current = 0;
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (row.AccountNo != current && some.Count > 0)
            {
                accounts.Add(current, new(new PurchaseHistory(some), null));
                some.Clear();
            }

            current = row.AccountNo;
            some.Add((row.PurchasedOn, row.Amount * rates.On(row.Currency, row.PurchasedOn)));
        }

        if (some.Count > 0)
        {
            accounts.Add(current, new(new PurchaseHistory(some), null));
        }

        return accounts;
    }

    private static Dictionary<int, AccountActivity> Use(Snapshot snapshot, int[]? which, CancellationToken cancellation)
    {
        var accounts = new Dictionary<int, AccountActivity>();
        using var scan = new UsageScan(snapshot.Connection, snapshot.Transaction, which is null ? "1 = 1" : $"account_no IN ({string.Join(',', which)})");
        var buffer = new ScannedUsage[BufferRows];
        var days = new List<int>();
        var current = 0;
        for (var count = scan.Read(buffer); count > 0; count = scan.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var row in buffer.AsSpan(0, count))
            {
                if (row.AccountNo != current)
                {
                    Finish();
                    current = row.AccountNo;
                }

                if (row.Count > 0 && (days.Count == 0 || days[^1] != row.Day))
                {
                    days.Add(row.Day);
                }
            }
        }

        Finish();
        return accounts;

        void Finish()
        {
            if (days.Count > 0)
            {
                accounts.Add(current, new(null, new ActiveDays(days)));
                days.Clear();
            }
        }
    }
}
