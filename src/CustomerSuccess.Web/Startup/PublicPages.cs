using CustomerSuccess.Web.Api;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;

namespace CustomerSuccess.Web.Startup;

/// <summary>Pages that anybody may open without a sign-in: what they may send, how often, and in which language they read.</summary>
internal static class PublicPages
{
    /// <summary>What one address may send within <see cref="Window"/>.</summary>
    public const int PostsPerWindow = 10;

    /// <summary>The longest text that is taken is a fifth of it.</summary>
    private const long MostBytes = 256 * 1024;

    private static readonly string[] Paths = ["/contact", "/rating"];

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    public static bool Is(PathString path) => Array.Exists(Paths, own => path.StartsWithSegments(own, StringComparison.OrdinalIgnoreCase));

    /// <summary>Bounds what is sent before any of it is read.</summary>
    public static void UsePublicPages(this WebApplication app) => app.Use(async (context, next) =>
    {
        if ((Is(context.Request.Path) || context.Request.Path.StartsWithSegments(SurveyPages.Path, StringComparison.Ordinal)) && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        await next(context);
    });

    /// <summary>The language that a public page's link names, before what the browser asks for.</summary>
    public static IRequestCultureProvider Language { get; } = new CustomRequestCultureProvider(context => Task.FromResult(
        Is(context.Request.Path) && context.Request.Query["lang"].ToString() is ("ja" or "en") ? new ProviderCultureResult(context.Request.Query["lang"].ToString()) : null));
}
