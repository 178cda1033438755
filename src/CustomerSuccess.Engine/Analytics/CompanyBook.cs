using System.Collections.Concurrent;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Every account's contracts, attributes and answers at one state of the database. Never changed; what was computed from it is kept with it.</summary>
internal sealed class CompanyBook(BookStamp stamp, CompanySettings settings, CurrencyRates rates, IReadOnlyDictionary<int, BookEntry> entries)
{
    /// <summary>Figures, and lists of accounts, that are kept: the views between which readers go back and forth. A list may hold every account.</summary>
    private const int MostFigures = 200, MostLists = 4;

    private readonly ConcurrentDictionary<string, Lazy<object>> _figures = new(StringComparer.Ordinal), _lists = new(StringComparer.Ordinal);

    /// <summary>Tells this state from every other.</summary>
    public BookStamp Stamp { get; } = stamp;

    public CompanySettings Settings { get; } = settings;

    public CurrencyRates Rates { get; } = rates;

    /// <summary>By account number.</summary>
    public IReadOnlyDictionary<int, BookEntry> Entries { get; } = entries;

    /// <summary>By account number, ascending.</summary>
    public IReadOnlyList<BookEntry> Accounts { get; } = [.. entries.Values.OrderBy(entry => entry.AccountNo)];

    /// <summary>The first term's first day; null without terms.</summary>
    public DateOnly? FirstTerm { get; init; }

    /// <summary>The last month end that contracts reach; null without terms.</summary>
    public DateOnly? LastMonth { get; init; }

    /// <summary>The day up to which the contracts of every source are complete: beyond it silence is not staying.</summary>
    public DateOnly? ContractsUntil { get; init; }

    /// <summary>Which customers chose to leave.</summary>
    public ChurnReasons Reasons() => new(Settings.InvoluntaryWords);

    /// <summary>A figure, computed when it is first asked for.</summary>
    /// <param name="key">Names the figure and everything it depends on beside this book; null computes it each time.</param>
    /// <param name="compute">Computes it.</param>
    public T Once<T>(string? key, Func<T> compute)
        where T : class
    {
        if (key is null)
        {
            return compute();
        }

        return Once(_figures, MostFigures, key, compute);
    }

    /// <summary>A list of accounts, likewise; fewer of them are kept.</summary>
    public IReadOnlyList<T> List<T>(string? key, Func<IReadOnlyList<T>> compute) => key is null ? compute() : Once(_lists, MostLists, key, compute);

    private static T Once<T>(ConcurrentDictionary<string, Lazy<object>> kept, int most, string key, Func<T> compute)
        where T : class
    {
        if (kept.Count >= most && !kept.ContainsKey(key))
        {
            kept.Clear();
        }

        return (T)kept.GetOrAdd(key, _ => new Lazy<object>(compute)).Value;
    }
}

/// <summary>What a state of the database is told by: every change of facts counts up <paramref name="Change"/>, every import file has a number. Rates and reaches change after their file got its number.</summary>
/// <param name="Change">The last change of any account.</param>
/// <param name="ImportFile">The last import file.</param>
/// <param name="Accounts">How many accounts there are.</param>
/// <param name="Rates">How many exchange rates stand, and the files that last brought and voided some.</param>
/// <param name="Reaches">Up to which days contracts, purchases and inquiries are complete.</param>
/// <param name="Settings">The settings that figures depend on.</param>
internal sealed record BookStamp(long Change, int ImportFile, int Accounts, (int Count, int File, int? Voided) Rates, string Reaches, string Settings);
