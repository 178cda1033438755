using System.Runtime.CompilerServices;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>What is known of accounts beside a company's book, at one state of it.</summary>
/// <param name="Accounts">By account number.</param>
/// <param name="Variant">The variant by which it was read.</param>
/// <param name="Figures">Those computed from it and from the book's ground, and from nothing else: they stand until one of the two tells something else.</param>
internal sealed record Shelf<T>(IReadOnlyDictionary<int, T> Accounts, string Variant, KeptFigures Figures)
{
    /// <summary>Those computed from it alone: they stand whatever the book's ground tells.</summary>
    public KeptFigures Own { get; init; } = new();
}

/// <summary>
/// What some figures need of each account beside the company's book, kept in memory and in step with it: where facts change, the accounts concerned are read anew.
/// It is read when it is first asked for, so that figures that do without it need not wait.
/// </summary>
/// <param name="database">From which.</param>
/// <param name="variant">What beside facts decides how accounts are read: another answer reads all anew.</param>
/// <param name="read">Reads accounts; null for all.</param>
/// <param name="same">True where another reading of an account tells the same.</param>
internal sealed class AccountShelf<T>(
    Database database,
    Func<CustomerSuccessContext, CompanyBook, CancellationToken, Task<string>> variant,
    Func<Snapshot, CompanyBook, string, int[]?, CancellationToken, Task<Dictionary<int, T>>> read,
    Func<T, T, bool> same) : IDisposable
{
    /// <summary>Changed accounts above which everything is read anew.</summary>
    private const int MostChanged = 2_000;

    private const int AtOnce = 500;

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>What was read for a book stays with it: the state that readers are given stands beside the one that is being computed.</summary>
    private readonly ConditionalWeakTable<CompanyBook, Kept> _ofBooks = new();

    private Kept? _kept;

    public void Dispose() => _turn.Dispose();

    /// <summary>What is known of the accounts of a book.</summary>
    public async Task<Shelf<T>> ForAsync(CompanyBook book, CancellationToken cancellation)
    {
        if (_ofBooks.TryGetValue(book, out var own))
        {
            return own.Shelf;
        }

        await _turn.WaitAsync(cancellation);
        try
        {
            if (_ofBooks.TryGetValue(book, out own))
            {
                return own.Shelf;
            }

            if (_kept is { } newer && book.Stamp.Change < newer.Stamp.Change && book.Stamp.Accounts <= newer.Stamp.Accounts && (book.Stamp with { Change = 0, ImportFile = 0, Accounts = 0 }) == (newer.Stamp with { Change = 0, ImportFile = 0, Accounts = 0 }))
            {
                // somebody who opened the book a moment later was here first: what is newer does no harm, but nothing that is computed of both may be kept
                return new(newer.Accounts, newer.Variant, new());
            }

            if (_kept is null || _kept.Stamp != book.Stamp)
            {
                _kept = await ReadAsync(book, _kept, cancellation);
            }

            _ofBooks.AddOrUpdate(book, _kept);
            return _kept.Shelf;
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
            return new(book.Stamp, book.Ground, now, await read(snapshot, book, now, null, cancellation), new(), new());
        }

        Dictionary<int, T>? accounts = null;
        foreach (var some in changed.Chunk(AtOnce))
        {
            var anew = await read(snapshot, book, now, some, cancellation);
            foreach (var no in some)
            {
                var (isKnown, isThere) = (former!.Accounts.TryGetValue(no, out var known), anew.TryGetValue(no, out var one));
                if (isThere && !(isKnown && same(known!, one!)))
                {
                    (accounts ??= new(former.Accounts))[no] = one!;
                }
                else if (isKnown && !isThere)
                {
                    (accounts ??= new(former.Accounts)).Remove(no);
                }
            }
        }

        return new(book.Stamp, book.Ground, now, accounts ?? former!.Accounts, accounts is null && ReferenceEquals(book.Ground, former!.Ground) ? former.Figures : new(), accounts is null ? former!.Own : new());
    }

    private sealed record Kept(BookStamp Stamp, object Ground, string Variant, Dictionary<int, T> Accounts, KeptFigures Figures, KeptFigures Own)
    {
        public Shelf<T> Shelf => new(Accounts, Variant, Figures) { Own = Own };
    }
}
