using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Plans;
using CustomerSuccess.Web.Shared.Forms;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Success plans of an account: what the part shows and does.</summary>
public sealed class PlanViewModel(SuccessPlans plans, PlanSteps steps, PlanTemplates templates, AccountSheets sheets)
{
    public IReadOnlyList<PlanSheet> Plans { get; private set; } = [];

    /// <summary>Plans to start from; empty until they are asked for.</summary>
    public IReadOnlyList<KnownTemplate> Templates { get; private set; } = [];

    /// <summary>The account's people; empty until they are asked for.</summary>
    public IReadOnlyList<FieldChoice> People { get; private set; } = [];

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) => Plans = await plans.OfAccountAsync(account.Viewer, account.No, cancellation) ?? [];

    public async Task ReadChoicesAsync(OpenAccount account, CancellationToken cancellation)
    {
        Templates = await templates.ListAsync(cancellation);
        People = [.. (await sheets.PeopleAsync(account.Viewer, account.No, cancellation) ?? []).Where(person => person.LeftOn is null).Select(person => new FieldChoice(person.ContactNo.ToString(System.Globalization.CultureInfo.InvariantCulture), person.Called))];
    }

    public Task<ActResult<SuccessPlan>> SaveAsync(OpenAccount account, SuccessPlan? plan, PlanDraft draft, PlanTemplate? template, string language) => plan is null
        ? plans.CreateAsync(account.Viewer, account.No, draft, template, language)
        : plans.EditAsync(account.Viewer, account.No, plan.PlanId, plan.Version, draft);

    public Task<ActResult<SuccessPlan>> SetStatusAsync(OpenAccount account, string planId, PlanStatus status) => plans.SetStatusAsync(account.Viewer, account.No, planId, status);

    public Task<ActResult<SuccessPlan>> DeleteAsync(OpenAccount account, SuccessPlan plan) => plans.DeleteAsync(account.Viewer, account.No, plan.PlanId, plan.Version);

    public Task<ActResult<SuccessPlan>> RestoreAsync(OpenAccount account, string planId) => plans.RestoreAsync(account.Viewer, account.No, planId);

    public Task<ActResult<PlanGoal>> SaveAsync(OpenAccount account, string planId, PlanGoal? goal, GoalDraft draft) => goal is null
        ? steps.AddGoalAsync(account.Viewer, account.No, planId, draft)
        : steps.EditGoalAsync(account.Viewer, account.No, goal.GoalId, goal.Version, draft);

    public Task<ActResult<PlanGoal>> ReachAsync(OpenAccount account, string goalId, bool isReached) => steps.ReachAsync(account.Viewer, account.No, goalId, isReached);

    public Task<ActResult<PlanGoal>> DeleteGoalAsync(OpenAccount account, string goalId, bool back) => back ? steps.RestoreGoalAsync(account.Viewer, account.No, goalId) : steps.DeleteGoalAsync(account.Viewer, account.No, goalId);

    public Task<ActResult<PlanMilestone>> SaveAsync(OpenAccount account, string planId, PlanMilestone? step, MilestoneDraft draft) => step is null
        ? steps.AddMilestoneAsync(account.Viewer, account.No, planId, draft)
        : steps.EditMilestoneAsync(account.Viewer, account.No, step.MilestoneId, step.Version, draft);

    public Task<ActResult<PlanMilestone>> DoneAsync(OpenAccount account, string milestoneId, bool isDone) => steps.DoneAsync(account.Viewer, account.No, milestoneId, isDone);

    public Task<ActResult<PlanMilestone>> DeleteStepAsync(OpenAccount account, string milestoneId, bool back) => back ? steps.RestoreMilestoneAsync(account.Viewer, account.No, milestoneId) : steps.DeleteMilestoneAsync(account.Viewer, account.No, milestoneId);

    /// <summary>A plan as a template; null where it is gone.</summary>
    public Task<PlanTemplate?> AsTemplateAsync(OpenAccount account, string planId, string key, string language) => plans.AsTemplateAsync(account.Viewer, account.No, planId, key, language);

    public Task<ActResult<StoredPlanTemplate>> SaveTemplateAsync(OpenAccount account, string json) => templates.SaveAsync(account.Viewer, json);
}
