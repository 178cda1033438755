using System.Text.Json;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>Reads a run's suggestions together with what CSMs have made of them since.</summary>
internal static class SuggestedTouches
{
    /// <summary>The suggestions of some accounts in a run, by account, first to do first.</summary>
    public static async Task<ILookup<int, SuggestedTouch>> OfAsync(CustomerSuccessContext context, ScoreRun run, IReadOnlyCollection<int> accounts, DateOnly today, CancellationToken cancellation)
    {
        var suggestions = await context.Suggestions.AsNoTracking()
            .Offered(context).Where(s => s.ScoreRunId == run.ScoreRunId && accounts.Contains(s.AccountNo))
            .OrderBy(s => s.AccountNo).ThenBy(s => s.Rank)
            .ToListAsync(cancellation);
        var actions = (await Standing(context.SuggestionActions.AsNoTracking(), run).Where(a => accounts.Contains(a.AccountNo)).ToListAsync(cancellation))
            .Where(action => Holds(action, today))
            .ToLookup(action => (action.AccountNo, action.Play));
        return suggestions.ToLookup(s => s.AccountNo, s => Of(s, actions[(s.AccountNo, s.Play)].Where(action => IsOf(action, s)).MaxBy(action => action.At)));
    }

    /// <summary>What was done since a run began; earlier actions are already heeded, since a run does not suggest what they forbid.</summary>
    public static IQueryable<SuggestionAction> Standing(IQueryable<SuggestionAction> actions, ScoreRun run) =>
        actions.Where(a => a.At >= run.StartedAt && a.UndoneAt == null);

    /// <summary>False for a snooze whose day has come.</summary>
    public static bool Holds(SuggestionAction action, DateOnly today) => action.Kind != SuggestionActionKind.Snoozed || action.Until > today;

    /// <summary>True where an action is about a suggestion of its play: what was done holds for the play, what was put aside for the reason; neither for what an event brought later.</summary>
    public static bool IsOf(SuggestionAction action, Suggestion suggestion) =>
        (action.Kind == SuggestionActionKind.Done || action.ReasonCode == suggestion.ReasonCode) && !(action.At < suggestion.At);

    public static TakenAction Of(SuggestionAction action) => new(
        action.ActionId, action.Play, action.ReasonCode,
        action.Kind switch
        {
            SuggestionActionKind.Done => SuggestionState.Done,
            SuggestionActionKind.Snoozed => SuggestionState.Snoozed,
            _ => SuggestionState.Dismissed,
        },
        action.At, action.ByEmail, action.Until, action.Reason, action.Note, action.UndoneAt is not null);

    /// <summary>Numbers of a reason's sentence.</summary>
    public static IReadOnlyDictionary<string, double> Args(string? json) =>
        json is null ? new Dictionary<string, double>() : JsonSerializer.Deserialize<Dictionary<string, double>>(json) ?? [];

    private static SuggestedTouch Of(Suggestion s, SuggestionAction? action) => new(
        s.Rank, s.Play, s.IsUpsell, s.Channel, s.ReasonCode, Args(s.ReasonArgsJson),
        s.Minutes, s.Effect, s.Value, s.ValuePerMinute, action is null ? null : Of(action))
    { At = s.At };
}
