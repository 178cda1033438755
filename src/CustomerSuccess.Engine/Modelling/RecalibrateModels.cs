using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Follows new outcomes without retraining: refits a straight line over the calibration of the model in use on labelled dates whose window begins after its training's ended.</summary>
public sealed class RecalibrateModels(Database database, BuildObservations observations, BuildFeatures features, ModelRegistry registry, TimeProvider clock)
{
    /// <summary>Recalibrates; waits while a training is under way, in whatever process.</summary>
    /// <param name="target">What is predicted.</param>
    /// <param name="asOf">Nothing dated after this day is used; null for all there is.</param>
    /// <param name="progress">Receives each step.</param>
    /// <param name="cancellation">Stops it; nothing is registered then.</param>
    public Task<RecalibrationReport> RunAsync(Target target, DateOnly? asOf, Action<string> progress, CancellationToken cancellation = default) =>
        new ExclusiveWork(database, clock).RunAsync(ExclusiveWork.Training, () => progress("Waiting: a training is under way"), held => RunHeldAsync(target, asOf, progress, held), cancellation);

    private async Task<RecalibrationReport> RunHeldAsync(Target target, DateOnly? asOf, Action<string> progress, CancellationToken cancellation)
    {
        if (await registry.LoadTestedChampionAsync(target, cancellation) is not var (registered, tested) || await registry.LoadChampionAsync(target, cancellation) is not { } champion)
        {
            return new RecalibrationReport(target, RecalibrationDecision.NoModel, null, null, null, null);
        }

        var card = champion.Card;
        var definition = card.Definition;
        var rule = new LabelRule(definition.LeadDays, definition.HorizonDays, definition.GraceDays);
        progress("Reading what became of accounts");
        var known = await observations.AtMonthEndsAsync(asOf, rule, cancellation);

        // an outcome that training saw must not count again; what an earlier recalibration saw may
        var trainedTo = card.Data.To ?? card.KnownUntil;
        Observation[] later = [.. known.Where(o => LabelledTable.IsKnown(target, o) && o.AsOf.DayNumber >= trainedTo.DayNumber + definition.HorizonDays)];
        var catalogue = await features.CatalogueAsync(trainedTo, champion.Model.Encoder.Columns.Select(column => column.Name), cancellation);
        progress(FormattableString.Invariant($"Computing features of {later.Length} later observations"));
        var data = LabelledTable.Of(target, await features.RunAsync(later, catalogue, cancellation), later, definition.HorizonDays);
        int[] all = [.. Enumerable.Range(0, data.Rows)];
        var part = data.Describe(all);
        if (part.Outcomes < Recalibration.LeastOutcomes)
        {
            return new RecalibrationReport(target, RecalibrationDecision.TooFewOutcomes, champion.Version, null, part, null);
        }

        double[] calibrated = [.. champion.Model.LogOdds(data.Table).Select(champion.Model.Calibrator.LogOdds)];
        var line = Recalibration.Of(calibrated, data.Labels, data.Weights, data.Table.AccountNo, card.Plan?.Seed ?? new TrainingPlan().Seed);
        if (!line.Pays)
        {
            return new RecalibrationReport(target, RecalibrationDecision.Unchanged, champion.Version, null, part, line);
        }

        var model = champion.Model;
        var served = new ScoringModel(model.Encoder, model.Trees, model.Linear, model.TreeWeight, model.Calibrator.Then(line.Slope, line.Offset));
        var newCard = card with
        {
            Version = await registry.NextVersionAsync(target, part.To!.Value, cancellation),
            CreatedAt = clock.GetUtcNow().UtcDateTime,
            ServedHash = served.Hash,
            Champion = null,
            Recalibration = new CardRecalibration(registered.Version, part, line),
        };
        cancellation.ThrowIfCancellationRequested();
        await registry.RegisterAsync(newCard, ModelArchive.Pack(served, tested), ModelStatus.Champion, cancellation);
        return new RecalibrationReport(target, RecalibrationDecision.Promoted, champion.Version, newCard.Version, part, line);
    }
}
