using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>What to train. What is null comes from the settings or the data.</summary>
public sealed record TrainRequest
{
    public IReadOnlyList<Target> Targets { get; init; } = [Target.Churn, Target.Upsell, Target.ProductChurn];

    /// <summary>Nothing dated after this day is used.</summary>
    public DateOnly? AsOf { get; init; }

    public int? LeadDays { get; init; }

    public int? HorizonDays { get; init; }

    public int? GraceDays { get; init; }

    /// <summary>First day of the test.</summary>
    public DateOnly? TestFrom { get; init; }

    /// <summary>How much is tried.</summary>
    public Budget? Budget { get; init; }

    /// <summary>Learns from columns that give the outcome away; the card then says that its figures cannot be trusted.</summary>
    public bool KeepLeaks { get; init; }

    /// <summary>Ends searching: the best so far is fitted, tested and registered, and the card says so.</summary>
    public CancellationToken StopSearch { get; init; }

    /// <summary>Permutes labels within each as-of date; such a model is never registered.</summary>
    public int? ShuffleSeed { get; init; }

    /// <summary>Receives account_id, as_of, label and probability of the test rows; with several targets those after the first go to FILE.target.csv.</summary>
    public string? PredictionsPath { get; init; }
}

/// <summary>Trains on the company's own history, backtests on its later part, registers, and puts the better model in use.</summary>
public sealed class TrainModels(Database database, SettingsStore settings, BuildObservations observations, BuildFeatures features, AsOfDates reaches, ModelRegistry registry, BacktestQuery backtests, TimeProvider clock)
{
    /// <summary>Minutes of one contact, for how many a CSM manages in a day.</summary>
    private const double MinutesPerContact = 30;

    /// <summary>Trains; waits while another training or recalibration is under way, in whatever process.</summary>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public Task<IReadOnlyList<TrainReport>> RunAsync(TrainRequest request, Action<string> progress, CancellationToken cancellation = default) =>
        new ExclusiveWork(database, clock).RunAsync(ExclusiveWork.Training, () => progress("Waiting: another training is under way"), held => RunHeldAsync(request, progress, held), cancellation);

    /// <summary>Trains, for whoever holds the right to.</summary>
    internal async Task<IReadOnlyList<TrainReport>> RunHeldAsync(TrainRequest request, Action<string> progress, CancellationToken cancellation)
    {
        var company = await settings.ReadAsync(cancellation);
        var rule = new LabelRule(request.LeadDays ?? company.LeadDays, request.HorizonDays ?? company.HorizonDays, request.GraceDays ?? company.GraceDays);
        progress("Reading what became of accounts");
        var known = await observations.AtMonthEndsAsync(request.AsOf, rule, cancellation);
        var knownUntil = request.AsOf ?? (await reaches.ReachesAsync(cancellation) is var reach ? reach.Contracts ?? reach.Latest : null) ?? DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var reports = new List<TrainReport>();
        bool IsScreened(string column) => FeatureCatalogue.IsOwn(column) && !Named(company.KeptColumns)(column);
        foreach (var target in request.Targets)
        {
            cancellation.ThrowIfCancellationRequested();
            if (target == Target.ProductChurn)
            {
                var asked = new ProductTraining(request, company, rule, known, knownUntil, Named(company.AllowedLeaks), IsScreened, share => CapacityAsync(company, share, cancellation)) { IsFirst = reports.Count == 0 };
                reports.AddRange(await new TrainProducts(database, features, registry, clock).RunAsync(asked, DecideAsync, progress, cancellation));
                continue;
            }

            var (data, share) = await TrainingData.ReadAsync(features, target, known, rule, request.TestFrom, text => progress($"{Word(target)}: {text}"), cancellation);
            if (request.ShuffleSeed is { } seed)
            {
                data = data.Shuffle(seed);
            }

            var task = new TrainingTask(
                target,
                await registry.NextVersionAsync(target, knownUntil, cancellation),
                knownUntil,
                new CardDefinition(rule.LeadDays, rule.HorizonDays, rule.GraceDays),
                request.TestFrom,
                await CapacityAsync(company, share, cancellation),
                target == Target.Churn ? RuleScore.Of : null,
                request.ShuffleSeed,
                clock.GetUtcNow().UtcDateTime)
            {
                Budget = request.Budget ?? company.TrainingBudget,
                StopSearch = request.StopSearch,
                MayKeepLeak = request.KeepLeaks ? _ => true : Named(company.AllowedLeaks),
                IsScreened = IsScreened,
            };
            var trained = await Task.Run(() => ModelTraining.Run(data, task, text => progress($"{Word(target)}: {text}"), cancellation), cancellation);
            trained = trained with { Card = trained.Card with { SampledShare = share } };
            if (target == Target.Churn && trained is { Rolling: { Rows.Length: > 0 } rolling, Card.Backtest: { } backtest })
            {
                progress($"{Word(target)}: What the queue would have caught");
                var (hindsight, kept) = QueueHindsight.Of(data, rolling, known, task, backtest.Draws, company);
                var (months, lives) = await PastRenewals.ReadAsync(database, company, data, rolling, task.Definition, knownUntil, cancellation);
                var forecast = ForecastBacktest.Run(months, lives, knownUntil, task.Definition.GraceDays);
                trained = trained with { Card = trained.Card with { Hindsight = hindsight, Forecast = forecast }, PastRows = kept };
            }

            if (request.PredictionsPath is { } path && trained.Scores is { } scores)
            {
                await WritePredictionsAsync(reports.Count == 0 ? path : $"{path}.{Word(target)}.csv", data, scores, cancellation);
            }

            reports.Add(await DecideAsync(data, task, trained, null, cancellation));
        }

        return reports;
    }

    /// <summary>Registers what was trained; a challenger takes over only with a lower log loss on the same later rows.</summary>
    /// <param name="data">All labelled rows.</param>
    /// <param name="task">What was asked for.</param>
    /// <param name="trained">What came of it.</param>
    /// <param name="general">For a model of one product, its comparison with the model of all products, which it must beat as well; else null.</param>
    /// <param name="cancellation">Stops the writing.</param>
    private async Task<TrainReport> DecideAsync(LabelledTable data, TrainingTask task, TrainedModel trained, ChampionContest? general, CancellationToken cancellation)
    {
        var card = trained.Card;
        var product = card.Product is { } name ? ProductKey.Of(name) : null;
        TrainReport Report(TrainDecision decision, bool retired = false) => new(task.Target, decision, card.Verdict, card.Train.Outcomes, card.Test.Outcomes, retired, card);
        if (task.ShuffledSeed is not null)
        {
            return Report(TrainDecision.NotRegistered);
        }

        var champion = await registry.LoadTestedChampionAsync(task.Target, product, cancellation);
        var contest = champion is null || trained.Scores is null ? null : ChampionContest.Of(champion.Value.Registered, champion.Value.Tested, data, task, trained);
        card = card with { Champion = general?.OnCard ?? contest?.OnCard };
        if (card.Verdict != Verdict.Skilled)
        {
            var retire = contest?.ChampionVerdict is Verdict.NoSkill or Verdict.NoBetterThanRules;
            if (retire)
            {
                await registry.RetireChampionAsync(task.Target, product, cancellation);
            }

            await backtests.SaveAsync(await registry.RegisterAsync(card, null, ModelStatus.Refused, cancellation), trained.PastRows, cancellation);
            return Report(TrainDecision.Refused, retire);
        }

        if (champion is { } inUse && inUse.Registered.Hash == card.ServedHash)
        {
            return Report(TrainDecision.Unchanged);
        }

        var wins = (contest is null || contest.ChallengerWins) && (general is null || general.ChallengerWins);
        var outdone = !wins && contest is { ChallengerWins: true };
        if (outdone)
        {
            // the model of all products beats this one, and this one the product's own in use
            await registry.RetireChampionAsync(task.Target, product, cancellation);
        }

        var registered = await registry.RegisterAsync(card, ModelArchive.Pack(trained.Served!, trained.Tested!), wins ? ModelStatus.Champion : ModelStatus.Challenger, cancellation);
        await backtests.SaveAsync(registered, trained.PastRows, cancellation);
        return Report(wins ? TrainDecision.Promoted : TrainDecision.KeptAsChallenger, outdone);
    }

    private async Task<double> CapacityAsync(CompanySettings company, double share, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var managers = await context.Accounts.Where(a => a.OwnerEmail != null).Select(a => a.OwnerEmail).Distinct().CountAsync(cancellation);
        return Math.Max(1, Math.Floor(Math.Max(1, managers) * company.CsmMinutesPerDay / MinutesPerContact * share));
    }

    private async Task WritePredictionsAsync(string path, LabelledTable data, TestScores scores, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var ids = await context.Accounts.Select(a => new { a.AccountNo, a.AccountId }).ToDictionaryAsync(a => a.AccountNo, a => a.AccountId, cancellation);
        await File.WriteAllLinesAsync(path, ["account_id,as_of,label,probability", .. scores.Rows.Select((r, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Quoted(ids[data.Table.AccountNo[r]])},{data.Table.AsOf[r]:yyyy-MM-dd},{(data.Labels[r] ? 1 : 0)},{scores.Model[i]:R}"))], cancellation);
    }

    /// <summary>Names as the setting has them, with or without the prefix of attributes.</summary>
    private static Func<string, bool> Named(string list)
    {
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return name => names.Contains(name) || (name.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal) && names.Contains(name[FeatureNames.Attribute.Length..]));
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Word(Target target) => target == Target.Churn ? "churn" : "upsell";
}
