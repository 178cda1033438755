using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Features;

/// <summary>Keeps features as they were computed: every month end, and the latest day.</summary>
public sealed class FeatureSnapshots(Database database)
{
    /// <summary>
    /// Stores a table that was computed by a catalogue. A day that is stored already is replaced;
    /// a day that is no month end is dropped once a later one is stored.
    /// </summary>
    /// <param name="table">Each account at most once a day.</param>
    /// <param name="catalogue">The catalogue that the table was computed by.</param>
    /// <param name="cancellation">Stops the writing; nothing is stored then.</param>
    public async Task SaveAsync(FeatureTable table, FeatureCatalogue catalogue, CancellationToken cancellation = default)
    {
        if (table.Rows == 0)
        {
            return;
        }

        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (!await context.FeatureCatalogues.AnyAsync(stored => stored.Hash == catalogue.Hash, cancellation))
        {
            context.FeatureCatalogues.Add(new StoredCatalogue { Hash = catalogue.Hash, Text = catalogue.ToText() });
            await context.SaveChangesAsync(cancellation);
        }

        DateOnly[] days = [.. table.AsOf.Distinct()];
        var latest = days.Max();
        var stored = await context.FeatureSnapshots.Select(snapshot => snapshot.AsOf).Distinct().ToListAsync(cancellation);
        DateOnly[] dropped = [.. stored.Where(day => days.Contains(day) || (day < latest && MonthEnds.OnOrAfter(day) != day))];
        await context.FeatureSnapshots.Where(snapshot => dropped.Contains(snapshot.AsOf)).ExecuteDeleteAsync(cancellation);
        await context.InsertAllAsync(
            [.. Enumerable.Range(0, table.Rows).Select(row => new FeatureSnapshot
            {
                AccountNo = table.AccountNo[row],
                AsOf = table.AsOf[row],
                Catalogue = catalogue.Hash,
                Values = PackedFeatures.Pack(table, row),
            })],
            cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The stored features of an account, latest day first; none for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<(DateOnly AsOf, IReadOnlyList<FeatureValue> Features)>> ReadAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var rows = await (
            from account in context.Accounts.VisibleTo(viewer)
            join snapshot in context.FeatureSnapshots on account.AccountNo equals snapshot.AccountNo
            join catalogue in context.FeatureCatalogues on snapshot.Catalogue equals catalogue.Hash
            where account.AccountNo == accountNo
            orderby snapshot.AsOf descending
            select new { snapshot.AsOf, snapshot.Values, catalogue.Text }).AsNoTracking().ToListAsync(cancellation);
        return [.. rows.Select(row => (row.AsOf, PackedFeatures.Unpack(row.Values, row.Text)))];
    }
}
