using CustomerSuccess.Core.Plans;

namespace CustomerSuccess.Core.Tests.Plans;

public sealed class PlanTemplateTests
{
    private static readonly PlanTemplate Good = new("onboarding-2", new() { ["ja"] = "導入" }, null, 90, [new(new() { ["en"] = "Goal" }, null, 1, 2, 10)], [new(new() { ["en"] = "Step" }, null, 1, 0)]);

    [Fact]
    public void A_template_is_read_back_as_it_was_written()
    {
        var (template, problem) = PlanTemplate.Read(Good.ToJson());
        problem.Should().BeNull();
        template.Should().BeEquivalentTo(Good);
        Good.ToJson().Should().Contain("導入").And.Contain("due_days");
        Good.Title.In("en").Should().Be("導入");
    }

    [Theory]
    [InlineData("nonsense", "not_json")]
    [InlineData("null", "not_json")]
    [InlineData("""{"key":"a","title":{"en":"x"},"script":"y"}""", "not_json")]
    [InlineData("""{"key":"A b","title":{"en":"x"}}""", "key_invalid")]
    [InlineData("""{"key":"a","title":{}}""", "text_missing")]
    [InlineData("""{"key":"a","title":{"en":"x"},"goals":[{"title":{"en":" "}}]}""", "text_missing")]
    [InlineData("""{"key":"a","title":{"en":"x"},"goals":[null]}""", "text_missing")]
    [InlineData("""{"key":"a","title":{"en":"x"},"days":-1}""", "number_out_of_range")]
    [InlineData("""{"key":"a","title":{"en":"x"},"milestones":[{"title":{"en":"y"},"goal":1}]}""", "goal_unknown")]
    public void What_does_not_hold_together_is_refused_with_a_reason(string json, string problem) =>
        PlanTemplate.Read(json).Problem.Should().Be(problem);

    [Theory]
    [InlineData(0.0, 10.0, 5.0, 0.5)]
    [InlineData(10.0, 0.0, 7.5, 0.25)]
    [InlineData(0.0, 10.0, -5.0, 0.0)]
    [InlineData(0.0, 10.0, 50.0, 1.0)]
    [InlineData(10.0, 10.0, 10.0, null)]
    [InlineData(0.0, null, 5.0, null)]
    public void Progress_is_the_way_made_upwards_or_downwards(double baseline, double? target, double current, double? progress) =>
        PlanProgress.Of(new PlanGoal { GoalId = "g", PlanId = "p", Title = "t", Baseline = baseline, Target = target, Current = current }).Should().Be(progress);

    [Fact]
    public void A_plan_counts_what_is_done_and_what_is_late()
    {
        var today = new DateOnly(2024, 9, 1);
        var plan = new SuccessPlan { PlanId = "p", Title = "t", CreatedByUser = "u", Status = PlanStatus.Active };
        PlanMilestone Step(bool done, int due) => new() { MilestoneId = "m", PlanId = "p", Title = "t", DoneAt = done ? DateTime.UnixEpoch : null, DueOn = today.AddDays(due) };
        var sheet = new PlanSheet(plan, [new() { GoalId = "g", PlanId = "p", Title = "t", Baseline = 0, Target = 10, Current = 5, DueOn = today.AddDays(-1) }], [Step(true, -3), Step(false, -1), Step(false, 0)]);
        sheet.Progress.Should().Be(1.5 / 4);
        sheet.Late(today).Should().Be(2);
        new PlanSheet(plan, [], []).Progress.Should().BeNull();
    }
}
