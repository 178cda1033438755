using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>An account of a past month with its name as it is today.</summary>
public sealed record PastAccount(int AccountNo, string AccountId, string Name, DateOnly AsOf, int Rank, int RiskRank, bool Listed, double Probability, decimal? Mrr, DateOnly? LeftOn);

/// <summary>Accounts that a model's queue would have listed in past months, and those that left.</summary>
public sealed class BacktestQuery(Database database)
{
    /// <summary>Models of a target, the newest first, whose rows are kept besides the one in use.</summary>
    internal const int KeptModels = 5;

    /// <summary>The accounts that the viewer may see and that a list held or that left, by month and rank; none where the model's rows are no longer kept.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="asOf">A month end; null for all.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<IReadOnlyList<PastAccount>> RunAsync(Viewer viewer, int modelId, DateOnly? asOf, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var rows = context.BacktestRows.AsNoTracking().Where(row => row.ModelId == modelId && (asOf == null || row.AsOf == asOf));

        // the list by probability is as long as that by value
        var listed = await rows.Where(row => row.Listed).GroupBy(row => row.AsOf).Select(date => new { date.Key, Count = date.Count() }).ToDictionaryAsync(date => date.Key, date => date.Count, cancellation);
        var most = listed.Values.DefaultIfEmpty().Max();
        var known = await rows.Where(row => row.Listed || row.LeftOn != null || row.RiskRank <= most)
            .Join(context.Accounts.VisibleTo(viewer), row => row.AccountNo, account => account.AccountNo, (row, account) => new { row, account.AccountId, account.Name })
            .OrderBy(x => x.row.AsOf).ThenBy(x => x.row.Rank)
            .Select(x => new PastAccount(x.row.AccountNo, x.AccountId, x.Name, x.row.AsOf, x.row.Rank, x.row.RiskRank, x.row.Listed, x.row.Probability, x.row.Mrr, x.row.LeftOn))
            .ToListAsync(cancellation);
        return known.FindAll(row => row.Listed || row.LeftOn is not null || row.RiskRank <= listed.GetValueOrDefault(row.AsOf));
    }

    /// <summary>Writes a model's rows, and removes those of older models that nobody serves.</summary>
    internal async Task SaveAsync(RegisteredModel model, IReadOnlyList<BacktestRow> rows, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        foreach (var row in rows)
        {
            row.ModelId = model.ModelId;
        }

        foreach (var some in rows.Chunk(20_000))
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            await context.InsertAllAsync(some, cancellation);
            await transaction.CommitAsync(cancellation);
        }

        var kept = await context.Models.Where(m => m.Target == model.Target).OrderByDescending(m => m.ModelId).Take(KeptModels).Select(m => m.ModelId).ToListAsync(cancellation);
        var old = context.Models.Where(m => m.Target == model.Target && m.Status != ModelStatus.Champion && !kept.Contains(m.ModelId)).Select(m => m.ModelId);
        await context.BacktestRows.Where(row => old.Contains(row.ModelId)).ExecuteDeleteAsync(cancellation);
    }
}
