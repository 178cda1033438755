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
            .Where(s => s.ScoreRunId == run.ScoreRunId && accounts.Contains(s.AccountNo))
            .OrderBy(s => s.AccountNo).ThenBy(s => s.Rank)
            .ToListAsync(cancellation);
        var actions = await Standing(context, run, today).Where(a => accounts.Contains(a.AccountNo)).ToListAsync(cancellation);
        var latest = actions
            .GroupBy(action => (action.AccountNo, action.Play))
            .ToDictionary(group => group.Key, group => group.MaxBy(action => action.At)!);
        return suggestions.ToLookup(s => s.AccountNo, s => Of(s, latest.GetValueOrDefault((s.AccountNo, s.Play))));
    }

    /// <summary>Accounts of which a suggestion was done since the run began, or none is open any more.</summary>
    public static async Task<IReadOnlyList<int>> HandledAsync(CustomerSuccessContext context, ScoreRun run, DateOnly today, CancellationToken cancellation)
    {
        var actions = await Standing(context, run, today).Select(a => new { a.AccountNo, a.Play, a.Kind }).ToListAsync(cancellation);
        if (actions.Count == 0)
        {
            return [];
        }

        var touched = actions.Select(a => a.AccountNo).Distinct().ToList();
        var suggested = await context.Suggestions.AsNoTracking()
            .Where(s => s.ScoreRunId == run.ScoreRunId && touched.Contains(s.AccountNo))
            .Select(s => new { s.AccountNo, s.Play })
            .ToListAsync(cancellation);
        var taken = actions.Select(a => (a.AccountNo, a.Play)).ToHashSet();
        var open = suggested.Where(s => !taken.Contains((s.AccountNo, s.Play))).Select(s => s.AccountNo).ToHashSet();
        var done = actions.Where(a => a.Kind == SuggestionActionKind.Done).Select(a => a.AccountNo).ToHashSet();
        return [.. touched.Where(account => done.Contains(account) || !open.Contains(account))];
    }

    public static TakenAction Of(SuggestionAction action) => new(
        action.ActionId, action.Play, action.ReasonCode,
        action.Kind switch
        {
            SuggestionActionKind.Done => SuggestionState.Done,
            SuggestionActionKind.Snoozed => SuggestionState.Snoozed,
            _ => SuggestionState.Dismissed,
        },
        action.At, action.ByEmail, action.Until, action.Reason, action.Note, action.UndoneAt is not null);

    /// <summary>Earlier actions are already heeded: a run does not suggest what they forbid.</summary>
    private static IQueryable<SuggestionAction> Standing(CustomerSuccessContext context, ScoreRun run, DateOnly today) =>
        context.SuggestionActions.AsNoTracking().Where(a =>
            a.At >= run.StartedAt && a.UndoneAt == null && (a.Kind != SuggestionActionKind.Snoozed || a.Until > today));

    private static SuggestedTouch Of(Suggestion s, SuggestionAction? action) => new(
        s.Rank, s.Play, s.IsUpsell, s.Channel, s.ReasonCode,
        JsonSerializer.Deserialize<Dictionary<string, double>>(s.ReasonArgsJson) ?? [],
        s.Minutes, s.Effect, s.Value, s.ValuePerMinute, action is null ? null : Of(action));
}
