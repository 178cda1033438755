using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>Health of the portfolio: where it stands, how it went, and what a change of its rule would do.</summary>
public sealed class HealthQuery(Database database, SettingsStore settingsStore, HealthRows healthRows, TimeProvider clock)
{
    /// <summary>Days over which a change is told: the newest point at least this old is compared with.</summary>
    private const int LeastDays = 7;

    /// <summary>Points older than this are not compared with.</summary>
    private const int MostDays = 45;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private volatile KeptPortfolio? _portfolio;

    public async Task<HealthOverview> OverviewAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new(null, 0, []);
        }

        var segments = await Scores(context, viewer, run).Where(score => score.Segment != null).GroupBy(score => score.Segment)
            .Select(own => new { own.Key, Accounts = own.Count() }).ToListAsync(cancellation);
        return new(run.AsOf, run.HealthSchemeNo, [.. segments.OrderByDescending(own => own.Accounts).ThenBy(own => own.Key, StringComparer.Ordinal).Select(own => new SegmentSize(own.Key!, own.Accounts))]);
    }

    /// <summary>Month ends and the day of the newest run, oldest first, cut by the bands in force. Of the whole company as it stood within the last minute: its past is written beside the runs.</summary>
    public async Task<IReadOnlyList<PortfolioHealth>> PortfolioAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var (good, watch) = (settings.HealthGood, settings.HealthWatch);
        await using var context = database.OpenContext();
        var newest = (await ScoreRunQuery.NewestAsync(context, cancellation)) is { } run ? (run.ScoreRunId, (DateOnly?)run.AsOf) : default;
        var (key, now) = ((newest.ScoreRunId, good, watch), clock.GetTimestamp());
        if (viewer.OwnPortfolioOnly)
        {
            return await PortfolioAsync(context, viewer, newest.Item2, good, watch, cancellation);
        }

        if (_portfolio is not { } kept || kept.Key != key || clock.GetElapsedTime(kept.At, now) > Fresh)
        {
            _portfolio = kept = new(key, now, await PortfolioAsync(context, viewer, newest.Item2, good, watch, cancellation));
        }

        return kept.Days;
    }

    private static async Task<IReadOnlyList<PortfolioHealth>> PortfolioAsync(CustomerSuccessContext context, Viewer viewer, DateOnly? newest, double good, double watch, CancellationToken cancellation)
    {
        var points = context.HealthPoints.AsNoTracking().Where(point => point.Total != null);
        if (viewer.OwnPortfolioOnly)
        {
            var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
            points = points.Where(point => visible.Contains(point.AccountNo));
        }

        var days = await points.GroupBy(point => point.AsOf).Select(day => new
        {
            day.Key,
            Average = day.Average(point => point.Total),
            Good = day.Sum(point => point.Total >= good ? 1 : 0),
            Watch = day.Sum(point => point.Total >= watch && point.Total < good ? 1 : 0),
            Danger = day.Sum(point => point.Total < watch ? 1 : 0),
            Reconstructed = day.Sum(point => point.Reconstructed ? 1 : 0),
        }).ToListAsync(cancellation);
        return [.. days.Where(day => day.Key == newest || (day.Key.AddDays(1).Day == 1 && !(day.Key > newest))).OrderBy(day => day.Key)
            .Select(day => new PortfolioHealth(day.Key, day.Average, day.Good, day.Watch, day.Danger, 2 * day.Reconstructed > day.Good + day.Watch + day.Danger))];
    }

    /// <summary>What a rule would do to the accounts of the newest run that the viewer may see.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="rule">A valid rule.</param>
    /// <param name="most">Moves to list.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<HealthPreview> PreviewAsync(Viewer viewer, HealthRule rule, int most, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var counts = Enum.GetValues<HealthBand>().Select(_ => new int[Enum.GetValues<HealthBand>().Length]).ToArray();
        List<(AccountScore Score, double After, HealthBand From, HealthBand To)> moves = [];
        var (changed, accounts) = (0.0, 0);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is { } run)
        {
            var before = HealthRule.Default with { Good = settings.HealthGood, Watch = settings.HealthWatch };
            var today = settings.Today(clock);
            var judgements = (await context.Judgements.AsNoTracking().Where(judgement => judgement.WithdrawnAt == null).OrderByDescending(judgement => judgement.At).ToListAsync(cancellation)).ToLookup(judgement => judgement.AccountNo);
            await foreach (var score in Scores(context, viewer, run).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                var point = new HealthPoint { Adoption = score.Adoption, Engagement = score.Engagement, Support = score.Support, Sentiment = score.Sentiment, Commercial = score.Commercial, Relationship = score.Relationship };
                if (score.Health is not { } health || rule.For(score.Segment).Total(point) is not { } own)
                {
                    continue;
                }

                var after = own + Judgement.Points(own, judgements[score.AccountNo].FirstOrDefault(), today, rule.JudgementWeight);
                var (from, to) = (before.Band(health)!.Value, rule.Band(after)!.Value);
                counts[(int)from][(int)to]++;
                changed += Math.Abs(after - health);
                accounts++;
                if (from != to)
                {
                    moves.Add((score, after, from, to));
                }
            }
        }

        var shown = moves.OrderByDescending(move => move.Score.Mrr).ThenBy(move => move.Score.AccountNo).Take(most).ToList();
        int[] numbers = [.. shown.Select(move => move.Score.AccountNo)];
        var ids = await context.Accounts.AsNoTracking().Where(account => numbers.Contains(account.AccountNo)).ToDictionaryAsync(account => account.AccountNo, account => (account.AccountId, account.Namespace), cancellation);
        var labelled = await healthRows.ReadAsync(cancellation);
        return new(
            counts,
            [.. shown.Select(move => new BandMove(ids[move.Score.AccountNo].AccountId, ids[move.Score.AccountNo].Namespace, move.Score.Name, move.Score.Segment, move.Score.Mrr, move.Score.Health!.Value, move.After, move.From, move.To))],
            moves.Count,
            accounts == 0 ? 0 : changed / accounts,
            HealthEvidence.Bands(labelled.Rows, rule, labelled.Label.HorizonDays));
    }

    /// <summary>What moved an account's health, and what its CSMs think; null for an account that the viewer may not see.</summary>
    public async Task<AccountHealth?> OfAccountAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation))
        {
            return null;
        }

        var judgements = await context.Judgements.AsNoTracking().Where(judgement => judgement.AccountNo == accountNo)
            .OrderByDescending(judgement => judgement.At).ThenByDescending(judgement => judgement.JudgementId).Take(20).ToListAsync(cancellation);
        var schemes = await context.HealthSchemes.AsNoTracking().ToDictionaryAsync(scheme => scheme.SchemeNo, cancellation);
        HealthRule Rule(int schemeNo) => schemes.GetValueOrDefault(schemeNo)?.Rule() ?? HealthRule.Default;
        HealthWeights Weights(HealthPoint point) => Rule(point.SchemeNo).For(point.Segment);
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var now = run is null ? null : await context.HealthPoints.AsNoTracking().FirstOrDefaultAsync(point => point.AccountNo == accountNo && point.AsOf == run.AsOf, cancellation);
        if (now is null)
        {
            return new(null, HealthWeights.Equal, judgements, null, null);
        }

        var (latest, earliest) = (now.AsOf.AddDays(-LeastDays), now.AsOf.AddDays(-MostDays));
        var before = await context.HealthPoints.AsNoTracking().Where(point => point.AccountNo == accountNo && point.AsOf <= latest && point.AsOf >= earliest && point.Total != null)
            .OrderByDescending(point => point.AsOf).FirstOrDefaultAsync(cancellation);
        var inForce = schemes.Count == 0 ? HealthRule.Default : schemes[schemes.Keys.Max()].Rule();
        double? ahead = null;
        if (inForce.For(now.Segment).Total(now) is { } own)
        {
            var next = Judgement.Points(own, judgements.Find(judgement => judgement.WithdrawnAt is null), settings.Today(clock), inForce.JudgementWeight);
            ahead = Math.Abs(next - (now.JudgementPoints ?? 0)) < 0.5 ? null : next;
        }

        return new(before is null ? null : HealthChange.Between(before, Weights(before), now, Weights(now)), Weights(now), judgements, now.JudgementPoints, ahead);
    }

    private static IQueryable<AccountScore> Scores(CustomerSuccessContext context, Viewer viewer, ScoreRun run)
    {
        var scores = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId);
        if (!viewer.OwnPortfolioOnly)
        {
            return scores;
        }

        var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
        return scores.Where(score => visible.Contains(score.AccountNo));
    }

    private sealed record KeptPortfolio((int Run, double Good, double Watch) Key, long At, IReadOnlyList<PortfolioHealth> Days);
}
