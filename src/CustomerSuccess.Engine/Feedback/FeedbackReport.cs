using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Feedback;

/// <summary>What customers say by theme, whether it grows, what MRR is behind it, how it is said, and whether customers leave after it.</summary>
/// <remarks>Methods throw <see cref="MissingRateException"/> where a rate to the reporting currency is missing.</remarks>
public sealed class FeedbackReport(Database database, CompanyBooks books, FeedbackBooks texts)
{
    /// <summary>Customers of whom reasons are counted for a theme: those with most MRR.</summary>
    public const int MostDrivers = 500;

    private readonly Lock _keeping = new();
    private ThemeSet? _themes;
    private (string Key, SentimentModel Model)? _model;

    /// <summary>Themes with their figures.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Of which texts, and when.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<FeedbackOverview> OverviewAsync(Viewer viewer, FeedbackAsk ask, CancellationToken cancellation = default)
    {
        var (voice, key) = await OpenAsync(viewer, $"feedback|{ask}", cancellation);
        return await Task.Run(() => voice.Book.Once(key, () => FeedbackTally.Overview(voice, ask)), cancellation);
    }

    /// <summary>The texts behind a figure.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which ones.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<FeedbackTexts> TextsAsync(Viewer viewer, FeedbackListAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        Check(offset, limit);
        var (voice, key) = await OpenAsync(viewer, $"feedback-texts|{ask}", cancellation);
        var rows = await Task.Run(() => voice.Book.List(key, () => FeedbackTally.Texts(voice, ask)), cancellation);
        var theme = voice.Themes.All.FirstOrDefault(theme => theme.ThemeId == ask.ThemeId);
        return new(
            [
                .. rows.Skip(offset).Take(limit).Select(row => new FeedbackRow(
                    row.Entry.AccountNo, row.Entry.AccountId, row.Entry.Namespace, row.Entry.Name, row.Line.Source, row.Line.Key, row.Line.Day, row.Line.Language, row.Line.Text, row.Line.Kind, row.Line.Score, row.Line.Sentiment(voice.Model),
                    [.. row.Line.Themes(voice.Themes).Select(place => voice.Themes.Shown[place])], row.Line.ContactNo)),
            ],
            rows.Count, rows.Select(row => row.Entry.AccountNo).Distinct().Count(), theme, theme is null ? [] : voice.Themes.PartsOf(theme.ThemeId));
    }

    /// <summary>The customers behind a figure, with what raises their risk.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Whose texts.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<FeedbackAccounts> AccountsAsync(Viewer viewer, FeedbackListAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        Check(offset, limit);
        var (voice, key) = await OpenAsync(viewer, $"feedback-accounts|{ask}", cancellation);
        var rows = await Task.Run(() => voice.Book.List(key, () => FeedbackTally.Accounts(voice, ask)), cancellation);
        var shown = rows.Skip(offset).Take(limit).ToList();
        await using var context = database.OpenContext();
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var most = rows.OrderByDescending(row => row.Mrr).ThenBy(row => row.AccountNo).Where(row => row.Pays).Take(MostDrivers).ToList();
        var told = run is null ? [] : await DriversAsync(context, run.ScoreRunId, [.. most.Concat(shown).Select(row => row.AccountNo).Distinct()], cancellation);
        var numbers = shown.Select(row => row.AccountNo).ToList();
        var runId = run?.ScoreRunId ?? 0;
        var scores = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == runId && numbers.Contains(score.AccountNo))
            .Select(score => new { score.AccountNo, score.Health, score.ChurnProbability }).ToDictionaryAsync(score => score.AccountNo, cancellation);
        return new(
            [
                .. shown.Select(row => row with
                {
                    Health = scores.GetValueOrDefault(row.AccountNo)?.Health, Risk = scores.GetValueOrDefault(row.AccountNo)?.ChurnProbability,
                    Drivers = [.. told.GetValueOrDefault(row.AccountNo, []).Where(driver => driver.Points > 0).Take(3)],
                }),
            ],
            rows.Count, rows.Sum(row => row.Mrr), voice.Book.Settings.Currency, voice.Themes.All.FirstOrDefault(theme => theme.ThemeId == ask.ThemeId),
            [
                .. most.Select(row => (row, First: told.GetValueOrDefault(row.AccountNo, []).FirstOrDefault(driver => driver.Points > 0))).Where(one => one.First is not null).GroupBy(one => one.First!.Theme, StringComparer.Ordinal)
                    .Select(own => new DriverBehind(own.Key, own.Count(), own.Sum(one => one.row.Mrr))).OrderByDescending(one => one.Mrr).ThenBy(one => one.Reason, StringComparer.Ordinal),
            ],
            run?.IsFallback ?? true);
    }

    private static async Task<Dictionary<int, IReadOnlyList<Driver>>> DriversAsync(CustomerSuccessContext context, int run, int[] accounts, CancellationToken cancellation)
    {
        var found = new Dictionary<int, IReadOnlyList<Driver>>();
        foreach (var some in accounts.Chunk(500))
        {
            foreach (var row in await context.AccountDrivers.AsNoTracking().Where(drivers => drivers.ScoreRunId == run && some.Contains(drivers.AccountNo)).Select(drivers => new { drivers.AccountNo, drivers.ChurnJson }).ToListAsync(cancellation))
            {
                found.Add(row.AccountNo, JsonSerializer.Deserialize<List<Driver>>(row.ChurnJson, Driver.Json)!);
            }
        }

        return found;
    }

    private static void Check(int offset, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }

    private async Task<(Voice Voice, string? Key)> OpenAsync(Viewer viewer, string figure, CancellationToken cancellation)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, figure, cancellation);
        var lines = await texts.ForAsync(book, cancellation);
        await using var context = database.OpenContext();
        var themes = Kept(new ThemeSet(await context.FeedbackThemes.AsNoTracking().ToListAsync(cancellation)));
        return (new(book, accounts, lines, themes, await Task.Run(() => book.Once("sentiment", () => ModelOf(lines)), cancellation)), key is null ? null : $"{key}|{themes.Stamp}");
    }

    /// <summary>The same set as before where nothing was edited: texts remember by it what they are of.</summary>
    private ThemeSet Kept(ThemeSet now)
    {
        lock (_keeping)
        {
            return _themes?.Stamp == now.Stamp ? _themes : _themes = now;
        }
    }

    /// <summary>Learned from texts of full months, so that it stands for a month; anew where any of these texts or scores changed.</summary>
    private SentimentModel ModelOf(IReadOnlyDictionary<int, FeedbackLine[]> lines)
    {
        var scored = lines.Values.SelectMany(own => own).Where(line => line.IsLow is not null).ToList();
        var until = scored.Count == 0 ? DateOnly.MinValue : CompanyCalendar.Month(scored.Max(line => line.Day));
        var learned = scored.Where(line => line.Day < until).ToList();
        ulong sum = 0;
        foreach (var line in learned)
        {
            var hash = line.IsLow == true ? 14695981039346656037UL : 1469598103934665603UL;
            foreach (var c in line.Text)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            sum += hash;
        }

        var key = FormattableString.Invariant($"{learned.Count}|{sum}");
        lock (_keeping)
        {
            if (_model?.Key != key)
            {
                _model = (key, SentimentModel.Learn(learned.Select(line => new ScoredText(line.Folded, line.IsLow!.Value, line.Language))));
            }

            return _model.Value.Model;
        }
    }
}

/// <summary>A company's texts at one state of its facts and themes.</summary>
internal sealed record Voice(CompanyBook Book, IReadOnlyList<BookEntry> Accounts, IReadOnlyDictionary<int, FeedbackLine[]> Lines, ThemeSet Themes, SentimentModel Model)
{
    public IEnumerable<(BookEntry Entry, FeedbackLine Line)> Of(FeedbackScope scope) =>
        Accounts.SelectMany(entry => Lines.GetValueOrDefault(entry.AccountNo, []), (entry, line) => (entry, line)).Where(one => scope.Has(one.entry, one.line));

    /// <summary>MRR is that of the last day that contracts reach.</summary>
    public DateOnly? MrrOn => Book.ContractsUntil;

    public decimal Mrr(BookEntry entry) => MrrOn is { } day && entry.Contracts.Mrr.IsPaying(day) ? entry.Contracts.Mrr.On(day, currency => Book.Rates.On(currency, day)) : 0;
}
