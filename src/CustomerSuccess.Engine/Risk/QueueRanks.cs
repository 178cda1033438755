using System.Globalization;
using System.Text;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>Places in the two queues, by what a minute spent on an account is worth.</summary>
internal static class QueueRanks
{
    /// <summary>Ranks all accounts of a run.</summary>
    public static void Set(IReadOnlyCollection<AccountScore> scores, bool fallback)
    {
        var byAccount = scores.ToDictionary(s => s.AccountNo);
        var place = 0;
        foreach (var entry in Kept(scores, fallback))
        {
            byAccount[entry.AccountNo].QueueRank = ++place;
        }

        place = 0;
        foreach (var score in scores)
        {
            score.OpportunityRank = null;
        }

        foreach (var entry in Sold(scores, fallback))
        {
            byAccount[entry.AccountNo].OpportunityRank = ++place;
        }
    }

    /// <summary>Puts some accounts of a finished run where they belong by now; those between move by a place each. The queue is locked.</summary>
    /// <param name="context">The store.</param>
    /// <param name="run">The run.</param>
    /// <param name="moved">Tracked rows whose values have changed; few.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task MoveAsync(CustomerSuccessContext context, ScoreRun run, IReadOnlyCollection<AccountScore> moved, CancellationToken cancellation)
    {
        var changed = moved.Select(score => score.AccountNo).ToHashSet();
        var others = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.State == ScoreState.Scored)
            .Select(score => new AccountScore { AccountNo = score.AccountNo, Name = "", NameSort = "", QueueRank = score.QueueRank, OpportunityRank = score.OpportunityRank, ValuePerMinute = score.ValuePerMinute, UpsellValuePerMinute = score.UpsellValuePerMinute, RuleScore = score.RuleScore, ChurnProbability = score.ChurnProbability, Mrr = score.Mrr })
            .ToListAsync(cancellation);
        others.RemoveAll(score => changed.Contains(score.AccountNo));
        var before = others.ToDictionary(score => score.AccountNo, score => (score.QueueRank, score.OpportunityRank));
        List<AccountScore> all = [.. others, .. moved];
        Set(all, run.IsFallback);
        await ShiftAsync("queue_rank", others.Select(score => (before[score.AccountNo].QueueRank, score.QueueRank)));
        await ShiftAsync("opportunity_rank", others.Select(score => (before[score.AccountNo].OpportunityRank, score.OpportunityRank)));

        async Task ShiftAsync(string column, IEnumerable<(int? Before, int? Now)> places)
        {
            if (ShiftSql(column, run.ScoreRunId, places, changed) is { } sql)
            {
                await context.Database.ExecuteSqlRawAsync(sql, cancellation);
            }
        }
    }

    /// <summary>One statement that moves stretches of neighbours: one after another would catch rows twice. It holds numbers alone.</summary>
    private static string? ShiftSql(string column, int run, IEnumerable<(int? Before, int? Now)> places, IReadOnlyCollection<int> moved)
    {
        List<(int From, int To, int By)> stretches = [];
        foreach (var (before, now) in places.Where(place => place.Before is not null && place.Now is not null).Select(place => (place.Before!.Value, place.Now!.Value)).OrderBy(place => place.Item1))
        {
            if (stretches.Count > 0 && stretches[^1].By == now - before)
            {
                stretches[^1] = stretches[^1] with { To = before };
            }
            else
            {
                stretches.Add((before, before, now - before));
            }
        }

        stretches.RemoveAll(stretch => stretch.By == 0);
        if (stretches.Count == 0)
        {
            return null;
        }

        var sql = new StringBuilder().Append(CultureInfo.InvariantCulture, $"UPDATE account_score SET {column} = {column} + CASE");
        foreach (var (from, to, by) in stretches)
        {
            sql.Append(CultureInfo.InvariantCulture, $" WHEN {column} BETWEEN {from} AND {to} THEN {by}");
        }

        return sql.Append(CultureInfo.InvariantCulture, $" ELSE 0 END WHERE score_run_id = {run} AND {column} BETWEEN {stretches[0].From} AND {stretches[^1].To} AND account_no NOT IN ({string.Join(',', moved)})").ToString();
    }

    private static IOrderedEnumerable<QueueEntry> Kept(IEnumerable<AccountScore> scores, bool fallback) =>
        scores.Where(s => s.State == ScoreState.Scored).Select(s => Entry(s, s.ValuePerMinute, fallback)).Order(QueueOrder.Comparer);

    private static IOrderedEnumerable<QueueEntry> Sold(IEnumerable<AccountScore> scores, bool fallback) =>
        scores.Where(s => s.UpsellValuePerMinute is not null).Select(s => Entry(s, s.UpsellValuePerMinute!.Value, fallback)).Order(QueueOrder.Comparer);

    private static QueueEntry Entry(AccountScore s, double value, bool fallback) => new(s.AccountNo, value, fallback ? s.RuleScore : s.ChurnProbability ?? 0, s.Mrr);
}
