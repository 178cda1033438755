using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>A colleague as the summary is made for.</summary>
/// <param name="Viewer">With the rights of this moment.</param>
/// <param name="Name">The display name, else the address.</param>
internal sealed record SummaryReader(Viewer Viewer, string Name);

/// <summary>Who may get the summary now: sign-ins that are not disabled, with the roles and the scope that they have today.</summary>
internal static class SummaryReaderBook
{
    public static async Task<SummaryReader?> FindAsync(CustomerSuccessContext context, string userId, CancellationToken cancellation) =>
        await ReadAsync(context, userId, cancellation) is [var reader] ? reader : null;

    /// <summary>Everybody who may, by address; or the one asked for.</summary>
    public static async Task<IReadOnlyList<SummaryReader>> ReadAsync(CustomerSuccessContext context, string? userId, CancellationToken cancellation)
    {
        var users = await context.Users.AsNoTracking().Where(user => user.Email != null && (userId == null || user.Id == userId)).OrderBy(user => user.Email).ToListAsync(cancellation);
        var roles = (await context.UserRoles.AsNoTracking().Where(own => userId == null || own.UserId == userId)
            .Join(context.Roles, own => own.RoleId, role => role.Id, (own, role) => new { own.UserId, role.Name }).ToListAsync(cancellation)).ToLookup(own => own.UserId, own => own.Name!);
        return
        [
            .. users.Where(user => user.LockoutEnd != DateTimeOffset.MaxValue)
                .Select(user => new SummaryReader(new Viewer(user.Id, user.Email!.ToLowerInvariant(), roles[user.Id].ToHashSet(StringComparer.Ordinal), user.OwnPortfolioOnly), user.DisplayName ?? user.Email!))
                .Where(reader => SummaryReaders.May(reader.Viewer)),
        ];
    }
}
