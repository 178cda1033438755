using System.Globalization;
using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Settings;

public sealed partial record CompanySettings
{
    /// <summary>How often and when customers may be contacted of our own accord.</summary>
    public OutreachLimits Outreach { get; init; } = new()
    {
        AccountMost = 5,
        PersonMost = 2,
        QuietFrom = new TimeOnly(20, 0),
        QuietTo = new TimeOnly(8, 0),
        ConsentCountries = ["JP", "EU", "GB", "CA", "AU"],
    };

    private static Entry[] OutreachEntries() =>
    [
        Whole("contact.account_most", 0, 1000, s => s.Outreach.AccountMost, (s, v) => s with { Outreach = s.Outreach with { AccountMost = v } }),
        Whole("contact.account_days", 1, 366, s => s.Outreach.AccountDays, (s, v) => s with { Outreach = s.Outreach with { AccountDays = v } }),
        Whole("contact.person_most", 0, 1000, s => s.Outreach.PersonMost, (s, v) => s with { Outreach = s.Outreach with { PersonMost = v } }),
        Whole("contact.person_days", 1, 366, s => s.Outreach.PersonDays, (s, v) => s with { Outreach = s.Outreach with { PersonDays = v } }),
        Time("contact.quiet_from", s => s.Outreach.QuietFrom, (s, v) => s with { Outreach = s.Outreach with { QuietFrom = v } }),
        Time("contact.quiet_to", s => s.Outreach.QuietTo, (s, v) => s with { Outreach = s.Outreach with { QuietTo = v } }),
        Flag("contact.skip_weekends", s => s.Outreach.SkipWeekends, (s, v) => s with { Outreach = s.Outreach with { SkipWeekends = v } }),
        Flag("contact.skip_holidays", s => s.Outreach.SkipHolidays, (s, v) => s with { Outreach = s.Outreach with { SkipHolidays = v } }),
        Text("contact.closed_days", s => string.Join(',', s.Outreach.ClosedDays.Select(Written)), (s, v) => ClosedDays(v) is { } days ? s with { Outreach = s.Outreach with { ClosedDays = days } } : null),
        Text("contact.consent_countries", s => string.Join(',', s.Outreach.ConsentCountries), (s, v) => Codes(v) is { } codes ? s with { Outreach = s.Outreach with { ConsentCountries = codes } } : null),
    ];

    private static Entry Time(string key, Func<CompanySettings, TimeOnly> read, Func<CompanySettings, TimeOnly, CompanySettings> write) =>
        new(key, s => read(s).ToString("HH:mm", CultureInfo.InvariantCulture), (s, v) =>
            TimeOnly.TryParseExact(v, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? write(s, time) : null);

    private static string Written((string? Country, DateOnly Day) closed) =>
        (closed.Country is null ? "" : closed.Country + ":") + closed.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Days such as <c>2026-12-29,US:2026-11-26</c>; null where one cannot be read.</summary>
    private static List<(string? Country, DateOnly Day)>? ClosedDays(string text)
    {
        var days = new List<(string? Country, DateOnly Day)>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (code, written) = part.Split(':') is [var c, var d] ? (c, d) : (null, part);
            if ((code is not null && Country.Find(code) is null) || !DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return null;
            }

            days.Add((code is null ? null : Country.Find(code)!.Code, day));
        }

        return days;
    }

    private static List<string>? Codes(string text)
    {
        var codes = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(code => code.ToUpperInvariant()).Distinct().ToList();
        return codes.TrueForAll(code => code == "EU" || Country.Codes.Contains(code)) ? codes : null;
    }
}
