using System.Net;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Web.Tests.Api;

/// <summary>An answer that a customer sends by the page behind the link, and what follows from it while the application serves.</summary>
public sealed class AnswerToQueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_posted_over_http_is_a_suggestion_in_the_queue_without_a_score_run()
    {
        using var company = await new CompanyDatabase().MakeAsync();
        await company.SeedAsync(DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1)));
        await using var app = await ServeAsync(company);
        var services = app.Services;
        var link = await AskAsync(company, services);

        // the loop's own signal: what it did stands in the journal, which listeners are told of
        var suggested = new TaskCompletionSource<(int AccountNo, string? Play)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = services.GetRequiredService<LiveChanges>().Listen(entries =>
        {
            if (entries.FirstOrDefault(entry => entry is { Area: "suggestion", Act: "suggested", RecordId: "detractor_call" }) is { } entry)
            {
                suggested.TrySetResult((entry.AccountNo, entry.RecordId));
            }
        });

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var posted = await http.PostAsync(new Uri($"/s/{link}", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["q1"] = "1", ["q2"] = "Nobody answers." }), Token);
        posted.StatusCode.Should().Be(HttpStatusCode.OK, await posted.Content.ReadAsStringAsync(Token));

        (await suggested.Task.WaitAsync(TimeSpan.FromMinutes(1), Token)).Should().Be((3, "detractor_call"));
        var row = (await services.GetRequiredService<RiskQueueQuery>().PageAsync(CompanyDatabase.Csm, new(), QueueSort.Rank, false, 0, 10, Token)).Rows.Single(own => own.AccountNo == 3);
        var touch = row.Suggestions.Should().ContainSingle(own => own.Play == "detractor_call").Subject;
        (touch.ReasonCode, touch.State, touch.ReasonArgs["score"], row.Nps, row.TopPlay).Should().Be(("nps_detractor", SuggestionState.Open, 1, 1, "detractor_call"));
    }

    /// <summary>The engine with its loops, and the answer pages, on a port of its own.</summary>
    private static async Task<WebApplication> ServeAsync(CompanyDatabase company)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddCustomerSuccessEngine(company.Options);
        builder.Services.AddLocalization(options => options.ResourcesPath = "Resources");
        builder.Services.AddRazorComponents();
        builder.Services.AddSurveyPages();
        var app = builder.Build();
        app.UseAntiforgery();
        app.MapSurveyPages();

        // what stood before the application served is for a score run; from here on it is an event
        await app.Services.GetRequiredService<FollowFacts>().RunAsync(Token);
        await app.StartAsync(Token);
        return app;
    }

    /// <summary>Asks one person of the third account.</summary>
    private static async Task<string> AskAsync(CompanyDatabase company, IServiceProvider services)
    {
        await services.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, "plays.holdout_share", "0", Token);
        var survey = (await services.GetRequiredService<SurveyEdits>().SaveAsync(Viewer.System, null, SurveyDefaults.Of(SurveyKind.Nps, "en") with { Name = "NPS" }, cancellation: Token)).Value!;
        await using var context = Database.OpenDesignContext(company.Options);
        context.Contacts.Add(new Contact { AccountNo = 3, ContactNo = 1, ContactId = "P1", SourceId = 1, Name = "Ann", NameSort = "ann", Email = "ann@a.example", EmailKey = "ann@a.example" });
        var invitation = new SurveyInvitation { AccountNo = 3, InvitationId = Guid.CreateVersion7().ToString(), SurveyId = survey.SurveyId, Version = 1, ContactNo = 1, AddressKey = "ann@a.example", Language = "en", State = InvitationState.Asked, CreatedAt = DateTime.UtcNow, AskedAt = DateTime.UtcNow, ExpiresAt = DateTime.UtcNow.AddDays(30) };
        context.SurveyInvitations.Add(invitation);
        await context.SaveChangesAsync(Token);
        return await services.GetRequiredService<MailLinks>().MakeAsync(new MailLink(MailLinkKind.Survey, 3, invitation.InvitationId, 1), Token);
    }
}
