using System.Collections.Concurrent;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Reads what score runs keep, and holds the last few in memory: what is kept never changes under its run's number.</summary>
public sealed class KeptSheets(Database database)
{
    private const int Most = 6;

    private readonly ConcurrentDictionary<(int Run, string Name, DateOnly AsOf), object> _held = new();

    /// <summary>A sheet; null where there is none.</summary>
    internal async Task<T?> ReadAsync<T>(int run, string name, DateOnly asOf, Func<string, PackedSheet, T> make, CancellationToken cancellation)
        where T : class
    {
        if (_held.TryGetValue((run, name, asOf), out var held))
        {
            return (T)held;
        }

        await using var context = database.OpenContext();
        if (await context.RunFigures.AsNoTracking().FirstOrDefaultAsync(figure => figure.ScoreRunId == run && figure.Name == name && figure.AsOf == asOf, cancellation) is not { } found)
        {
            return null;
        }

        var sheet = make(found.HeadJson, PackedSheet.Unpack(found.Sheet));
        if (_held.Count >= Most)
        {
            _held.Clear();
        }

        _held[(run, name, asOf)] = sheet;
        return sheet;
    }

    /// <summary>The accounts that a viewer may see; null for all.</summary>
    internal async Task<HashSet<int>?> VisibleAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.OwnPortfolioOnly)
        {
            return null;
        }

        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).ToHashSetAsync(cancellation);
    }

    /// <summary>Names of the accounts of a page.</summary>
    internal async Task<Dictionary<int, (string Id, string Namespace, string Name)>> NamesAsync(Viewer viewer, IReadOnlyList<int> accounts, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).Where(account => accounts.Contains(account.AccountNo))
            .Select(account => new { account.AccountNo, account.AccountId, account.Namespace, account.Name })
            .ToDictionaryAsync(account => account.AccountNo, account => (account.AccountId, account.Namespace, account.Name), cancellation);
    }
}
