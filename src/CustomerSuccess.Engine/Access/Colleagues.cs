using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Access;

/// <summary>Everybody who may sign in: whom work can be given to and who can be named.</summary>
public sealed class Colleagues(Database database)
{
    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Colleague>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ListAsync(context, cancellation);
    }

    internal static async Task<IReadOnlyList<Colleague>> ListAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var users = await context.Users.AsNoTracking().Where(user => user.Email != null)
            .Select(user => new { user.Id, user.Email, user.DisplayName, user.OwnPortfolioOnly, user.LockoutEnd }).ToListAsync(cancellation);
        return
        [
            .. users.Where(user => user.LockoutEnd != DateTimeOffset.MaxValue)
                .Select(user => new Colleague(user.Id, user.Email!.ToLowerInvariant(), user.DisplayName ?? user.Email!, user.OwnPortfolioOnly))
                .OrderBy(user => Core.Accounts.SortKey.Of(user.Name), StringComparer.Ordinal).ThenBy(user => user.Email, StringComparer.Ordinal),
        ];
    }
}
