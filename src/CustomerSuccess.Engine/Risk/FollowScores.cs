using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>What was known when a run began.</summary>
/// <param name="Entry">The last entry of the journal.</param>
/// <param name="Change">The last change of facts.</param>
internal readonly record struct SeenFacts(long Entry, long Change);

/// <summary>What follows the scores of a run: suggestions, places in the queue, draws, the forecast, and the end that makes the run the one that is shown.</summary>
internal sealed class FollowScores(Database database, ScoreRun run, AccountScore[] scores, RunEffects effects, CompanySettings company, TimeProvider clock)
{
    private IReadOnlyList<Assignment> _drawn = [];
    private RunSuggestions? _choose;
    private Explanation? _explain;
    private IReadOnlyList<Observation> _scored = [];
    private Dictionary<int, int> _rowOf = [];

    public AccountScore[] Scores => scores;

    /// <summary>To be asked before facts are read: what comes later is followed after the run.</summary>
    public static async Task<SeenFacts> SeenAsync(Database database, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        return new(await context.Journal.MaxAsync(entry => (long?)entry.EntryNo, cancellation) ?? 0, await context.AccountChanges.MaxAsync(change => (long?)change.ChangeNo, cancellation) ?? 0);
    }

    /// <summary>Reads what bears upon suggestions.</summary>
    /// <param name="context">The store.</param>
    /// <param name="explain">What the models say of the scored accounts.</param>
    /// <param name="scored">These accounts in their order.</param>
    /// <param name="late">How what came in after the run's day is read.</param>
    /// <param name="settings">The settings of the models.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task BeginAsync(CustomerSuccessContext context, Explanation explain, IReadOnlyList<Observation> scored, LateReading late, CompanySettings settings, CancellationToken cancellation)
    {
        (_explain, _scored) = (explain, scored);
        _rowOf = scored.Select((own, row) => (own.AccountNo, row)).ToDictionary(own => own.AccountNo, own => own.row);
        var known = effects.IsLive
            ? await LateSigns.ReadAsync(context, late, explain.Features.Table, RunSuggestions.FieldsOf(effects.PlaysInUse, [], await SegmentMembers.ConditionsAsync(context, cancellation)), settings, null, cancellation)
            : LateSigns.None;
        _choose = await RunSuggestions.ReadAsync(context, run.AsOf, effects.Today, run.StartedAt, explain.Features, effects.PlaysInUse, effects.Draws, settings, known, null, [], cancellation);
    }

    /// <summary>The suggestions of an account.</summary>
    /// <param name="score">The account.</param>
    /// <param name="row">Its place among the scored ones.</param>
    /// <param name="found">What the models say of it.</param>
    public IReadOnlyList<Suggestion> Suggest(AccountScore score, int row, in Explained found) => _choose!.Suggest(score, row, found, _scored[row].Mrr);

    /// <summary>Draws whose turn has come, and puts what they are held out of behind; nothing is drawn for a day that has passed.</summary>
    public async Task DrawAsync(CancellationToken cancellation)
    {
        QueueRanks.Set(scores, run.IsFallback);
        if (!effects.IsLive)
        {
            return;
        }

        await using var context = database.OpenContext();
        var changed = new Dictionary<int, IReadOnlyList<Suggestion>>();
        _drawn = await new DrawAssignments(company, effects.Today, effects.Draws, effects.Plays, effects.Learned).RunAsync(context, scores, score => changed[score.AccountNo] = SuggestAgain(score), cancellation);
        foreach (var some in changed.Chunk(ScoreAccounts.BlockRows / SuggestTouches.Most))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            var accounts = some.Select(own => own.Key).ToList();
            await context.Suggestions.Where(own => own.ScoreRunId == run.ScoreRunId && accounts.Contains(own.AccountNo)).ExecuteDeleteAsync(cancellation);
            await context.InsertAllAsync([.. some.SelectMany(own => own.Value)], cancellation);
            await transaction.CommitAsync(cancellation);
        }

        if (changed.Count > 0)
        {
            QueueRanks.Set(scores, run.IsFallback);
        }
    }

    /// <summary>Suggestions for customers whose contract has ended; they have no score.</summary>
    public async Task WinBackAsync(DateOnly? knownUntil, CompanySettings settings, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        _drawn = [.. _drawn, .. await new WinBackSuggestions(run, effects, company).RunAsync(context, scores, knownUntil, settings, cancellation)];
    }

    /// <summary>Lifetime value of each account, and renewals of the coming year by month and, returned, by account; without a model only what is due.</summary>
    public async Task<List<RenewalDue>> ForecastAsync(ChampionModel? churn, CompanySettings settings, CancellationToken cancellation)
    {
        var tuning = churn is null ? null : churn.Card.Forecast?.Tuning ?? ForecastTuning.Prior;
        var lifetime = tuning?.Lifetime();
        foreach (var score in scores)
        {
            if (lifetime is not null && score.ChurnProbability is { } probability && score.Mrr > 0)
            {
                var value = LifetimeValue.Of(probability, settings.HorizonDays, score.Mrr, settings.Margin, lifetime);
                (score.LifetimeValue, score.LifetimeLower, score.LifetimeUpper) = (value.Value, value.Lower, value.Upper);
            }
        }

        var byAccount = scores.ToDictionary(score => score.AccountNo);
        var due = new List<(IReadOnlyList<DueTerms>, double?, bool)>();
        var renewals = new List<RenewalDue>();
        var typical = ForecastTuning.Typical(scores.Where(score => score.ChurnProbability is not null).Select(score => score.ChurnProbability!.Value));
        await using var context = database.OpenContext();
        await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
        {
            if (!byAccount.TryGetValue(account, out var score) || RenewalTerms.Of(terms, run.AsOf, currency => rates.KnownOn(currency, run.AsOf)) is not { Count: > 0 } own)
            {
                return;
            }

            due.Add((own, score.ChurnProbability, score.State == ScoreState.Leaving));
            double? Renewed(DueTerms terms) => tuning is not null && score.ChurnProbability is { } p
                ? tuning.SpreadOf(RenewalTerms.Ahead(run.AsOf, terms.EndsOn)).Survival(tuning.HazardTo(p, settings.HorizonDays, run.AsOf, terms.EndsOn, typical))
                : null;
            score.RenewalProbability = Renewed(own[0]);
            renewals.AddRange(own.Select(terms => RenewalDue.Of(run.ScoreRunId, account, terms, Renewed(terms), score.State == ScoreState.Leaving)));
        }, cancellation);
        run.ForecastJson = JsonSerializer.Serialize(RenewalForecast.Of(due, run.AsOf, settings.HorizonDays, tuning, typical));
        return renewals;
    }

    /// <summary>Writes the scores and, with the last of them, the mark that the run is whole.</summary>
    /// <param name="renewals">What is due.</param>
    /// <param name="reasons">The reasons added up.</param>
    /// <param name="seen">What was known before it began.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task FinishAsync(List<RenewalDue> renewals, RunFigure reasons, SeenFacts seen, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        foreach (var some in scores.Chunk(ScoreAccounts.BlockRows))
        {
            await using var part = await context.Database.BeginTransactionAsync(cancellation);
            await context.InsertAllAsync(some, cancellation);
            await part.CommitAsync(cancellation);
        }

        foreach (var some in renewals.Chunk(ScoreAccounts.BlockRows))
        {
            await using var part = await context.Database.BeginTransactionAsync(cancellation);
            await context.InsertAllAsync(some, cancellation);
            await part.CommitAsync(cancellation);
        }

        context.ScoreRuns.Attach(run).Property(r => r.ForecastJson).IsModified = true;
        context.Entry(run).Property(r => r.HealthSchemeNo).IsModified = true;
        context.Entry(run).Property(r => r.ThemesJson).IsModified = true;
        run.Scored = scores.Count(s => s.State == ScoreState.Scored);
        run.Leaving = scores.Length - run.Scored;
        run.FinishedAt = clock.GetUtcNow().UtcDateTime;
        await using var last = await context.Database.BeginTransactionAsync(cancellation);
        await QueueUpkeep.LockAsync(context, cancellation);
        context.RunFigures.Add(reasons);
        await context.SaveChangesAsync(cancellation);
        if (_drawn.Count > 0)
        {
            await AppSource.NumberAsync(context, cancellation);
            await context.InsertAllAsync(await NotDrawnMeanwhileAsync(context, cancellation), cancellation);
        }

        if (effects.IsLive)
        {
            // whatever came in since is asked of this run's suggestions
            await FollowFacts.MarkAsync(context, seen.Change, cancellation);
        }

        await QueueUpkeep.RefreshAsync(context, run, await ActedOnAsync(context, seen.Entry, cancellation), run.FinishedAt.Value, cancellation);
        await JournalWriter.AppendAsync(context, [new() { At = run.FinishedAt.Value, ByUser = Viewer.System.UserId, Area = JournalAreas.Score, Act = "finished", RecordId = string.Create(CultureInfo.InvariantCulture, $"{run.ScoreRunId}") }], cancellation);
        await context.SaveChangesAsync(cancellation);
        await last.CommitAsync(cancellation);
    }

    /// <summary>Accounts on which people acted after the day of the run: what stands of them is newer than what was scored.</summary>
    private async Task<List<int>> ActedOnAsync(CustomerSuccessContext context, long seen, CancellationToken cancellation)
    {
        var after = run.AsOf.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddDays(-1);
        var touched = await context.Touches.AsNoTracking().Where(touch => touch.At >= after).Select(touch => touch.AccountNo).Distinct().ToListAsync(cancellation);
        var changed = await context.Journal.AsNoTracking().Where(entry => entry.EntryNo > seen && entry.AccountNo != 0).Select(entry => entry.AccountNo).Distinct().ToListAsync(cancellation);
        return [.. touched.Union(changed)];
    }

    private IReadOnlyList<Suggestion> SuggestAgain(AccountScore score)
    {
        var row = _rowOf[score.AccountNo];
        return Suggest(score, row, _explain!.Block(row, 1)[0]);
    }

    /// <summary>An event may have drawn an account while the run was under way; its draw stands.</summary>
    private async Task<IReadOnlyList<Assignment>> NotDrawnMeanwhileAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var since = effects.Today;
        var known = (await context.Assignments.AsNoTracking().Where(own => own.SourceId == AppSource.SourceId && own.AssignedOn >= since).Select(own => new { own.AccountNo, own.FactId }).ToListAsync(cancellation)).Select(own => (own.AccountNo, own.FactId)).ToHashSet();
        return [.. _drawn.Where(own => !known.Contains((own.AccountNo, own.FactId)))];
    }
}
