using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>Keeps health at month ends: points that were shown stay, all others are computed from the facts and renewed when facts of their past change.</summary>
public sealed class UpdateHealthHistory(Database database, BuildObservations observations, BuildFeatures features)
{
    /// <summary>Month ends that are kept.</summary>
    public const int Months = 12;

    /// <summary>Names the point up to which the history is true: the number of the last change of facts that it knows.</summary>
    private const string Mark = "health_history";

    private const int RowsAtOnce = 5000;

    /// <summary>Computes what is missing or no longer true at the month ends before a day.</summary>
    /// <param name="before">The day.</param>
    /// <param name="progress">Called with each month end that is computed.</param>
    /// <param name="cancellation">Ends the work between month ends; what is written stays.</param>
    public async Task RunAsync(DateOnly before, Action<DateOnly>? progress = null, CancellationToken cancellation = default)
    {
        List<DateOnly> days = [];
        for (var day = new DateOnly(before.Year, before.Month, 1).AddDays(-1); days.Count < Months; day = new DateOnly(day.Year, day.Month, 1).AddDays(-1))
        {
            days.Add(day);
        }

        var (through, changedFrom, known) = await StateAsync(days, cancellation);
        foreach (var day in days.Where(day => !known.Contains(day) || changedFrom <= day).Order())
        {
            progress?.Invoke(day);
            await WriteAsync(day, await PointsAsync(day, cancellation), cancellation);
        }

        await using var context = database.OpenContext();
        var mark = await context.Counters.FindAsync([Mark], cancellation) ?? context.Counters.Add(new Counter { Name = Mark }).Entity;
        mark.Next = through;
        await context.SaveChangesAsync(cancellation);
    }

    /// <summary>The last change of facts, the earliest day that changes since the mark touch, and the days that have points.</summary>
    private async Task<(long Through, DateOnly? ChangedFrom, HashSet<DateOnly> Known)> StateAsync(List<DateOnly> days, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var mark = (await context.Counters.FindAsync([Mark], cancellation))?.Next ?? 0;
        var through = await context.AccountChanges.MaxAsync(change => (long?)change.ChangeNo, cancellation) ?? mark;
        var changedFrom = await context.AccountChanges.Where(change => change.ChangeNo > mark).MinAsync(change => (DateOnly?)change.EarliestDay, cancellation);
        HashSet<DateOnly> known = [];
        foreach (var day in days)
        {
            if (await context.HealthPoints.AnyAsync(point => point.AsOf == day, cancellation))
            {
                known.Add(day);
            }
        }

        return (through, changedFrom, known);
    }

    private async Task<HealthPoint[]> PointsAsync(DateOnly day, CancellationToken cancellation)
    {
        var accounts = await observations.AtAsync(day, cancellation: cancellation);
        return accounts.Count == 0 ? [] : HealthScore.Of(await features.RunAsync(accounts, cancellation: cancellation));
    }

    private async Task WriteAsync(DateOnly day, HealthPoint[] points, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await context.HealthPoints.Where(point => point.AsOf == day && point.Reconstructed).ExecuteDeleteAsync(cancellation);
        var shown = await context.HealthPoints.Where(point => point.AsOf == day).Select(point => point.AccountNo).ToHashSetAsync(cancellation);
        foreach (var point in points)
        {
            point.Reconstructed = true;
        }

        foreach (var some in points.Where(point => !shown.Contains(point.AccountNo)).Chunk(RowsAtOnce))
        {
            await context.InsertAllAsync(some, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
