using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Plans;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Plans;

/// <summary>Success plans of accounts: made from nothing or from a template, and carried to their end. Whoever may work and see the account may change them.</summary>
public sealed class SuccessPlans(Database database, Acts acts)
{
    /// <summary>Plans of an account that are read.</summary>
    private const int Most = 50;

    /// <summary>Active and draft plans first, then the latest; null for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<PlanSheet>?> OfAccountAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (!await context.MaySeeAsync(viewer, accountNo, cancellation))
        {
            return null;
        }

        var plans = await context.SuccessPlans.AsNoTracking().Where(plan => plan.AccountNo == accountNo && plan.DeletedAt == null)
            .OrderBy(plan => plan.Status == PlanStatus.Active ? 0 : plan.Status == PlanStatus.Draft ? 1 : 2).ThenByDescending(plan => plan.StartsOn).ThenByDescending(plan => plan.PlanId)
            .Take(Most).ToListAsync(cancellation);
        return await SheetsAsync(context, accountNo, plans, cancellation);
    }

    /// <summary>Milestones of active plans that a colleague is to do by a day, the earliest first.</summary>
    public async Task<IReadOnlyList<DueMilestone>> DueAsync(Viewer viewer, string ownerEmail, DateOnly until, int most, CancellationToken cancellation = default)
    {
        var email = ownerEmail.ToLowerInvariant();
        await using var context = database.OpenContext();
        return await (
            from milestone in context.PlanMilestones.AsNoTracking()
            where milestone.OwnerEmail == email && milestone.DoneAt == null && milestone.DueOn <= until && milestone.DeletedAt == null
            join plan in context.SuccessPlans on new { milestone.AccountNo, milestone.PlanId } equals new { plan.AccountNo, plan.PlanId }
            where plan.Status == PlanStatus.Active && plan.DeletedAt == null
            join account in context.Accounts.VisibleTo(viewer) on milestone.AccountNo equals account.AccountNo
            orderby milestone.DueOn, milestone.MilestoneId
            select new DueMilestone(account.AccountId, account.Namespace, account.Name, plan.Title, milestone)).Take(most).ToListAsync(cancellation);
    }

    /// <summary>Starts a plan.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="draft">What it says.</param>
    /// <param name="template">What it is made from; null for an empty plan.</param>
    /// <param name="language">In which the template's texts are taken.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<SuccessPlan>> CreateAsync(Viewer viewer, int accountNo, PlanDraft draft, PlanTemplate? template = null, string language = "en", CancellationToken cancellation = default)
    {
        var (clean, problems) = PlanChecks.Check(draft with { OwnerEmail = draft.OwnerEmail ?? viewer.Email });
        return !viewer.MayWork ? ActResult.Forbidden<SuccessPlan>()
            : problems.Count > 0 ? ActResult.Invalid<SuccessPlan>(problems)
            : await acts.RunAsync(viewer, async act =>
            {
                if (!await act.LockAccountAsync(accountNo))
                {
                    return ActResult.NotFound<SuccessPlan>();
                }

                var plan = new SuccessPlan
                {
                    AccountNo = accountNo,
                    PlanId = act.NewId(),
                    Title = clean.Title,
                    Status = PlanStatus.Active,
                    TemplateKey = template?.Key,
                    CreatedAt = act.Now,
                    CreatedByUser = viewer.UserId,
                    CreatedByEmail = viewer.Email,
                    Version = 1,
                };
                Put(plan, clean);
                act.Context.SuccessPlans.Add(plan);
                if (template is not null)
                {
                    Fill(act, plan, template, language);
                }

                act.Note(JournalAreas.Plan, "created", accountNo, plan.PlanId, new FieldChanges().Note("title", null, plan.Title));
                return ActResult.Done(plan);
            }, cancellation);
    }

    /// <summary>Changes what a plan says.</summary>
    public async Task<ActResult<SuccessPlan>> EditAsync(Viewer viewer, int accountNo, string planId, int version, PlanDraft draft, CancellationToken cancellation = default)
    {
        var (clean, problems) = PlanChecks.Check(draft);
        return problems.Count > 0 ? ActResult.Invalid<SuccessPlan>(problems) : await acts.ChangeAsync<SuccessPlan>(viewer, accountNo, planId, version, (act, plan) =>
        {
            var changes = new FieldChanges().Note("title", plan.Title, clean.Title).Note("summary", plan.Summary, clean.Summary).Note("owner", plan.OwnerEmail, clean.OwnerEmail)
                .Note("starts_on", Text(plan.StartsOn), Text(clean.StartsOn)).Note("due_on", Text(plan.DueOn), Text(clean.DueOn));
            Put(plan, clean);
            return Task.FromResult(Ended(act, plan, plan.PlanId, "changed", changes));
        }, cancellation);
    }

    /// <summary>A draft becomes active, an active plan is achieved or abandoned, an ended one goes on.</summary>
    public Task<ActResult<SuccessPlan>> SetStatusAsync(Viewer viewer, int accountNo, string planId, PlanStatus status, CancellationToken cancellation = default) =>
        acts.ChangeAsync<SuccessPlan>(viewer, accountNo, planId, null, (act, plan) =>
        {
            var changes = new FieldChanges().Note("status", plan.Status.ToString(), status.ToString());
            plan.Status = status;
            plan.EndedAt = status is PlanStatus.Achieved or PlanStatus.Abandoned ? act.Now : null;
            return Task.FromResult(Ended(act, plan, planId, "changed", changes));
        }, cancellation);

    public Task<ActResult<SuccessPlan>> DeleteAsync(Viewer viewer, int accountNo, string planId, int version, CancellationToken cancellation = default) =>
        acts.DeleteAsync<SuccessPlan>(viewer, JournalAreas.Plan, accountNo, planId, version, null, cancellation);

    public Task<ActResult<SuccessPlan>> RestoreAsync(Viewer viewer, int accountNo, string planId, CancellationToken cancellation = default) =>
        acts.RestoreAsync<SuccessPlan>(viewer, JournalAreas.Plan, accountNo, planId, null, cancellation);

    /// <summary>A plan as a template that others can start from, in one language, its days counted from its start; null where there is none for the viewer.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="planId">The plan.</param>
    /// <param name="key">Of the template.</param>
    /// <param name="language">Of the plan's texts.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<PlanTemplate?> AsTemplateAsync(Viewer viewer, int accountNo, string planId, string key, string language, CancellationToken cancellation = default)
    {
        if ((await OfAccountAsync(viewer, accountNo, cancellation))?.FirstOrDefault(sheet => sheet.Plan.PlanId == planId) is not { Plan: var plan } sheet)
        {
            return null;
        }

        TemplateText In(string text) => new() { [language] = text };
        int? Days(DateOnly? day) => day is { } due ? Math.Clamp(due.DayNumber - plan.StartsOn.DayNumber, 0, 3650) : null;
        var places = sheet.Goals.Select((goal, i) => (goal.GoalId, Place: i + 1)).ToDictionary(goal => goal.GoalId, goal => goal.Place);
        return new(
            key,
            In(plan.Title),
            plan.Summary is null ? null : In(plan.Summary),
            Days(plan.DueOn),
            [.. sheet.Goals.Select(goal => new TemplateGoal(In(goal.Title), goal.Measure is null ? null : In(goal.Measure), goal.Baseline, goal.Target, Days(goal.DueOn)))],
            [.. sheet.Milestones.Select(step => new TemplateMilestone(In(step.Title), step.Detail is null ? null : In(step.Detail), step.GoalId is { } id && places.TryGetValue(id, out var place) ? place : null, Days(step.DueOn)))]);
    }

    private static async Task<IReadOnlyList<PlanSheet>> SheetsAsync(CustomerSuccessContext context, int accountNo, List<SuccessPlan> plans, CancellationToken cancellation)
    {
        string[] ids = [.. plans.Select(plan => plan.PlanId)];
        var goals = (await context.PlanGoals.AsNoTracking().Where(goal => goal.AccountNo == accountNo && ids.Contains(goal.PlanId) && goal.DeletedAt == null)
            .OrderBy(goal => goal.Position).ThenBy(goal => goal.GoalId).ToListAsync(cancellation)).ToLookup(goal => goal.PlanId);
        var milestones = (await context.PlanMilestones.AsNoTracking().Where(milestone => milestone.AccountNo == accountNo && ids.Contains(milestone.PlanId) && milestone.DeletedAt == null)
            .OrderBy(milestone => milestone.DueOn == null).ThenBy(milestone => milestone.DueOn).ThenBy(milestone => milestone.Position).ThenBy(milestone => milestone.MilestoneId).ToListAsync(cancellation)).ToLookup(milestone => milestone.PlanId);
        return [.. plans.Select(plan => new PlanSheet(plan, [.. goals[plan.PlanId]], [.. milestones[plan.PlanId]]))];
    }

    private static void Fill(ActScope act, SuccessPlan plan, PlanTemplate template, string language)
    {
        DateOnly? Due(int? days) => days is { } count ? plan.StartsOn.AddDays(count) : null;
        var goals = template.Goals.Select((goal, i) => new PlanGoal
        {
            AccountNo = plan.AccountNo,
            GoalId = act.NewId(),
            PlanId = plan.PlanId,
            Title = goal.Title.In(language),
            Measure = goal.Measure?.In(language),
            Baseline = goal.Baseline,
            Target = goal.Target,
            DueOn = Due(goal.DueDays),
            Position = i + 1,
            Version = 1,
        }).ToList();
        act.Context.PlanGoals.AddRange(goals);
        act.Context.PlanMilestones.AddRange(template.Milestones.Select((step, i) => new PlanMilestone
        {
            AccountNo = plan.AccountNo,
            MilestoneId = act.NewId(),
            PlanId = plan.PlanId,
            GoalId = step.Goal is { } goal ? goals[goal - 1].GoalId : null,
            Title = step.Title.In(language),
            Detail = step.Detail?.In(language),
            OwnerEmail = plan.OwnerEmail,
            DueOn = Due(step.DueDays),
            Position = i + 1,
            Version = 1,
        }));
    }

    private static void Put(SuccessPlan plan, PlanDraft draft) =>
        (plan.Title, plan.Summary, plan.OwnerEmail, plan.StartsOn, plan.DueOn) = (draft.Title, draft.Summary, draft.OwnerEmail, draft.StartsOn, draft.DueOn);

    internal static ActResult<T> Ended<T>(ActScope act, T record, string id, string verb, FieldChanges changes)
        where T : class, IEdited
    {
        if (!changes.Any)
        {
            return ActResult.Unchanged(record);
        }

        act.Note(JournalAreas.Plan, verb, record.AccountNo, id, changes);
        return ActResult.Done(record);
    }

    internal static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
