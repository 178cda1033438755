using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Features;

/// <summary>How far the facts reach; null where there are none of the kind.</summary>
/// <param name="Usage">Usage; where several sources count, the earliest of those that are not finished.</param>
/// <param name="Purchases">One-off orders, likewise.</param>
/// <param name="Contracts">Contracts; the earliest over sources, since a label must not take silence for staying.</param>
/// <param name="Latest">The latest day on which anything is known.</param>
public readonly record struct FactReaches(DateOnly? Usage, DateOnly? Purchases, DateOnly? Contracts, DateOnly? Latest)
{
    /// <summary>The day as of which scores are made: usage's reach, purchases' where there is no usage, else the latest day of anything.</summary>
    public DateOnly? ScoreAsOf => Usage ?? Purchases ?? Latest;
}

/// <summary>Tells how far the facts reach, and so as of which day scores are made.</summary>
public sealed class AsOfDates(Database database)
{
    /// <summary>A source whose facts end so many days before the latest is taken as finished, so that one that was given up does not hold scores back for ever.</summary>
    private const int FinishedAfterDays = 31;

    public async Task<FactReaches> ReachesAsync(CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        return await ReachesAsync(snapshot, cancellation);
    }

    internal static async Task<FactReaches> ReachesAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        var reaches = (await snapshot.Context.SourceReaches.ToListAsync(cancellation))
            .Where(reach => reach.CompleteUntil is not null)
            .ToLookup(reach => reach.Record, reach => reach.CompleteUntil!.Value);
        var outcomes = await snapshot.Context.Outcomes.Where(outcome => outcome.VoidedBy == null).MaxAsync(outcome => (DateOnly?)outcome.AsOf, cancellation);
        DateOnly?[] all = [.. reaches.SelectMany(record => record.Select(day => (DateOnly?)day)), outcomes];
        return new FactReaches(Running(reaches["usage"]), Running(reaches["purchases"]), reaches["subscriptions"].Cast<DateOnly?>().Min(), all.Max());
    }

    private static DateOnly? Running(IEnumerable<DateOnly> reaches)
    {
        DateOnly[] days = [.. reaches];
        return days.Length == 0 ? null : days.Where(day => day.DayNumber >= days.Max().DayNumber - FinishedAfterDays).Min();
    }
}
