using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Sums over blocks of accounts, kept from one state of the company to the next: where facts of an account change, its block is summed anew and no other.
/// Blocks are cut by account number and always put together in its order, so that a figure is to the last digit that of summing every block anew.
/// </summary>
internal sealed class BlockSums
{
    /// <summary>Account numbers of a block.</summary>
    private const int Size = 1024;

    private const int MostKept = 16;

    private static readonly Dictionary<int, Block> None = [];

    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _asked;

    /// <summary>The sums of all blocks, in the order of account numbers.</summary>
    /// <param name="key">Names what is summed, with everything it depends on beside the accounts themselves; null sums all anew.</param>
    /// <param name="accounts">By account number, never changed after.</param>
    /// <param name="sum">Sums some accounts up, of nothing but what they are. What it returns is not changed any more.</param>
    public IReadOnlyList<T> Of<T>(string? key, IReadOnlyList<BookEntry> accounts, Func<IReadOnlyList<BookEntry>, T> sum)
        where T : class
    {
        var cut = Cut(accounts);
        var known = key is not null && _kept.TryGetValue(key, out var kept) ? kept.Blocks : None;
        var blocks = new Block[cut.Count];
        AtOnce(blocks.Length, i =>
        {
            var own = cut[i];
            blocks[i] = new(own, known.TryGetValue(own[0].AccountNo / Size, out var same) && IsSame(same.Accounts, own) ? same.Sum : sum(own));
        });
        if (key is not null)
        {
            if (_kept.Count >= MostKept && !_kept.ContainsKey(key))
            {
                _kept.TryRemove(_kept.MinBy(pair => pair.Value.Asked).Key, out _);
            }

            _kept[key] = new(blocks.ToDictionary(block => block.Accounts[0].AccountNo / Size), Interlocked.Increment(ref _asked));
        }

        return Array.ConvertAll(blocks, block => (T)block.Sum);
    }

    /// <summary>Lets processors share parts of a work. Where rates are missing, the one is told of that whoever goes through the parts in their order meets first.</summary>
    public static void AtOnce(int parts, Action<int> work)
    {
        var missing = new ExceptionDispatchInfo?[parts];
        Parallel.For(0, parts, part =>
        {
            try
            {
                work(part);
            }
            catch (MissingRateException error)
            {
                missing[part] = ExceptionDispatchInfo.Capture(error);
            }
        });
        Array.Find(missing, error => error is not null)?.Throw();
    }

    private static List<ArraySegment<BookEntry>> Cut(IReadOnlyList<BookEntry> accounts)
    {
        var all = accounts as BookEntry[] ?? [.. accounts];
        var (blocks, first) = (new List<ArraySegment<BookEntry>>(), 0);
        for (var i = 1; i <= all.Length; i++)
        {
            if (i == all.Length || all[i].AccountNo / Size != all[first].AccountNo / Size)
            {
                blocks.Add(new(all, first, i - first));
                first = i;
            }
        }

        return blocks;
    }

    /// <summary>An account that was read anew is another object.</summary>
    private static bool IsSame(ArraySegment<BookEntry> one, ArraySegment<BookEntry> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var i = 0; i < one.Count; i++)
        {
            if (!ReferenceEquals(one[i], other[i]))
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Block(ArraySegment<BookEntry> Accounts, object Sum);

    private sealed record Kept(Dictionary<int, Block> Blocks, long Asked);
}
