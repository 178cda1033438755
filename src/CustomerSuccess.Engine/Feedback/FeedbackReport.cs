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

    private readonly Lock _keeping = new(), _learning = new();
    private ThemeSet? _themes;
    private volatile bool _isLearnedAhead;
    private (string Key, SentimentModel Model)? _model;

    /// <summary>Themes with their figures.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Of which texts, and when.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<FeedbackOverview> OverviewAsync(Viewer viewer, FeedbackAsk ask, CancellationToken cancellation = default)
    {
        var (voice, key) = await OpenAsync(viewer, $"feedback|{ask}", token => OverviewAsync(viewer, ask, token), cancellation);
        return await Task.Run(() => voice.Figures.Figure(key, () => FeedbackTally.Overview(voice, ask, key)), cancellation);
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
        var (voice, key) = await OpenAsync(viewer, $"feedback-texts|{ask}", token => TextsAsync(viewer, ask, offset, limit, token), cancellation);
        var (rows, accounts) = await Task.Run(() =>
        {
            var listed = voice.Figures.List<int>(key, () => FeedbackTally.Texts(voice, ask));
            return (listed, voice.Figures.Figure(key, () => new Counted(listed.Select(row => voice.Rows.EntryOf(row).AccountNo).Distinct().Count())).Count);
        }, cancellation);
        var theme = voice.Themes.All.FirstOrDefault(theme => theme.ThemeId == ask.ThemeId);
        return new(
            [
                .. rows.Skip(offset).Take(limit).Select(row => (Entry: voice.Rows.EntryOf(row), Line: voice.Rows[row])).Select(row => new FeedbackRow(
                    row.Entry.AccountNo, row.Entry.AccountId, row.Entry.Namespace, row.Entry.Name, row.Line.Source, row.Line.Key, row.Line.Day, row.Line.Language, row.Line.Text, row.Line.Kind, row.Line.Score, row.Line.Sentiment(voice.Model),
                    [.. row.Line.Themes(voice.Themes).Select(place => voice.Themes.Shown[place])], row.Line.ContactNo)),
            ],
            rows.Count, accounts, theme, theme is null ? [] : voice.Themes.PartsOf(theme.ThemeId));
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
        var (voice, key) = await OpenAsync(viewer, $"feedback-accounts|{ask}", token => AccountsAsync(viewer, ask, offset, limit, token), cancellation);
        var rows = await Task.Run(() => voice.Figures.List(key, () => FeedbackTally.Accounts(voice, ask)), cancellation);
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

    /// <summary>Learns anew what texts sound like where texts with scores changed, so that no reader waits for it.</summary>
    public async Task LearnAsync(CancellationToken cancellation = default)
    {
        var book = await books.ForReadersAsync(cancellation);
        var (lines, _, figures) = await texts.ForAsync(book, cancellation);
        await Task.Run(() => Learned(lines, figures, mayWait: true), cancellation);
        _isLearnedAhead = true;
    }

    private async Task<(Voice Voice, string? Key)> OpenAsync(Viewer viewer, string figure, Func<CancellationToken, Task> again, CancellationToken cancellation)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, figure, cancellation, again);
        var (lines, _, figures) = await texts.ForAsync(book, cancellation);
        await using var context = database.OpenContext();
        var themes = Kept(await context.FeedbackThemes.AsNoTracking().ToListAsync(cancellation));
        var (rows, model, learned) = await Task.Run(() =>
        {
            var (standing, stamp) = Learned(lines, figures, mayWait: !_isLearnedAhead);
            return (figures.Figure("rows", () => VoiceRows.Of(book, lines)), standing, stamp);
        }, cancellation);
        return (new(book, accounts, rows, themes, model, texts.Vocabulary, figures), key is null ? null : $"{key}|{themes.Stamp}|{learned}");
    }

    /// <summary>The same set as before where nothing was edited: texts remember by it what they are of.</summary>
    private ThemeSet Kept(List<FeedbackTheme> stored)
    {
        var stamp = ThemeSet.StampOf(stored);
        lock (_keeping)
        {
            return _themes?.Stamp == stamp ? _themes : _themes = new(stored);
        }
    }

    /// <summary>Learned from texts of full months, so that it stands for a month; anew where any of these texts or scores changed.</summary>
    /// <param name="lines">Every text.</param>
    /// <param name="figures">What was computed of them.</param>
    /// <param name="mayWait">False to go on with the model before until another was learned.</param>
    private (SentimentModel Model, string Key) Learned(IReadOnlyDictionary<int, FeedbackLine[]> lines, KeptFigures figures, bool mayWait)
    {
        var wanted = figures.Figure("learned", () =>
        {
            var latest = DateOnly.MinValue;
            foreach (var line in lines.Values.SelectMany(own => own).Where(line => line.IsLow is not null))
            {
                latest = line.Day > latest ? line.Day : latest;
            }

            var until = latest == DateOnly.MinValue ? latest : CompanyCalendar.Month(latest);
            var (count, sum) = (0, 0UL);
            foreach (var line in lines.Values.SelectMany(own => own).Where(line => line.IsLow is not null && line.Day < until))
            {
                (count, sum) = (count + 1, sum + line.Hash);
            }

            return new Teaching(until, FormattableString.Invariant($"{count}|{sum}"));
        });
        bool Stands(bool isAsked, out (SentimentModel Model, string Key) found)
        {
            lock (_keeping)
            {
                found = _model is { } model ? (model.Model, model.Key) : default;
                return found.Key is { } key && (key == wanted.Key || !isAsked);
            }
        }

        if (Stands(mayWait, out var standing))
        {
            return standing;
        }

        lock (_learning)
        {
            if (Stands(isAsked: true, out standing))
            {
                return standing;
            }

            var learned = SentimentModel.Learn(lines.Values.SelectMany(own => own).Where(line => line.IsLow is not null && line.Day < wanted.Until).Select(line => new ScoredText(line.Folded, line.IsLow!.Value, line.Language)));
            lock (_keeping)
            {
                _model = (wanted.Key, learned);
            }

            return (learned, wanted.Key);
        }
    }

    private sealed record Counted(int Count);

    /// <summary>What is learned from.</summary>
    /// <param name="Until">Texts before this day.</param>
    /// <param name="Key">Tells them from all others.</param>
    private sealed record Teaching(DateOnly Until, string Key);
}

/// <summary>A company's texts at one state of its facts and themes.</summary>
internal sealed record Voice(CompanyBook Book, IReadOnlyList<BookEntry> Accounts, VoiceRows Rows, ThemeSet Themes, SentimentModel Model, TermVocabulary Vocabulary, KeptFigures Figures)
{
    /// <summary>MRR is that of the last day that contracts reach.</summary>
    public DateOnly? MrrOn => Book.ContractsUntil;

    public decimal Mrr(BookEntry entry) => MrrOn is { } day && entry.Contracts.Mrr.IsPaying(day) ? entry.Contracts.Mrr.On(day, currency => Book.Rates.On(currency, day)) : 0;
}
