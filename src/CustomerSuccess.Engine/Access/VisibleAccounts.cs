using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Access;

/// <summary>The one place that knows which accounts a viewer may see: all, or those whose owner the viewer is today.</summary>
internal static class VisibleAccounts
{
    public static IQueryable<Account> VisibleTo(this IQueryable<Account> accounts, Viewer viewer)
    {
        if (!viewer.OwnPortfolioOnly)
        {
            return accounts;
        }

        var email = viewer.Email?.ToLowerInvariant();
        return accounts.Where(account => email != null && account.OwnerEmail != null && account.OwnerEmail.ToLower() == email);
    }

    /// <summary>Facts of the accounts that a viewer may see. Who sees all accounts is not asked account by account.</summary>
    public static IQueryable<T> OfAccountsVisibleTo<T>(this IQueryable<T> facts, CustomerSuccessContext context, Viewer viewer)
        where T : Fact =>
        viewer.OwnPortfolioOnly
            ? facts.Where(fact => context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).Contains(fact.AccountNo))
            : facts;

    /// <summary>True where there is such an account for the viewer.</summary>
    public static Task<bool> MaySeeAsync(this CustomerSuccessContext context, Viewer viewer, int accountNo, CancellationToken cancellation) =>
        context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation);
}
