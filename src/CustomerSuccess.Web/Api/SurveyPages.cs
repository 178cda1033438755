using System.Globalization;
using System.Threading.RateLimiting;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Pages.Surveys;
using CustomerSuccess.Web.Startup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Api;

/// <summary>
/// The questions of a survey behind the link in its message: without a sign-in, a script or a cookie, since whoever has the link is the person who was asked.
/// Looking at a score records nothing, because scanners look at every link; sending the form does.
/// </summary>
internal static class SurveyPages
{
    public const string Path = "/s";

    public static void AddSurveyPages(this IServiceCollection services) => services.AddSingleton<PostLimit>();

    public static void MapSurveyPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(Path).AllowAnonymous().DisableAntiforgery();
        pages.AddEndpointFilter((call, next) =>
        {
            var headers = call.HttpContext.Response.Headers;
            (headers.CacheControl, headers["Referrer-Policy"], headers["X-Robots-Tag"]) = ("no-store", "no-referrer", "noindex");
            return next(call);
        });
        pages.MapMethods("/{token}", ["GET", "HEAD"], ShowAsync);
        pages.MapPost("/{token}", AnswerAsync);
    }

    private static async Task ShowAsync(string token, HttpContext context, MailLinks links, SurveyAnswers answers)
    {
        var cancellation = context.RequestAborted;
        var link = await links.ReadAsync(token, MailLinkKind.Survey, cancellation);
        var asked = link is null ? null : await answers.FindAsync(link, cancellation);
        if (asked is { State: not LinkState.Closed })
        {
            await answers.SeenAsync(link!, context.Request.Method, context.Request.Headers.UserAgent, cancellation);
        }

        // the pressed score is chosen on the page, and nothing else
        var typed = new Dictionary<string, string?>();
        if (asked is not null && context.Request.Query["s"].ToString() is { Length: > 0 and <= 4 } pressed)
        {
            typed[asked.Plan.Questions[0].Id] = pressed;
        }

        await PageAsync(context, token, asked, typed, new Dictionary<string, string>(), isSaved: false, asked is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static async Task AnswerAsync(string token, HttpContext context, MailLinks links, SurveyAnswers answers, PostLimit limit)
    {
        var cancellation = context.RequestAborted;
        var link = await links.ReadAsync(token, MailLinkKind.Survey, cancellation);
        using var lease = limit.Take(link, context.Connection.RemoteIpAddress);
        var asked = link is null ? null : await answers.FindAsync(link, cancellation);
        if (!lease.IsAcquired)
        {
            await PageAsync(context, token, asked, new Dictionary<string, string?>(), new Dictionary<string, string>(), isSaved: false, StatusCodes.Status429TooManyRequests);
            return;
        }

        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellation) : FormCollection.Empty;
        var typed = asked?.Plan.Questions.ToDictionary(question => question.Id, question => (string?)form[question.Id].ToString()) ?? [];
        if (asked is null)
        {
            await PageAsync(context, token, null, typed, new Dictionary<string, string>(), isSaved: false, StatusCodes.Status404NotFound);
            return;
        }

        var result = await answers.AnswerAsync(link!, typed, cancellation);
        var isSaved = result.Outcome is ActOutcome.Done or ActOutcome.Unchanged;
        var status = isSaved ? StatusCodes.Status200OK
            : result.Outcome == ActOutcome.NotFound ? StatusCodes.Status404NotFound
            : result.Problems.ContainsKey("link") ? StatusCodes.Status410Gone : StatusCodes.Status422UnprocessableEntity;
        await PageAsync(context, token, isSaved || asked.State == LinkState.Closed ? await answers.FindAsync(link!, cancellation) : asked, typed, result.Problems, isSaved, status);
    }

    private static async Task PageAsync(HttpContext context, string token, SurveyAsked? asked, IReadOnlyDictionary<string, string?> typed, IReadOnlyDictionary<string, string> problems, bool isSaved, int status)
    {
        // the reader's language, unless he or she chose the other; what the survey does not say in it is said in the one it has
        var chosen = context.Request.Query["lang"].ToString() is "en" or "ja" ? context.Request.Query["lang"].ToString() : asked?.Language;
        if (chosen is not null)
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(chosen);
        }

        context.Response.StatusCode = status;
        if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        await new RazorComponentResult<AnswerPage>(new Dictionary<string, object?>
        {
            [nameof(AnswerPage.Asked)] = asked,
            [nameof(AnswerPage.Typed)] = typed,
            [nameof(AnswerPage.Problems)] = problems,
            [nameof(AnswerPage.IsSaved)] = isSaved,
            [nameof(AnswerPage.IsTooMuch)] = status == StatusCodes.Status429TooManyRequests,
            [nameof(AnswerPage.Path)] = $"{Path}/{Uri.EscapeDataString(token)}",
        })
        { StatusCode = status, PreventStreamingRendering = true }.ExecuteAsync(context);
    }

    /// <summary>How often answers may be sent: by one link as often as one address may send the public form, however many colleagues share an address; without a link of ours by address.</summary>
    internal sealed class PostLimit : IDisposable
    {
        private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key =>
            RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = PublicPages.PostsPerWindow, Window = PublicPages.Window }));

        public RateLimitLease Take(MailLink? link, System.Net.IPAddress? address) => _limiter.AttemptAcquire(link?.MailId ?? $"from {address}");

        public void Dispose() => _limiter.Dispose();
    }
}
