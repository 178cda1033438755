using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerSuccess.Web.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerSuccess.Web.Startup;

/// <summary>While the application prepares, every page shows how far it is.</summary>
internal static class PreparingPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static void UsePreparingPage(this WebApplication app)
    {
        var progress = app.Services.GetRequiredService<PreparationProgress>();
        app.Use(async (context, next) =>
        {
            var (steps, error, ready) = progress.Read();
            if (context.Request.Path == "/preparing.json")
            {
                await context.Response.WriteAsJsonAsync(new { ready, error, steps }, Json, context.RequestAborted);
            }
            else if (ready || Path.HasExtension(context.Request.Path) || context.Request.Path == "/language")
            {
                await next(context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                context.Response.Headers.RetryAfter = "5";
                context.Response.Headers.CacheControl = "no-store";
                var page = new RazorComponentResult<Preparing>(new { Steps = steps, Error = error }) { StatusCode = StatusCodes.Status503ServiceUnavailable, PreventStreamingRendering = true };
                // an answer of our own, not one for the page of errors
                if (context.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodePagesFeature>() is { } pages)
                {
                    pages.Enabled = false;
                }

                await page.ExecuteAsync(context);
            }
        });
    }
}
