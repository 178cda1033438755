using System.Collections.Concurrent;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Every account's contracts, attributes and answers at one state of the database. Never changed; what was computed from it is kept with it,
/// and what was computed from nothing else goes on to the next state where that tells the same (<see cref="At"/>).
/// </summary>
internal sealed class CompanyBook
{
    private readonly KeptFigures _own = new(), _lasting, _answered;
    private readonly BlockSums _sums;

    /// <param name="stamp">The state.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="rates">Its rates.</param>
    /// <param name="entries">By account number.</param>
    /// <param name="former">The state before, whose sums of accounts that are the same are gone on with; null for none.</param>
    public CompanyBook(BookStamp stamp, CompanySettings settings, CurrencyRates rates, IReadOnlyDictionary<int, BookEntry> entries, CompanyBook? former = null)
        : this(stamp, settings, rates, entries, entries.Values.OrderBy(entry => entry.AccountNo).ToArray(), new(), new(), former?._sums ?? new())
    {
    }

    private CompanyBook(BookStamp stamp, CompanySettings settings, CurrencyRates rates, IReadOnlyDictionary<int, BookEntry> entries, IReadOnlyList<BookEntry> accounts, KeptFigures lasting, KeptFigures answered, BlockSums sums) =>
        (Stamp, Settings, Rates, Entries, Accounts, _lasting, _answered, _sums) = (stamp, settings, rates, entries, accounts, lasting, answered, sums);

    /// <summary>Tells this state from every other.</summary>
    public BookStamp Stamp { get; }

    public CompanySettings Settings { get; }

    public CurrencyRates Rates { get; }

    /// <summary>By account number.</summary>
    public IReadOnlyDictionary<int, BookEntry> Entries { get; }

    /// <summary>By account number, ascending.</summary>
    public IReadOnlyList<BookEntry> Accounts { get; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>The first term's first day; null without terms.</summary>
    public DateOnly? FirstTerm { get; init; }

    /// <summary>The first month end on which anybody pays; null for none.</summary>
    public DateOnly? FirstPaid => Lasting("first paid", () => new First(Accounts.Min(entry => entry.FirstMonthEnd))).Day;

    /// <summary>The last month end that contracts reach; null without terms.</summary>
    public DateOnly? LastMonth { get; init; }

    /// <summary>The day up to which the contracts of every source are complete: beyond it silence is not staying.</summary>
    public DateOnly? ContractsUntil { get; init; }

    /// <summary>The same object for as long as contracts, attributes, rates and settings tell the same, whatever else changes.</summary>
    public object Ground => _lasting;

    /// <summary>By place in <see cref="Accounts"/>, where an account stands by name; those of one name stand alike.</summary>
    public int[] NameRanks => Lasting("names", () =>
    {
        var (names, places) = (Accounts.Select(entry => entry.NameSort).ToArray(), Enumerable.Range(0, Accounts.Count).ToArray());
        Array.Sort(names, places, StringComparer.Ordinal);
        var ranks = new int[places.Length];
        for (var i = 1; i < places.Length; i++)
        {
            ranks[places[i]] = ranks[places[i - 1]] + (string.Equals(names[i], names[i - 1], StringComparison.Ordinal) ? 0 : 1);
        }

        return ranks;
    });

    /// <summary>Which customers chose to leave.</summary>
    public ChurnReasons Reasons() => new(Settings.InvoluntaryWords);

    /// <summary>The same contracts, attributes and answers at another state, in which something else changed: a touch, an inquiry, use.</summary>
    public CompanyBook At(BookStamp stamp, CompanySettings settings, DateTimeOffset readAt) =>
        new(stamp, settings, Rates, Entries, Accounts, _lasting, _answered, _sums) { ReadAt = readAt, FirstTerm = FirstTerm, LastMonth = LastMonth, ContractsUntil = ContractsUntil };

    /// <summary>The same contracts and attributes at another state, in which some accounts gave other answers.</summary>
    /// <param name="stamp">The state.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="anew">Accounts of the book, of which answers alone differ.</param>
    /// <param name="readAt">When it was read.</param>
    public CompanyBook WithAnswers(BookStamp stamp, CompanySettings settings, IReadOnlyCollection<BookEntry> anew, DateTimeOffset readAt)
    {
        var (entries, accounts) = (new Dictionary<int, BookEntry>(Entries), Accounts.ToArray());
        foreach (var entry in anew)
        {
            entries[entry.AccountNo] = entry;
            accounts[PlaceOf(entry.AccountNo)] = entry;
        }

        return new(stamp, settings, Rates, entries, accounts, _lasting, new(), _sums) { ReadAt = readAt, FirstTerm = FirstTerm, LastMonth = LastMonth, ContractsUntil = ContractsUntil };
    }

    /// <summary>Where an account stands in <see cref="Accounts"/>; below 0 where it is not there.</summary>
    public int PlaceOf(int accountNo)
    {
        int low = 0, high = Accounts.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var found = Accounts[middle].AccountNo;
            if (found == accountNo)
            {
                return middle;
            }

            (low, high) = found < accountNo ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>A figure, computed when it is first asked for.</summary>
    /// <param name="key">Names the figure and everything it depends on beside this state; null computes it each time.</param>
    /// <param name="compute">Computes it.</param>
    public T Once<T>(string? key, Func<T> compute)
        where T : class => _own.Figure(key, compute);

    /// <summary>A list of accounts, likewise; fewer of them are kept.</summary>
    public IReadOnlyList<T> List<T>(string? key, Func<IReadOnlyList<T>> compute) => _own.List(key, compute);

    /// <summary>A figure of nothing but contracts, attributes, rates and settings: it stands until these change, whatever else does.</summary>
    /// <param name="key">Names the figure and everything it depends on beside this book; null computes it each time.</param>
    /// <param name="compute">Computes it from this book alone, without its answers.</param>
    public T Lasting<T>(string? key, Func<T> compute)
        where T : class => _lasting.Figure(key, compute);

    /// <summary>A list of accounts, likewise.</summary>
    public IReadOnlyList<T> LastingList<T>(string? key, Func<IReadOnlyList<T>> compute) => _lasting.List(key, compute);

    /// <summary>A figure of nothing but what this book holds, its answers too.</summary>
    public T Answered<T>(string? key, Func<T> compute)
        where T : class => _answered.Figure(key, compute);

    /// <summary>A list of accounts, likewise.</summary>
    public IReadOnlyList<T> AnsweredList<T>(string? key, Func<IReadOnlyList<T>> compute) => _answered.List(key, compute);

    /// <summary>Sums over blocks of accounts, of which those are kept whose accounts are the same as in the state before.</summary>
    /// <param name="key">Names what is summed, with everything it depends on beside the accounts, rates and settings; null sums all anew.</param>
    /// <param name="accounts">By account number.</param>
    /// <param name="sum">Sums some accounts up, of nothing but what they are.</param>
    public IReadOnlyList<T> Sums<T>(string? key, IReadOnlyList<BookEntry> accounts, Func<IReadOnlyList<BookEntry>, T> sum)
        where T : class => _sums.Of(key is null ? null : $"{key}|{Stamp.Rates}|{Stamp.Settings}", accounts, sum);

    private sealed record First(DateOnly? Day);
}

/// <summary>Figures, and lists of accounts, that are kept: the views between which readers go back and forth. A list may hold every account.</summary>
internal sealed class KeptFigures
{
    private const int MostFigures = 300, MostLists = 8;

    private readonly ConcurrentDictionary<string, Kept> _figures = new(StringComparer.Ordinal), _lists = new(StringComparer.Ordinal);
    private long _asked;

    public T Figure<T>(string? key, Func<T> compute)
        where T : class => key is null ? compute() : Once(_figures, MostFigures, key, compute);

    public IReadOnlyList<T> List<T>(string? key, Func<IReadOnlyList<T>> compute) => key is null ? compute() : Once(_lists, MostLists, key, compute);

    private T Once<T>(ConcurrentDictionary<string, Kept> kept, int most, string key, Func<T> compute)
        where T : class
    {
        if (kept.Count >= most && !kept.ContainsKey(key))
        {
            // what was asked for longest ago
            kept.TryRemove(kept.MinBy(pair => pair.Value.Asked).Key, out _);
        }

        var own = kept.GetOrAdd(key, _ => new Kept(new Lazy<object>(compute)));
        own.Asked = Interlocked.Increment(ref _asked);
        return (T)own.Figure.Value;
    }

    private sealed class Kept(Lazy<object> figure)
    {
        public Lazy<object> Figure => figure;

        public long Asked { get; set; }
    }
}

/// <summary>What a state of the database is told by: every change of facts counts up <paramref name="Change"/>, every import file has a number. Rates and reaches change after their file got its number.</summary>
/// <param name="Change">The last change of any account.</param>
/// <param name="ImportFile">The last import file.</param>
/// <param name="Accounts">How many accounts there are.</param>
/// <param name="Rates">How many exchange rates stand, and the files that last brought and voided some.</param>
/// <param name="Reaches">Up to which days contracts, purchases and inquiries are complete.</param>
/// <param name="Settings">The settings that figures depend on.</param>
internal sealed record BookStamp(long Change, int ImportFile, int Accounts, (int Count, int File, int? Voided) Rates, string Reaches, string Settings)
{
    /// <summary>True where two states can differ in facts of accounts alone.</summary>
    public bool IsAlike(BookStamp other) => this with { Change = 0, ImportFile = 0 } == other with { Change = 0, ImportFile = 0 };
}
