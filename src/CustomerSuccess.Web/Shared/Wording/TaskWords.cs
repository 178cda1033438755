using System.Globalization;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>When tasks are due and how they come again, in words.</summary>
public sealed class TaskWords(IStringLocalizer<TaskWords> text)
{
    /// <summary>When it is due, seen from today; null where it is due at no time.</summary>
    public string? Due(WorkTask task, DateOnly today)
    {
        if (task.DueOn is not { } due)
        {
            return null;
        }

        var day = (due.DayNumber - today.DayNumber) switch
        {
            0 => text["today"].Value,
            1 => text["tomorrow"].Value,
            -1 => text["yesterday"].Value,
            > 1 and < 7 => due.ToString("dddd", CultureInfo.CurrentCulture),
            _ when due.Year == today.Year => Format.ShortDay(due),
            _ => Format.Day(due),
        };
        return With(day, task);
    }

    /// <summary>When it is due, for paper that is read later: days never called tomorrow.</summary>
    public string? Due(WorkTask task) => task.DueOn is { } due ? With(Format.Day(due), task) : null;

    /// <summary>A time of day.</summary>
    public static string Time(int minute) => new TimeOnly(minute / 60, minute % 60).ToString("t", CultureInfo.CurrentCulture);

    /// <summary>How it comes again; null for once.</summary>
    public string? Recurs(Recurrence? recurrence) => recurrence switch
    {
        null => null,
        { Unit: RecurrenceUnit.Weekday } => text["weekdays"].Value,
        { Unit: RecurrenceUnit.Day, Every: 1 } => text["daily"].Value,
        { Unit: RecurrenceUnit.Day } => text["every_days", recurrence.Every].Value,
        { Unit: RecurrenceUnit.Week } => text[recurrence.Every == 1 ? "weekly" : "every_weeks", Days(recurrence), recurrence.Every].Value,
        { DayOfMonth: Recurrence.LastDay } => text[recurrence.Every == 1 ? "monthly_last" : "every_months_last", recurrence.Every].Value,
        _ => text[recurrence.Every == 1 ? "monthly" : "every_months", recurrence.DayOfMonth, recurrence.Every].Value,
    };

    public static Urgency UrgencyOf(TaskPriority priority) => priority switch { TaskPriority.High => Urgency.High, TaskPriority.Low => Urgency.Low, _ => Urgency.Normal };

    private string With(string day, WorkTask task) => task.DueMinute is { } minute ? text["day_time", day, Time(minute)] : day;

    private string Days(Recurrence recurrence) =>
        string.Join(text["comma"], recurrence.DaysOfWeek.Select(day => CultureInfo.CurrentCulture.DateTimeFormat.GetAbbreviatedDayName(day)));
}
