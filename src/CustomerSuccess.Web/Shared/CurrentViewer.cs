using System.Security.Claims;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace CustomerSuccess.Web.Shared;

/// <summary>Who looks at the page: every query and change is made in this viewer's name.</summary>
public sealed class CurrentViewer(AuthenticationStateProvider authentication)
{
    /// <summary>The signed-in viewer; null where nobody is signed in.</summary>
    public async Task<Viewer?> FindAsync() => ViewerClaims.ToViewer((await authentication.GetAuthenticationStateAsync()).User);

    /// <summary>The signed-in viewer.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; a page that calls this asks for authorisation first.</exception>
    public async Task<Viewer> GetAsync() => await FindAsync() ?? throw new InvalidOperationException("Nobody is signed in.");

    /// <summary>The viewer's name as the navigation shows it; empty where nobody is signed in.</summary>
    public async Task<string> NameAsync() =>
        (await authentication.GetAuthenticationStateAsync()).User.FindFirstValue(ViewerClaims.DisplayName) ?? "";
}
