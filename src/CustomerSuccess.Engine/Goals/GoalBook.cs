using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Goals;

/// <summary>Sets goals, gives them up, and writes down what came of them.</summary>
public sealed class GoalBook(Database database, Acts acts, MeasureSeries series, SettingsStore settingsStore, TimeProvider clock)
{
    private const string Lock = "goals";

    private static readonly string[] ReviewFields = ["plan", "do", "check", "act"];

    /// <summary>Sets a new goal, or changes one.</summary>
    public async Task<ActResult<Goal>> SaveAsync(Viewer viewer, GoalDraft draft, CancellationToken cancellation = default)
    {
        if (!GoalAccess.MaySet(viewer))
        {
            return ActResult.Forbidden<Goal>();
        }

        var definition = MeasureCatalogue.Of(draft.Measure);
        var scope = Kept(draft.Scope, definition.Scopes);
        var start = draft.StartValue ?? (draft.StartOn is { } day ? await StartAsync(draft.Measure, scope, day, cancellation) : null);
        var (title, note, owner) = (EnteredText.Of(draft.Title), EnteredText.Of(draft.Note), draft.OwnerEmail?.Trim().ToLowerInvariant());
        var problems = await ProblemsAsync(draft, definition, title, note, owner, start, cancellation);
        return problems.Count > 0 ? ActResult.Invalid<Goal>(problems) : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var goal = draft.GoalId is null ? null : await act.Context.Goals.FindAsync([draft.GoalId], cancellation);
            if (draft.GoalId is not null && goal is not { DeletedAt: null })
            {
                return ActResult.NotFound<Goal>();
            }

            if (goal is not null && goal.Version != draft.Version)
            {
                return ActResult.Conflict(goal);
            }

            var parent = draft.Kind == GoalKind.Kgi ? null : EnteredText.Of(draft.ParentId);
            if (parent is not null && (parent == draft.GoalId || !await act.Context.Goals.AnyAsync(other => other.GoalId == parent && other.Kind == GoalKind.Kgi && other.DeletedAt == null, cancellation)))
            {
                return ActResult.Invalid<Goal>("parent", "not_a_kgi");
            }

            if (draft is { Kind: GoalKind.Kpi, GoalId: { } id } && await act.Context.Goals.AnyAsync(other => other.ParentId == id && other.DeletedAt == null, cancellation))
            {
                return ActResult.Invalid<Goal>("kind", "has_kpis");
            }

            var steps = GoalPath.WriteSteps(draft.Steps);
            var changes = new FieldChanges().Note("title", goal?.Title, title).Note("kind", goal?.Kind.ToString(), draft.Kind.ToString()).Note("parent", goal?.ParentId, parent).Note("measure", goal?.Measure.ToString(), draft.Measure.ToString())
                .Note("segment", goal?.Segment, scope.Segment).Note("of_owner", goal?.OfOwner, scope.Owner).Note("plan", goal?.Plan, scope.Plan).Note("owner", goal?.OwnerEmail, owner)
                .Note("start_on", Text(goal?.StartOn), Text(draft.StartOn)).Note("start", Text(goal?.StartValue), Text(start)).Note("due_on", Text(goal?.DueOn), Text(draft.DueOn)).Note("target", Text(goal?.TargetValue), Text(draft.TargetValue))
                .Note("steps", goal?.Steps, steps).Note("note", goal?.Note, note);
            if (goal is not null && !changes.Any)
            {
                return ActResult.Unchanged(goal);
            }

            if (goal is null)
            {
                goal = new Goal { GoalId = act.NewId(), Title = title!, OwnerEmail = owner!, CreatedAt = act.Now };
                act.Context.Goals.Add(goal);
            }

            (goal.Title, goal.Note, goal.Kind, goal.ParentId, goal.Measure) = (title!, note, draft.Kind, parent, draft.Measure);
            (goal.Segment, goal.OfOwner, goal.Plan, goal.OwnerEmail) = (scope.Segment, scope.Owner, scope.Plan, owner!);
            (goal.StartOn, goal.StartValue, goal.DueOn, goal.TargetValue, goal.Steps) = (draft.StartOn!.Value, start!.Value, draft.DueOn!.Value, draft.TargetValue!.Value, steps);
            (goal.ChangedAt, goal.ChangedByEmail, goal.Version) = (act.Now, viewer.Email, goal.Version + 1);
            act.Note(JournalAreas.Goal, draft.GoalId is null ? "created" : "changed", recordId: goal.GoalId, changes: changes);
            return ActResult.Done(goal);
        }, cancellation);
    }

    /// <summary>Gives a goal up, or brings it back; twice is once. KPIs that served it stand for themselves then.</summary>
    public Task<ActResult<Goal>> SetDeletedAsync(Viewer viewer, string goalId, bool isDeleted, CancellationToken cancellation = default) =>
        !GoalAccess.MaySet(viewer) ? Task.FromResult(ActResult.Forbidden<Goal>()) : acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.Goals.FindAsync([goalId], cancellation) is not { } goal)
            {
                return ActResult.NotFound<Goal>();
            }

            if (goal.DeletedAt is not null == isDeleted)
            {
                return ActResult.Unchanged(goal);
            }

            (goal.DeletedAt, goal.ChangedAt, goal.ChangedByEmail, goal.Version) = (isDeleted ? act.Now : null, act.Now, viewer.Email, goal.Version + 1);
            act.Note(JournalAreas.Goal, isDeleted ? "deleted" : "restored", recordId: goalId, changes: new FieldChanges().Note("title", isDeleted ? goal.Title : null, isDeleted ? null : goal.Title));
            return ActResult.Done(goal);
        }, cancellation);

    /// <summary>Writes a month's review, or changes its words. Figures are taken when it is first written and stay as they are.</summary>
    public async Task<ActResult<GoalReview>> ReviewAsync(Viewer viewer, ReviewDraft draft, CancellationToken cancellation = default)
    {
        var today = (await settingsStore.ReadAsync(cancellation)).Today(clock);
        await using var context = database.OpenContext();
        if (await context.Goals.AsNoTracking().VisibleTo(viewer).FirstOrDefaultAsync(goal => goal.GoalId == draft.GoalId, cancellation) is not { } goal)
        {
            return ActResult.NotFound<GoalReview>();
        }

        if (!GoalAccess.MayReview(viewer, goal))
        {
            return ActResult.Forbidden<GoalReview>();
        }

        var texts = new[] { draft.Plan, draft.Do, draft.Check, draft.Act }.Select(EnteredText.Of).ToArray();
        var problems = new Dictionary<string, string>();
        foreach (var (field, text) in ReviewFields.Zip(texts))
        {
            EnteredText.Check(problems, field, text, GoalReview.LongestText);
        }

        if (texts.All(text => text is null))
        {
            problems["check"] = "missing";
        }

        if (draft.Links.Count > GoalReview.MostLinks)
        {
            problems["links"] = "too_many";
        }

        if (draft.Month != MonthEnds.OnOrAfter(draft.Month) || draft.Month >= today || draft.Month < goal.StartOn || draft.Month > GoalStanding.LastMonth(goal))
        {
            problems["month"] = "not_a_month";
        }

        if (problems.Count > 0)
        {
            return ActResult.Invalid<GoalReview>(problems);
        }

        // as of the month reviewed: what came later is not its figure
        var points = await series.ReadAsync(goal.Measure, goal.Scope, cancellation);
        var standing = GoalStanding.Of(goal, points.Where(point => point.Month <= draft.Month), draft.Month);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var review = await act.Context.GoalReviews.FindAsync([draft.GoalId, draft.Month], cancellation);
            if ((review?.Version ?? 0) != draft.Version)
            {
                return ActResult.Conflict(review);
            }

            var links = GoalReview.WriteLinks(draft.Links);
            var changes = new FieldChanges().Note("month", review is null ? null : Text(draft.Month), Text(draft.Month)).Note("plan", review?.Plan, texts[0]).Note("do", review?.Do, texts[1]).Note("check", review?.Check, texts[2]).Note("act", review?.Act, texts[3]).Note("links", review?.LinksJson, links);
            if (review is not null && !changes.Any)
            {
                return ActResult.Unchanged(review);
            }

            var isNew = review is null;
            if (review is null)
            {
                review = new GoalReview
                {
                    GoalId = draft.GoalId,
                    Month = draft.Month,
                    Status = standing.Status,
                    FigureMonth = standing.Point?.Month,
                    Value = standing.Point?.Value,
                    Lower = standing.Point?.Lower,
                    Upper = standing.Point?.Upper,
                    N = standing.Point?.N,
                    Expected = standing.Expected,
                    TargetValue = goal.TargetValue,
                    FrozenAt = act.Now,
                };
                act.Context.GoalReviews.Add(review);
            }

            (review.Plan, review.Do, review.Check, review.Act, review.LinksJson) = (texts[0], texts[1], texts[2], texts[3], links);
            (review.ChangedAt, review.ChangedByEmail, review.Version) = (act.Now, viewer.Email, review.Version + 1);
            act.Note(JournalAreas.Goal, isNew ? "reviewed" : "review_changed", recordId: draft.GoalId, changes: changes);
            return ActResult.Done(review);
        }, cancellation);
    }

    /// <summary>The figure of the last month end by a day, to four decimals: where a goal starts that names no start. Null where there is none.</summary>
    public async Task<decimal?> StartAsync(GoalMeasure measure, GoalScope scope, DateOnly day, CancellationToken cancellation = default) =>
        (await series.ReadAsync(measure, Kept(scope, MeasureCatalogue.Of(measure).Scopes), cancellation)).LastOrDefault(point => point.Month <= day) is { } point ? decimal.Round((decimal)point.Value, 4) : null;

    private static GoalScope Kept(GoalScope scope, MeasureScopes by) => new(
        by.HasFlag(MeasureScopes.Segment) ? EnteredText.Of(scope.Segment) : null,
        by.HasFlag(MeasureScopes.Owner) ? EnteredText.Of(scope.Owner)?.ToLowerInvariant() : null,
        by.HasFlag(MeasureScopes.Plan) ? EnteredText.Of(scope.Plan) : null);

    private async Task<Dictionary<string, string>> ProblemsAsync(GoalDraft draft, MeasureDefinition definition, string? title, string? note, string? owner, decimal? start, CancellationToken cancellation)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "title", title, Goal.LongestTitle, isRequired: true);
        EnteredText.Check(problems, "note", note, Goal.LongestNote);
        if (string.IsNullOrEmpty(owner))
        {
            problems["owner"] = "missing";
        }
        else
        {
            await using var context = database.OpenContext();
            if (!(await Colleagues.ListAsync(context, cancellation)).Any(colleague => colleague.Email == owner))
            {
                problems["owner"] = "no_colleague";
            }
        }

        if (draft.StartOn is null)
        {
            problems["start_on"] = "missing";
        }

        if (draft.DueOn is null)
        {
            problems["due_on"] = "missing";
        }
        else if (draft.StartOn is { } first && (draft.DueOn.Value <= first || MonthEnds.OnOrBefore(draft.DueOn.Value) <= first))
        {
            problems["due_on"] = "no_month_between";
        }
        else if (draft.StartOn?.AddYears(Goal.MostYears) < draft.DueOn)
        {
            problems["due_on"] = "too_late";
        }

        if (draft.TargetValue is null)
        {
            problems["target"] = "missing";
        }
        else if (IsOut(draft.TargetValue.Value, definition))
        {
            problems["target"] = "out_of_range";
        }
        else if (start is { } from && (definition.MoreIsBetter ? draft.TargetValue.Value < from : draft.TargetValue.Value > from))
        {
            problems["target"] = "wrong_way";
        }

        if (start is null)
        {
            problems.TryAdd("start", "missing");
        }
        else if (IsOut(start.Value, definition))
        {
            problems["start"] = "out_of_range";
        }

        if (draft.Steps.Count > Goal.MostSteps)
        {
            problems["steps"] = "too_many";
        }
        else if (draft.Steps.Any(step => step.Day <= draft.StartOn || step.Day >= draft.DueOn) || draft.Steps.Select(step => step.Day).Distinct().Count() < draft.Steps.Count)
        {
            problems["steps"] = "not_between";
        }
        else if (draft.Steps.Any(step => IsOut(step.Value, definition)))
        {
            problems["steps"] = "out_of_range";
        }

        return problems;
    }

    private static bool IsOut(decimal value, MeasureDefinition definition) => value < definition.Least || value > definition.Most;

    private static string? Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    private static string? Text(decimal? value) => value?.ToString("0.####", CultureInfo.InvariantCulture);
}
