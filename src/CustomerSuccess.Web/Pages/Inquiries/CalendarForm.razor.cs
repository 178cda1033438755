using System.Globalization;
using CustomerSuccess.Core.BusinessTime;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Surfaces;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>When the desk is open: hours by weekday, holidays, days off of its own.</summary>
public sealed partial class CalendarForm
{
    private const int HolidaysShown = 3;

    private static readonly DayOfWeek[] Days = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Zones in which desks stand; any other may be written.</summary>
    private static readonly string[] Zones = ["Asia/Tokyo", "Asia/Singapore", "Asia/Shanghai", "Australia/Sydney", "Europe/London", "Europe/Berlin", "America/New_York", "America/Chicago", "America/Los_Angeles", "UTC"];

    private readonly string _id = Unique.Id("calendar");
    private readonly Dictionary<DayOfWeek, string> _hours = [];
    private readonly List<DayRow> _daysOff = [];
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string? _name;
    private string? _zone;
    private string? _language;
    private bool _holidays;

    private sealed class DayRow
    {
        public string Id { get; } = Guid.NewGuid().ToString("N");

        public DateOnly? From { get; set; }

        public DateOnly? Until { get; set; }

        public string? Name { get; set; }
    }

    [Parameter, EditorRequired]
    public CalendarSetup Setup { get; set; } = default!;

    /// <summary>Of the whole company, from today on.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<Absence> CompanyDays { get; set; } = [];

    [Parameter, EditorRequired]
    public CompanySettings Settings { get; set; } = default!;

    [Parameter]
    public EventCallback Saved { get; set; }

    [Inject]
    private DeskSetup Desk { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    [Inject]
    private Asking Asking { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private bool IsDefault => Setup.Calendar.CalendarNo == DeskCalendar.Default;

    private string Heading => IsDefault ? Text["DefaultTitle"] : Setup.Calendar.CalendarNo == 0 ? Text["NewTitle"] : Text["OwnTitle", Setup.Calendar.Name, Words.Language(Setup.Calendar.Language) ?? Format.Missing];

    private FieldChoice[] Languages => [new("ja", Words.Language("ja")!), new("en", Words.Language("en")!)];

    private string CompanyDaysText => CompanyDays.Count == 0 ? Text["NoCompanyDays"]
        : Text["CompanyDays", string.Join(Text["Comma"], CompanyDays.Take(HolidaysShown).Select(day => day.Until == day.From ? Format.Day(day.From) : Text["Days", Format.Day(day.From), Format.Day(day.Until)].Value))];

    private string NextHolidays
    {
        get
        {
            var today = Settings.Today(Clock);
            var next = JapaneseHolidays.Of(today.Year).Concat(JapaneseHolidays.Of(today.Year + 1)).Where(holiday => holiday.Day >= today).Take(HolidaysShown);
            return string.Join(Text["Comma"], next.Select(holiday => Text["HolidayOn", Text["Holiday" + holiday.Holiday], Format.Day(holiday.Day)].Value));
        }
    }

    protected override void OnInitialized()
    {
        var calendar = Setup.Calendar;
        (_name, _zone, _language, _holidays) = (calendar.Name, calendar.TimeZone, calendar.Language, calendar.JapaneseHolidays);
        var week = WeeklyHours.TryParse(calendar.Hours) ?? WeeklyHours.Office;
        foreach (var day in Days)
        {
            _hours[day] = string.Join(' ', week.On(day).Select(span => $"{WeeklyHours.Time(span.From)}-{WeeklyHours.Time(span.Until)}"));
        }

        _daysOff.AddRange(Setup.DaysOff.Select(day => new DayRow { From = day.From, Until = day.Until, Name = day.Name }));
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Words.Problem(code) : null;

    private async Task SaveAsync(Submission sent)
    {
        var hours = string.Join("; ", _hours.Where(day => day.Value.Length > 0).Select(day => $"{day.Key.ToString()[..3].ToLowerInvariant()} {Plain(day.Value)}"));
        var draft = new CalendarSetup(
            new DeskCalendar
            {
                CalendarNo = Setup.Calendar.CalendarNo,
                Name = _name ?? "",
                TimeZone = string.IsNullOrWhiteSpace(_zone) ? null : _zone.Trim(),
                Hours = hours,
                JapaneseHolidays = _holidays,
                Language = _language,
                Version = Setup.Calendar.Version,
            },
            [.. _daysOff.Where(day => day.From is not null).Select(day => new DayOff { CalendarNo = Setup.Calendar.CalendarNo, From = day.From!.Value, Until = day.Until ?? day.From.Value, Name = day.Name })]);
        if (!IsDefault && _language is null)
        {
            _problems = new Dictionary<string, string> { ["language"] = "missing" };
            return;
        }

        if (await TellAsync(await Desk.SaveCalendarAsync(await Current.GetAsync(), draft)))
        {
            sent.Saved();
        }
    }

    private async Task RemoveAsync()
    {
        if (await Asking.AskAsync(new(Text["RemoveQuestion", Setup.Calendar.Name], Text["RemoveText"], Text["Remove"]) { IsDanger = true }))
        {
            await TellAsync(await Desk.RemoveCalendarAsync(await Current.GetAsync(), Setup.Calendar.CalendarNo, Setup.Calendar.Version));
        }
    }

    private async Task<bool> TellAsync(ActResult<CalendarSetup> result)
    {
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Invalid:
                return false;
            case ActOutcome.Conflict or ActOutcome.NotFound:
                Toasts.Warn(Text["Conflict"]);
                break;
            case ActOutcome.Done:
                Toasts.Tell(Text["Saved"]);
                break;
        }

        await Saved.InvokeAsync();
        return result.Holds;
    }

    /// <summary>Full-width digits and dashes as people type them, commas between stretches.</summary>
    private static string Plain(string text)
    {
        var plain = text.Normalize(System.Text.NormalizationForm.FormKC).Replace('〜', '-').Replace('~', '-').Replace('–', '-').Replace(',', ' ').Replace('、', ' ');
        return string.Join(' ', plain.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Replace(" - ", "-", StringComparison.Ordinal);
    }
}
