using System.Security.Claims;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CustomerSuccess.Engine.Access;

/// <summary>What a sign-in's cookie says of its holder.</summary>
public static class ViewerClaims
{
    public const string OwnPortfolioOnly = "cs:own-portfolio";

    public const string DisplayName = "cs:display-name";

    /// <summary>The viewer that a signed-in principal is; null for one who is not signed in.</summary>
    public static Viewer? ToViewer(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            return null;
        }

        var roles = principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value).ToHashSet(StringComparer.Ordinal);
        return new Viewer(id, principal.FindFirstValue(ClaimTypes.Email), roles, principal.HasClaim(OwnPortfolioOnly, "true"));
    }
}

/// <summary>Adds the display name and the scope of a user to the claims of the cookie.</summary>
internal sealed class ViewerClaimsFactory(UserManager<User> users, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<User, IdentityRole>(users, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(User user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(ViewerClaims.DisplayName, user.DisplayName ?? user.Email ?? user.UserName ?? user.Id));
        if (user.OwnPortfolioOnly)
        {
            identity.AddClaim(new Claim(ViewerClaims.OwnPortfolioOnly, "true"));
        }

        return identity;
    }
}
