using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>Keeps health of accounts and of their products at month ends: points that were shown stay, all others are computed from the facts and renewed when facts of their past change.</summary>
public sealed class UpdateHealthHistory(Database database, SettingsStore settingsStore, BuildObservations observations, BuildFeatures features)
{
    /// <summary>Month ends that are kept.</summary>
    public const int Months = 24;

    /// <summary>Names the point up to which the history is true: the number of the last change of facts that it knows.</summary>
    private const string Mark = "health_history";

    /// <summary>Names which metrics were part of which product when the products' history was computed, as a number that changes with it.</summary>
    private const string PartsMark = "product_health_parts";

    private const int RowsAtOnce = 5000;

    /// <summary>Rows of features that are held at most: so many month ends share one pass over the facts.</summary>
    private const int MostRows = 200_000;

    /// <summary>Computes what is missing or no longer true at the month ends before a day.</summary>
    /// <param name="before">The day.</param>
    /// <param name="progress">Called with each month end that is computed.</param>
    /// <param name="cancellation">Ends the work between month ends; what is written stays.</param>
    public async Task RunAsync(DateOnly before, Action<DateOnly>? progress = null, CancellationToken cancellation = default)
    {
        var first = await FirstDayAsync(cancellation);
        List<DateOnly> days = [];
        for (var day = new DateOnly(before.Year, before.Month, 1).AddDays(-1); days.Count < Months && day >= first; day = new DateOnly(day.Year, day.Month, 1).AddDays(-1))
        {
            days.Add(day);
        }

        var (through, changedFrom, known, parts) = await StateAsync(days, cancellation);
        var inputs = await HealthInputs.ReadAsync(database, await settingsStore.ReadAsync(cancellation), cancellation);
        List<(DateOnly Day, IReadOnlyList<Observation> Accounts)> batch = [];
        foreach (var day in days.Where(day => !known.Contains(day) || changedFrom <= day).Order())
        {
            progress?.Invoke(day);
            var accounts = await observations.AtAsync(day, cancellation: cancellation);
            if (batch.Sum(part => part.Accounts.Count) + accounts.Count > MostRows)
            {
                await WriteAsync(batch, inputs, cancellation);
                batch.Clear();
            }

            batch.Add((day, accounts));
        }

        await WriteAsync(batch, inputs, cancellation);

        await using var context = database.OpenContext();
        await SetAsync(context, Mark, through, cancellation);
        await SetAsync(context, PartsMark, parts, cancellation);
        await context.SaveChangesAsync(cancellation);
    }

    /// <summary>The first day on which anybody was a customer; the last of all days where nobody ever was.</summary>
    private async Task<DateOnly> FirstDayAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var term = await context.Subscriptions.Where(term => term.VoidedBy == null).MinAsync(term => (DateOnly?)term.StartedOn, cancellation) ?? DateOnly.MaxValue;
        var outcome = await context.Outcomes.Where(outcome => outcome.VoidedBy == null).MinAsync(outcome => (DateOnly?)outcome.AsOf, cancellation) ?? DateOnly.MaxValue;
        return term < outcome ? term : outcome;
    }

    private static async Task SetAsync(CustomerSuccessContext context, string name, long value, CancellationToken cancellation)
    {
        var mark = await context.Counters.FindAsync([name], cancellation) ?? context.Counters.Add(new Counter { Name = name }).Entity;
        mark.Next = value;
    }

    /// <summary>The last change of facts, the earliest day that changes since the mark touch, the days that have points, and what is part of which product.</summary>
    private async Task<(long Through, DateOnly? ChangedFrom, HashSet<DateOnly> Known, long Parts)> StateAsync(List<DateOnly> days, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var mark = (await context.Counters.FindAsync([Mark], cancellation))?.Next ?? 0;
        var parts = await CompanyProducts.FingerprintAsync(context, cancellation);
        var sameParts = ((await context.Counters.FindAsync([PartsMark], cancellation))?.Next ?? 0) == parts;
        var splitFrom = await CompanyProducts.SplitFromAsync(context, cancellation);
        var through = await context.AccountChanges.MaxAsync(change => (long?)change.ChangeNo, cancellation) ?? mark;
        var changedFrom = await context.AccountChanges.Where(change => change.ChangeNo > mark).MinAsync(change => (DateOnly?)change.EarliestDay, cancellation);
        HashSet<DateOnly> known = [];
        foreach (var day in days)
        {
            if (sameParts && await context.HealthPoints.AnyAsync(point => point.AsOf == day, cancellation)
                && (!(splitFrom <= day) || await context.ProductHealthPoints.AnyAsync(point => point.AsOf == day, cancellation)))
            {
                known.Add(day);
            }
        }

        return (through, changedFrom, known, parts);
    }

    private async Task WriteAsync(List<(DateOnly Day, IReadOnlyList<Observation> Accounts)> batch, HealthInputs inputs, CancellationToken cancellation)
    {
        Observation[] accounts = [.. batch.SelectMany(part => part.Accounts).OrderBy(account => account.AccountNo).ThenBy(account => account.AsOf)];
        HealthPoint[] points = [];
        ProductHealthPoint[] products = [];
        if (accounts.Length > 0)
        {
            var (table, ofProducts) = await features.RunWithProductsAsync(accounts, cancellation: cancellation);
            points = inputs.Then(table, accounts);
            products = ofProducts is null ? [] : inputs.ProductsThen(ofProducts);
        }

        var (byDay, productsByDay) = (points.ToLookup(point => point.AsOf), products.ToLookup(point => point.AsOf));
        foreach (var (day, _) in batch)
        {
            await WriteAsync(day, [.. byDay[day]], [.. productsByDay[day]], cancellation);
        }
    }

    private async Task WriteAsync(DateOnly day, HealthPoint[] points, ProductHealthPoint[] products, CancellationToken cancellation)
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

        await context.ProductHealthPoints.Where(point => point.AsOf == day && point.Reconstructed).ExecuteDeleteAsync(cancellation);
        var shownProducts = (await context.ProductHealthPoints.Where(point => point.AsOf == day).Select(point => new { point.AccountNo, point.Product }).ToListAsync(cancellation)).Select(point => (point.AccountNo, point.Product)).ToHashSet();
        foreach (var point in products)
        {
            point.Reconstructed = true;
        }

        foreach (var some in products.Where(point => !shownProducts.Contains((point.AccountNo, point.Product))).Chunk(RowsAtOnce))
        {
            await context.InsertAllAsync(some, cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }
}
