using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Handouts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>
/// While the application serves: makes and queues the summaries that are due. What is due, the message and the next time are one transaction, and the time is part of the
/// sending's key: a process that dies leaves all of it or nothing, and two at once send one. Times that passed while nothing ran are not sent after one another; the last one is.
/// </summary>
public sealed class SendSummaries(Database database, Mailbox mailbox, Acts acts, SummaryFile file, SettingsStore settingsStore, TimeProvider clock, ILogger<SendSummaries> log) : BackgroundService
{
    private const string Lease = "summaries";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20), Retry = TimeSpan.FromMinutes(10);

    /// <summary>Sends what is due; how many were queued.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<SummarySubscription> due;
        await using (var context = database.OpenContext())
        {
            due = await context.SummarySubscriptions.AsNoTracking().Where(own => own.DeletedAt == null && own.NextAt != null && own.NextAt <= now && (own.RetryAt == null || own.RetryAt <= now)).OrderBy(own => own.NextAt).ToListAsync(cancellation);
        }

        var sent = 0;
        foreach (var subscription in due)
        {
            try
            {
                sent += (await SendAsync(subscription, Viewer.System, isAsked: false, cancellation)).Outcome == ActOutcome.Done ? 1 : 0;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // one that cannot be made keeps no other from being sent
                log.LogError(error, "A summary could not be made; it is tried again");
                await PutOffAsync(subscription.SubscriptionId, error.Message, cancellation);
            }
        }

        return sent;
    }

    /// <summary>Sends one now, beside its times. Only its reader and administrators may.</summary>
    public async Task<ActResult<SummarySending>> SendNowAsync(Viewer viewer, string subscriptionId, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.SummarySubscriptions.AsNoTracking().FirstOrDefaultAsync(own => own.SubscriptionId == subscriptionId && own.DeletedAt == null, cancellation) is { } subscription && SummarySubscriptions.MayTouch(viewer, subscription)
            ? await SendAsync(subscription, viewer, isAsked: true, cancellation)
            : ActResult.NotFound<SummarySending>();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new RecurringWork(database, clock, log, Lease, Interval).RunAsync((_, held) => RunAsync(held), listen: null, stoppingToken);

    private async Task<ActResult<SummarySending>> SendAsync(SummarySubscription seen, Viewer asker, bool isAsked, CancellationToken cancellation)
    {
        SummaryReader? reader;
        await using (var context = database.OpenContext())
        {
            reader = await SummaryReaderBook.FindAsync(context, seen.UserId, cancellation);
        }

        if (reader is null)
        {
            await StopAsync(seen.SubscriptionId, cancellation);
            return ActResult.Invalid<SummarySending>("reader", "not_allowed");
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var made = await file.MakeAsync(reader.Viewer, new SummaryAsk(seen.Grain), seen.Language, cancellation);
        var (subject, body) = SummaryMail.Write(made, reader.Name, settings.WebAddress.TrimEnd('/'), seen.AttachPdf);
        return await mailbox.RunAsync(Viewer.System, async (act, current, writer) =>
        {
            var mail = new NewMail
            {
                AccountNo = 0,
                Id = act.NewId(),
                ToAddress = reader.Viewer.Email,
                ToName = reader.Name,
                Origin = MailOrigin.Notification,
                OriginId = seen.SubscriptionId,
                Purpose = Purpose.Transactional,
                Language = seen.Language,
                Subject = subject,
                Body = body,
                Attachments = seen.AttachPdf ? [new(made.Name, "application/pdf", made.Pdf)] : [],
            };
            var queued = await MailInAct.SendManyAsync(act, current, writer, [mail]);
            if (!queued.Holds)
            {
                throw new InvalidOperationException(string.Join(", ", queued.Problems.Select(problem => $"{problem.Key}: {problem.Value}")));
            }

            await act.LockAsync(SummarySubscriptions.Lock);
            var own = await act.Context.SummarySubscriptions.FirstOrDefaultAsync(known => known.SubscriptionId == seen.SubscriptionId && known.DeletedAt == null, cancellation);
            if (own is null || (!isAsked && own.NextAt != seen.NextAt))
            {
                // ended, changed, or sent by another meanwhile: nothing of this is kept
                return ActResult.Conflict<SummarySending>(null);
            }

            var schedule = own.Schedule(current.FiscalStartMonth);
            var sending = new SummarySending { SubscriptionId = own.SubscriptionId, DueAt = isAsked ? act.Now : schedule.Latest(act.Now), IsAsked = isAsked, MailId = mail.Id, MadeAt = act.Now };
            if (!isAsked)
            {
                (own.NextAt, own.RetryAt, own.Problem) = (schedule.After(act.Now), null, null);
                if (await act.Context.SummarySendings.AnyAsync(known => known.SubscriptionId == sending.SubscriptionId && known.DueAt == sending.DueAt && !known.IsAsked, cancellation))
                {
                    return ActResult.Conflict<SummarySending>(null);
                }
            }

            act.Context.SummarySendings.Add(sending);
            act.Note(JournalAreas.Summary, isAsked ? "asked" : "sent", recordId: own.SubscriptionId, changes: new FieldChanges().Note("by", null, isAsked ? asker.Email : null));
            return ActResult.Done(sending);
        }, cancellation);
    }

    /// <summary>The reader has gone, or may not read it any more: nothing is sent until somebody sets the subscription anew.</summary>
    private Task<ActResult<SummarySubscription>> StopAsync(string subscriptionId, CancellationToken cancellation) => ChangeAsync(subscriptionId, own => (own.NextAt, own.RetryAt, own.Problem) = (null, null, "not_allowed"), "stopped", cancellation);

    private Task<ActResult<SummarySubscription>> PutOffAsync(string subscriptionId, string problem, CancellationToken cancellation) =>
        ChangeAsync(subscriptionId, own => (own.RetryAt, own.Problem) = (clock.GetUtcNow().UtcDateTime + Retry, problem.Length <= 500 ? problem : problem[..500]), "failed", cancellation);

    private Task<ActResult<SummarySubscription>> ChangeAsync(string subscriptionId, Action<SummarySubscription> change, string verb, CancellationToken cancellation) => acts.RunAsync(Viewer.System, async act =>
    {
        await act.LockAsync(SummarySubscriptions.Lock);
        if (await act.Context.SummarySubscriptions.FindAsync([subscriptionId], cancellation) is not { } own)
        {
            return ActResult.NotFound<SummarySubscription>();
        }

        change(own);
        act.Note(JournalAreas.Summary, verb, recordId: subscriptionId, changes: new FieldChanges().Note("problem", null, own.Problem));
        return ActResult.Done(own);
    }, cancellation);
}
