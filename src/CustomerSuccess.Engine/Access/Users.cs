using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Access;

/// <summary>A user as lists show one.</summary>
/// <param name="Email">The address that signs in.</param>
/// <param name="Name">The display name; null where none was given.</param>
/// <param name="Roles">Names out of <see cref="Roles"/>.</param>
/// <param name="OwnPortfolioOnly">True where only accounts that the user owns are seen.</param>
/// <param name="Disabled">True where the user may not sign in.</param>
public sealed record UserEntry(string Email, string? Name, IReadOnlyList<string> Roles, bool OwnPortfolioOnly, bool Disabled);

/// <summary>What became of a change to a user: null where it was made, else the reasons why not, as sentences in English.</summary>
public sealed record UserChange(IReadOnlyList<string> Errors)
{
    public bool Succeeded => Errors.Count == 0;

    internal static UserChange From(IdentityResult result) => new([.. result.Errors.Select(error => error.Description)]);
}

/// <summary>Makes, lists, disables and changes sign-ins. Every change ends the user's open sessions within a minute.</summary>
public sealed class Users(UserManager<User> users, RoleManager<IdentityRole> roles)
{
    /// <summary>Makes a sign-in. Only an administrator may.</summary>
    /// <param name="actor">Who does it.</param>
    /// <param name="email">The address to sign in with.</param>
    /// <param name="password">At least <see cref="IdentityServices.LeastPasswordLength"/> characters.</param>
    /// <param name="inRoles">Names out of <see cref="Roles"/>.</param>
    /// <param name="name">The display name.</param>
    /// <param name="ownPortfolioOnly">True to show the user only accounts that he or she owns.</param>
    public async Task<UserChange> AddAsync(Viewer actor, string email, string password, IReadOnlyCollection<string> inRoles, string? name = null, bool ownPortfolioOnly = false)
    {
        if (Refusal(actor, inRoles) is { } refusal)
        {
            return refusal;
        }

        var user = new User { UserName = email, Email = email, EmailConfirmed = true, DisplayName = name, OwnPortfolioOnly = ownPortfolioOnly };
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            return UserChange.From(made);
        }

        foreach (var role in inRoles)
        {
            if (!await roles.RoleExistsAsync(role))
            {
                await roles.CreateAsync(new IdentityRole(role));
            }
        }

        return UserChange.From(await users.AddToRolesAsync(user, inRoles));
    }

    /// <summary>Sets another password and signs the user out everywhere.</summary>
    public Task<UserChange> SetPasswordAsync(Viewer actor, string email, string password) => ChangeAsync(actor, email, async user =>
    {
        foreach (var validator in users.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(users, user, password);
            if (!valid.Succeeded)
            {
                return valid;
            }
        }

        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return await users.UpdateSecurityStampAsync(user);
    });

    /// <summary>Lets nobody sign in as the user any more (or lets them again); open sessions end within a minute.</summary>
    public Task<UserChange> SetDisabledAsync(Viewer actor, string email, bool disabled) => ChangeAsync(actor, email, async user =>
    {
        user.LockoutEnabled = true;
        user.LockoutEnd = disabled ? DateTimeOffset.MaxValue : null;
        return await users.UpdateSecurityStampAsync(user);
    });

    /// <summary>Every user, by address.</summary>
    public async Task<IReadOnlyList<UserEntry>> ListAsync(CancellationToken cancellation = default)
    {
        var entries = new List<UserEntry>();
        foreach (var user in await users.Users.AsNoTracking().OrderBy(user => user.NormalizedEmail).ToListAsync(cancellation))
        {
            entries.Add(new UserEntry(user.Email!, user.DisplayName, [.. await users.GetRolesAsync(user)], user.OwnPortfolioOnly, user.LockoutEnd == DateTimeOffset.MaxValue));
        }

        return entries;
    }

    /// <summary>True where nobody can sign in yet.</summary>
    public async Task<bool> IsEmptyAsync(CancellationToken cancellation = default) => !await users.Users.AnyAsync(cancellation);

    private static UserChange? Refusal(Viewer actor, IReadOnlyCollection<string> inRoles)
    {
        if (!actor.IsIn(Roles.Administrator))
        {
            return new UserChange(["Only an administrator may change users."]);
        }

        if (inRoles.Count == 0)
        {
            return new UserChange([$"At least one role is needed: {string.Join(", ", Roles.All)}."]);
        }

        var unknown = inRoles.Where(role => !Roles.All.Contains(role)).ToList();
        return unknown.Count > 0 ? new UserChange([$"There is no role '{unknown[0]}'. Roles: {string.Join(", ", Roles.All)}."]) : null;
    }

    private async Task<UserChange> ChangeAsync(Viewer actor, string email, Func<User, Task<IdentityResult>> change)
    {
        if (!actor.IsIn(Roles.Administrator))
        {
            return new UserChange(["Only an administrator may change users."]);
        }

        var user = await users.FindByEmailAsync(email);
        return user is null ? new UserChange([$"Nobody signs in as {email}."]) : UserChange.From(await change(user));
    }
}
