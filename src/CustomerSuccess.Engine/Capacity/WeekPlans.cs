using System.Collections.Concurrent;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Capacity;

/// <summary>
/// Which open touches of the risk queue fit into the coming days of their CSMs: capacities, days off, and minutes that were spent today count.
/// A plan is made when it is asked for and kept until anything changes.
/// </summary>
internal sealed class WeekPlans
{
    /// <summary>Days that a plan covers: today and the six after it.</summary>
    public const int Days = 7;

    /// <summary>Rows that are read of a queue at once.</summary>
    private const int ChunkRows = 64;

    private volatile Kept _kept = new(0, default, 0);

    /// <summary>The plans of some owners, by owner as the accounts spell it in lower case; empty for nobody.</summary>
    public async Task<IReadOnlyDictionary<string, PlannedWork>> ReadAsync(CustomerSuccessContext context, ScoreRun run, IEnumerable<string?> owners, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        var change = await CapacityBook.LastChangeAsync(context, cancellation);
        var kept = _kept;
        if (!kept.IsOf(run.ScoreRunId, today, change))
        {
            _kept = kept = new(run.ScoreRunId, today, change);
        }

        var wanted = owners.GroupBy(owner => owner?.ToLowerInvariant() ?? "").ToDictionary(spellings => spellings.Key, spellings => spellings.Distinct().ToList());
        var missing = wanted.Keys.Where(owner => !kept.Plans.ContainsKey(owner)).ToList();
        if (missing.Count > 0)
        {
            var book = await CapacityBook.ReadAsync(context, settings, today, cancellation);
            var spent = await SpentAsync(context, settings, today, cancellation);
            foreach (var owner in missing)
            {
                var calendar = book.Of(owner.Length == 0 ? null : owner);
                var days = Enumerable.Range(0, Days).Select(today.AddDays)
                    .Select((day, i) => new WorkDay(day, calendar.MinutesOn(day), i == 0 ? spent.GetValueOrDefault(owner) : 0, 0)).ToList();
                kept.Plans[owner] = await PlanAsync(context, run, wanted[owner], days, settings, today, cancellation);
            }
        }

        return wanted.Keys.ToDictionary(owner => owner, owner => kept.Plans[owner]);
    }

    /// <summary>Everybody whose accounts a run scored, as the accounts spell them; null for nobody.</summary>
    public static async Task<List<string?>> OwnersAsync(CustomerSuccessContext context, ScoreRun run, CancellationToken cancellation) =>
        await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId).Select(score => score.OwnerEmail).Distinct().ToListAsync(cancellation);

    private static async Task<PlannedWork> PlanAsync(CustomerSuccessContext context, ScoreRun run, List<string?> spellings, List<WorkDay> days, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        var open = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.QueueRank != null && score.TopMinutes > 0 && (score.AwayUntil == null || score.AwayUntil <= today));
        var owner = spellings[0];
        open = spellings.Count == 1 ? open.Where(score => score.OwnerEmail == owner) : open.Where(score => spellings.Contains(score.OwnerEmail));
        var watch = settings.HealthWatch;
        var queue = new List<WorkItem>();
        // no play takes less
        var shortest = (await PlayQuery.ReadAsync(context, cancellation)).Where(entry => entry.Play.IsOn).Select(entry => entry.Play.Minutes).DefaultIfEmpty(1).Min();
        int? after = 0;
        while (true)
        {
            var chunk = await open.Where(score => score.QueueRank > after).OrderBy(score => score.QueueRank).Take(ChunkRows)
                .Select(score => new { score.AccountNo, score.TopMinutes, InDanger = score.Health < watch, score.QueueRank }).ToListAsync(cancellation);
            queue.AddRange(chunk.Select(row => new WorkItem(row.AccountNo, row.TopMinutes, row.InDanger)));
            var plan = WorkPlan.Of(queue, days, shortest);
            if (chunk.Count < ChunkRows || plan.Days.All(day => day.Left < shortest))
            {
                return plan;
            }

            after = chunk[^1].QueueRank;
        }
    }

    /// <summary>Minutes of today's touches by who made them, in lower case; a touch that names no minutes took what its play takes.</summary>
    private static async Task<Dictionary<string, double>> SpentAsync(CustomerSuccessContext context, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        var (from, until) = (settings.StartOf(today), settings.StartOf(today.AddDays(1)));
        var touches = await context.Touches.AsNoTracking().Where(touch => touch.VoidedBy == null && touch.At >= from && touch.At < until && touch.OwnerEmail != null)
            .Select(touch => new { touch.OwnerEmail, touch.Minutes, touch.Play }).ToListAsync(cancellation);
        var plays = (await PlayQuery.ReadAsync(context, cancellation)).ToDictionary(entry => entry.Play.Key, entry => entry.Play.Minutes, StringComparer.Ordinal);
        return touches.GroupBy(touch => touch.OwnerEmail!.ToLowerInvariant())
            .ToDictionary(own => own.Key, own => own.Sum(touch => touch.Minutes ?? (touch.Play is { } play ? plays.GetValueOrDefault(play) : 0)));
    }

    /// <summary>Plans that hold for one run, on one day, until the next change.</summary>
    private sealed class Kept(int runId, DateOnly today, long change)
    {
        public ConcurrentDictionary<string, PlannedWork> Plans { get; } = [];

        public bool IsOf(int otherRun, DateOnly otherDay, long otherChange) => (runId, today, change) == (otherRun, otherDay, otherChange);
    }
}
