using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Pages.Goals;
using CustomerSuccess.Web.Pages.Workday;
using CustomerSuccess.Web.Shared.Charts;
using CustomerSuccess.Web.Shared.Wording;
using CustomerSuccess.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Goals;

/// <summary>The clock stands on Thursday, 1 October 2026; mean health was 60 in August and 66 in September.</summary>
public sealed class GoalPagesTests : PageTests
{
    private const string Sato = "sato@example.com";

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_goal_is_set_with_its_owner_and_stands_in_the_list_and_in_a_file()
    {
        await OpenAsync(seed: "");
        await SeedAsync();
        var page = Show<GoalsPage>("/goals");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]"));
        page.On("[data-act=new-goal]", found => found.Click());
        page.WaitForAssertion(() => page.Find("input[name=title]"));
        page.On("form[data-draft]", found => found.Submit());
        page.WaitForAssertion(() => page.FindAll("[aria-invalid=true]").Should().NotBeEmpty("a title and a target are missing"));
        page.On("input[name=title]", found => found.Change("健康な顧客を増やす"));
        page.On("select[name=measure]", found => found.Change(nameof(GoalMeasure.HealthAverage)));
        page.On("input[name=start-on]", found => found.Change("2026-08-31"));
        page.On("input[name=due-on]", found => found.Change("2026-12-31"));
        page.On("input[name=target]", found => found.Change("75"));
        page.On("form[data-draft]", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-goal='健康な顧客を増やす']"));
        page.Find("[data-status]").GetAttribute("data-status").Should().Be(nameof(GoalStatus.OnTrack), "66 is above the path from 60 to 75");
        page.FindAll("[data-review-due]").Should().ContainSingle();

        var csv = await CsvText.OfAsync(table => Services.GetRequiredService<GoalFile>().WriteAsync(table, CompanyDatabase.Csm, new(), Token));
        csv.Split("\r\n")[1].Should().StartWith("健康な顧客を増やす,KGI,,Mean health score,0–100,,").And.Contain(",60,2026-12-31,75,2026-09-30,66,");
    }

    [Fact]
    public async Task The_owner_is_reminded_and_reviews_the_month_and_the_figures_stay()
    {
        await OpenAsync(seed: "");
        await SeedAsync();
        var goal = await SetAsync(nameof(Sato));
        var day = Show<DayPage>("/");
        day.WaitForAssertion(() => day.Find($"[data-part=reviews] [data-line='{goal.GoalId}']"));

        var page = Show<GoalPage>($"/goals/{goal.GoalId}", parameters => parameters.Add(of => of.GoalId, goal.GoalId));
        page.WaitForAssertion(() => page.Find("[data-act=review]"));
        page.Find("[data-card=way] figure").GetAttribute("data-goals").Should().Be("1", "the path is drawn beside the figure");
        page.On("[data-act=review]", found => found.Click());
        page.WaitForAssertion(() => page.Find("textarea[name=check]"));
        page.On("select[name=link]", found => found.Change("Play:usage_recovery"));
        page.On("textarea[name=do]", found => found.Change("Called them <b>all</b>"));
        page.On("textarea[name=check]", found => found.Change("+6 points"));
        page.On("[data-dialog-review] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-review='2026-09']"));
        page.Find("[data-review='2026-09']").TextContent.Should().Contain("+6 points").And.Contain("Called them <b>all</b>").And.Contain("66");
        page.FindAll(".review-link").Should().ContainSingle();
        page.WaitForAssertion(() => page.FindAll("[data-act=review]").Should().BeEmpty("the month has its review"));
        page.Find("[data-card=history]").TextContent.Should().Contain("Reviewed");

        await using var context = OpenContext();
        context.GoalReviews.Single().Value.Should().Be(66);
    }

    [Fact]
    public async Task A_csm_sees_the_own_goals_alone_and_sets_none()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        await SeedAsync();
        await SetAsync("Mine");
        var other = await SetAsync("Another's", "ito@example.com");
        var page = Show<GoalsPage>("/goals");
        page.WaitForAssertion(() => page.Find("[data-goal=Mine]"));
        page.FindAll("[data-goal]").Should().ContainSingle();
        page.FindAll("[data-act=new-goal]").Should().BeEmpty();
        var one = Show<GoalPage>($"/goals/{other.GoalId}", parameters => parameters.Add(of => of.GoalId, other.GoalId));
        one.WaitForAssertion(() => one.Find("[data-state=NothingFound]"));
        one.Markup.Should().NotContain("Another");
    }

    [Fact]
    public async Task A_chart_gets_a_line_for_each_goal_of_what_it_draws_and_no_other()
    {
        await OpenAsync(seed: "");
        var words = Services.GetRequiredService<GoalWords>();
        DateOnly[] days = [new(2026, 7, 31), new(2026, 8, 31), new(2026, 10, 31), new(2026, 12, 31)];
        Goal Goal(string title, GoalMeasure measure, string? segment = null) => new() { GoalId = title, Title = title, OwnerEmail = Sato, Measure = measure, Segment = segment, StartOn = new(2026, 8, 31), StartValue = 0.1m, DueOn = new(2026, 12, 31), TargetValue = 0.9m };
        Goal[] goals = [Goal("a", GoalMeasure.Grr), Goal("b", GoalMeasure.Nrr), Goal("c", GoalMeasure.Grr, "SMB")];
        var chart = new Chart
        {
            Title = "x",
            Days = days,
            Categories = ["1", "2", "3", "4"],
            YMin = 0.5,
            YMax = 0.8,
            Series = [new("plain", [1, 2, 3, 4]), new("grr", [1, 2, 3, 4], Colour: 2) { Measure = new(GoalMeasure.Grr, GoalScope.All, -100) }],
        };
        var drawn = ChartGoals.With(chart, goals, words);
        var line = drawn.Series.Should().HaveCount(3).And.Subject.Last();
        (line.Name, line.Colour, line.Dashed, line.Kind).Should().Be(("Goal: a", 2, true, ChartKind.Line));
        line.Values[0].Should().BeNull("the goal begins later");
        line.Values[1].Should().BeApproximately(-10, 1e-9);
        line.Values[3].Should().BeApproximately(-90, 1e-9);
        (drawn.YMin, drawn.YMax).Should().Be((-90, 0.8), "the axis makes room");
        ChartGoals.With(chart, [goals[1], goals[2]], words).Should().BeSameAs(chart);
    }

    private async Task<Goal> SetAsync(string title, string owner = Sato) => (await Services.GetRequiredService<GoalBook>().SaveAsync(Viewer.System, new GoalDraft(null, 0)
    {
        Kind = GoalKind.Kpi,
        Title = title,
        Measure = GoalMeasure.HealthAverage,
        OwnerEmail = owner,
        StartOn = new DateOnly(2026, 8, 31),
        DueOn = new DateOnly(2026, 12, 31),
        TargetValue = 75,
    }, Token)).Value!;

    private async Task SeedAsync()
    {
        await using var context = OpenContext();
        foreach (var email in (string[])[Sato, "ito@example.com"])
        {
            context.Users.Add(new User { Id = email, UserName = email, Email = email });
        }

        foreach (var (month, total) in (ReadOnlySpan<(DateOnly, double)>)[(new(2026, 8, 31), 60), (new(2026, 9, 30), 66)])
        {
            context.HealthPoints.Add(new HealthPoint { AccountNo = 1, AsOf = month, Total = total });
        }

        await context.SaveChangesAsync(Token);
    }
}
