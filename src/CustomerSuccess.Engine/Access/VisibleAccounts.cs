using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Access;

/// <summary>The accounts that a viewer may see: where every query over customers starts.</summary>
internal static class VisibleAccounts
{
    /// <summary>All accounts, or the viewer's own where that is the limit; none for a viewer so limited who has no address.</summary>
    public static IQueryable<Account> VisibleTo(this CustomerSuccessContext context, Viewer viewer) =>
        viewer.OwnPortfolioOnly
            ? context.Accounts.Where(account => viewer.Email != null && account.OwnerEmail == viewer.Email)
            : context.Accounts;
}
