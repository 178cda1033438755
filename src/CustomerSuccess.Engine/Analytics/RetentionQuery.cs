using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>MRR bridge and retention by month, in the reporting currency.</summary>
public sealed class RetentionQuery(Database database, SettingsStore settings)
{
    /// <summary>The figures of every month from the first to the last day's. Without days: from the first term's month to the last that contracts reach whole.</summary>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public async Task<IReadOnlyList<RetentionMonth>> RunAsync(Viewer viewer, DateOnly? from, DateOnly? to, CancellationToken cancellation = default)
    {
        var company = await settings.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var visible = context.Accounts.VisibleTo(viewer);
        var terms = from term in context.Subscriptions.AsNoTracking()
                    where term.VoidedBy == null && visible.Any(account => account.AccountNo == term.AccountNo)
                    select term;
        if (from is null || to is null)
        {
            var reach = await context.SourceReaches.AsNoTracking().Where(r => r.Record == "subscriptions").ToListAsync(cancellation);
            from ??= await terms.MinAsync(term => (DateOnly?)term.StartedOn, cancellation);
            to ??= reach.Max(r => r.CompleteUntil) is { } until ? MonthEnds.OnOrBefore(until) : await terms.MaxAsync(term => (DateOnly?)term.StartedOn, cancellation);
        }

        if (from is not { } first || to is not { } last)
        {
            return [];
        }

        var rates = new CurrencyRates(company.Currency, await context.ExchangeRates.AsNoTracking().Where(rate => rate.VoidedBy == null).ToListAsync(cancellation));
        var tally = new RetentionTally([.. MonthEnds.Between(first, MonthEnds.OnOrAfter(last))], rates.On);
        var account = new List<Subscription>();
        await foreach (var term in terms.OrderBy(term => term.AccountNo).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (account.Count > 0 && account[0].AccountNo != term.AccountNo)
            {
                tally.Add(AccountContracts.Of(account));
                account.Clear();
            }

            account.Add(term);
        }

        if (account.Count > 0)
        {
            tally.Add(AccountContracts.Of(account));
        }

        return tally.Months();
    }
}
