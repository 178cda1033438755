using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Risk;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>Touches of a day: snoozed ones that came due, then what fits into the minutes that are left.</summary>
internal static class DayTouches
{
    /// <summary>Touches that are shown of each kind.</summary>
    private const int Most = 12;

    /// <summary>Touches that are named where nothing fits any more.</summary>
    private const int MostNext = 3;

    public static async Task<DaySheet> ReadAsync(DayReading reading, DaySheet sheet, RiskQueueQuery queue, WeekPlans plans, IReadOnlyCollection<string?> owners)
    {
        var (context, run, today) = (reading.Context, reading.Run!, reading.Today);
        var works = (await plans.ReadAsync(context, run, reading.Spellings ?? owners, reading.Settings, today, reading.Cancellation)).Values.ToList();
        var days = works.ConvertAll(work => work.Days[0]);
        var planned = works.SelectMany(work => work.Planned).Where(fits => fits.Value == today).Select(fits => fits.Key).ToList();
        var back = await BackAsync(reading);
        var first = await FirstAsync(reading, planned, [.. back.Select(own => own.AccountNo)]);
        var rows = (await queue.RowsAsync(context, run, [.. back.Select(own => own.AccountNo).Concat(first).Distinct()], reading.Settings, today, reading.Cancellation)).ToDictionary(row => row.AccountNo);
        var why = planned.Count > 0 ? DayTouchWhy.Planned : DayTouchWhy.Next;
        var touches = new List<DayTouch>();
        foreach (var own in back)
        {
            if (rows.GetValueOrDefault(own.AccountNo)?.Suggestions.FirstOrDefault(touch => touch.Play == own.Play && touch.State == SuggestionState.Open) is { } touch)
            {
                touches.Add(new(rows[own.AccountNo], touch, DayTouchWhy.Back, own.Until));
            }
        }

        foreach (var account in first)
        {
            if (rows.GetValueOrDefault(account)?.Next(QueueList.Risk) is { State: SuggestionState.Open } touch)
            {
                touches.Add(new(rows[account], touch, why));
            }
        }

        var calendar = reading.Spellings is { Count: > 0 } ? (await CapacityBook.ReadAsync(context, reading.Settings, today, reading.Cancellation)).Of(reading.Scope.Person) : null;
        return sheet with
        {
            Touches = touches,
            TouchesPlanned = planned.Count,
            Time = days.Count == 0 ? null : new WorkDay(today, days.Sum(day => day.Capacity), days.Sum(day => day.Spent), days.Sum(day => day.Planned)),
            Away = calendar?.AwayOn(today),
        };
    }

    /// <summary>Snoozed touches whose day came within the week, that the run still suggests, and that nobody has dealt with since.</summary>
    private static async Task<List<BackTouch>> BackAsync(DayReading reading)
    {
        var (actions, run, today, since) = (reading.Context.SuggestionActions.AsNoTracking(), reading.Run!.ScoreRunId, reading.Today, reading.Today.AddDays(-DayRules.BackDays));
        return await (
            from action in actions
            where action.Until > since && action.Until <= today && action.Kind == SuggestionActionKind.Snoozed && action.UndoneAt == null
            join suggestion in reading.Context.Suggestions.AsNoTracking() on new { ScoreRunId = run, action.AccountNo, action.Play, action.ReasonCode } equals new { suggestion.ScoreRunId, suggestion.AccountNo, suggestion.Play, suggestion.ReasonCode }
            join score in reading.Scores on action.AccountNo equals score.AccountNo
            where !actions.Any(later => later.AccountNo == action.AccountNo && later.Play == action.Play && later.UndoneAt == null && later.At > action.At)
            orderby action.Until descending, score.QueueRank == null, score.QueueRank, action.ActionId
            select new BackTouch(action.AccountNo, action.Play, action.Until!.Value))
            .Take(Most).ToListAsync(reading.Cancellation);
    }

    /// <summary>The first of what fits by the queue's order; where nothing does, what comes next.</summary>
    private static Task<List<int>> FirstAsync(DayReading reading, List<int> planned, List<int> except)
    {
        var today = reading.Today;
        var scores = planned.Count > 0
            ? reading.Scores.Where(score => planned.Contains(score.AccountNo))
            : reading.Scores.Where(score => score.QueueRank != null && score.TopMinutes > 0 && (score.AwayUntil == null || score.AwayUntil <= today));
        return scores.Where(score => !except.Contains(score.AccountNo)).OrderBy(score => score.QueueRank).Select(score => score.AccountNo).Take(planned.Count > 0 ? Most : MostNext).ToListAsync(reading.Cancellation);
    }

    private sealed record BackTouch(int AccountNo, string Play, DateOnly Until);
}
