using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Segments;

/// <summary>Who is in which segment: told anew after each score run and each change of a segment, with who entered and who left.</summary>
internal static class SegmentMembers
{
    /// <summary>Tells all segments by a run that was just finished, each in a transaction of its own.</summary>
    public static async Task CountAllAsync(Database database, ScoreRun run, DateTime now, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).OrderBy(segment => segment.SegmentId).ToListAsync(cancellation);
        if (segments.Count == 0)
        {
            return;
        }

        var conditions = segments.ToDictionary(segment => segment.SegmentId, segment => segment.Condition, StringComparer.Ordinal);
        var table = await RunTable.ReadAsync(context, run, conditions.Values, conditions, cancellation);
        // all are told by what stood before, so that the order does not matter
        var members = conditions.ToDictionary(own => own.Key, own => table.Matching(own.Value), StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            await using var part = database.OpenContext();
            await using var transaction = await part.Database.BeginTransactionAsync(cancellation);
            if (await part.SavedSegments.FindAsync([segment.SegmentId], cancellation) is { DeletedAt: null } current && current.Version == segment.Version)
            {
                await PutAsync(part, current, run, table, members[segment.SegmentId], now, byChange: false, cancellation);
                await part.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
            }
        }
    }

    /// <summary>Writes who is in a segment now; the caller saves and commits.</summary>
    public static async Task PutAsync(CustomerSuccessContext context, SavedSegment segment, ScoreRun run, RunTable table, List<int> rows, DateTime now, bool byChange, CancellationToken cancellation)
    {
        segment.Countings++;
        var members = rows.ToDictionary(row => table.Scores[row].AccountNo, row => table.Scores[row].Mrr);
        var before = (await context.SegmentStays.Where(stay => stay.SegmentId == segment.SegmentId && stay.LeftOn == null).Select(stay => stay.AccountNo).ToListAsync(cancellation)).ToHashSet();
        var left = before.Where(account => !members.ContainsKey(account)).Order().ToList();
        var entered = members.Keys.Where(account => !before.Contains(account)).Order().ToList();
        await LeaveAsync(context, segment.SegmentId, left, run.AsOf, byChange, cancellation);
        await context.InsertAllAsync([.. entered.Select(account => new SegmentStay { AccountNo = account, SegmentId = segment.SegmentId, EnteredNo = segment.Countings, EnteredOn = run.AsOf, EnteredByChange = byChange })], cancellation);
        (segment.Accounts, segment.Mrr, segment.CountedOn) = (members.Count, members.Values.Sum(), run.AsOf);
        context.SegmentCounts.Add(new SegmentCount { SegmentId = segment.SegmentId, CountNo = segment.Countings, At = now, AsOf = run.AsOf, Version = segment.Version, Accounts = members.Count, Entered = entered.Count, Left = left.Count, Mrr = segment.Mrr });
    }

    /// <summary>Ends the stays of some accounts.</summary>
    public static async Task LeaveAsync(CustomerSuccessContext context, string segmentId, IReadOnlyList<int> accounts, DateOnly on, bool byChange, CancellationToken cancellation)
    {
        foreach (var some in accounts.Chunk(500))
        {
            await context.SegmentStays.Where(stay => stay.SegmentId == segmentId && stay.LeftOn == null && some.Contains(stay.AccountNo))
                .ExecuteUpdateAsync(set => set.SetProperty(stay => stay.LeftOn, on).SetProperty(stay => stay.LeftByChange, byChange), cancellation);
        }
    }

    /// <summary>The segments that stand, by id.</summary>
    public static async Task<Dictionary<string, Condition>> ConditionsAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        (await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).ToListAsync(cancellation)).ToDictionary(segment => segment.SegmentId, segment => segment.Condition, StringComparer.Ordinal);
}
