using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Marks;

/// <summary>A mark as its author wants it.</summary>
/// <param name="MarkId">Null for a new one.</param>
/// <param name="Version">The version that the author saw; 0 for a new one.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Day">The company's day on which it happened or began.</param>
/// <param name="Until">The last day; null for one day.</param>
/// <param name="Title">In a few words, 1–<see cref="Mark.LongestTitle"/> characters.</param>
/// <param name="Note">More of it, at most <see cref="Mark.LongestNote"/> characters.</param>
public sealed record MarkDraft(string? MarkId, int Version, MarkKind Kind, DateOnly? Day, DateOnly? Until, string? Title, string? Note)
{
    /// <summary>Which accounts an outage hit; of any other kind it is not looked at.</summary>
    public MarkReach Reach { get; init; }

    /// <summary>The segment's id, the product, the plan, or the ids of accounts, divided by blanks, commas or lines.</summary>
    public string? ReachOf { get; init; }
}

/// <summary>What an outage can have hit.</summary>
/// <param name="Segments">Saved segments by id, with their names.</param>
/// <param name="Products">Products that somebody pays or has paid for.</param>
/// <param name="Plans">Likewise plans.</param>
public sealed record MarkReaches(IReadOnlyList<(string Id, string Name)> Segments, IReadOnlyList<string> Products, IReadOnlyList<string> Plans);

/// <summary>What happened to the company: releases, price changes, outages. Whoever manages, and product leads, write them down; every reader sees them.</summary>
public sealed class MarkBook(Acts acts, Database database)
{
    private const string Lock = "marks";

    /// <summary>True where the viewer may write marks down and take them back.</summary>
    public static bool MayWrite(Viewer viewer) => viewer.MayManage || viewer.IsIn(Roles.ProductLead);

    /// <summary>Marks that stand, the latest first.</summary>
    public async Task<IReadOnlyList<Mark>> ListAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Marks.AsNoTracking().Where(mark => mark.DeletedAt == null).OrderByDescending(mark => mark.Day).ThenBy(mark => mark.MarkId).ToListAsync(cancellation);
    }

    /// <summary>What an outage can be said to have hit.</summary>
    public async Task<MarkReaches> ReachesAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).OrderBy(segment => segment.Name).Select(segment => new { segment.SegmentId, segment.Name }).ToListAsync(cancellation);
        var terms = context.Subscriptions.AsNoTracking().Where(term => term.VoidedBy == null);
        return new(
            [.. segments.Select(segment => (segment.SegmentId, segment.Name))],
            [.. (await terms.Where(term => term.Product != null).Select(term => term.Product!).Distinct().ToListAsync(cancellation)).Order(StringComparer.Ordinal)],
            [.. (await terms.Where(term => term.Plan != null).Select(term => term.Plan!).Distinct().ToListAsync(cancellation)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Writes a new mark down, or changes one. Problems by field: <c>title</c>, <c>note</c>, <c>day</c>, <c>until</c>, <c>reach_of</c> (<c>missing</c>, <c>unknown</c> with what there is none of behind a colon, <c>too_many</c>).</summary>
    public async Task<ActResult<Mark>> SaveAsync(Viewer viewer, MarkDraft draft, CancellationToken cancellation = default)
    {
        if (!MayWrite(viewer))
        {
            return ActResult.Forbidden<Mark>();
        }

        var (title, note) = (EnteredText.Of(draft.Title), EnteredText.Of(draft.Note));
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "title", title, Mark.LongestTitle);
        EnteredText.Check(problems, "note", note, Mark.LongestNote);
        if (title is null)
        {
            problems["title"] = "missing";
        }

        if (draft.Day is null)
        {
            problems["day"] = "missing";
        }
        else if (draft.Until < draft.Day)
        {
            problems["until"] = "before_from";
        }

        return problems.Count > 0 ? ActResult.Invalid<Mark>(problems) : await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var mark = draft.MarkId is null ? null : await act.Context.Marks.FindAsync([draft.MarkId], cancellation);
            if (draft.MarkId is not null && mark is not { DeletedAt: null })
            {
                return ActResult.NotFound<Mark>();
            }

            if (mark is not null && mark.Version != draft.Version)
            {
                return ActResult.Conflict(mark);
            }

            var reach = draft.Kind == MarkKind.Outage ? draft.Reach : MarkReach.All;
            var (reachOf, accounts, problem) = await ReachAsync(act, reach, draft.ReachOf);
            if (problem is not null)
            {
                return ActResult.Invalid<Mark>("reach_of", problem);
            }

            var until = draft.Until == draft.Day ? null : draft.Until;
            var changes = new FieldChanges().Note("title", mark?.Title, title).Note("kind", mark?.Kind.ToString(), draft.Kind.ToString()).Note("day", Text(mark?.Day), Text(draft.Day)).Note("until", Text(mark?.Until), Text(until)).Note("note", mark?.Note, note)
                .Note("reach", mark?.Reach.ToString(), reach.ToString()).Note("reach_of", mark?.ReachOf, reachOf);
            if (mark is null)
            {
                mark = new Mark { MarkId = act.NewId(), Title = title! };
                act.Context.Marks.Add(mark);
            }

            (mark.Title, mark.Kind, mark.Day, mark.Until, mark.Note, mark.ChangedAt, mark.ChangedByEmail, mark.Version) = (title!, draft.Kind, draft.Day!.Value, until, note, act.Now, viewer.Email, mark.Version + 1);
            (mark.Reach, mark.ReachOf) = (reach, reachOf);
            if (draft.MarkId is not null)
            {
                await act.Context.MarkAccounts.Where(hit => hit.MarkId == mark.MarkId).ExecuteDeleteAsync(cancellation);
            }

            act.Context.MarkAccounts.AddRange(accounts.Select(account => new MarkAccount { AccountNo = account, MarkId = mark.MarkId }));
            act.Note(JournalAreas.Mark, draft.MarkId is null ? "created" : "changed", recordId: mark.MarkId, changes: changes);
            return ActResult.Done(mark);
        }, cancellation);
    }

    /// <summary>Takes a mark off the charts, or brings it back; twice is once.</summary>
    public Task<ActResult<Mark>> SetDeletedAsync(Viewer viewer, string markId, bool isDeleted, CancellationToken cancellation = default) =>
        !MayWrite(viewer) ? Task.FromResult(ActResult.Forbidden<Mark>()) : acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            if (await act.Context.Marks.FindAsync([markId], cancellation) is not { } mark)
            {
                return ActResult.NotFound<Mark>();
            }

            if (mark.DeletedAt is not null == isDeleted)
            {
                return ActResult.Unchanged(mark);
            }

            (mark.DeletedAt, mark.ChangedAt, mark.ChangedByEmail, mark.Version) = (isDeleted ? act.Now : null, act.Now, viewer.Email, mark.Version + 1);
            act.Note(JournalAreas.Mark, isDeleted ? "deleted" : "restored", recordId: markId, changes: new FieldChanges().Note("title", isDeleted ? mark.Title : null, isDeleted ? null : mark.Title));
            return ActResult.Done(mark);
        }, cancellation);

    /// <summary>What is to be kept of which accounts were hit, or what is wrong with it.</summary>
    private static async Task<(string? ReachOf, IReadOnlyList<int> Accounts, string? Problem)> ReachAsync(ActScope act, MarkReach reach, string? written)
    {
        if (reach == MarkReach.All)
        {
            return (null, [], null);
        }

        if (EnteredText.Of(written) is not { } of)
        {
            return (null, [], "missing");
        }

        if (reach != MarkReach.Accounts)
        {
            var exists = reach switch
            {
                MarkReach.Segment => await act.Context.SavedSegments.AnyAsync(segment => segment.SegmentId == of && segment.DeletedAt == null, act.Cancellation),
                MarkReach.Product => await act.Context.Subscriptions.AnyAsync(term => term.VoidedBy == null && term.Product == of, act.Cancellation),
                _ => await act.Context.Subscriptions.AnyAsync(term => term.VoidedBy == null && term.Plan == of, act.Cancellation),
            };
            return exists ? (of, [], null) : (null, [], $"unknown:{of}");
        }

        var ids = of.Split((char[])[' ', ',', ';', '\t', '\r', '\n', '\u3000', '、'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count > Mark.MostAccounts)
        {
            return (null, [], "too_many");
        }

        var known = await act.Context.Accounts.Where(account => ids.Contains(account.AccountId)).Select(account => new { account.AccountNo, account.AccountId }).ToListAsync(act.Cancellation);
        return ids.Find(id => !known.Exists(account => account.AccountId == id)) is { } unknown
            ? (null, [], $"unknown:{unknown}")
            : (string.Join('\n', ids), [.. known.Select(account => account.AccountNo)], null);
    }

    private static string? Text(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);
}
