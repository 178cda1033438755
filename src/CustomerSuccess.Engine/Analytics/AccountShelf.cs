using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// What some figures need of each account beside the company's book, kept in memory and in step with it: where facts change, the accounts concerned are read anew.
/// It is read when it is first asked for, so that figures that do without it need not wait.
/// </summary>
/// <param name="database">From which.</param>
/// <param name="variant">What beside facts decides how accounts are read: another answer reads all anew.</param>
/// <param name="read">Reads accounts; null for all.</param>
internal sealed class AccountShelf<T>(
    Database database,
    Func<CustomerSuccessContext, CompanyBook, CancellationToken, Task<string>> variant,
    Func<Snapshot, CompanyBook, string, int[]?, CancellationToken, Task<Dictionary<int, T>>> read) : IDisposable
{
    /// <summary>Changed accounts above which everything is read anew.</summary>
    private const int MostChanged = 2_000;

    private const int AtOnce = 500;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Kept? _kept;

    public void Dispose() => _turn.Dispose();

    /// <summary>By account number, what is known of the accounts of a book, and the variant by which it was read.</summary>
    public async Task<(IReadOnlyDictionary<int, T> Accounts, string Variant)> ForAsync(CompanyBook book, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_kept is null || _kept.Stamp != book.Stamp)
            {
                _kept = await ReadAsync(book, _kept, cancellation);
            }

            return (_kept.Accounts, _kept.Variant);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Kept> ReadAsync(CompanyBook book, Kept? former, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var now = await variant(snapshot.Context, book, cancellation);
        var changed = former is null || former.Variant != now || former.Stamp.Rates != book.Stamp.Rates || book.Stamp.Change < former.Stamp.Change || book.Stamp.Accounts < former.Stamp.Accounts
            ? null
            : await snapshot.Context.AccountChanges.Where(change => change.ChangeNo > former.Stamp.Change).Select(change => change.AccountNo).ToListAsync(cancellation);
        if (changed is null || changed.Count > MostChanged)
        {
            return new(book.Stamp, now, await read(snapshot, book, now, null, cancellation));
        }

        if (changed.Count == 0)
        {
            return former! with { Stamp = book.Stamp };
        }

        var accounts = new Dictionary<int, T>(former!.Accounts);
        foreach (var some in changed.Chunk(AtOnce))
        {
            var anew = await read(snapshot, book, now, some, cancellation);
            foreach (var no in some)
            {
                if (anew.TryGetValue(no, out var one))
                {
                    accounts[no] = one;
                }
                else
                {
                    accounts.Remove(no);
                }
            }
        }

        return new(book.Stamp, now, accounts);
    }

    private sealed record Kept(BookStamp Stamp, string Variant, Dictionary<int, T> Accounts);
}
