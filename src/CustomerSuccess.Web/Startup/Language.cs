using Microsoft.AspNetCore.Localization;

namespace CustomerSuccess.Web.Startup;

/// <summary>The reader's choice of language, kept in a cookie.</summary>
internal static class Language
{
    public const string Cookie = "cs.language";

    public static void MapLanguage(this WebApplication app) => app.MapGet("/language", (HttpContext context, string culture, string? to) =>
    {
        if (culture is "en" or "ja")
        {
            context.Response.Cookies.Append(Cookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)), new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                MaxAge = TimeSpan.FromDays(365),
                Secure = context.Request.IsHttps,
            });
        }

        return Results.LocalRedirect(LocalPath.Of(to));
    });
}

/// <summary>Paths that a link may lead back to.</summary>
internal static class LocalPath
{
    /// <summary>The path where it is one of ours, else the first page.</summary>
    public static string Of(string? path) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.StartsWith("/\\", StringComparison.Ordinal) && !path.Any(char.IsControl) ? path : "/";
}
