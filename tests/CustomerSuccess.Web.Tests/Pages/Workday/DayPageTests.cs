using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Tasks;
using CustomerSuccess.Web.Pages.Workday;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Workday;

/// <summary>Thursday, 1 October 2026, 15:00 in Tokyo.</summary>
public sealed class DayPageTests : PageTests
{
    private const string Own = "sato@example.com";

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_shows_what_waits_and_its_acts_are_carried_out_in_place()
    {
        await OpenAsync(seed: "", Roles.Csm);
        await FillAsync();
        var page = Show<DayPage>("/");
        page.WaitForAssertion(() => page.FindAll("tr.day-row").Should().HaveCount(3));
        page.Find("h1").TextContent.Should().Be("What needs me today?");
        page.Find("[data-part=inquiries]").TextContent.Should().Contain("Cannot sign in").And.Contain("1 past their target");
        page.Find("[data-part=tasks]").TextContent.Should().Contain("Send the offer").And.Contain("1 overdue");
        page.Find("[data-part=mentions]").TextContent.Should().Contain("look at <this>");
        page.Find("[data-part=voices] [data-nps]").TextContent.Should().Contain("NPS 2");
        page.Find("[data-part=renewals] [data-window='90']").TextContent.Should().Contain("3 accounts");

        await page.OnAsync("tr.day-row [data-act=done]", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.FindAll("tr.day-row").Should().HaveCount(2));
        page.Find("[data-fact=minutes]").TextContent.Should().Contain("20 /");
        await page.OnAsync("[data-part=tasks] [data-act=task-done]", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.FindAll("[data-part=tasks] .task").Should().BeEmpty());
        await page.OnAsync("[data-act=mention-read]", found => found.ClickAsync(new()));
        page.WaitForAssertion(() => page.FindAll("[data-act=mention-read]").Should().BeEmpty());
    }

    [Fact]
    public async Task What_a_colleague_does_appears_without_a_reload()
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show<DayPage>("/");
        page.WaitForAssertion(() => page.FindAll("tr.day-row").Should().HaveCount(3));
        var colleague = CompanyDatabase.Csm with { UserId = "u2", Email = "mori@example.com" };
        (await Services.GetRequiredService<WorkTasks>().CreateAsync(colleague, new() { AccountNo = 1, Title = "From Mori" }, Token)).Holds.Should().BeTrue();
        await Services.GetRequiredService<SuggestionActions>().DoneAsync(colleague, 1, "usage_recovery", cancellation: Token);
        await page.InvokeAsync(() => page.FindComponent<CustomerSuccess.Web.Shared.Live>().Instance.Changed.InvokeAsync());
        page.WaitForAssertion(() => page.FindAll("tr.day-row").Should().HaveCount(2));
    }

    [Fact]
    public async Task A_manager_switches_between_the_team_and_a_colleague()
    {
        await OpenAsync(seed: "", Roles.CsManager);
        var page = Show<DayPage>("/?person=team");
        page.WaitForAssertion(() => page.Find("h1").TextContent.Should().Be("What needs the team today?"));
        page.FindAll("[data-part=mentions]").Should().BeEmpty();
        page.Find("[data-part=team] [data-line='sato@example.com']").TextContent.Should().Contain("3 actions wait");
        page.On("[data-act=person]", found => found.Change(Own));
        Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith("/?person=sato%40example.com");
    }

    [Fact]
    public async Task A_company_without_scores_says_so_and_every_part_says_that_it_is_empty()
    {
        await OpenAsync(seed: null, Roles.Csm);
        var page = Show<DayPage>("/");
        page.WaitForAssertion(() => page.FindAll("[data-state=Empty]").Should().HaveCount(7));
        page.Find(".page-answer").TextContent.Should().Be("Nothing is due today.");
        page.FindAll("tr.day-row").Should().BeEmpty();
    }

    [Fact]
    public async Task A_reader_who_may_not_work_sees_no_acts()
    {
        await OpenAsync(seed: "", Roles.ReadOnly);
        var page = Show<DayPage>("/");
        page.WaitForAssertion(() => page.FindAll("tr.day-row").Should().HaveCount(3));
        page.FindAll("[data-act=done], [data-act=task-new]").Should().BeEmpty();
    }

    private async Task FillAsync()
    {
        var now = new DateTime(2026, 10, 1, 6, 0, 0, DateTimeKind.Utc);
        await using var context = OpenContext();
        context.Inquiries.Add(new Inquiry { AccountNo = 2, SourceId = 1, FactId = "I1", Subject = "Cannot sign in", State = InquiryState.Open, Status = "open", OpenedAt = now.AddDays(-1), ChangedAt = now, Assignee = Own, AssigneeKey = InquiryWork.KeyOf(Own), NextDueAt = now.AddHours(-1) });
        context.WorkTasks.Add(new WorkTask { AccountNo = 1, TaskId = "T1", SeriesId = "T1", Title = "Send the offer", AssigneeEmail = Own, DueOn = new DateOnly(2026, 9, 30), CreatedAt = now, CreatedByUser = "u1", CreatedByEmail = Own, Version = 1 });
        context.Mentions.Add(new Mention { AccountNo = 3, MentionId = "M1", ToUser = "u1", Area = "note", RecordId = "N1", Excerpt = "look at <this>", At = now.AddHours(-2), ByUser = "u2", ByEmail = "mori@example.com" });
        context.SurveyResponses.Add(new SurveyResponse { AccountNo = 1, SourceId = 1, FactId = "S1", Kind = "nps", Score = 2, ScaleMax = 10, RespondedAt = now.AddDays(-1) });
        await context.SaveChangesAsync(Token);
    }
}
