using System.Globalization;
using System.Threading.RateLimiting;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Web.Pages.Mail;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;

namespace CustomerSuccess.Web.Api;

/// <summary>
/// What links in messages lead to: leaving a list (RFC 8058 by POST, a question by GET), preferences, tracked links and pictures.
/// Nobody signs in here and no cookie is set: whoever has the token is the recipient.
/// </summary>
internal static class MailPages
{
    private const string Policy = "mail";

    /// <summary>Tokens share this many counters, so that made-up ones cannot fill the memory.</summary>
    private const int Counters = 4096;

    private const int PerMinute = 300;

    /// <summary>A transparent picture of one pixel.</summary>
    private static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public static void AddMailPages(this IServiceCollection services) => services.Configure<RateLimiterOptions>(limiter => limiter.AddPolicy(Policy, context =>
        RateLimitPartition.GetFixedWindowLimiter(
            (uint)string.GetHashCode((string?)context.Request.RouteValues["token"] ?? "", StringComparison.Ordinal) % Counters,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1) })));

    public static void MapMailPages(this IEndpointRouteBuilder app)
    {
        var mail = app.MapGroup("/m").AllowAnonymous().DisableAntiforgery().RequireRateLimiting(Policy);
        mail.AddEndpointFilter((call, next) =>
        {
            call.HttpContext.Response.Headers.CacheControl = "no-store";
            return next(call);
        });
        mail.MapMethods("/u/{token}", ["GET", "HEAD"], AskAsync);
        mail.MapPost("/u/{token}", LeaveAsync);
        mail.MapMethods("/p/{token}", ["GET", "HEAD"], ShowAsync);
        mail.MapPost("/p/{token}", ChooseAsync);
        mail.MapMethods("/o/{token}", ["GET", "HEAD"], OpenAsync);
        mail.MapMethods("/c/{token}", ["GET", "HEAD"], ClickAsync);
    }

    private static async Task AskAsync(string token, HttpContext context, MailLinks links, ContactWishes wishes) =>
        await UnsubscribeAsync(context, token, await ReadAsync(await links.ReadAsync(token, MailLinkKind.Unsubscribe, context.RequestAborted), wishes, context), done: false);

    private static async Task LeaveAsync(string token, HttpContext context, MailLinks links, ContactWishes wishes)
    {
        var link = await links.ReadAsync(token, MailLinkKind.Unsubscribe, context.RequestAborted);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var oneClick = form["List-Unsubscribe"] == "One-Click";
        var done = link is not null && (oneClick || form["confirm"] == "1")
            && await wishes.UnsubscribeAsync(link, oneClick ? StopCause.OneClick : StopCause.Preferences, cancellation: context.RequestAborted);
        if (oneClick)
        {
            // a mail program asks, and reads nothing but the status
            context.Response.StatusCode = done ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(done ? "unsubscribed\n" : "unknown link\n", context.RequestAborted);
            return;
        }

        await UnsubscribeAsync(context, token, await ReadAsync(link, wishes, context), done);
    }

    private static async Task ShowAsync(string token, HttpContext context, MailLinks links, ContactWishes wishes) =>
        await PreferencesAsync(context, token, await ReadAsync(await PreferencesLinkAsync(token, links, context), wishes, context), saved: false);

    private static async Task ChooseAsync(string token, HttpContext context, MailLinks links, ContactWishes wishes)
    {
        var link = await PreferencesLinkAsync(token, links, context);
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        var saved = link is not null && await wishes.ChooseAsync(link, form["nothing"] == "1", [.. form["list"].OfType<string>()], context.RequestAborted);
        await PreferencesAsync(context, token, await ReadAsync(link, wishes, context), saved);
    }

    private static async Task<FileContentHttpResult> OpenAsync(string token, HttpContext context, MailTracking tracking)
    {
        await tracking.OpenedAsync(token, context.Request.Method, context.Request.Headers.UserAgent, context.RequestAborted);
        return TypedResults.File(Pixel, "image/gif");
    }

    private static async Task ClickAsync(string token, HttpContext context, MailTracking tracking)
    {
        if (await tracking.ClickedAsync(token, context.Request.Method, context.Request.Headers.UserAgent, context.RequestAborted) is { } target)
        {
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            context.Response.Redirect(target);
            return;
        }

        await UnsubscribeAsync(context, token, null, done: false);
    }

    /// <summary>The preferences page is reached by its own link and from the page of unsubscribing, whose token serves as well.</summary>
    private static async Task<MailLink?> PreferencesLinkAsync(string token, MailLinks links, HttpContext context) =>
        await links.ReadAsync(token, MailLinkKind.Preferences, context.RequestAborted) ?? await links.ReadAsync(token, MailLinkKind.Unsubscribe, context.RequestAborted);

    private static async Task<ContactPreferences?> ReadAsync(MailLink? link, ContactWishes wishes, HttpContext context) =>
        link is null ? null : await wishes.ReadAsync(link, context.RequestAborted);

    private static Task UnsubscribeAsync(HttpContext context, string token, ContactPreferences? preferences, bool done) =>
        PageAsync<UnsubscribePage>(context, preferences, new()
        {
            [nameof(UnsubscribePage.Preferences)] = preferences,
            [nameof(UnsubscribePage.Done)] = done,
            [nameof(UnsubscribePage.Path)] = $"/m/u/{Uri.EscapeDataString(token)}",
            [nameof(UnsubscribePage.PreferencesPath)] = $"/m/p/{Uri.EscapeDataString(token)}",
        });

    private static Task PreferencesAsync(HttpContext context, string token, ContactPreferences? preferences, bool saved) =>
        PageAsync<PreferencesPage>(context, preferences, new()
        {
            [nameof(PreferencesPage.Preferences)] = preferences,
            [nameof(PreferencesPage.Saved)] = saved,
            [nameof(PreferencesPage.Path)] = $"/m/p/{Uri.EscapeDataString(token)}",
        });

    private static async Task PageAsync<TPage>(HttpContext context, ContactPreferences? preferences, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // the message's language, unless the reader chose the other
        var language = context.Request.Query["lang"].ToString() is "en" or "ja" ? context.Request.Query["lang"].ToString() : preferences?.Language;
        if (language is not null)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        }

        context.Response.StatusCode = preferences is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        await new RazorComponentResult<TPage>(parameters) { StatusCode = context.Response.StatusCode, PreventStreamingRendering = true }.ExecuteAsync(context);
    }
}
