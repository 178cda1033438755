using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Narrows a query over facts to some accounts, so that one reading serves a whole run and a single account alike.</summary>
internal static class AmongAccounts
{
    /// <param name="facts">The query.</param>
    /// <param name="accounts">The accounts; null for all.</param>
    /// <param name="account">Whose a fact is.</param>
    public static IQueryable<T> Among<T>(this IQueryable<T> facts, IReadOnlyCollection<int>? accounts, Expression<Func<T, int>> account)
    {
        if (accounts is null)
        {
            return facts;
        }

        // a closure, so that the list is a parameter and every list shares one plan
        var named = accounts.ToList();
        Expression<Func<int, bool>> among = no => named.Contains(no);
        return facts.Where(Expression.Lambda<Func<T, bool>>(ReplacingExpressionVisitor.Replace(among.Parameters[0], account.Body, among.Body), account.Parameters));
    }
}
