using System.Globalization;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Handouts;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Summary;

/// <summary>Who gets the summary by mail and when, when it was last sent and what became of it. Readers decide for themselves, administrators for everybody.</summary>
public sealed partial class SubscriptionsPage
{
    private const int UsualHour = 8;

    private static readonly string[] Areas = [JournalAreas.Summary, JournalAreas.Mail];

    private bool _isOpen;
    private string? _id;
    private int _version;
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string? _reader;
    private string? _cadence;
    private string? _weekDay;
    private decimal? _monthDay;
    private string? _hour;
    private string? _zone;
    private string? _language;
    private string? _grain;
    private bool _attach;

    [Inject]
    private SubscriptionsViewModel Model { get; set; } = default!;

    [Inject]
    private ActTeller Teller { get; set; } = default!;

    private static DateTimeFormatInfo Days => CultureInfo.CurrentCulture.DateTimeFormat;

    private string Answer => Model.Rows.FirstOrDefault(row => row.Subscription.NextAt is not null) is { Subscription: { NextAt: { } next } own } first
        ? Text["Answer", Format.Count(Model.Rows.Count), Format.Instant(next, own.TimeZone), first.ReaderName]
        : Text["AnswerNone"];

    private FieldChoice[] Readers => [.. Model.Readers.Select(reader => new FieldChoice(reader.UserId, reader.Name))];

    private FieldChoice[] Cadences => [.. Enum.GetNames<SendCadence>().Select(name => new FieldChoice(name, Text["Cadence_" + name]))];

    private static FieldChoice[] WeekDays => [.. Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Select(day => new FieldChoice(day.ToString(), Days.GetDayName(day)))];

    private static FieldChoice[] Hours => [.. Enumerable.Range(0, 24).Select(hour => new FieldChoice(hour.ToString(CultureInfo.InvariantCulture), new TimeOnly(hour, 0).ToString("t", CultureInfo.CurrentCulture)))];

    /// <summary>Zones of the Olson list as continents and cities; the company's first.</summary>
    private FieldChoice[] Zones => [.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal)).Append(Model.Settings.TimeZone).Append(_zone ?? "").Where(id => id.Length > 0).Distinct().OrderBy(id => id != Model.Settings.TimeZone).ThenBy(id => id, StringComparer.Ordinal).Select(id => new FieldChoice(id, id))];

    private FieldChoice[] Languages => [new("ja", Text["Language_ja"]), new("en", Text["Language_en"])];

    private FieldChoice[] Grains => [.. Enum.GetNames<PeriodGrain>().Select(name => new FieldChoice(name, Text["Grain_" + name]))];

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(cancellation);

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            await Model.LoadAsync(Leaving);
            StateHasChanged();
        }
    }

    private string? Problem(string field) => Teller.Problem(_problems, field);

    private string When(SummarySubscription own)
    {
        var time = new TimeOnly(own.Hour, 0).ToString("t", CultureInfo.CurrentCulture);
        return own.Cadence == SendCadence.Weekly
            ? Text["WhenWeekly", Days.GetDayName(own.WeekDay), time, own.TimeZone]
            : Text["When" + own.Cadence, own.MonthDay, time, own.TimeZone];
    }

    private string What(SummarySubscription own) => Text["WhatText", Text["Grain_" + own.Grain], Text["Language_" + own.Language], Text[own.AttachPdf ? "WithPdf" : "InText"]];

    private string Status(SummarySent sent) => sent.Status is not { } status ? Text["Status_Gone"]
        : status is MailStatus.Held or MailStatus.Failed && (sent.Reasons.Count > 0 || sent.Answer is not null) ? Text["StatusBecause", Text["Status_" + status], sent.Reasons.Count > 0 ? string.Join(", ", sent.Reasons) : sent.Answer!]
        : Text["Status_" + status];

    private void Edit(SummarySubscription? own)
    {
        (_isOpen, _id, _version, _problems) = (true, own?.SubscriptionId, own?.Version ?? 0, new Dictionary<string, string>());
        (_reader, _cadence, _weekDay, _monthDay) = (own?.UserId ?? Model.Viewer!.UserId, (own?.Cadence ?? SendCadence.Monthly).ToString(), (own?.WeekDay ?? DayOfWeek.Monday).ToString(), own?.MonthDay ?? 1);
        (_hour, _zone, _language) = ((own?.Hour ?? UsualHour).ToString(CultureInfo.InvariantCulture), own?.TimeZone ?? Model.Settings.TimeZone, own?.Language ?? SummaryViewModel.Language);
        (_grain, _attach) = ((own?.Grain ?? PeriodGrain.Month).ToString(), own?.AttachPdf ?? true);
    }

    private async Task SaveAsync(Submission sent)
    {
        var result = await Model.SaveAsync(new(
            _id, _version, _reader ?? Model.Viewer!.UserId, Enum.Parse<SendCadence>(_cadence!), Enum.Parse<DayOfWeek>(_weekDay!), (int)Math.Clamp(_monthDay ?? 1, 0, 99),
            int.Parse(_hour!, CultureInfo.InvariantCulture), _zone!, _language!, Enum.Parse<PeriodGrain>(_grain!), _attach), Leaving);
        _problems = result.Problems;
        if (result.Outcome == ActOutcome.Invalid)
        {
            return;
        }

        if (Teller.TellAll(result, Text["Saved"]))
        {
            sent.Saved();
        }

        _isOpen = false;
        await RefreshAsync();
    }

    private Task DeleteAsync(SubscriptionRow row) => WorkAsync(async () =>
    {
        Teller.TellAll(await Model.SetDeletedAsync(row.Subscription.SubscriptionId, true), Text["Deleted", row.ReaderName], async () =>
        {
            await Model.SetDeletedAsync(row.Subscription.SubscriptionId, false);
            await RefreshAsync();
        });
        await RefreshAsync();
    });

    private Task SendNowAsync(SubscriptionRow row) => WorkAsync(async () =>
    {
        Teller.TellAll(await Model.SendNowAsync(row.Subscription.SubscriptionId), Text["Asked", row.ReaderName]);
        await RefreshAsync();
    });
}
