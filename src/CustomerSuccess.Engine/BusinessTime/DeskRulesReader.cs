using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.BusinessTime;

/// <summary>Reads the desk's targets and calendars as rules that count.</summary>
internal static class DeskRulesReader
{
    public static async Task<DeskRules> ReadAsync(CustomerSuccessContext context, CompanySettings settings, CancellationToken cancellation) => Of(
        await context.InquiryTargets.AsNoTracking().ToListAsync(cancellation),
        await context.DeskCalendars.AsNoTracking().ToListAsync(cancellation),
        await context.DaysOff.AsNoTracking().ToListAsync(cancellation),
        await CompanyDays(context).ToListAsync(cancellation),
        settings);

    /// <summary>The same for imports, which do not await.</summary>
    public static DeskRules Read(CustomerSuccessContext context, CompanySettings settings) =>
        Of(context.InquiryTargets.AsNoTracking().ToList(), context.DeskCalendars.AsNoTracking().ToList(), context.DaysOff.AsNoTracking().ToList(), CompanyDays(context).ToList(), settings);

    /// <summary>Days off of the whole company, which every calendar of the desk keeps as well.</summary>
    public static IQueryable<Absence> CompanyDays(CustomerSuccessContext context) => context.Absences.AsNoTracking().Where(day => day.Email == Absence.Everybody && day.DeletedAt == null).OrderBy(day => day.From);

    /// <summary>Tells this state of the calendars from every other.</summary>
    public static async Task<string> StampAsync(CustomerSuccessContext context, CompanySettings settings, CancellationToken cancellation)
    {
        var calendars = await context.DeskCalendars.AsNoTracking().OrderBy(calendar => calendar.CalendarNo).ToListAsync(cancellation);
        var days = await context.DaysOff.AsNoTracking().OrderBy(day => day.CalendarNo).ThenBy(day => day.From).ToListAsync(cancellation);
        var company = await CompanyDays(context).ToListAsync(cancellation);
        return string.Join(';',
            calendars.Select(calendar => $"{calendar.CalendarNo}:{calendar.TimeZone}:{calendar.Hours}:{calendar.JapaneseHolidays}:{calendar.Language}")
                .Concat(days.Select(day => $"{day.CalendarNo}:{day.From:O}:{day.Until:O}")).Concat(company.Select(day => $"{day.From:O}:{day.Until:O}")).Append(settings.TimeZone).Append(settings.Region));
    }

    /// <summary>The calendar that holds until somebody changes it: office hours in the company's zone, with Japan's holidays where it is Japan's.</summary>
    public static DeskCalendar DefaultCalendar(CompanySettings settings) =>
        new() { CalendarNo = DeskCalendar.Default, Name = "", Hours = WeeklyHours.Office.ToString(), JapaneseHolidays = settings.Region == "JP" };

    private static BusinessCalendar CalendarOf(DeskCalendar calendar, List<DayOff> daysOff, List<Absence> companyDays, CompanySettings settings)
    {
        List<(DateOnly From, DateOnly Until)> off = [.. daysOff.Where(day => day.CalendarNo == calendar.CalendarNo).Select(day => (day.From, day.Until)), .. companyDays.Select(day => (day.From, day.Until))];
        return new BusinessCalendar(
            TimeZoneInfo.FindSystemTimeZoneById(calendar.TimeZone ?? settings.TimeZone),
            WeeklyHours.Parse(calendar.Hours),
            day => (calendar.JapaneseHolidays && JapaneseHolidays.On(day) is not null) || off.Exists(days => days.From <= day && day <= days.Until));
    }

    private static DeskRules Of(List<InquiryTarget> targets, List<DeskCalendar> calendars, List<DayOff> daysOff, List<Absence> companyDays, CompanySettings settings) => new(
        targets.Count == 0 ? DeskRules.Defaults : [.. targets.Select(target => new TargetRule(target.Priority, target.FirstResponseMinutes, target.ResolutionMinutes))],
        CalendarOf(calendars.Find(calendar => calendar.CalendarNo == DeskCalendar.Default) ?? DefaultCalendar(settings), daysOff, companyDays, settings),
        calendars.Where(calendar => calendar.Language is not null && calendar.CalendarNo != DeskCalendar.Default)
            .DistinctBy(calendar => calendar.Language)
            .ToDictionary(calendar => calendar.Language!, calendar => CalendarOf(calendar, daysOff, companyDays, settings)));
}
