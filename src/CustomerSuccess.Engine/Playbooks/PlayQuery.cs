using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>A play in a list, with what became of its suggestions.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Suggested">Accounts to which the newest score run suggests it, among those that the viewer may see.</param>
/// <param name="Done">How often it was done within <see cref="PlayQuery.DaysBack"/> days.</param>
/// <param name="Dismissed">How often it was dismissed in them.</param>
public sealed record PlayRow(PlayEntry Entry, int Suggested, int Done, int Dismissed);

/// <summary>Who would be offered a play as of the newest score run.</summary>
/// <param name="AsOf">The run's day; null where nothing was scored yet.</param>
/// <param name="Total">Accounts that a trigger holds for, among those that the viewer may see.</param>
/// <param name="Of">All scored accounts that the viewer may see.</param>
/// <param name="Currency">Of money.</param>
/// <param name="Accounts">Those with the greatest expected loss, with the first reason that holds.</param>
public sealed record PlayPreview(DateOnly? AsOf, int Total, int Of, string Currency, IReadOnlyList<PlayMatch> Accounts);

/// <summary>An account that a play would be offered to.</summary>
public sealed record PlayMatch(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, decimal Mrr, double? Probability, PlayReason Reason);

/// <summary>A touch of a play that went well.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Note">What was written of it.</param>
public sealed record PlayExample(int AccountNo, string AccountId, string Namespace, string Name, DateTime At, string? ByEmail, string Note);

/// <summary>Everything about a play.</summary>
/// <param name="Row">What it says and what became of it.</param>
/// <param name="Versions">Newest first; none where nobody changed it.</param>
/// <param name="Examples">Newest first: done touches with a note, of accounts that still pay.</param>
public sealed record PlayDetails(PlayRow Row, IReadOnlyList<PlayVersion> Versions, IReadOnlyList<PlayExample> Examples);

/// <summary>Reads plays, and tries them out.</summary>
public sealed class PlayQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Days over which acts are counted.</summary>
    public const int DaysBack = 90;

    /// <summary>Accounts that a preview names.</summary>
    public const int Named = 20;

    private const int MostExamples = 5;

    /// <summary>Every play: the shipped ones, a company's own, and last the one for whoever has no better reason to be called.</summary>
    public async Task<IReadOnlyList<PlayRow>> ListAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await RowsAsync(context, viewer, await ReadAsync(context, cancellation), cancellation);
    }

    /// <summary>A play with its history; null where there is none of that key.</summary>
    public async Task<PlayDetails?> FindAsync(Viewer viewer, string key, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if ((await ReadAsync(context, cancellation)).FirstOrDefault(entry => entry.Play.Key == key) is not { } entry)
        {
            return null;
        }

        var versions = await context.PlayVersions.AsNoTracking().Where(version => version.PlayKey == key).OrderByDescending(version => version.Version).ToListAsync(cancellation);
        return new((await RowsAsync(context, viewer, [entry], cancellation))[0], versions, await ExamplesAsync(context, viewer, key, cancellation));
    }

    /// <summary>The plays that hold, as files hand them on.</summary>
    /// <param name="keys">Which; null for all.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<Play>> ExportAsync(IReadOnlyCollection<string>? keys = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return [.. (await ReadAsync(context, cancellation)).Select(entry => entry.Play).Where(play => keys is null || keys.Contains(play.Key))];
    }

    /// <summary>Who would be offered a play now, limits and cool-downs apart; whoever is held out of it is not.</summary>
    public async Task<PlayPreview> PreviewAsync(Viewer viewer, Play play, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new(null, 0, 0, "", []);
        }

        var table = await RunTable.ReadAsync(context, run, ConditionsOf([play]), await SegmentMembers.ConditionsAsync(context, cancellation), cancellation, FieldsOf([play]));
        // nobody is to act on those who are held out, so nobody is told of them
        var settings = await settingsStore.ReadAsync(cancellation);
        var draws = await StandingDraws.ReadAsync(context, settings, settings.Today(clock), cancellation);
        var visible = viewer.OwnPortfolioOnly ? (await context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo).ToListAsync(cancellation)).ToHashSet() : null;
        var (scored, found) = (0, new List<(AccountScore Score, PlayReason Reason)>());
        for (var row = 0; row < table.Scores.Length; row++)
        {
            var score = table.Scores[row];
            if (score.State == ScoreState.Scored && visible?.Contains(score.AccountNo) != false && !draws.IsHeldOut(score.AccountNo, play.Key))
            {
                scored++;
                if (play.Reasons(table.At(row)).FirstOrDefault() is { } reason)
                {
                    found.Add((score, reason));
                }
            }
        }

        if (play.IsWinBack)
        {
            scored += await AddEndedAsync(context, run, play, table.Scores, number => visible?.Contains(number) != false && !draws.IsHeldOut(number, play.Key), found, cancellation);
        }

        var named = found.OrderByDescending(own => own.Score.ExpectedLoss ?? own.Score.Mrr).ThenBy(own => own.Score.AccountNo).Take(Named).ToList();
        var numbers = named.Select(own => own.Score.AccountNo).ToList();
        var ids = await context.Accounts.AsNoTracking().Where(account => numbers.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.AccountId, account.Namespace }).ToDictionaryAsync(account => account.AccountNo, cancellation);
        return new(run.AsOf, found.Count, scored, ScoreRunQuery.SettingsOf(run).Currency,
            [.. named.Where(own => ids.ContainsKey(own.Score.AccountNo)).Select(own => new PlayMatch(own.Score.AccountNo, ids[own.Score.AccountNo].AccountId, ids[own.Score.AccountNo].Namespace, own.Score.Name, own.Score.OwnerEmail, own.Score.Mrr, own.Score.ChurnProbability, own.Reason))]);
    }

    /// <summary>Customers whose contract has ended, to whom a play would be offered; their MRR is what was lost.</summary>
    /// <returns>How many were looked at.</returns>
    private async Task<int> AddEndedAsync(CustomerSuccessContext context, ScoreRun run, Play play, AccountScore[] scores, Func<int, bool> counts, List<(AccountScore Score, PlayReason Reason)> found, CancellationToken cancellation)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var plays = WinBackSuggestions.AboutEnded([play]);
        var paying = scores.Select(score => score.AccountNo).ToHashSet();
        var gone = (await EndedAccounts.ReadAsync(context, settings, run.ContractsUntil, cancellation)).On(run.AsOf).Where(own => !paying.Contains(own.AccountNo) && counts(own.AccountNo)).ToDictionary(own => own.AccountNo, own => own.Contract);
        var segments = await SegmentMembers.ConditionsAsync(context, cancellation);
        var others = await OtherFields.ReadAsync(context, RunSuggestions.FieldsOf(plays, [], segments), run.AsOf, settings, cancellation);
        var rows = await WinBackSuggestions.ScoresAsync(context, run.ScoreRunId, gone, cancellation);
        var reader = WinBackSuggestions.NoFeatures([.. rows.Select(row => row.AccountNo)], run.AsOf);
        for (var row = 0; row < rows.Count; row++)
        {
            var account = rows[row];
            if (plays[0].Reasons(new AccountSigns(reader, row, settings, 0) { Score = account, Others = others.Of(account.AccountNo), Segments = segments, Ended = gone[account.AccountNo] }).FirstOrDefault() is { } reason)
            {
                account.Mrr = gone[account.AccountNo].Mrr;
                found.Add((account, reason));
            }
        }

        return rows.Count;
    }

    /// <summary>The plays that hold, in their order.</summary>
    internal static async Task<IReadOnlyList<PlayEntry>> ReadAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        PlayEntry.Of(await context.StoredPlays.AsNoTracking().ToListAsync(cancellation));

    /// <summary>What some plays ask for.</summary>
    internal static IEnumerable<Condition> ConditionsOf(IEnumerable<Play> plays) => plays.SelectMany(play => play.Triggers.Select(trigger => trigger.When).Concat(play.Exit is { } exit ? [exit] : []));

    /// <summary>The fields whose numbers the reasons of some plays tell.</summary>
    internal static IEnumerable<string> FieldsOf(IEnumerable<Play> plays) => plays.SelectMany(play => play.Triggers).SelectMany(trigger => trigger.Args.Values).Select(field => field.TrimStart('-'));

    private async Task<IReadOnlyList<PlayRow>> RowsAsync(CustomerSuccessContext context, Viewer viewer, IReadOnlyList<PlayEntry> entries, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-DaysBack);
        var actions = context.SuggestionActions.AsNoTracking().Where(action => action.At >= since && action.UndoneAt == null);
        var suggestions = context.Suggestions.AsNoTracking().Offered(context);
        if (viewer.OwnPortfolioOnly)
        {
            var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
            actions = actions.Where(action => visible.Contains(action.AccountNo));
            suggestions = suggestions.Where(suggestion => visible.Contains(suggestion.AccountNo));
        }

        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var suggested = run is null ? [] : await suggestions.Where(suggestion => suggestion.ScoreRunId == run.ScoreRunId).GroupBy(suggestion => suggestion.Play).Select(own => new { own.Key, Accounts = own.Count() }).ToDictionaryAsync(own => own.Key, own => own.Accounts, cancellation);
        var acted = await actions.GroupBy(action => new { action.Play, action.Kind }).Select(own => new { own.Key.Play, own.Key.Kind, Count = own.Count() }).ToListAsync(cancellation);
        int Acted(string play, SuggestionActionKind kind) => acted.Where(own => own.Play == play && own.Kind == kind).Sum(own => own.Count);
        return [.. entries.Select(entry => new PlayRow(entry, suggested.GetValueOrDefault(entry.Play.Key), Acted(entry.Play.Key, SuggestionActionKind.Done), Acted(entry.Play.Key, SuggestionActionKind.Dismissed)))];
    }

    private static async Task<IReadOnlyList<PlayExample>> ExamplesAsync(CustomerSuccessContext context, Viewer viewer, string key, CancellationToken cancellation)
    {
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return [];
        }

        // a customer who is still there and has not given notice
        var staying = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.State == ScoreState.Scored);
        var done = await context.SuggestionActions.AsNoTracking().Where(action => action.Play == key && action.Kind == SuggestionActionKind.Done && action.UndoneAt == null && action.Note != null)
            .Join(context.Accounts.AsNoTracking().VisibleTo(viewer), action => action.AccountNo, account => account.AccountNo, (action, account) => new { action.AccountNo, account.AccountId, account.Namespace, account.Name, action.At, action.ByEmail, action.Note })
            .Where(own => staying.Any(score => score.AccountNo == own.AccountNo))
            .OrderByDescending(own => own.At).Take(MostExamples).ToListAsync(cancellation);
        return [.. done.Select(own => new PlayExample(own.AccountNo, own.AccountId, own.Namespace, own.Name, own.At, own.ByEmail, own.Note!))];
    }
}
