using System.Net;
using System.Threading.RateLimiting;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;

namespace CustomerSuccess.Web.Startup;

/// <summary>Sign-in: cookies, their lifetime, and the check that ends the sessions of whoever was changed or disabled.</summary>
internal static class SignInServices
{
    /// <summary>How often a session is checked against its user's security stamp: well within a minute.</summary>
    public static readonly TimeSpan StampCheck = TimeSpan.FromSeconds(30);

    private const int SignInsPerMinute = 30;

    public static void AddSignIn(this IServiceCollection services, DatabaseOptions database)
    {
        services.AddCustomerSuccessIdentity(database).AddSignInManager().AddDefaultTokenProviders();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "to";
            cookie.AccessDeniedPath = "/not-found";
            cookie.Cookie.Name = "cs.session";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "cs.form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = StampCheck);
        services.AddScoped<AuthenticationStateProvider, SessionCheck>();
        services.AddCascadingAuthenticationState();
        services.AddAuthorization();
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (string Kind, IPAddress Address)>(context =>
            {
                var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
                return !HttpMethods.IsPost(context.Request.Method) ? RateLimitPartition.GetNoLimiter(("", IPAddress.Any))
                    : context.Request.Path.StartsWithSegments("/sign-in", StringComparison.OrdinalIgnoreCase)
                        ? RateLimitPartition.GetFixedWindowLimiter(("sign-in", address), _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })
                    : PublicPages.Is(context.Request.Path)
                        ? RateLimitPartition.GetFixedWindowLimiter(("public", address), _ => new FixedWindowRateLimiterOptions { PermitLimit = PublicPages.PostsPerWindow, Window = PublicPages.Window })
                    : RateLimitPartition.GetNoLimiter(("", IPAddress.Any));
            });
        });
    }

    public static void MapSignOut(this WebApplication app) => app.MapPost("/sign-out", async Task<Results<RedirectHttpResult, BadRequest>> (HttpContext context, IAntiforgery antiforgery, SignInManager<User> signIn) =>
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest();
        }

        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/sign-in");
    }).DisableAntiforgery();
}
