using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Suggestions of some accounts with what stands of them, to be acted upon.</summary>
internal sealed class SuggestionDesk
{
    private readonly ILookup<int, Suggestion> _suggestions;
    private readonly ILookup<int, SuggestionAction> _standing;
    private readonly DateOnly _today;

    private SuggestionDesk(ILookup<int, Suggestion> suggestions, ILookup<int, SuggestionAction> standing, CompanySettings settings, DateOnly today) =>
        (_suggestions, _standing, Settings, _today) = (suggestions, standing, settings, today);

    public CompanySettings Settings { get; }

    public static async Task<SuggestionDesk> ReadAsync(CustomerSuccessContext context, ScoreRun run, IReadOnlyCollection<int> accounts, CompanySettings settings, DateTime now, CancellationToken cancellation)
    {
        var suggestions = await context.Suggestions.AsNoTracking().Offered(context).Where(s => s.ScoreRunId == run.ScoreRunId && accounts.Contains(s.AccountNo)).OrderBy(s => s.Rank).ToListAsync(cancellation);
        var standing = await SuggestedTouches.Standing(context.SuggestionActions, run).Where(a => accounts.Contains(a.AccountNo)).ToListAsync(cancellation);
        return new(suggestions.ToLookup(s => s.AccountNo), standing.ToLookup(a => a.AccountNo), settings, settings.DayOf(now));
    }

    public Suggestion? Find(int accountNo, string play) => _suggestions[accountNo].FirstOrDefault(s => s.Play == play);

    /// <summary>What stands of a suggestion now; null where it is open.</summary>
    public SuggestionAction? Standing(int accountNo, Suggestion suggestion) =>
        AllStanding(accountNo, suggestion).Where(action => SuggestedTouches.Holds(action, _today)).MaxBy(action => action.At);

    /// <summary>Everything that was made of a suggestion and not undone, snoozes whose day has come among it.</summary>
    public IEnumerable<SuggestionAction> AllStanding(int accountNo, Suggestion suggestion) =>
        _standing[accountNo].Where(action => action.Play == suggestion.Play && action.UndoneAt is null && SuggestedTouches.IsOf(action, suggestion));

    /// <summary>The first open suggestion of a list; where something was done since the run, only what an event brought after that.</summary>
    public Suggestion? NextOpen(int accountNo, QueueList list)
    {
        var done = _suggestions[accountNo].Select(s => Standing(accountNo, s)).Where(action => action?.Kind == SuggestionActionKind.Done).Max(action => action!.At as DateTime?);
        return _suggestions[accountNo].FirstOrDefault(s => s.IsUpsell == (list == QueueList.Opportunities) && Standing(accountNo, s) is null && (done is null || s.At > done));
    }

    /// <summary>What somebody else last did to an account since an instant; null where nobody did anything.</summary>
    public SuggestionAction? ByOthersSince(int accountNo, DateTime? since, string viewer) =>
        since is { } instant ? _standing[accountNo].Where(action => action.At > instant && action.ByUser != viewer && action.UndoneAt is null).MaxBy(action => action.At) : null;
}
