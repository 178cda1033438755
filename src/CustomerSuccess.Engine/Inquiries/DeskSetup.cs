using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>A calendar with its days off.</summary>
public sealed record CalendarSetup(DeskCalendar Calendar, IReadOnlyList<DayOff> DaysOff);

/// <summary>By which targets and calendars the desk works.</summary>
/// <param name="Calendars">The default one first.</param>
/// <param name="Targets">The most urgent first.</param>
/// <param name="TargetsVersion">Of all targets together.</param>
/// <param name="CompanyDays">Days off of the whole company from today on, which every calendar keeps.</param>
/// <param name="Settings">The company's settings.</param>
public sealed record DeskRuleSetup(IReadOnlyList<CalendarSetup> Calendars, IReadOnlyList<TargetRule> Targets, int TargetsVersion, IReadOnlyList<Absence> CompanyDays, CompanySettings Settings);

/// <summary>Reads and changes targets and calendars. Whatever is open is aimed anew in the same act.</summary>
public sealed class DeskSetup(Acts acts, SettingsStore settingsStore, Database database, TimeProvider clock)
{
    /// <summary>Days off of a calendar.</summary>
    public const int MostDaysOff = 400;

    /// <summary>Held while rules change and what is open is aimed by them.</summary>
    internal const string Lock = "desk-rules";

    private const int Batch = 500;

    public async Task<DeskRuleSetup> ReadAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await ReadAsync(context, settings, cancellation);
    }

    /// <summary>Makes or changes a calendar with all its days off.</summary>
    /// <param name="viewer">Who does it.</param>
    /// <param name="draft">With number 0 for a new one, and the version that its author saw.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public Task<ActResult<CalendarSetup>> SaveCalendarAsync(Viewer viewer, CalendarSetup draft, CancellationToken cancellation = default)
    {
        var problems = Problems(draft);
        return problems.Count > 0 ? Task.FromResult(ActResult.Invalid<CalendarSetup>(problems)) : RunAsync<CalendarSetup>(viewer, async (act, settings) =>
        {
            var stored = await act.Context.DeskCalendars.ToListAsync(cancellation);
            var calendar = stored.Find(c => c.CalendarNo == draft.Calendar.CalendarNo);
            if (calendar is null)
            {
                if (draft.Calendar.CalendarNo is not (0 or DeskCalendar.Default))
                {
                    return ActResult.NotFound<CalendarSetup>();
                }

                calendar = new DeskCalendar { CalendarNo = draft.Calendar.CalendarNo == 0 ? Math.Max(DeskCalendar.Default, stored.Select(c => c.CalendarNo).DefaultIfEmpty().Max()) + 1 : draft.Calendar.CalendarNo, Name = "", Hours = "" };
                act.Context.DeskCalendars.Add(calendar);
            }

            var daysOff = await act.Context.DaysOff.Where(d => d.CalendarNo == calendar.CalendarNo).OrderBy(d => d.From).ToListAsync(cancellation);
            if (calendar.Version != draft.Calendar.Version)
            {
                return ActResult.Conflict(new CalendarSetup(calendar, daysOff));
            }

            var language = calendar.CalendarNo == DeskCalendar.Default ? null : draft.Calendar.Language;
            if (stored.Exists(c => c != calendar && c.Language == language && language is not null))
            {
                return ActResult.Invalid<CalendarSetup>("language", "taken");
            }

            var hours = WeeklyHours.Parse(draft.Calendar.Hours).ToString();
            var changes = new FieldChanges().Note("name", calendar.Name, draft.Calendar.Name.Trim()).Note("hours", calendar.Hours, hours).Note("time_zone", calendar.TimeZone, draft.Calendar.TimeZone)
                .Note("japanese_holidays", calendar.JapaneseHolidays ? "true" : "false", draft.Calendar.JapaneseHolidays ? "true" : "false")
                .Note("days_off", Text(daysOff), Text(draft.DaysOff));
            (calendar.Name, calendar.Hours, calendar.TimeZone, calendar.JapaneseHolidays, calendar.Language) = (draft.Calendar.Name.Trim(), hours, draft.Calendar.TimeZone, draft.Calendar.JapaneseHolidays, language);
            calendar.Version++;
            act.Context.DaysOff.RemoveRange(daysOff);
            await act.Context.SaveChangesAsync(cancellation);
            var kept = draft.DaysOff.Select(d => new DayOff { CalendarNo = calendar.CalendarNo, From = d.From, Until = d.Until, Name = InquiryChanges.Clean(d.Name) }).OrderBy(d => d.From).ToList();
            act.Context.DaysOff.AddRange(kept);
            act.Note(JournalAreas.Calendar, "changed", recordId: calendar.CalendarNo.ToString(System.Globalization.CultureInfo.InvariantCulture), changes: changes);
            return ActResult.Done(new CalendarSetup(calendar, kept));
        }, cancellation);
    }

    /// <summary>Removes a calendar; the default one stays.</summary>
    public Task<ActResult<CalendarSetup>> RemoveCalendarAsync(Viewer viewer, int calendarNo, int version, CancellationToken cancellation = default) => RunAsync<CalendarSetup>(viewer, async (act, _) =>
    {
        var calendar = await act.Context.DeskCalendars.FirstOrDefaultAsync(c => c.CalendarNo == calendarNo && c.CalendarNo != DeskCalendar.Default, cancellation);
        if (calendar is null || calendar.Version != version)
        {
            return calendar is null ? ActResult.NotFound<CalendarSetup>() : ActResult.Conflict(new CalendarSetup(calendar, []));
        }

        act.Context.DeskCalendars.Remove(calendar);
        act.Context.DaysOff.RemoveRange(await act.Context.DaysOff.Where(d => d.CalendarNo == calendarNo).ToListAsync(cancellation));
        act.Note(JournalAreas.Calendar, "removed", recordId: calendarNo.ToString(System.Globalization.CultureInfo.InvariantCulture), changes: new FieldChanges().Note("name", calendar.Name, null));
        return ActResult.Done(new CalendarSetup(calendar, []));
    }, cancellation);

    /// <summary>Sets the targets of all priorities.</summary>
    public Task<ActResult<DeskRuleSetup>> SaveTargetsAsync(Viewer viewer, IReadOnlyList<TargetRule> targets, int version, CancellationToken cancellation = default)
    {
        var problems = new Dictionary<string, string>();
        foreach (var target in targets)
        {
            if (target.FirstResponseMinutes is < 1 or > InquiryTarget.MostMinutes || target.ResolutionMinutes is < 1 or > InquiryTarget.MostMinutes)
            {
                problems[target.Priority.Word()] = "out_of_range";
            }
            else if (target.FirstResponseMinutes > target.ResolutionMinutes)
            {
                problems[target.Priority.Word()] = "response_after_resolution";
            }
        }

        return problems.Count > 0 ? Task.FromResult(ActResult.Invalid<DeskRuleSetup>(problems)) : RunAsync<DeskRuleSetup>(viewer, async (act, settings) =>
        {
            var stored = await act.Context.InquiryTargets.ToDictionaryAsync(t => t.Priority, cancellation);
            if (VersionOf(stored.Values) != version)
            {
                return ActResult.Conflict(await ReadAsync(act.Context, settings, cancellation));
            }

            var changes = new FieldChanges();
            foreach (var rule in targets)
            {
                if (!stored.TryGetValue(rule.Priority, out var target))
                {
                    stored.Add(rule.Priority, target = new InquiryTarget { Priority = rule.Priority });
                    act.Context.InquiryTargets.Add(target);
                }

                changes.Note(rule.Priority.Word(), $"{target.FirstResponseMinutes}/{target.ResolutionMinutes}", $"{rule.FirstResponseMinutes}/{rule.ResolutionMinutes}");
                (target.FirstResponseMinutes, target.ResolutionMinutes) = (rule.FirstResponseMinutes, rule.ResolutionMinutes);
                target.Version = version + 1;
            }

            await act.Context.SaveChangesAsync(cancellation);
            act.Note(JournalAreas.Calendar, "targets_changed", changes: changes);
            return ActResult.Done(await ReadAsync(act.Context, settings, cancellation));
        }, cancellation);
    }

    /// <summary>Aims all that is open by the rules that now stand.</summary>
    internal static async Task AimAsync(CustomerSuccessContext context, CompanySettings settings, CancellationToken cancellation)
    {
        var rules = await DeskRulesReader.ReadAsync(context, settings, cancellation);
        var keys = await context.Inquiries.Where(i => !i.IsSettled && i.VoidedBy == null).Select(i => new { i.AccountNo, i.SourceId, i.FactId }).ToListAsync(cancellation);
        foreach (var batch in keys.Chunk(Batch))
        {
            var (accounts, ids) = (batch.Select(k => k.AccountNo).Distinct().ToList(), batch.Select(k => k.FactId).ToList());
            foreach (var inquiry in await context.Inquiries.Where(i => accounts.Contains(i.AccountNo) && ids.Contains(i.FactId) && !i.IsSettled).ToListAsync(cancellation))
            {
                rules.Aim(inquiry);
            }

            await context.SaveChangesAsync(cancellation);
            context.ChangeTracker.Clear();
        }
    }

    private async Task<DeskRuleSetup> ReadAsync(CustomerSuccessContext context, CompanySettings settings, CancellationToken cancellation)
    {
        var today = settings.Today(clock);
        var calendars = await context.DeskCalendars.AsNoTracking().OrderBy(c => c.CalendarNo).ToListAsync(cancellation);
        if (!calendars.Exists(c => c.CalendarNo == DeskCalendar.Default))
        {
            calendars.Insert(0, DeskRulesReader.DefaultCalendar(settings));
        }

        var daysOff = await context.DaysOff.AsNoTracking().OrderBy(d => d.From).ToListAsync(cancellation);
        var targets = await context.InquiryTargets.AsNoTracking().ToListAsync(cancellation);
        return new(
            [.. calendars.Select(c => new CalendarSetup(c, [.. daysOff.Where(d => d.CalendarNo == c.CalendarNo)]))],
            targets.Count == 0 ? DeskRules.Defaults : [.. targets.OrderByDescending(t => t.Priority).Select(t => new TargetRule(t.Priority, t.FirstResponseMinutes, t.ResolutionMinutes))],
            VersionOf(targets), await DeskRulesReader.CompanyDays(context).Where(day => day.Until >= today).ToListAsync(cancellation), settings);
    }

    private static int VersionOf(IEnumerable<InquiryTarget> targets) => targets.Select(t => t.Version).DefaultIfEmpty().Max();

    private static string Text(IEnumerable<DayOff> days) => string.Join(", ", days.Select(d => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{d.From:yyyy-MM-dd}–{d.Until:yyyy-MM-dd} {d.Name}")));

    private static Dictionary<string, string> Problems(CalendarSetup draft)
    {
        var problems = new Dictionary<string, string>();
        if (draft.Calendar.Name.Trim().Length is var length && (length > DeskCalendar.LongestName || (length == 0 && draft.Calendar.CalendarNo != DeskCalendar.Default)))
        {
            problems.Add("name", length == 0 ? "missing" : "too_long");
        }

        if (WeeklyHours.TryParse(draft.Calendar.Hours) is null)
        {
            problems.Add("hours", "unreadable");
        }

        if (draft.Calendar.TimeZone is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            problems.Add("time_zone", "unknown");
        }

        if (draft.Calendar.Language is not (null or "ja" or "en"))
        {
            problems.Add("language", "unknown");
        }

        if (draft.DaysOff.Count > MostDaysOff || draft.DaysOff.Any(d => d.Until < d.From || d.Until.DayNumber - d.From.DayNumber > 366 || (d.Name ?? "").Length > DayOff.LongestName) || draft.DaysOff.DistinctBy(d => d.From).Count() != draft.DaysOff.Count)
        {
            problems.Add("days_off", "unreadable");
        }

        return problems;
    }

    private async Task<ActResult<T>> RunAsync<T>(Viewer viewer, Func<ActScope, CompanySettings, Task<ActResult<T>>> change, CancellationToken cancellation)
        where T : class
    {
        if (!viewer.MayManage)
        {
            return ActResult.Forbidden<T>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync(Lock);
            var result = await change(act, settings);
            if (result.Outcome == ActOutcome.Done)
            {
                await act.Context.SaveChangesAsync(cancellation);
                await AimAsync(act.Context, settings, cancellation);
            }

            return result;
        }, cancellation);
    }
}
