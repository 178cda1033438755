using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Goals;

/// <summary>Goals, how they stand, and what was made of them.</summary>
public sealed class GoalQuery(Database database, MeasureSeries series, SettingsStore settingsStore, TimeProvider clock)
{
    private const int MostHistory = 100, MostLinks = 200;

    /// <summary>Every goal that the viewer may see, with how it stands.</summary>
    public async Task<GoalOverview> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var today = settings.Today(clock);
        await using var context = database.OpenContext();
        var goals = await context.Goals.AsNoTracking().VisibleTo(viewer).OrderBy(goal => goal.DueOn).ThenBy(goal => goal.GoalId).ToListAsync(cancellation);
        var reviewed = await ReviewedAsync(context, goals, cancellation);
        return new(await RowsAsync(goals, reviewed, today, cancellation), today, settings.Currency);
    }

    /// <summary>Goals that the viewer may see, without their figures: for charts.</summary>
    public async Task<IReadOnlyList<Goal>> StandingAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Goals.AsNoTracking().VisibleTo(viewer).OrderBy(goal => goal.DueOn).ThenBy(goal => goal.GoalId).ToListAsync(cancellation);
    }

    /// <summary>Everything of one goal; null where there is none for the viewer.</summary>
    public async Task<GoalDetails?> FindAsync(Viewer viewer, string goalId, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var today = settings.Today(clock);
        await using var context = database.OpenContext();
        var visible = context.Goals.AsNoTracking().VisibleTo(viewer);
        if (await visible.FirstOrDefaultAsync(goal => goal.GoalId == goalId, cancellation) is not { } goal)
        {
            return null;
        }

        var children = await visible.Where(child => child.ParentId == goalId).OrderBy(child => child.DueOn).ThenBy(child => child.GoalId).ToListAsync(cancellation);
        var parent = goal.ParentId is { } parentId ? await visible.FirstOrDefaultAsync(other => other.GoalId == parentId, cancellation) : null;
        var reviews = await context.GoalReviews.AsNoTracking().Where(review => review.GoalId == goalId).OrderByDescending(review => review.Month).ToListAsync(cancellation);
        var history = await context.Journal.AsNoTracking().Where(entry => entry.AccountNo == 0 && entry.Area == JournalAreas.Goal && entry.RecordId == goalId).OrderByDescending(entry => entry.EntryNo).Take(MostHistory).ToListAsync(cancellation);
        var points = await series.ReadAsync(goal.Measure, goal.Scope, cancellation);
        var row = new GoalRow(goal, GoalStanding.Of(goal, points, today), GoalReviews.Due(goal, reviews.Count > 0 ? reviews[0].Month : null, today), 0);
        return new(row, parent, await RowsAsync(children, await ReviewedAsync(context, children, cancellation), today, cancellation), points, reviews, history, today, settings.Currency);
    }

    /// <summary>Plays, marks and segments that a review can point to.</summary>
    public async Task<GoalLinkChoices> LinksAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var plays = await PlayQuery.ReadAsync(context, cancellation);
        var marks = await context.Marks.AsNoTracking().Where(mark => mark.DeletedAt == null).OrderByDescending(mark => mark.Day).Take(MostLinks).Select(mark => new GoalLink(GoalLinkKind.Mark, mark.MarkId, mark.Title)).ToListAsync(cancellation);
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).OrderBy(segment => segment.Name).Take(MostLinks).ToListAsync(cancellation);
        return new([.. plays.Select(entry => new GoalLink(GoalLinkKind.Play, entry.Play.Key, entry.Play.Key)), .. marks, .. segments.Select(segment => new GoalLink(GoalLinkKind.Segment, segment.SegmentId, segment.Name))]);
    }

    /// <summary>Goals of a colleague whose review is due, for the day of that colleague.</summary>
    /// <param name="context">Where to read.</param>
    /// <param name="email">Whose, in lower case.</param>
    /// <param name="today">The company's day.</param>
    /// <param name="cancellation">Ends the query.</param>
    internal static async Task<IReadOnlyList<Core.Workday.DayReview>> DueAsync(CustomerSuccessContext context, string email, DateOnly today, CancellationToken cancellation)
    {
        var goals = await context.Goals.AsNoTracking().Where(goal => goal.DeletedAt == null && goal.OwnerEmail == email).OrderBy(goal => goal.DueOn).ThenBy(goal => goal.GoalId).ToListAsync(cancellation);
        var reviewed = await ReviewedAsync(context, goals, cancellation);
        return [.. goals.Select(goal => (goal, Due: GoalReviews.Due(goal, reviewed.GetValueOrDefault(goal.GoalId), today))).Where(one => one.Due is not null).Select(one => new Core.Workday.DayReview(one.goal.GoalId, one.goal.Title, one.goal.Kind, one.Due!.Value, one.goal.DueOn))];
    }

    private async Task<IReadOnlyList<GoalRow>> RowsAsync(IReadOnlyList<Goal> goals, IReadOnlyDictionary<string, DateOnly?> reviewed, DateOnly today, CancellationToken cancellation)
    {
        var points = new Dictionary<(GoalMeasure, GoalScope), IReadOnlyList<MeasurePoint>>();
        var rows = new Dictionary<string, GoalRow>(StringComparer.Ordinal);
        foreach (var goal in goals)
        {
            if (!points.TryGetValue((goal.Measure, goal.Scope), out var known))
            {
                points.Add((goal.Measure, goal.Scope), known = await series.ReadAsync(goal.Measure, goal.Scope, cancellation));
            }

            rows.Add(goal.GoalId, new(goal, GoalStanding.Of(goal, known, today), GoalReviews.Due(goal, reviewed.GetValueOrDefault(goal.GoalId), today), 0));
        }

        // a KPI whose KGI is not in sight stands for itself
        var children = goals.Where(goal => goal.ParentId is { } parent && rows.ContainsKey(parent)).ToLookup(goal => goal.ParentId!, StringComparer.Ordinal);
        return
        [
            .. goals.Where(goal => goal.ParentId is not { } parent || !rows.ContainsKey(parent)).OrderBy(goal => goal.Kind)
                .SelectMany(goal => children[goal.GoalId].Select(child => rows[child.GoalId] with { Depth = 1 }).Prepend(rows[goal.GoalId])),
        ];
    }

    private static async Task<Dictionary<string, DateOnly?>> ReviewedAsync(CustomerSuccessContext context, IReadOnlyList<Goal> goals, CancellationToken cancellation)
    {
        var ids = goals.Select(goal => goal.GoalId).ToList();
        return await context.GoalReviews.AsNoTracking().Where(review => ids.Contains(review.GoalId)).GroupBy(review => review.GoalId)
            .Select(own => new { own.Key, Month = own.Max(review => review.Month) }).ToDictionaryAsync(own => own.Key, own => (DateOnly?)own.Month, cancellation);
    }
}
