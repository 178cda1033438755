using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Engine.Plans;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Plans;

public sealed class SuccessPlansTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_template_that_ships_speaks_both_languages()
    {
        PlanTemplates.Shipped.Select(template => template.Key).Should().Equal("adoption", "onboarding", "renewal", "rescue");
        foreach (var template in PlanTemplates.Shipped)
        {
            TemplateText?[] texts = [template.Title, template.Summary, .. template.Goals.SelectMany(goal => new[] { goal.Title, goal.Measure }), .. template.Milestones.SelectMany(step => new[] { step.Title, step.Detail })];
            texts.Where(text => text is not null).Should().OnlyContain(text => text!.ContainsKey("en") && text.ContainsKey("ja"));
        }
    }

    [Theory]
    [DatabaseData]
    public async Task A_plan_made_from_a_template_runs_from_its_start_day_and_becomes_a_template_again(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var template = (await day.Templates.FindAsync("onboarding", Token))!;
        var plan = (await day.Plans.CreateAsync(Sato, 1, new() { Title = "導入", StartsOn = Today, DueOn = Today.AddDays(90) }, template, "ja", Token)).Value!;
        var sheet = (await day.Plans.OfAccountAsync(Sato, 1, Token))!.Should().ContainSingle().Subject;
        (sheet.Goals.Count, sheet.Milestones.Count, sheet.Progress).Should().Be((2, 8, 0.0));
        sheet.Goals[0].Title.Should().Be(template.Goals[0].Title["ja"]);
        sheet.Milestones[0].DueOn.Should().Be(Today.AddDays(3));
        sheet.Milestones.Should().OnlyContain(step => step.OwnerEmail == "sato@example.com");

        var again = (await day.Plans.AsTemplateAsync(Sato, 1, plan.PlanId, "ours", "ja", Token))!;
        again.Goals.Should().BeEquivalentTo(template.Goals.Select(goal => goal with { Title = new() { ["ja"] = goal.Title["ja"] }, Measure = new() { ["ja"] = goal.Measure!["ja"] } }));
        again.Milestones.Select(step => (step.Title.In("ja"), step.Goal, step.DueDays)).Should().Equal(template.Milestones.Select(step => (step.Title["ja"], step.Goal, step.DueDays)));
        PlanTemplate.Read(again.ToJson()).Problem.Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task Goals_and_milestones_move_the_plan_and_can_be_taken_back(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var plan = (await day.Plans.CreateAsync(Sato, 1, new() { Title = "p", StartsOn = Today }, cancellation: Token)).Value!;
        var goal = (await day.Steps.AddGoalAsync(Sato, 1, plan.PlanId, new() { Title = "more", Measure = "uses", Baseline = 10, Target = 20, Current = 10 }, Token)).Value!;
        var step = (await day.Steps.AddMilestoneAsync(Sato, 1, plan.PlanId, new() { Title = "step", GoalId = goal.GoalId, OwnerEmail = "Sato@Example.com", OwnerContactNo = 7, DueOn = Today.AddDays(2) }, Token)).Value!;
        (await day.Plans.DueAsync(Sato, "sato@example.com", Today.AddDays(1), 10, Token)).Should().BeEmpty();
        (await day.Plans.DueAsync(Sato, "sato@example.com", Today.AddDays(2), 10, Token)).Select(due => (due.AccountName, due.PlanTitle)).Should().Equal(("青葉製作所", "p"));
        (await ProgressAsync(day)).Should().Be(0);

        (await day.Steps.EditGoalAsync(Sato, 1, goal.GoalId, 1, GoalDraft.Of(goal) with { Current = 15 }, Token)).Value!.MeasuredAt.Should().NotBeNull();
        (await day.Steps.EditGoalAsync(Manager, 1, goal.GoalId, 1, GoalDraft.Of(goal) with { Current = 12 }, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await ProgressAsync(day)).Should().Be(0.25);
        (await day.Steps.DoneAsync(Sato, 1, step.MilestoneId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Steps.DoneAsync(Manager, 1, step.MilestoneId, true, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await day.Steps.ReachAsync(Sato, 1, goal.GoalId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await ProgressAsync(day)).Should().Be(1);
        (await day.Steps.ReachAsync(Sato, 1, goal.GoalId, false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Steps.DeleteMilestoneAsync(Sato, 1, step.MilestoneId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await ProgressAsync(day)).Should().Be(0.5);
        (await day.Steps.RestoreMilestoneAsync(Sato, 1, step.MilestoneId, Token)).Outcome.Should().Be(ActOutcome.Done);

        (await day.Plans.SetStatusAsync(Sato, 1, plan.PlanId, PlanStatus.Achieved, Token)).Value!.EndedAt.Should().NotBeNull();
        (await day.Plans.SetStatusAsync(Sato, 1, plan.PlanId, PlanStatus.Active, Token)).Value!.EndedAt.Should().BeNull();
        (await day.Plans.EditAsync(Sato, 1, plan.PlanId, 1, PlanDraft.Of(plan), Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await day.Plans.DeleteAsync(Sato, 1, plan.PlanId, 3, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Plans.OfAccountAsync(Sato, 1, Token)).Should().BeEmpty();
        (await day.Plans.RestoreAsync(Sato, 1, plan.PlanId, Token)).Outcome.Should().Be(ActOutcome.Done);
    }

    [Theory]
    [DatabaseData]
    public async Task What_breaks_a_rule_is_named_by_field(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (await day.Plans.CreateAsync(Reader, 1, new() { Title = "p", StartsOn = Today }, cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Plans.CreateAsync(Sato, 2, new() { Title = "p", StartsOn = Today }, cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Plans.CreateAsync(Sato, 1, new() { StartsOn = Today, DueOn = Today.AddDays(-1) }, cancellation: Token)).Problems.Should().Equal(new Dictionary<string, string> { ["title"] = "missing", ["due_on"] = "before_start" });
        var plan = (await day.Plans.CreateAsync(Sato, 1, new() { Title = "p", StartsOn = Today }, cancellation: Token)).Value!;
        (await day.Steps.AddGoalAsync(Sato, 1, plan.PlanId, new() { Title = "g", Baseline = 1, Target = 1, Current = double.NaN }, Token)).Problems.Should().Equal(new Dictionary<string, string> { ["current"] = "out_of_range", ["target"] = "same_as_baseline" });
        (await day.Steps.AddMilestoneAsync(Sato, 1, plan.PlanId, new() { Title = "m", GoalId = "nobody's" }, Token)).Problems["goal"].Should().Be("unknown");
        (await day.Steps.AddMilestoneAsync(Sato, 1, plan.PlanId, new() { Title = "m", OwnerContactNo = 99 }, Token)).Problems["owner_contact"].Should().Be("unknown");
        (await day.Steps.AddGoalAsync(Sato, 1, "no plan", new() { Title = "g" }, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Plans.OfAccountAsync(Sato, 2, Token)).Should().BeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task The_companys_own_template_goes_before_one_that_ships(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var own = (await day.Templates.FindAsync("rescue", Token))! with { Days = 45 };
        (await day.Templates.SaveAsync(Sato, own.ToJson(), cancellation: Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await day.Templates.SaveAsync(Sato, own.ToJson(), replaces: true, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Templates.SaveAsync(Manager, own.ToJson(), replaces: true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Templates.SaveAsync(Sato, (own with { Key = "ours" }).ToJson(), cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Templates.SaveAsync(Sato, "{}", cancellation: Token)).Problems["template"].Should().Be("key_invalid");
        (await day.Templates.ListAsync(Token)).Select(known => (known.Template.Key, known.IsShipped, known.Template.Days)).Should().Equal(("adoption", true, 120), ("onboarding", true, 90), ("renewal", true, 120), ("rescue", false, 45), ("ours", false, 45));
        (await day.Templates.RemoveAsync(Manager, "rescue", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Templates.FindAsync("rescue", Token))!.Days.Should().Be(30);
    }

    private static async Task<double?> ProgressAsync(Workday day) => (await day.Plans.OfAccountAsync(Sato, 1, Token))!.Single().Progress;
}
