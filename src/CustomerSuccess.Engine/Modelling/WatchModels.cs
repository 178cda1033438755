using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>At every scoring: whether the inputs still look as in training, and whether the probabilities shown earlier have come true.</summary>
public sealed class WatchModels(Database database, BuildObservations observations, AsOfDates asOfDates, TimeProvider clock)
{
    /// <summary>Inputs that carry a smaller share of what the model says raise no alarm, whatever they do.</summary>
    private const double LeastWeight = 0.01;

    /// <summary>With fewer accounts whose outcome is known nothing is tested.</summary>
    private const int LeastAccounts = 50;

    /// <summary>Runs whose outcomes are taken together: a year of quarters.</summary>
    private const int MostRuns = 4;

    /// <summary>The newest reports, of one target or all, the newest first.</summary>
    public async Task<IReadOnlyList<WatchedModel>> ListAsync(Target? target = null, int most = 20, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var rows = await (
            from watch in context.ModelWatches
            join model in context.Models on watch.ModelId equals model.ModelId
            where target == null || watch.Target == target
            orderby watch.ModelWatchId descending
            select new { watch, model.Version }).AsNoTracking().Take(most).ToListAsync(cancellation);
        return [.. rows.Select(row => new WatchedModel(row.watch.ModelId, row.watch.Target, row.Version, row.watch.AsOf, row.watch.At, row.watch.Level, WatchReport.Parse(row.watch.ReportJson)))];
    }

    /// <summary>Watches a model at a finished run and keeps what it found.</summary>
    /// <param name="model">The model that served.</param>
    /// <param name="asOf">The run's day.</param>
    /// <param name="scored">Features of the accounts that were scored.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal async Task<WatchReport> RunAsync(ChampionModel model, DateOnly asOf, FeatureTable scored, CancellationToken cancellation)
    {
        var weights = model.Card.Columns.ToDictionary(column => column.Name, column => column.MeanPoints, StringComparer.Ordinal);
        var all = weights.Values.Sum();
        var drift = Stability.Compare(model.Card.Distributions, model.Card.Data.Rows, scored);
        var report = new WatchReport
        {
            Rows = scored.Rows,
            Compared = drift.Count,
            Moved = [.. drift.Where(input => input.Level != WatchLevel.Calm).Select(input => input.Level == WatchLevel.Alarm && weights.GetValueOrDefault(input.Feature) < LeastWeight * all ? input with { Level = WatchLevel.Notice } : input)],
            Calibration = model.Target == Target.Churn ? await CalibrationAsync(model, cancellation) : null,
        };
        await using var context = database.OpenContext();
        context.ModelWatches.Add(new ModelWatch { ModelId = model.ModelId, Target = model.Target, AsOf = asOf, At = clock.GetUtcNow().UtcDateTime, Level = report.Level, ReportJson = report.ToJson() });
        await context.SaveChangesAsync(cancellation);
        return report;
    }

    /// <summary>
    /// What the model's own runs said against what became of the accounts. Only runs whose outcomes fall after everything the model was taught count,
    /// a horizon apart, so that no departure is counted twice.
    /// </summary>
    private async Task<CalibrationWatch?> CalibrationAsync(ChampionModel model, CancellationToken cancellation)
    {
        var definition = model.Card.Definition;
        if ((await asOfDates.ReachesAsync(cancellation)).Contracts is not { } reach)
        {
            return null;
        }

        var (first, last) = (model.Card.KnownUntil.AddDays(-definition.LeadDays), reach.AddDays(-(definition.LeadDays + definition.HorizonDays + definition.GraceDays)));
        await using var context = database.OpenContext();
        var runs = await context.ScoreRuns.AsNoTracking()
            .Where(run => run.FinishedAt != null && run.ChurnModelId == model.ModelId && run.AsOf >= first && run.AsOf <= last)
            .OrderByDescending(run => run.AsOf).ThenByDescending(run => run.ScoreRunId)
            .Select(run => new { run.ScoreRunId, run.AsOf })
            .ToListAsync(cancellation);
        List<(int Run, DateOnly AsOf)> apart = [];
        foreach (var run in runs)
        {
            if (apart.Count < MostRuns && (apart.Count == 0 || run.AsOf.AddDays(definition.HorizonDays) <= apart[^1].AsOf))
            {
                apart.Add((run.ScoreRunId, run.AsOf));
            }
        }

        List<double> probabilities = [];
        var observed = 0;
        foreach (var (run, asOf) in apart)
        {
            var became = (await observations.AtAsync(asOf, new LabelRule(definition.LeadDays, definition.HorizonDays, definition.GraceDays), cancellation))
                .Where(observation => observation.Churned is not null).ToDictionary(observation => observation.AccountNo, observation => observation.Churned!.Value);
            foreach (var score in await context.AccountScores.AsNoTracking().Where(s => s.ScoreRunId == run && s.ChurnProbability != null).Select(s => new { s.AccountNo, s.ChurnProbability }).ToListAsync(cancellation))
            {
                if (became.TryGetValue(score.AccountNo, out var churned))
                {
                    probabilities.Add(score.ChurnProbability!.Value);
                    observed += churned ? 1 : 0;
                }
            }
        }

        if (probabilities.Count < LeastAccounts)
        {
            return null;
        }

        var (lower, upper, p) = OutcomeTest.Of(probabilities, observed);
        return new CalibrationWatch(apart[^1].AsOf, apart[0].AsOf, probabilities.Count, probabilities.Sum(), observed, lower, upper, p, p < 0.01 ? WatchLevel.Alarm : p < 0.05 ? WatchLevel.Notice : WatchLevel.Calm);
    }
}

/// <summary>A report as lists show it.</summary>
public sealed record WatchedModel(int ModelId, Target Target, string Version, DateOnly AsOf, DateTime At, WatchLevel Level, WatchReport Report);
