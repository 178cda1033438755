using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Notes;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>Everything that a day's work consists of, in one reading: a colleague's, or a team's.</summary>
public sealed class DayQuery(Database database, SettingsStore settingsStore, RiskQueueQuery queue, CapacityQuery capacity, InquiryListQuery inquiries, TaskQuery tasks, MentionInbox mentions, TimeProvider clock)
{
    /// <summary>Tasks that are listed at first.</summary>
    public const int FirstTasks = 8;

    private readonly WeekPlans _plans = new();
    private volatile KeptMoves? _moves;
    private volatile KeptTeam? _team;
    private volatile KeptReturns? _returns;

    /// <summary>A day's work.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="person">Whose day: an address, <see cref="DayScope.Team"/>, or null for what suits the viewer.</param>
    /// <param name="mostTasks">Tasks to list, 1–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<DaySheet> ReadAsync(Viewer viewer, string? person = null, int mostTasks = FirstTasks, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostTasks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostTasks, 1000);
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var owners = run is null
            ? await context.Accounts.AsNoTracking().Select(account => account.OwnerEmail).Distinct().ToListAsync(cancellation)
            : await WeekPlans.OwnersAsync(context, run, cancellation);
        var scope = DayScope.Of(viewer, person, viewer.Email is { } own && owners.Exists(owner => string.Equals(owner, own, StringComparison.OrdinalIgnoreCase)));
        var spellings = scope.Person is { } whose ? owners.FindAll(owner => string.Equals(owner, whose, StringComparison.OrdinalIgnoreCase)) : null;
        var reading = new DayReading(context, viewer, scope, spellings, run, settings, settings.Today(clock), clock.GetUtcNow().UtcDateTime, cancellation);
        var sheet = new DaySheet
        {
            Scope = scope,
            Today = reading.Today,
            People = scope.MayChoose ? [.. owners.OfType<string>().Select(owner => owner.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal)] : [],
            Run = run is null ? null : ScoreRunQuery.Summary(run),
            Inquiries = await DayDesk.InquiriesAsync(reading, inquiries),
            Voices = await DayVoices.ReadAsync(reading),
            Tasks = await DayDesk.TasksAsync(reading, tasks, mostTasks),
            Reviews = (scope.IsOwn || scope.Person is null) && viewer.Email is { } mine ? await GoalQuery.DueAsync(context, mine.ToLowerInvariant(), reading.Today, cancellation) : [],
            Mentions = scope.IsOwn ? await DayDesk.MentionsAsync(reading, mentions) : [],
        };
        if (run is null)
        {
            return sheet;
        }

        var (since, moves) = await MovedAsync(reading);
        var team = scope.Person is null ? await TeamAsync(reading) : null;
        return await DayTouches.ReadAsync(reading, sheet, queue, _plans, owners) with
        {
            Renewals = team?.Renewals ?? await DayAccounts.RenewalsAsync(reading),
            Moves = await DayAccounts.MovesAsync(reading, since, moves),
            WinBacks = await DayReturns.ReadAsync(reading, await ReturnsAsync(reading)),
            Team = team?.Loads ?? [],
        };
    }

    /// <summary>What takes a pass over every account of the run is kept until anything changes, as plans are.</summary>
    private async Task<KeptTeam> TeamAsync(DayReading reading)
    {
        var change = await CapacityBook.LastChangeAsync(reading.Context, reading.Cancellation);
        if (_team is { } kept && (kept.RunId, kept.Today, kept.Change) == (reading.Run!.ScoreRunId, reading.Today, change))
        {
            return kept;
        }

        return _team = new(reading.Run!.ScoreRunId, reading.Today, change, await capacity.LoadsAsync(reading.Viewer, reading.Cancellation), await DayAccounts.RenewalsAsync(reading));
    }

    /// <summary>Of all accounts it is looked for once a run: that takes a pass over it.</summary>
    private async Task<(DateOnly? Since, IReadOnlyList<Moved> Moves)> MovedAsync(DayReading reading)
    {
        if (reading.Spellings is not null)
        {
            return await DayAccounts.MovedAsync(reading);
        }

        if (_moves is { } kept && kept.RunId == reading.Run!.ScoreRunId)
        {
            return (kept.Since, kept.Moves);
        }

        var (since, moves) = await DayAccounts.MovedAsync(reading);
        _moves = new(reading.Run!.ScoreRunId, since, moves);
        return (since, moves);
    }

    private async Task<IReadOnlyList<int>> ReturnsAsync(DayReading reading)
    {
        if (_returns is { } kept && kept.RunId == reading.Run!.ScoreRunId)
        {
            return kept.Accounts;
        }

        var accounts = await DayReturns.SuggestedAsync(reading.Context, reading.Run!, reading.Cancellation);
        _returns = new(reading.Run!.ScoreRunId, accounts);
        return accounts;
    }

    private sealed record KeptReturns(int RunId, IReadOnlyList<int> Accounts);

    private sealed record KeptTeam(int RunId, DateOnly Today, long Change, IReadOnlyList<CsmLoad> Loads, DayRenewals Renewals);

    private sealed record KeptMoves(int RunId, DateOnly? Since, IReadOnlyList<Moved> Moves);
}
