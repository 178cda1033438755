using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.BusinessTime;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>Within how many business minutes an inquiry of a priority is to be answered and resolved.</summary>
/// <param name="Priority">Of which inquiries.</param>
/// <param name="FirstResponseMinutes">Until the first answer; null for no target.</param>
/// <param name="ResolutionMinutes">Until it is resolved, without what is waited for the customer; null for no target.</param>
public sealed record TargetRule(InquiryPriority Priority, int? FirstResponseMinutes, int? ResolutionMinutes);

/// <summary>The desk's targets and the calendars by which they are counted.</summary>
/// <param name="targets">One rule for each priority that has targets.</param>
/// <param name="calendar">Counts for inquiries in no particular language.</param>
/// <param name="byLanguage">Calendars for inquiries in a language, by <c>ja</c> and <c>en</c>.</param>
public sealed class DeskRules(IReadOnlyCollection<TargetRule> targets, BusinessCalendar calendar, IReadOnlyDictionary<string, BusinessCalendar> byLanguage)
{
    /// <summary>The targets that hold until somebody sets others.</summary>
    public static IReadOnlyList<TargetRule> Defaults { get; } =
    [
        new(InquiryPriority.Urgent, 60, 8 * 60),
        new(InquiryPriority.High, 2 * 60, 18 * 60),
        new(InquiryPriority.Normal, 8 * 60, 45 * 60),
        new(InquiryPriority.Low, 18 * 60, null),
    ];

    public TargetRule? TargetOf(InquiryPriority priority) => targets.FirstOrDefault(rule => rule.Priority == priority);

    public BusinessCalendar CalendarOf(string? language) => language is not null && byLanguage.TryGetValue(language, out var own) ? own : calendar;

    /// <summary>Sets when an inquiry is due, from when it was opened, how urgent it is and how long its clock stood. A settled one is due no more.</summary>
    public void Aim(Inquiry inquiry)
    {
        if (inquiry.IsSettled)
        {
            (inquiry.FirstResponseDueAt, inquiry.ResolutionDueAt, inquiry.NextDueAt) = (null, null, null);
            return;
        }

        var (rule, counts) = (TargetOf(inquiry.Urgency), CalendarOf(inquiry.Language));
        inquiry.FirstResponseDueAt = rule?.FirstResponseMinutes is { } first ? counts.Add(inquiry.OpenedAt, TimeSpan.FromMinutes(first)) : null;
        inquiry.ResolutionDueAt = rule?.ResolutionMinutes is { } resolution ? counts.Add(inquiry.OpenedAt, TimeSpan.FromMinutes(resolution + inquiry.PausedMinutes)) : null;
        inquiry.NextDueAt = inquiry.FirstResponseAt is null && inquiry.FirstResponseDueAt is not null ? inquiry.FirstResponseDueAt
            : inquiry.State.IsPaused() ? null
            : inquiry.ResolutionDueAt;
    }
}

/// <summary>How a target stands.</summary>
public enum TargetState
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Time is left.</summary>
    Running,

    /// <summary>The clock stands: the customer is to act.</summary>
    Paused,

    /// <summary>It was missed, and nothing has happened yet.</summary>
    Overdue,

    /// <summary>Done in time.</summary>
    Met,

    /// <summary>Done too late.</summary>
    Missed,
}

/// <summary>One target of an inquiry, as it stands at an instant.</summary>
/// <param name="State">How it stands.</param>
/// <param name="DueAt">UTC; null where there is none.</param>
/// <param name="Left">Business time until it is due, or since it was missed; null where it does not run.</param>
public readonly record struct TargetStanding(TargetState State, DateTime? DueAt, TimeSpan? Left)
{
    public static TargetStanding OfFirstResponse(Inquiry inquiry, DeskRules rules, DateTime now)
    {
        var due = Due(inquiry, rules, rules.TargetOf(inquiry.Urgency)?.FirstResponseMinutes, 0);
        return inquiry.FirstResponseAt is { } answered ? Done(due, answered)
            : inquiry.IsSettled ? new(TargetState.None, due, null)
            : Running(inquiry, rules, due, now);
    }

    public static TargetStanding OfResolution(Inquiry inquiry, DeskRules rules, DateTime now)
    {
        var due = Due(inquiry, rules, rules.TargetOf(inquiry.Urgency)?.ResolutionMinutes, inquiry.PausedMinutes);
        return inquiry.IsSettled ? (inquiry.ClosedAt is { } closed ? Done(due, closed) : new(TargetState.None, due, null))
            : due is not null && inquiry.State.IsPaused() ? new(TargetState.Paused, due, null)
            : Running(inquiry, rules, due, now);
    }

    private static DateTime? Due(Inquiry inquiry, DeskRules rules, int? minutes, double paused) =>
        minutes is { } target ? rules.CalendarOf(inquiry.Language).Add(inquiry.OpenedAt, TimeSpan.FromMinutes(target + paused)) : null;

    private static TargetStanding Done(DateTime? due, DateTime at) => new(due is null ? TargetState.None : at <= due ? TargetState.Met : TargetState.Missed, due, null);

    private static TargetStanding Running(Inquiry inquiry, DeskRules rules, DateTime? due, DateTime now)
    {
        var calendar = rules.CalendarOf(inquiry.Language);
        return due is not { } at ? new(TargetState.None, null, null)
            : at < now ? new(TargetState.Overdue, due, calendar.Between(at, now))
            : new(TargetState.Running, due, calendar.Between(now, at));
    }
}
