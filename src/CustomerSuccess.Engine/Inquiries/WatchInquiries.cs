using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.BusinessTime;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Inquiries;

/// <summary>
/// While the application serves: escalates inquiries whose running target was missed, and closes what was resolved long enough ago. One process at a time.
/// Imported inquiries from before the desk was taken into use are left alone: an escalation is a fact, and models learn from facts.
/// </summary>
public sealed class WatchInquiries(Database database, Acts acts, SettingsStore settingsStore, PresenceBoard presence, TimeProvider clock, ILogger<WatchInquiries> log) : BackgroundService
{
    private const string Lease = "watch-inquiries";
    private const int Batch = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>Does what is due; returns how many inquiries were escalated and closed.</summary>
    public async Task<(int Escalated, int Closed)> RunAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return (
            settings.EscalateMissed ? await ChangeAsync(await MissedAsync(settings, now, cancellation), "escalated", EscalateAsync, settings, cancellation) : 0,
            settings.CloseAfterDays > 0 ? await ChangeAsync(await RestingAsync(settings, now, cancellation), "moved", CloseAsync, settings, cancellation) : 0);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new RecurringWork(database, clock, log, Lease, Interval).RunAsync(async (_, held) =>
    {
        await RunAsync(held);
        await presence.ClearAsync(held);
    }, listen: null, stoppingToken);

    private async Task<List<InquiryRef>> MissedAsync(CompanySettings settings, DateTime now, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var app = await AppSource.NumberAsync(context, cancellation);
        var since = settings.DeskSince is { } day ? new CompanyCalendar(settings.TimeZone).Start(day) : DateTime.MaxValue;

        // escalated once for the first answer, it is escalated once more for the resolution
        var missed = await context.Inquiries.AsNoTracking()
            .Where(i => !i.IsSettled && i.VoidedBy == null && i.NextDueAt < now && (i.SourceId == app || i.OpenedAt >= since)
                && (!i.Escalated || (i.FirstResponseAt != null && i.EscalationReason == EscalationReasons.FirstResponseMissed)))
            .OrderBy(i => i.NextDueAt).Take(Batch)
            .Select(i => new { i.AccountNo, i.SourceId, i.FactId })
            .ToListAsync(cancellation);
        return [.. missed.Select(i => new InquiryRef(i.AccountNo, new(i.SourceId, i.FactId)))];
    }

    private async Task<List<InquiryRef>> RestingAsync(CompanySettings settings, DateTime now, CancellationToken cancellation)
    {
        var before = now.AddDays(-settings.CloseAfterDays);
        await using var context = database.OpenContext();
        var resting = await context.Inquiries.AsNoTracking()
            .Where(i => i.IsSettled && i.State == InquiryState.Resolved && i.VoidedBy == null && i.ChangedAt < before && i.ChangedAt > before.AddDays(-60))
            .OrderBy(i => i.ChangedAt).Take(Batch)
            .Select(i => new { i.AccountNo, i.SourceId, i.FactId })
            .ToListAsync(cancellation);
        return [.. resting.Select(i => new InquiryRef(i.AccountNo, new(i.SourceId, i.FactId)))];
    }

    /// <summary>True where the inquiry was changed; what it was read as may not hold any more.</summary>
    private static async Task<bool> EscalateAsync(InquiryScope scope)
    {
        var inquiry = scope.Inquiry;
        if (inquiry.IsSettled || !(inquiry.NextDueAt < scope.Now))
        {
            return false;
        }

        var to = scope.Settings.EscalateTo.Length > 0
            ? scope.Settings.EscalateTo
            : await scope.Act.Context.Accounts.Where(a => a.AccountNo == inquiry.AccountNo).Select(a => a.OwnerEmail).FirstOrDefaultAsync(scope.Act.Cancellation);
        InquiryWork.Escalate(inquiry, to, inquiry.FirstResponseAt is null ? EscalationReasons.FirstResponseMissed : EscalationReasons.ResolutionMissed, scope.Now);
        return true;
    }

    private static Task<bool> CloseAsync(InquiryScope scope)
    {
        if (scope.Inquiry.State != InquiryState.Resolved)
        {
            return Task.FromResult(false);
        }

        // closing by itself is no news of the customer: the time of resolution stays
        InquiryWork.Move(scope.Inquiry, InquiryState.Closed, scope.Now, scope.Rules);
        return Task.FromResult(true);
    }

    private async Task<int> ChangeAsync(List<InquiryRef> which, string verb, Func<InquiryScope, Task<bool>> change, CompanySettings settings, CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var at in which)
        {
            var result = await acts.RunAsync(Viewer.System, async act =>
            {
                if (!await act.LockAccountAsync(at.AccountNo) || await InquiryActs.FindAsync(act, at) is not { } inquiry
                    || !await change(new(act, inquiry, await DeskRulesReader.ReadAsync(act.Context, settings, cancellation), settings)))
                {
                    return ActResult.NotFound<DeskInquiry>();
                }

                await InquiryActs.NoteAsync(act, inquiry, verb, settings);
                return ActResult.Done(DeskInquiry.Of(inquiry));
            }, cancellation);
            changed += result.Holds ? 1 : 0;
        }

        return changed;
    }
}
