using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Engine.Journal;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Plans.SuccessPlans;

namespace CustomerSuccess.Engine.Plans;

/// <summary>Goals and milestones of success plans.</summary>
public sealed class PlanSteps(Acts acts)
{
    /// <summary>Adds a goal at the plan's end.</summary>
    public async Task<ActResult<PlanGoal>> AddGoalAsync(Viewer viewer, int accountNo, string planId, GoalDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = PlanChecks.Check(draft);
        return problems.Count > 0 ? ActResult.Invalid<PlanGoal>(problems) : await AddAsync(viewer, accountNo, planId, _ => Task.FromResult<ActResult<PlanGoal>?>(null), (act, position) =>
        {
            var goal = new PlanGoal { AccountNo = accountNo, GoalId = act.NewId(), PlanId = planId, Title = clean.Title, Position = position, Version = 1 };
            Put(act, goal, clean);
            act.Context.PlanGoals.Add(goal);
            act.Note(JournalAreas.Plan, "goal_created", accountNo, goal.GoalId, new FieldChanges().Note("title", null, goal.Title));
            return goal;
        }, cancellation);
    }

    /// <summary>Changes what a goal says, and where it stands.</summary>
    public async Task<ActResult<PlanGoal>> EditGoalAsync(Viewer viewer, int accountNo, string goalId, int version, GoalDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = PlanChecks.Check(draft);
        return problems.Count > 0 ? ActResult.Invalid<PlanGoal>(problems) : await acts.ChangeAsync<PlanGoal>(viewer, accountNo, goalId, version, (act, goal) =>
        {
            var changes = new FieldChanges().Note("title", goal.Title, clean.Title).Note("measure", goal.Measure, clean.Measure).Note("baseline", Number(goal.Baseline), Number(clean.Baseline))
                .Note("target", Number(goal.Target), Number(clean.Target)).Note("current", Number(goal.Current), Number(clean.Current)).Note("due_on", Text(goal.DueOn), Text(clean.DueOn));
            Put(act, goal, clean);
            return Task.FromResult(Ended(act, goal, goalId, "goal_changed", changes));
        }, cancellation);
    }

    /// <summary>The customer agrees that a goal is reached, or it is not after all.</summary>
    public Task<ActResult<PlanGoal>> ReachAsync(Viewer viewer, int accountNo, string goalId, bool isReached, CancellationToken cancellation = default) =>
        acts.ChangeAsync<PlanGoal>(viewer, accountNo, goalId, null, (act, goal) =>
        {
            if ((goal.ReachedAt is not null) == isReached)
            {
                return Task.FromResult(ActResult.Unchanged(goal));
            }

            goal.ReachedAt = isReached ? act.Now : null;
            goal.ReachedByEmail = isReached ? viewer.Email ?? viewer.UserId : null;
            act.Note(JournalAreas.Plan, isReached ? "goal_reached" : "goal_reopened", accountNo, goalId);
            return Task.FromResult(ActResult.Done(goal));
        }, cancellation);

    public Task<ActResult<PlanGoal>> DeleteGoalAsync(Viewer viewer, int accountNo, string goalId, CancellationToken cancellation = default) =>
        acts.DeleteAsync<PlanGoal>(viewer, JournalAreas.Plan, accountNo, goalId, null, null, cancellation);

    public Task<ActResult<PlanGoal>> RestoreGoalAsync(Viewer viewer, int accountNo, string goalId, CancellationToken cancellation = default) =>
        acts.RestoreAsync<PlanGoal>(viewer, JournalAreas.Plan, accountNo, goalId, null, cancellation);

    /// <summary>Adds a milestone at the plan's end.</summary>
    public async Task<ActResult<PlanMilestone>> AddMilestoneAsync(Viewer viewer, int accountNo, string planId, MilestoneDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = PlanChecks.Check(draft);
        return problems.Count > 0 ? ActResult.Invalid<PlanMilestone>(problems) : await AddAsync(viewer, accountNo, planId, act => UnknownAsync(act, accountNo, planId, clean), (act, position) =>
        {
            var milestone = new PlanMilestone { AccountNo = accountNo, MilestoneId = act.NewId(), PlanId = planId, Title = clean.Title, Position = position, Version = 1 };
            Put(milestone, clean);
            act.Context.PlanMilestones.Add(milestone);
            act.Note(JournalAreas.Plan, "milestone_created", accountNo, milestone.MilestoneId, new FieldChanges().Note("title", null, milestone.Title));
            return milestone;
        }, cancellation);
    }

    /// <summary>Changes what a milestone says.</summary>
    public async Task<ActResult<PlanMilestone>> EditMilestoneAsync(Viewer viewer, int accountNo, string milestoneId, int version, MilestoneDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = PlanChecks.Check(draft);
        return problems.Count > 0 ? ActResult.Invalid<PlanMilestone>(problems) : await acts.ChangeAsync<PlanMilestone>(viewer, accountNo, milestoneId, version, async (act, milestone) =>
        {
            if (await UnknownAsync(act, accountNo, milestone.PlanId, clean) is { } unknown)
            {
                return unknown;
            }

            var changes = new FieldChanges().Note("title", milestone.Title, clean.Title).Note("detail", milestone.Detail, clean.Detail).Note("goal", milestone.GoalId, clean.GoalId)
                .Note("owner", milestone.OwnerEmail, clean.OwnerEmail).Note("owner_contact", milestone.OwnerContactNo?.ToString(CultureInfo.InvariantCulture), clean.OwnerContactNo?.ToString(CultureInfo.InvariantCulture))
                .Note("due_on", Text(milestone.DueOn), Text(clean.DueOn));
            Put(milestone, clean);
            return Ended(act, milestone, milestoneId, "milestone_changed", changes);
        }, cancellation);
    }

    /// <summary>A milestone is done, or it is not after all.</summary>
    public Task<ActResult<PlanMilestone>> DoneAsync(Viewer viewer, int accountNo, string milestoneId, bool isDone, CancellationToken cancellation = default) =>
        acts.ChangeAsync<PlanMilestone>(viewer, accountNo, milestoneId, null, (act, milestone) =>
        {
            if ((milestone.DoneAt is not null) == isDone)
            {
                return Task.FromResult(ActResult.Unchanged(milestone));
            }

            milestone.DoneAt = isDone ? act.Now : null;
            milestone.DoneByEmail = isDone ? viewer.Email ?? viewer.UserId : null;
            act.Note(JournalAreas.Plan, isDone ? "milestone_done" : "milestone_reopened", accountNo, milestoneId);
            return Task.FromResult(ActResult.Done(milestone));
        }, cancellation);

    public Task<ActResult<PlanMilestone>> DeleteMilestoneAsync(Viewer viewer, int accountNo, string milestoneId, CancellationToken cancellation = default) =>
        acts.DeleteAsync<PlanMilestone>(viewer, JournalAreas.Plan, accountNo, milestoneId, null, null, cancellation);

    public Task<ActResult<PlanMilestone>> RestoreMilestoneAsync(Viewer viewer, int accountNo, string milestoneId, CancellationToken cancellation = default) =>
        acts.RestoreAsync<PlanMilestone>(viewer, JournalAreas.Plan, accountNo, milestoneId, null, cancellation);

    private async Task<ActResult<T>> AddAsync<T>(Viewer viewer, int accountNo, string planId, Func<ActScope, Task<ActResult<T>?>> refuse, Func<ActScope, int, T> add, CancellationToken cancellation)
        where T : class =>
        !viewer.MayWork ? ActResult.Forbidden<T>() : await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo) || await act.Context.SuccessPlans.FindAsync([accountNo, planId], cancellation) is not { DeletedAt: null })
            {
                return ActResult.NotFound<T>();
            }

            if (await refuse(act) is { } refused)
            {
                return refused;
            }

            var goals = await act.Context.PlanGoals.Where(goal => goal.AccountNo == accountNo && goal.PlanId == planId).MaxAsync(goal => (int?)goal.Position, cancellation);
            var milestones = await act.Context.PlanMilestones.Where(milestone => milestone.AccountNo == accountNo && milestone.PlanId == planId).MaxAsync(milestone => (int?)milestone.Position, cancellation);
            return ActResult.Done(add(act, 1 + Math.Max(goals ?? 0, milestones ?? 0)));
        }, cancellation);

    /// <summary>What a milestone names and the plan or the account does not have.</summary>
    private static async Task<ActResult<PlanMilestone>?> UnknownAsync(ActScope act, int accountNo, string planId, MilestoneDraft draft) =>
        draft.GoalId is { } goalId && !await act.Context.PlanGoals.AnyAsync(goal => goal.AccountNo == accountNo && goal.GoalId == goalId && goal.PlanId == planId, act.Cancellation)
            ? ActResult.Invalid<PlanMilestone>("goal", "unknown")
        : draft.OwnerContactNo is { } contactNo && !await act.Context.Contacts.AnyAsync(contact => contact.AccountNo == accountNo && contact.ContactNo == contactNo, act.Cancellation)
            ? ActResult.Invalid<PlanMilestone>("owner_contact", "unknown")
        : null;

    private static void Put(ActScope act, PlanGoal goal, GoalDraft draft)
    {
        if (goal.Current != draft.Current)
        {
            goal.MeasuredAt = draft.Current is null ? null : act.Now;
        }

        (goal.Title, goal.Measure, goal.Baseline, goal.Target, goal.Current, goal.DueOn) = (draft.Title, draft.Measure, draft.Baseline, draft.Target, draft.Current, draft.DueOn);
    }

    private static void Put(PlanMilestone milestone, MilestoneDraft draft) =>
        (milestone.Title, milestone.Detail, milestone.GoalId, milestone.OwnerEmail, milestone.OwnerContactNo, milestone.DueOn) = (draft.Title, draft.Detail, draft.GoalId, draft.OwnerEmail, draft.OwnerContactNo, draft.DueOn);

    private static string? Number(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);
}
