using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Joins what became of accounts with their features.</summary>
internal static class TrainingData
{
    /// <summary>Rows that are read at most: beyond, whole accounts are drawn.</summary>
    private const int MostRows = 400_000;

    /// <param name="features">Computes the features.</param>
    /// <param name="target">What is predicted.</param>
    /// <param name="known">Observations with what became of them.</param>
    /// <param name="rule">What an outcome is.</param>
    /// <param name="testFrom">First day of the test; null for the last third of the dates.</param>
    /// <param name="progress">Receives what is done.</param>
    /// <param name="cancellation">Stops the passes over facts.</param>
    /// <returns>Rows of known outcome, and the share of accounts that was drawn.</returns>
    public static async Task<(LabelledTable Data, double Share)> ReadAsync(
        BuildFeatures features, Target target, IReadOnlyList<Observation> known, LabelRule rule, DateOnly? testFrom, Action<string> progress, CancellationToken cancellation)
    {
        Observation[] labelled = [.. known.Where(o => LabelledTable.IsKnown(target, o))];
        var share = Math.Min(1, (double)MostRows / Math.Max(1, labelled.Length));
        if (share < 1)
        {
            var seed = new TrainingPlan().Seed;
            labelled = [.. labelled.Where(o => SeededRandom.Of(seed, o.AccountNo).NextUInt64() < share * ulong.MaxValue)];
        }

        // which metrics have columns of their own must not be known from the test
        var split = TimeSplit.Of([.. labelled.Select(o => o.AsOf)], rule.Span, testFrom);
        var fixedOn = split.Train.Length > 0 ? split.Train.Max(r => labelled[r].AsOf) : labelled.Select(o => o.AsOf).DefaultIfEmpty(DateOnly.MaxValue).Min();
        progress($"Computing features of {labelled.Length.ToString("N0", CultureInfo.InvariantCulture)} observations");
        var catalogue = await features.CatalogueAsync(fixedOn, null, cancellation);
        return (LabelledTable.Of(target, await features.RunAsync(labelled, catalogue, cancellation), labelled, rule.HorizonDays), share);
    }
}
