using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Access;

/// <summary>Somebody who signs in.</summary>
/// <param name="Email">The address that records name them by.</param>
/// <param name="Name">The display name, else the address.</param>
public sealed record Colleague(string Email, string Name);

/// <summary>Who can be given work and called in notes: whoever may sign in.</summary>
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
        var users = await context.Users.AsNoTracking()
            .Where(user => user.Email != null)
            .Select(user => new { user.Email, user.DisplayName, user.LockoutEnd })
            .ToListAsync(cancellation);
        return [.. users.Where(user => user.LockoutEnd != DateTimeOffset.MaxValue).Select(user => new Colleague(user.Email!, user.DisplayName ?? user.Email!)).OrderBy(user => user.Name, StringComparer.Ordinal)];
    }

    /// <summary>How a sign-in is called; null for background jobs.</summary>
    internal static async Task<string?> NameAsync(CustomerSuccessContext context, string userId, CancellationToken cancellation)
    {
        var user = await context.Users.AsNoTracking().Where(user => user.Id == userId).Select(user => new { user.DisplayName, user.Email }).FirstOrDefaultAsync(cancellation);
        return user?.DisplayName ?? user?.Email;
    }
}
