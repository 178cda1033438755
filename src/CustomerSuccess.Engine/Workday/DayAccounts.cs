using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Workday;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>What lies ahead of accounts, and what happened to their health.</summary>
internal static class DayAccounts
{
    private const int MostRenewals = 6, MostMoves = 8;

    public static async Task<DayRenewals> RenewalsAsync(DayReading reading)
    {
        var (today, watch) = (reading.Today, reading.Settings.HealthWatch);
        var (first, second, last) = (today.AddDays(DayRenewals.Limits[0]), today.AddDays(DayRenewals.Limits[1]), today.AddDays(DayRenewals.Limits[2]));
        var ahead = reading.Scores.Where(score => score.RenewsOn >= today && score.RenewsOn <= last && score.State == ScoreState.Scored);
        var sums = await ahead.GroupBy(score => score.RenewsOn <= first ? 0 : score.RenewsOn <= second ? 1 : 2)
            .Select(window => new { window.Key, Accounts = window.Count(), Mrr = window.Sum(score => score.Mrr), InDanger = window.Sum(score => score.Health < watch ? 1 : 0) })
            .ToDictionaryAsync(window => window.Key, reading.Cancellation);
        var rows = sums.Count == 0 ? [] : await ahead.OrderBy(score => score.RenewsOn).ThenByDescending(score => score.Mrr).ThenBy(score => score.AccountNo).Take(MostRenewals)
            .Select(score => new { score.AccountNo, score.Name, score.OwnerEmail, score.RenewsOn, score.Mrr, score.Health, score.RenewalProbability }).ToListAsync(reading.Cancellation);
        var ids = await reading.IdsAsync(rows.Select(row => row.AccountNo));
        return new(
            [.. DayRenewals.Limits.Select((days, i) => sums.TryGetValue(i, out var sum) ? new RenewalWindow(days, sum.Accounts, sum.Mrr, sum.InDanger) : new RenewalWindow(days, 0, 0, 0))],
            [.. rows.Select(row => new DayRenewal(row.AccountNo, ids[row.AccountNo].Id, ids[row.AccountNo].Namespace, row.Name, row.OwnerEmail, row.RenewsOn!.Value, row.Mrr, row.Health, row.RenewalProbability))]);
    }

    /// <summary>The day that health is compared with, and every account that moved enough since; a finished run does not change, so that a team's may be kept.</summary>
    public static async Task<(DateOnly? Since, IReadOnlyList<Moved> Moves)> MovedAsync(DayReading reading)
    {
        var asOf = reading.Run!.AsOf;
        var (latest, earliest) = (asOf.AddDays(-DayRules.MoveDaysLeast), asOf.AddDays(-DayRules.MoveDaysMost));
        if (await reading.Context.HealthPoints.Where(point => point.AsOf <= latest && point.AsOf >= earliest).MaxAsync(point => (DateOnly?)point.AsOf, reading.Cancellation) is not { } since)
        {
            return (null, []);
        }

        var moves = await reading.Scores.Where(score => score.Health != null)
            .Join(reading.Context.HealthPoints.AsNoTracking().Where(point => point.AsOf == since), score => score.AccountNo, point => point.AccountNo, (score, point) => new { score.AccountNo, Points = score.Health - point.Total, score.Mrr })
            .Where(move => move.Points <= -DayRules.LeastMove || move.Points >= DayRules.LeastMove)
            .Select(move => new { move.AccountNo, move.Points, move.Mrr }).ToListAsync(reading.Cancellation);
        return (since, moves.ConvertAll(move => new Moved(move.AccountNo, move.Points!.Value, move.Mrr)));
    }

    public static async Task<DayMoves> MovesAsync(DayReading reading, DateOnly? since, IReadOnlyList<Moved> moves)
    {
        var shown = DayRules.Choose([.. moves], MostMoves);
        if (since is not { } before || shown.Count == 0)
        {
            return new(since, 0, 0, []);
        }

        var (numbers, run) = (shown.Select(move => move.AccountNo).ToList(), reading.Run!);
        var scores = await reading.Scores.Where(score => numbers.Contains(score.AccountNo)).ToDictionaryAsync(score => score.AccountNo, reading.Cancellation);
        var points = await reading.Context.HealthPoints.AsNoTracking().Where(point => numbers.Contains(point.AccountNo) && point.AsOf == before).ToDictionaryAsync(point => point.AccountNo, reading.Cancellation);
        var schemes = await reading.Context.HealthSchemes.AsNoTracking().ToDictionaryAsync(scheme => scheme.SchemeNo, reading.Cancellation);
        var ids = await reading.IdsAsync(numbers);
        HealthWeights Weights(HealthPoint point) => (schemes.GetValueOrDefault(point.SchemeNo)?.Rule() ?? HealthRule.Default).For(point.Segment);
        var rows = new List<DayMove>();
        foreach (var no in numbers.Where(no => scores.ContainsKey(no) && points.ContainsKey(no)))
        {
            var (score, then) = (scores[no], points[no]);
            var now = new HealthPoint
            {
                AccountNo = no,
                AsOf = run.AsOf,
                Total = score.Health,
                Adoption = score.Adoption,
                Engagement = score.Engagement,
                Support = score.Support,
                Sentiment = score.Sentiment,
                Commercial = score.Commercial,
                Relationship = score.Relationship,
                JudgementPoints = score.JudgementPoints,
                SchemeNo = run.HealthSchemeNo,
                Segment = score.Segment,
            };
            if (HealthChange.Between(then, Weights(then), now, Weights(now)) is { } change)
            {
                rows.Add(new(no, ids[no].Id, ids[no].Namespace, score.Name, score.OwnerEmail, score.Mrr, change));
            }
        }

        return new(since, moves.Count(move => move.Points < 0), moves.Count(move => move.Points > 0), rows);
    }
}
