using System.Text.Json;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>
/// Scores every paying account: probability, health, drivers, suggested touches, place in the queue.
/// A run is written unfinished and shown only once it is whole; earlier runs are never changed.
/// </summary>
public sealed class ScoreAccounts(Database database, SettingsStore settingsStore, AsOfDates asOfDates, BuildObservations observations, BuildFeatures features, FeatureSnapshots snapshots, ModelRegistry models, UpdateHealthHistory history, KeepRunFigures figures, TimeProvider clock)
{
    /// <summary>Accounts that are explained and written at once: well under two seconds of writing.</summary>
    internal const int BlockRows = 4096;

    /// <summary>What an interrupted run left behind is removed after this time.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(6);

    /// <summary>Scores as of a day; waits while another scoring is under way, in whatever process.</summary>
    /// <param name="asOf">The day; null for the day up to which usage is complete (purchases, where there is no usage).</param>
    /// <param name="progress">Called with each step.</param>
    /// <param name="cancellation">Ends the work; an unfinished run is never shown.</param>
    /// <exception cref="InvalidOperationException">There are no facts to score, or a rate to the reporting currency is missing.</exception>
    public Task<RunSummary> RunAsync(DateOnly? asOf = null, Action<string>? progress = null, CancellationToken cancellation = default) =>
        new ExclusiveWork(database, clock).RunAsync(ExclusiveWork.Scoring, () => progress?.Invoke("waiting: another scoring is under way"), held => RunHeldAsync(asOf, progress, held), cancellation);

    private async Task<RunSummary> RunHeldAsync(DateOnly? asOf, Action<string>? progress, CancellationToken cancellation)
    {
        var run = await ScoreAsync(asOf, progress, cancellation);

        // the run is finished and what it held in memory is free: the past is filled in while its queue is already worked on
        await history.RunAsync(run.AsOf, month => progress?.Invoke($"health at {month:yyyy-MM-dd}"), cancellation);
        await figures.RunAsync(run.ScoreRunId, progress, cancellation);
        return run;
    }

    private async Task<RunSummary> ScoreAsync(DateOnly? asOf, Action<string>? progress, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var company = settings;
        var reaches = await asOfDates.ReachesAsync(cancellation);
        var day = asOf ?? reaches.ScoreAsOf ?? throw new InvalidOperationException("There is nothing to score yet: import accounts, contracts and usage first.");
        await RemoveAbandonedAsync(cancellation);

        var serving = await models.LoadServingAsync(Target.Churn, cancellation);
        var (churn, upsell) = (serving.Model, await models.LoadChampionAsync(Target.Upsell, cancellation));
        if (churn?.Card.Definition is { } predicted)
        {
            // a probability is of the horizon that its model was trained for, whatever the settings say by now
            settings = settings with { LeadDays = predicted.LeadDays, HorizonDays = predicted.HorizonDays, GraceDays = predicted.GraceDays };
        }

        var dropped = await ProductModels.LoadAsync(models, settings, cancellation);
        foreach (var damaged in serving.Damaged.Concat(dropped.Damaged))
        {
            progress?.Invoke($"model {damaged.Version} was refused: {damaged.Reason}");
        }

        var seen = await FollowScores.SeenAsync(database, cancellation);
        var run = await BeginAsync(day, reaches, churn, upsell, serving.Damaged.Count > 0, settings, cancellation);

        progress?.Invoke($"features as of {day:yyyy-MM-dd}");
        var accounts = await observations.AtAsync(day, cancellation: cancellation);
        var catalogue = await CatalogueAsync(day, [churn, upsell, .. dropped.All], cancellation);
        var (table, products) = await features.RunWithProductsAsync(accounts, catalogue, cancellation);
        await snapshots.SaveAsync(table, catalogue, cancellation);

        progress?.Invoke($"health of {accounts.Count} accounts");
        var scores = await ScoresAsync(run, accounts, table, cancellation);
        var inputs = await HealthInputs.ReadAsync(database, settings, cancellation);
        run.HealthSchemeNo = inputs.InForce?.SchemeNo ?? 0;
        // facts may lag behind what a CSM knows today
        var today = settings.DayOf(run.StartedAt);
        await WriteHealthAsync(day, inputs.Now(table, accounts, asOf is null && today > day ? today : day), scores, cancellation);

        progress?.Invoke("reasons and suggestions");
        var effects = await RunEffects.ReadAsync(database, run, reaches, company, cancellation);
        var follow = new FollowScores(database, run, scores, effects, company, clock);
        var reasons = await ExplainAsync(run, accounts, table, follow, new LateReading(features, catalogue, effects.Today), churn, upsell, settings, progress, cancellation);
        await follow.DrawAsync(cancellation);
        await follow.WinBackAsync(reaches.Contracts < day ? reaches.Contracts : day, settings, cancellation);
        var renewals = await follow.ForecastAsync(churn, settings, cancellation);
        IReadOnlyList<(ChampionModel Model, int[] Rows)> asked = [];
        if (products is not null)
        {
            progress?.Invoke($"{products.Rows} products of accounts");
            asked = await new ScoreProducts(database, dropped).RunAsync(run, products, scores, inputs, cancellation);
        }

        await follow.FinishAsync(renewals, reasons, seen, cancellation);
        await SegmentMembers.CountAllAsync(database, run, clock.GetUtcNow().UtcDateTime, cancellation);
        await WatchAsync(run, InUse, cancellation);
        return ScoreRunQuery.Summary(run);

        IEnumerable<(ChampionModel, FeatureTable)> InUse()
        {
            var scored = table.Take([.. Enumerable.Range(0, scores.Length).Where(row => scores[row].State == ScoreState.Scored)]);
            return [.. new[] { churn, upsell }.OfType<ChampionModel>().Select(model => (model, scored)), .. asked.Select(own => (own.Model, products!.Table.Take(own.Rows)))];
        }
    }

    private async Task<ScoreRun> BeginAsync(DateOnly day, FactReaches reaches, ChampionModel? churn, ChampionModel? upsell, bool damaged, CompanySettings settings, CancellationToken cancellation)
    {
        var latest = churn is null ? await models.LatestAsync(Target.Churn, cancellation) : null;
        var run = new ScoreRun
        {
            AsOf = day,
            StartedAt = clock.GetUtcNow().UtcDateTime,
            ChurnModelId = churn?.ModelId,
            UpsellModelId = upsell?.ModelId,
            FallbackReason = churn is not null ? null
                : damaged ? "damaged_model"
                : latest is null or { Verdict: Verdict.Skilled } ? "no_model"
                : JsonNamingPolicy.SnakeCaseLower.ConvertName(latest.Verdict.ToString()),
            FallbackOutcomes = latest?.Verdict == Verdict.TooFewOutcomes ? latest.Card.Data.Outcomes : null,
            UsageUntil = reaches.Usage,
            ContractsUntil = reaches.Contracts,
            SettingsJson = JsonSerializer.Serialize(CompanySettings.Keys.ToDictionary(key => key, key => settings.Get(key)!)),
        };
        await using var context = database.OpenContext();
        context.ScoreRuns.Add(run);
        await context.SaveChangesAsync(cancellation);
        return run;
    }

    /// <summary>The models' own columns, so that each finds what it was trained on.</summary>
    private async Task<FeatureCatalogue> CatalogueAsync(DateOnly day, IEnumerable<ChampionModel?> inUse, CancellationToken cancellation)
    {
        var columns = inUse.OfType<ChampionModel>().SelectMany(model => model.Model.Encoder.Columns).Select(column => column.Name).Distinct().ToList();
        return await features.CatalogueAsync(day, columns.Count == 0 ? null : columns, cancellation);
    }

    /// <summary>What stands of each account before any model is asked.</summary>
    private async Task<AccountScore[]> ScoresAsync(ScoreRun run, IReadOnlyList<Observation> accounts, FeatureTable table, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var known = await context.Accounts.AsNoTracking()
            .Select(a => new { a.AccountNo, a.AccountId, a.Name, a.NameKana, a.NameSort, a.Segment, a.OwnerEmail })
            .ToDictionaryAsync(a => a.AccountNo, cancellation);
        var reader = new FeatureReader(table);
        var rules = RuleScore.Of(table);
        return [.. accounts.Select((account, row) =>
        {
            var own = known[account.AccountNo];
            var days = reader.Number(FeatureNames.DaysToRenewal, row);
            return new AccountScore
            {
                ScoreRunId = run.ScoreRunId,
                AccountNo = account.AccountNo,
                State = account.Leaving ? ScoreState.Leaving : ScoreState.Scored,
                Name = own.Name,
                NameSort = own.NameSort,
                SearchText = string.Join('\n', new[] { own.NameSort, SortKey.Of(own.Name), SortKey.Of(own.NameKana ?? ""), SortKey.Of(own.AccountId) }.Distinct()),
                Segment = own.Segment,
                OwnerEmail = own.OwnerEmail,
                Plan = reader.Category(FeatureNames.Plan, row),
                Product = reader.Category(FeatureNames.Product, row),
                Mrr = account.Mrr ?? 0,
                RenewsOn = double.IsNaN(days) ? null : account.AsOf.AddDays((int)days),
                RuleScore = account.Leaving ? 0 : rules[row],
                LastTouchOn = Known(reader.Number(FeatureNames.DaysSinceTouch, row)) is { } since ? account.AsOf.AddDays(-(int)since) : null,
                OpenInquiries = (int?)Known(reader.Number(FeatureNames.OpenInquiries, row)),
                Nps = Known(reader.Number(FeatureNames.NpsLast, row)),
            };
        })];
    }

    private static double? Known(double number) => double.IsFinite(number) ? number : null;

    /// <summary>Health of all paying accounts, leaving ones among them, kept with the scores and as the day's points.</summary>
    private async Task WriteHealthAsync(DateOnly day, HealthPoint[] points, AccountScore[] scores, CancellationToken cancellation)
    {
        foreach (var (score, point) in scores.Zip(points))
        {
            score.JudgementPoints = point.JudgementPoints;
            (score.Health, score.Adoption, score.Engagement, score.Support, score.Sentiment, score.Commercial, score.Relationship) =
                (point.Total, point.Adoption, point.Engagement, point.Support, point.Sentiment, point.Commercial, point.Relationship);
        }

        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await context.HealthPoints.Where(point => point.AsOf == day).ExecuteDeleteAsync(cancellation);
        await context.InsertAllAsync(points, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Writes reasons and suggestions.</summary>
    /// <returns>The reasons added up.</returns>
    private async Task<RunFigure> ExplainAsync(ScoreRun run, IReadOnlyList<Observation> accounts, FeatureTable table, FollowScores follow, LateReading late, ChampionModel? churn, ChampionModel? upsell, CompanySettings settings, Action<string>? progress, CancellationToken cancellation)
    {
        var scores = follow.Scores;
        int[] scored = [.. Enumerable.Range(0, scores.Length).Where(row => scores[row].State == ScoreState.Scored)];
        await using var context = database.OpenContext();
        var present = table.Take(scored);
        var explain = new Explanation(present, churn?.Model, upsell?.Model, [.. scored.Select(row => scores[row].Segment)], settings.HorizonDays);
        await follow.BeginAsync(context, explain, [.. scored.Select(row => accounts[row])], late, settings, cancellation);
        run.ThemesJson = JsonSerializer.Serialize(explain.Themes);
        var parts = new List<byte[]>(scored.Length);
        for (var from = 0; from < scored.Length; from += BlockRows)
        {
            var rows = Math.Min(BlockRows, scored.Length - from);
            var (drivers, suggestions) = (new List<AccountDrivers>(rows), new List<Suggestion>(rows * SuggestTouches.Most));
            var block = explain.Block(from, rows);
            for (var i = 0; i < rows; i++)
            {
                var score = scores[scored[from + i]];
                var account = accounts[scored[from + i]];
                var found = block[i];
                (score.ChurnProbability, score.UpsellProbability) = (found.Churn, found.Upsell);
                score.ExpectedLoss = found.Churn is { } p && account.Mrr is { } mrr ? TouchValue.ExpectedLoss(p, mrr) : null;
                parts.Add(found.ChurnParts);
                drivers.Add(new AccountDrivers
                {
                    ScoreRunId = run.ScoreRunId,
                    AccountNo = score.AccountNo,
                    ChurnJson = JsonSerializer.Serialize(found.ChurnDrivers, Driver.Json),
                    UpsellJson = JsonSerializer.Serialize(found.UpsellDrivers, Driver.Json),
                    ChurnParts = found.ChurnParts,
                    ReliefJson = JsonSerializer.Serialize(found.Reliefs, Driver.Json),
                });
                suggestions.AddRange(follow.Suggest(score, from + i, found));
            }

            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            await context.InsertAllAsync(drivers, cancellation);
            await context.InsertAllAsync(suggestions, cancellation);
            await transaction.CommitAsync(cancellation);
            progress?.Invoke($"{from + rows} of {scored.Length} accounts explained");
        }

        return DriverFigures.OfRun(run, [.. scored.Select(row => scores[row])], present, explain.Themes, parts, churn);
    }

    /// <summary>A run as of an earlier day says nothing of how things stand.</summary>
    private async Task WatchAsync(ScoreRun run, Func<IEnumerable<(ChampionModel Model, FeatureTable Scored)>> inUse, CancellationToken cancellation)
    {
        if (run.AsOf != (await asOfDates.ReachesAsync(cancellation)).ScoreAsOf)
        {
            return;
        }

        var watch = new WatchModels(database, observations, asOfDates, clock);
        foreach (var (model, scored) in inUse())
        {
            await watch.RunAsync(model, run.AsOf, scored, cancellation);
        }
    }

    private async Task RemoveAbandonedAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var before = clock.GetUtcNow().UtcDateTime - Abandoned;
        var abandoned = await context.ScoreRuns.Where(r => r.FinishedAt == null && r.StartedAt < before).Select(r => r.ScoreRunId).ToListAsync(cancellation);
        foreach (var run in abandoned)
        {
            await context.AccountDrivers.Where(d => d.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
            await context.Suggestions.Where(s => s.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
            await context.RenewalsDue.Where(due => due.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
            await context.AccountScores.Where(s => s.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
            await context.ProductScores.Where(s => s.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
            await context.RunFigures.Where(figure => figure.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
            await context.ScoreRuns.Where(r => r.ScoreRunId == run).ExecuteDeleteAsync(cancellation);
        }
    }
}
