using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>Reads the terms of accounts, one account after the other.</summary>
internal static class AccountTerms
{
    /// <summary>Calls back with each account's terms, none voided, and the rates to the reporting currency.</summary>
    public static async Task ReadAsync(CustomerSuccessContext context, CompanySettings settings, Action<int, List<Subscription>, CurrencyRates> account, CancellationToken cancellation, IReadOnlyCollection<int>? accounts = null)
    {
        var rates = new CurrencyRates(settings.Currency, await context.ExchangeRates.AsNoTracking().ToListAsync(cancellation));
        List<Subscription> terms = [];
        await foreach (var term in context.Subscriptions.AsNoTracking().Among(accounts, term => term.AccountNo).Where(term => term.VoidedBy == null).OrderBy(term => term.AccountNo).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (terms.Count > 0 && terms[0].AccountNo != term.AccountNo)
            {
                account(terms[0].AccountNo, terms, rates);
                terms = [];
            }

            terms.Add(term);
        }

        if (terms.Count > 0)
        {
            account(terms[0].AccountNo, terms, rates);
        }
    }
}
