using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Engine.Accounts;

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
#pragma warning disable CA1304, CA1311, CA1862 // translated to SQL, where culture has no say
        return accounts.Where(account => email != null && account.OwnerEmail != null && account.OwnerEmail.ToLower() == email);
#pragma warning restore CA1304, CA1311, CA1862
    }
}
