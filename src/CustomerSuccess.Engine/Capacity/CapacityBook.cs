using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Capacity;

/// <summary>Everybody's calendars, as they stand in the database.</summary>
internal sealed class CapacityBook
{
    private readonly WorkWeek _companyWeek;
    private readonly Dictionary<string, WorkWeek> _weeks;
    private readonly ILookup<string, Absence> _off;
    private readonly Func<DateOnly, bool> _isHoliday;

    private CapacityBook(WorkWeek companyWeek, Dictionary<string, WorkWeek> weeks, ILookup<string, Absence> off, Func<DateOnly, bool> isHoliday) =>
        (_companyWeek, _weeks, _off, _isHoliday) = (companyWeek, weeks, off, isHoliday);

    /// <summary>Reads weeks, and absences that end on a day or after it.</summary>
    public static async Task<CapacityBook> ReadAsync(CustomerSuccessContext context, CompanySettings settings, DateOnly from, CancellationToken cancellation)
    {
        var weeks = await context.CsmCapacities.AsNoTracking().Where(capacity => capacity.Week != null).ToListAsync(cancellation);
        var off = await context.Absences.AsNoTracking().Where(day => day.DeletedAt == null && day.Until >= from).ToListAsync(cancellation);
        return new(
            WorkWeek.Weekdays(settings.CsmMinutesPerDay),
            weeks.Select(capacity => (capacity.Email, Week: WorkWeek.Parse(capacity.Week))).Where(known => known.Week is not null).ToDictionary(known => known.Email, known => known.Week!),
            off.OrderBy(day => day.From).ToLookup(day => day.Email),
            settings.IsHoliday);
    }

    /// <param name="email">In any case; null for accounts of nobody, who share a day like a CSM's.</param>
    public CsmCalendar Of(string? email)
    {
        var key = email?.ToLowerInvariant() ?? Absence.Everybody;
        return new(_weeks.GetValueOrDefault(key, _companyWeek), key == Absence.Everybody ? [.. _off[key]] : [.. _off[key], .. _off[Absence.Everybody]], _isHoliday);
    }

    /// <summary>The number of the last change that bears upon plans: a plan holds until there is a later one.</summary>
    public static async Task<long> LastChangeAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        await context.Journal.MaxAsync(entry => (long?)entry.EntryNo, cancellation) ?? 0;
}
