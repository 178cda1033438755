using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Keeps what the executives' figures are computed from in memory, in step with the database: one reading for all pages and readers.
/// Where facts change, the accounts concerned are read anew; where that tells anything new, every figure is computed anew, so that a figure is always that of a full reading.
/// Of a large company, readers are given the last state of which figures were computed ahead (<see cref="ForReadersAsync"/>), so that nobody waits for the next one.
/// </summary>
public sealed class CompanyBooks(Database database, SettingsStore settingsStore, TimeProvider? clock = null) : IDisposable
{
    /// <summary>Accounts from which on a company is large: below, whatever is asked is computed faster than anybody waits.</summary>
    private const int Large = 5_000;

    /// <summary>Changed accounts above which everything is read anew.</summary>
    private const int MostChanged = 2_000;

    private const int AtOnce = 500;

    /// <summary>Records whose reach decides up to when figures go.</summary>
    private static readonly string[] Reaching = ["inquiries", "purchases", "subscriptions"];

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Whatever is begun along the way goes on with this: it must not keep a state in memory.</summary>
    private readonly AsyncLocal<WeakReference<CompanyBook>?> _ahead = new();

    private readonly LatelyAsked _asked = new(clock ?? TimeProvider.System);
    private CompanyBook? _book;
    private volatile StandingBook? _standing;

    /// <summary>Told when figures of another state stand.</summary>
    private event Action? Stood;

    /// <summary>Accounts from which on readers are given what stands.</summary>
    public int StandsFrom { get; set; } = Large;

    /// <summary>True for whoever computes ahead.</summary>
    internal bool IsAhead => Ahead is not null;

    private CompanyBook? Ahead => _ahead.Value is { } told && told.TryGetTarget(out var book) ? book : null;

    public void Dispose() => _turn.Dispose();

    /// <summary>Of which moment readers are given figures; null where those of now are computed for each.</summary>
    public async Task<FiguresState?> StateAsync(CancellationToken cancellation = default) =>
        await StandingAsync(cancellation) is { } standing ? new(standing.Book.ReadAt, standing.IsBehind, standing.Book.Settings.TimeZone) : null;

    /// <summary>Calls whenever figures of another state stand. What is called must be quick; disposing what is returned ends it.</summary>
    public IDisposable Listen(Action told)
    {
        Stood += told;
        return new Listening(() => Stood -= told);
    }

    /// <summary>The company as readers are told of it: of a large one the last state that was computed ahead, else as it stands in the database now.</summary>
    internal async Task<CompanyBook> ForReadersAsync(CancellationToken cancellation) =>
        Ahead ?? (await StandingAsync(cancellation))?.Book ?? await OpenAsync(cancellation);

    /// <summary>What readers lately asked of the whole company.</summary>
    internal IReadOnlyList<Func<CancellationToken, Task>> Lately => _asked.All;

    /// <summary>Lets whatever the caller asks from here on be told of a state, such as one of which figures are computed ahead.</summary>
    internal void TellOf(CompanyBook? book) => _ahead.Value = book is null ? null : new(book);

    /// <summary>Remembers what a reader asks of the whole of a large company.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="key">Names what is asked.</param>
    /// <param name="again">Asks it again.</param>
    internal void Note(Viewer viewer, string key, Func<CancellationToken, Task> again)
    {
        if (!viewer.OwnPortfolioOnly && Ahead is null && _standing is { } standing && standing.Book.Accounts.Count >= StandsFrom)
        {
            _asked.Note(key, again);
        }
    }

    /// <summary>Everything that pages show at first of a state was computed: readers are given it from now on.</summary>
    internal void Stand(CompanyBook book)
    {
        _standing = new(book, _clock);
        Stood?.Invoke();
    }

    /// <summary>The company as it stands in the database now.</summary>
    internal async Task<CompanyBook> OpenAsync(CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await _turn.WaitAsync(cancellation);
        try
        {
            var readAt = _clock.GetUtcNow();
            await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
            var (stamp, reaches) = await StampAsync(snapshot.Context, settings, cancellation);
            return stamp == _book?.Stamp ? _book : _book = await ReadAsync(snapshot.Context, stamp, settings, reaches, _book, readAt, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Tells the state of the database, and up to when contracts are complete.</summary>
    private static async Task<(BookStamp Stamp, IReadOnlyList<DateOnly> Reaches)> StampAsync(CustomerSuccessContext context, CompanySettings settings, CancellationToken cancellation)
    {
        var rates = await context.ExchangeRates.GroupBy(_ => 1).Select(all => new { Count = all.Count(), File = all.Max(rate => rate.ImportFileId), Voided = all.Max(rate => rate.VoidedBy) }).FirstOrDefaultAsync(cancellation);
        var reached = await context.SourceReaches.AsNoTracking().Where(reach => Reaching.Contains(reach.Record)).OrderBy(reach => reach.Record).ThenBy(reach => reach.SourceId).ToListAsync(cancellation);
        var stamp = new BookStamp(
            await context.AccountChanges.MaxAsync(change => (long?)change.ChangeNo, cancellation) ?? 0,
            await context.ImportFiles.MaxAsync(file => (int?)file.ImportFileId, cancellation) ?? 0,
            await context.Accounts.CountAsync(cancellation),
            rates is null ? default : (rates.Count, rates.File, rates.Voided),
            string.Join('|', reached.Select(reach => reach.CompleteUntil?.ToString("O", CultureInfo.InvariantCulture))),
            SettingsOf(settings));
        return (stamp, [.. reached.Where(reach => reach.Record == "subscriptions").Select(reach => reach.CompleteUntil).OfType<DateOnly>()]);
    }

    /// <summary>What readers are given, and whether facts came since; null where nothing stands that they may be given.</summary>
    private async Task<(CompanyBook Book, bool IsBehind)?> StandingAsync(CancellationToken cancellation)
    {
        if (_standing is not { } standing || standing.Book.Accounts.Count < StandsFrom)
        {
            return null;
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var (now, _) = await StampAsync(snapshot.Context, settings, cancellation);
        var isBehind = now != standing.Book.Stamp;
        return isBehind && !standing.MayStandFor(now) ? null : (standing.Book, isBehind);
    }

    /// <summary>The company as a viewer may see it.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="key">Names the figure that is to be computed, with everything it depends on.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="again">Asks the same again, so that it can be computed ahead; null for what is asked too seldom or told too fast.</param>
    /// <returns>The key is null where the figure is the viewer's alone, and not kept.</returns>
    internal async Task<(CompanyBook Book, IReadOnlyList<BookEntry> Accounts, string? Key)> ForAsync(Viewer viewer, string key, CancellationToken cancellation, Func<CancellationToken, Task>? again = null)
    {
        var book = await ForReadersAsync(cancellation);
        if (!viewer.OwnPortfolioOnly)
        {
            if (again is not null)
            {
                Note(viewer, key, again);
            }

            return (book, book.Accounts, key);
        }

        await using var context = database.OpenContext();
        var visible = await context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).ToHashSetAsync(cancellation);
        return (book, [.. book.Accounts.Where(entry => visible.Contains(entry.AccountNo))], null);
    }

    private static string SettingsOf(CompanySettings settings) =>
        FormattableString.Invariant($"{settings.Currency}|{settings.TimeZone}|{settings.FiscalStartMonth}|{settings.GraceDays}|{settings.LifecycleNewDays}|{settings.LifecycleActiveDays}|{settings.LifecycleLoyalScore}|{settings.LifecycleGoal}|{settings.Margin}|{settings.HorizonDays}|{settings.InvoluntaryWords}");

    private static async Task<CompanyBook> ReadAsync(CustomerSuccessContext context, BookStamp stamp, CompanySettings settings, IReadOnlyList<DateOnly> reaches, CompanyBook? former, DateTimeOffset readAt, CancellationToken cancellation)
    {
        var changed = former is null || stamp.Change < former.Stamp.Change || stamp.Accounts < former.Stamp.Accounts || settings.TimeZone != former.Settings.TimeZone
            ? null
            : await context.AccountChanges.Where(change => change.ChangeNo > former.Stamp.Change).Select(change => change.AccountNo).ToListAsync(cancellation);
        Dictionary<int, BookEntry> entries;
        if (changed is null || changed.Count > MostChanged)
        {
            entries = await new BookReading(context, settings).ReadAsync(null, cancellation);
        }
        else
        {
            var reading = new BookReading(context, settings);
            var anew = new List<BookEntry>();
            foreach (var some in changed.Chunk(AtOnce))
            {
                anew.AddRange((await reading.ReadAsync(some, cancellation)).Values);
            }

            anew.RemoveAll(entry => former!.Entries.TryGetValue(entry.AccountNo, out var known) && known.TellsTheSameAs(entry));
            if (anew.Count == 0 && stamp.IsAlike(former!.Stamp))
            {
                return former.At(stamp, settings, readAt);
            }

            if (stamp.IsAlike(former!.Stamp) && anew.TrueForAll(entry => former.Entries.TryGetValue(entry.AccountNo, out var known) && known.TellsTheSameAs(entry with { Answers = known.Answers })))
            {
                return former.WithAnswers(stamp, settings, anew, readAt);
            }

            entries = new(former!.Entries);
            foreach (var entry in anew)
            {
                entries[entry.AccountNo] = entry;
            }
        }

        var starts = entries.Values.SelectMany(entry => entry.Contracts.Terms).Select(term => term.StartedOn);
        var (first, latest) = starts.Aggregate(((DateOnly?)null, (DateOnly?)null), (range, day) => (range.Item1 < day ? range.Item1 : day, range.Item2 > day ? range.Item2 : day));
        var rates = new CurrencyRates(settings.Currency, await context.ExchangeRates.Where(rate => rate.VoidedBy == null).ToListAsync(cancellation));
        return new(stamp, settings, rates, entries, former)
        {
            ReadAt = readAt,
            FirstTerm = first,
            // as the report of the command line has it
            LastMonth = first is null ? null : reaches.Count > 0 ? MonthEnds.OnOrBefore(reaches.Max()) : MonthEnds.OnOrAfter(latest!.Value),
            ContractsUntil = first is null ? null : reaches.Count > 0 ? reaches.Min() : latest,
        };
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    /// <summary>Reads accounts with what figures need of them.</summary>
    private sealed class BookReading(CustomerSuccessContext context, CompanySettings settings)
    {
        private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
        private readonly CompanyCalendar _calendar = new(settings.TimeZone);

        /// <param name="which">Account numbers; null for all.</param>
        /// <param name="cancellation">Ends the reading.</param>
        public async Task<Dictionary<int, BookEntry>> ReadAsync(int[]? which, CancellationToken cancellation)
        {
            var entries = await context.Accounts.Where(account => which == null || which.Contains(account.AccountNo))
                .Select(account => new BookEntry(account.AccountNo, account.AccountId, account.Namespace, account.Name, account.NameSort) { Country = account.Country, Industry = account.Industry })
                .ToDictionaryAsync(entry => entry.AccountNo, cancellation);
            await ReadTermsAsync(entries, which, cancellation);
            await ReadValuesAsync(entries, which, cancellation);
            await ReadAnswersAsync(entries, which, cancellation);
            return entries;
        }

        private async Task ReadTermsAsync(Dictionary<int, BookEntry> entries, int[]? which, CancellationToken cancellation)
        {
            var terms = context.Subscriptions.Where(term => term.VoidedBy == null && (which == null || which.Contains(term.AccountNo))).OrderBy(term => term.AccountNo)
                .Select(term => new Subscription { AccountNo = term.AccountNo, FactId = "", Product = term.Product, Plan = term.Plan, Seats = term.Seats, Mrr = term.Mrr, Currency = term.Currency, StartedOn = term.StartedOn, EndedOn = term.EndedOn, EndReason = term.EndReason });
            await foreach (var (no, some) in ByAccountAsync(terms.AsAsyncEnumerable(), term => term.AccountNo, cancellation))
            {
                if (entries.TryGetValue(no, out var entry))
                {
                    var contracts = AccountContracts.Of(some, Shared);
                    entries[no] = entry with { Contracts = contracts, FirstMonthEnd = BookEntry.FirstMonthEndOf(contracts.Mrr) };
                }
            }
        }

        private async Task ReadValuesAsync(Dictionary<int, BookEntry> entries, int[]? which, CancellationToken cancellation)
        {
            string[] names = ["segment", "owner_email", "region"];
            var attributes = await context.Attributes.Where(attribute => attribute.Record == "accounts" && names.Contains(attribute.Name)).ToDictionaryAsync(attribute => attribute.AttributeId, attribute => attribute.Name, cancellation);
            var ids = attributes.Keys.ToArray();
            var values = context.AccountValues.Where(value => ids.Contains(value.AttributeId) && (which == null || which.Contains(value.AccountNo)))
                .OrderBy(value => value.AccountNo).ThenBy(value => value.AttributeId).ThenBy(value => value.ValidFrom);
            await foreach (var (no, some) in ByAccountAsync(values.AsAsyncEnumerable(), value => value.AccountNo, cancellation))
            {
                if (!entries.TryGetValue(no, out var entry))
                {
                    continue;
                }

                ValueHistory Of(string name) => new([.. some.Where(value => attributes[value.AttributeId] == name).Select(value =>
                    (value.ValidFrom, string.IsNullOrWhiteSpace(value.Value) ? null : Shared(name == "owner_email" ? value.Value.ToLowerInvariant() : value.Value)))]);
                entries[no] = entry with { Segment = Of("segment"), Owner = Of("owner_email"), Region = Of("region") };
            }
        }

        private async Task ReadAnswersAsync(Dictionary<int, BookEntry> entries, int[]? which, CancellationToken cancellation)
        {
            var answers = NpsQuery.Standing(context.SurveyResponses).Where(answer => which == null || which.Contains(answer.AccountNo))
                .OrderBy(answer => answer.AccountNo).ThenBy(answer => answer.RespondedAt)
                .Select(answer => new { answer.AccountNo, answer.RespondedAt, answer.Score });
            await foreach (var (no, some) in ByAccountAsync(answers.AsAsyncEnumerable(), answer => answer.AccountNo, cancellation))
            {
                if (entries.TryGetValue(no, out var entry))
                {
                    entries[no] = entry with { Answers = [.. some.Select(answer => new NpsAnswer(_calendar.Day(answer.RespondedAt), answer.RespondedAt, answer.Score))] };
                }
            }
        }

        private string Shared(string text)
        {
            if (!_texts.TryGetValue(text, out var same))
            {
                _texts.Add(text, same = text);
            }

            return same;
        }

        private static async IAsyncEnumerable<(int AccountNo, List<T> Rows)> ByAccountAsync<T>(IAsyncEnumerable<T> rows, Func<T, int> account, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            var some = new List<T>();
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                if (some.Count > 0 && account(some[0]) != account(row))
                {
                    yield return (account(some[0]), some);
                    some = [];
                }

                some.Add(row);
            }

            if (some.Count > 0)
            {
                yield return (account(some[0]), some);
            }
        }
    }
}
