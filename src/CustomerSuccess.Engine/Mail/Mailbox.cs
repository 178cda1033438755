using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>
/// Writes messages, queues, holds, releases and cancels them. What is queued is sent by <see cref="SendMail"/> in the web application or in <c>cs worker</c>.
/// A message that may not be sent is not refused but held, with its reasons; one that may be sent later waits until then.
/// </summary>
public sealed class Mailbox(Database database, Acts acts, SettingsStore settingsStore, MailLinks links, MailBell bell, TimeProvider clock)
{
    private static readonly DkimSigning Dkim = new();

    /// <summary>Writes a draft, filled in as far as there are values. Problems by field: <c>contact</c>, <c>template</c>, <c>language</c>, <c>subject</c>, <c>body</c>, <c>copies</c>, <c>from</c>, <c>reply_to</c>, <c>minutes</c>, <c>not_after</c>, <c>attachments</c>.</summary>
    public Task<ActResult<MailSummary>> DraftAsync(Viewer viewer, NewMail mail, CancellationToken cancellation = default) => WriteAsync(viewer, mail, queue: false, cancellation);

    /// <summary>Writes a message and queues it at once.</summary>
    public Task<ActResult<MailSummary>> SendAsync(Viewer viewer, NewMail mail, CancellationToken cancellation = default) => WriteAsync(viewer, mail, queue: true, cancellation);

    /// <summary>A message as it would be if it were queued now: as a real account sees it, with what it lacks and what would hold it back. Nothing is kept.</summary>
    public async Task<ActResult<MailDetail>> PreviewAsync(Viewer viewer, NewMail mail, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow();
        var seal = new SealMail(settings, await links.OpenAsync(cancellation), Dkim);
        var writer = new OutboxWriter(context, viewer, settings, seal, now.UtcDateTime, () => Guid.CreateVersion7(now).ToString(), cancellation);
        var audience = await MailAudience.ReadAsync(context, viewer, settings, now.UtcDateTime, [mail.AccountNo], null, cancellation);
        if (mail.AccountNo != 0 && audience.Account(mail.AccountNo) is null)
        {
            return ActResult.NotFound<MailDetail>();
        }

        if (await writer.ProblemAsync(mail, audience) is { } problem)
        {
            return ActResult.Invalid<MailDetail>(problem.Field, problem.Code);
        }

        var parts = await writer.DraftAsync(mail, audience);
        await writer.QueueAsync([parts], audience);
        return ActResult.Done(MailRows.Detail(parts));
    }

    /// <summary>Writes and queues many messages in one transaction, a few hundred at a time; one that cannot be written at all refuses them all, with its place as the field.</summary>
    public Task<ActResult<MailBatchReport>> SendManyAsync(Viewer viewer, IReadOnlyList<NewMail> mails, CancellationToken cancellation = default) =>
        RunAsync(viewer, (act, settings, writer) => MailInAct.SendManyAsync(act, settings, writer, mails), cancellation);

    /// <summary>An act that may write messages beside what else it changes; the sender is woken afterwards.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="act">What is done.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    internal async Task<ActResult<T>> RunAsync<T>(Viewer viewer, Func<ActScope, CompanySettings, OutboxWriter, Task<ActResult<T>>> act, CancellationToken cancellation)
        where T : class
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var writer = await WriterAsync(settings, cancellation);
        var result = await acts.RunAsync(viewer, scope => act(scope, settings, writer(scope)), cancellation);
        if (result.Outcome == ActOutcome.Done)
        {
            Ring();
        }

        return result;
    }

    /// <summary>What writes messages within acts that are run by other ways; the sender is woken by <see cref="Ring"/> afterwards.</summary>
    internal async Task<Func<ActScope, OutboxWriter>> WriterAsync(CompanySettings settings, CancellationToken cancellation)
    {
        var seal = new SealMail(settings, await links.OpenAsync(cancellation), Dkim);
        return scope => new(scope.Context, scope.Viewer, settings, seal, scope.Now, scope.NewId, scope.Cancellation);
    }

    /// <summary>Wakes the sender: something was queued.</summary>
    internal void Ring() => bell.Ring();

    /// <summary>Changes a draft, or a held message, whose version the author saw. A held one becomes a draft again.</summary>
    public Task<ActResult<MailSummary>> EditAsync(Viewer viewer, int accountNo, string mailId, int version, MailEdit edit, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, accountNo, mailId, version, async (act, settings, writer, parts) =>
        {
            var message = parts.Message;
            if (message.Status is not (MailStatus.Draft or MailStatus.Held))
            {
                return ActResult.Invalid<MailSummary>("status", "not_a_draft");
            }

            if (message.Attempts > 0)
            {
                // somebody may have it already, and must not get another text under the same id
                return ActResult.Invalid<MailSummary>("status", "already_tried");
            }

            var audience = await MailInAct.AudienceAsync(act, settings, [accountNo], null);
            var to = parts.Recipients[0];
            var readdressed = edit.ContactNo is not null || edit.ToAddress is not null || edit.ToName is not null || edit.Copies is not null;
            var copies = edit.Copies ?? [.. parts.Recipients.Skip(1).Select(copy => new MailCopy(copy.Address, copy.Name, copy.Role == RecipientRole.Bcc))];
            var wanted = new NewMail { AccountNo = accountNo, Channel = message.Channel, ContactNo = edit.ContactNo, Subject = edit.Subject, Body = edit.Body, Copies = copies, TouchMinutes = edit.TouchMinutes };
            if (await writer.ProblemAsync(wanted, audience) is { } problem)
            {
                return ActResult.Invalid<MailSummary>(problem.Field, problem.Code);
            }

            var changes = new FieldChanges().Note("subject", message.Subject, edit.Subject ?? message.Subject).Note("body", parts.Content.Body, edit.Body ?? parts.Content.Body);
            message.Subject = edit.Subject ?? message.Subject;
            parts.Content.Body = edit.Body ?? parts.Content.Body;
            message.TouchMinutes = edit.TouchMinutes ?? message.TouchMinutes;
            if (readdressed)
            {
                act.Context.MailRecipients.RemoveRange(parts.Recipients);
                await act.Context.SaveChangesAsync(act.Cancellation);
                var contact = edit.ContactNo is not null ? audience.Contact(accountNo, edit.ContactNo)
                    : edit.ToAddress is null ? audience.Contact(accountNo, to.ContactNo)
                    : EmailAddress.Key(edit.ToAddress) is { } key ? audience.ContactBy(accountNo, key) : null;
                changes.Note("to", to.Address, edit.ToAddress ?? contact?.Email ?? to.Address);
                await writer.AddressAsync(parts, audience, contact, edit.ToAddress ?? (edit.ContactNo is null ? to.Address : null), edit.ToName ?? (edit.ContactNo is null && edit.ToAddress is null ? to.Name : null), copies);
                act.Context.MailRecipients.AddRange(parts.Recipients);
            }

            // what was sealed said something else
            parts.Content.Raw = null;
            parts.Content.LinksJson = null;
            message.Status = MailStatus.Draft;
            message.Reasons = null;
            message.QueuedAt = null;
            message.MessageId = null;
            OutboxWriter.Describe(parts);
            act.Note(JournalAreas.Mail, "changed", accountNo, mailId, changes);
            return Changed(parts);
        }, cancellation);

    /// <summary>Queues a draft, or a held message whose reasons may have gone. The result says whether it is queued, from when, or held and why.</summary>
    public Task<ActResult<MailSummary>> QueueAsync(Viewer viewer, int accountNo, string mailId, int version, DateTime? notBefore = null, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, accountNo, mailId, version, async (act, settings, writer, parts) =>
        {
            if (parts.Message.Status is not (MailStatus.Draft or MailStatus.Held))
            {
                return ActResult.Unchanged(MailRows.Summary(parts));
            }

            if (parts.Message.Status == MailStatus.Held)
            {
                writer.Note(parts, MailEventKind.Released, parts.Message.Reasons);
            }

            parts.Message.NotBefore = notBefore ?? (parts.Message.NotBefore > act.Now ? parts.Message.NotBefore : act.Now);
            var audience = await MailInAct.AudienceAsync(act, settings, [accountNo], null);
            await writer.QueueAsync([parts], audience);
            await MarkDoneAsync(act, parts.Message);
            act.Note(JournalAreas.Mail, MailRows.Word(parts.Message.Status), accountNo, mailId, new FieldChanges().Note("reasons", null, parts.Message.Reasons));
            return Changed(parts);
        }, cancellation, locksOutreach: true);

    /// <summary>Takes a message back that nobody has sent yet. What is being handed over, or was, stays.</summary>
    public Task<ActResult<MailSummary>> CancelAsync(Viewer viewer, int accountNo, string mailId, string? reason = null, CancellationToken cancellation = default) =>
        ChangeAsync(viewer, accountNo, mailId, null, async (act, _, writer, parts) =>
        {
            var message = parts.Message;
            if (message.Status == MailStatus.Cancelled)
            {
                return ActResult.Unchanged(MailRows.Summary(parts));
            }

            if (message.Status is not (MailStatus.Draft or MailStatus.Queued or MailStatus.Held))
            {
                return ActResult.Invalid<MailSummary>("status", "too_late");
            }

            var before = message.Status;
            message.Status = parts.Recipients.Exists(recipient => recipient.State == RecipientState.Accepted) ? MailStatus.Sent : MailStatus.Cancelled;
            message.Reasons = reason;
            writer.Note(parts, MailEventKind.Cancelled, reason);
            if (message.Status == MailStatus.Cancelled)
            {
                await SuggestionActions.NoLongerByMailAsync(act, message);
            }

            act.Note(JournalAreas.Mail, "cancelled", accountNo, mailId, new FieldChanges().Note("status", MailRows.Word(before), MailRows.Word(message.Status)).Note("reason", null, reason));
            return Changed(parts);
        }, cancellation);

    private async Task<ActResult<MailSummary>> WriteAsync(Viewer viewer, NewMail mail, bool queue, CancellationToken cancellation)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<MailSummary>();
        }

        return await RunAsync(viewer, async (act, settings, writer) =>
        {
            if (queue)
            {
                await ContactGate.LockAsync(act.Context, act.Cancellation);
            }

            var audience = await MailInAct.AudienceAsync(act, settings, [mail.AccountNo], mail.ToAddress is null && mail.ContactNo is { } no ? [no] : null);
            if (!MailInAct.MayWriteTo(viewer, mail.AccountNo, audience))
            {
                return ActResult.NotFound<MailSummary>();
            }

            if (await writer.ProblemAsync(mail, audience) is { } problem)
            {
                return ActResult.Invalid<MailSummary>(problem.Field, problem.Code);
            }

            var parts = await writer.DraftAsync(mail, audience);
            if (queue)
            {
                await writer.QueueAsync([parts], audience);
                await MarkDoneAsync(act, parts.Message);
            }

            MailInAct.Add(act, [parts]);
            act.Note(JournalAreas.Mail, queue ? MailRows.Word(parts.Message.Status) : "created", mail.AccountNo, parts.Message.MailId, new FieldChanges().Note("subject", null, parts.Message.Subject).Note("reasons", null, parts.Message.Reasons));
            return ActResult.Done(MailRows.Summary(parts));
        }, cancellation);
    }

    /// <summary>Changes one message whose account the viewer may see.</summary>
    private async Task<ActResult<MailSummary>> ChangeAsync(
        Viewer viewer, int accountNo, string mailId, int? version, Func<ActScope, CompanySettings, OutboxWriter, MailParts, Task<ActResult<MailSummary>>> change, CancellationToken cancellation, bool locksOutreach = false) =>
        !viewer.MayWork
            ? ActResult.Forbidden<MailSummary>()
            : await RunAsync(viewer, async (act, settings, writer) =>
            {
                if (locksOutreach)
                {
                    await ContactGate.LockAsync(act.Context, act.Cancellation);
                }

                if ((accountNo != 0 && !await act.LockAccountAsync(accountNo))
                    || await act.Context.MailMessages.FindAsync([accountNo, mailId], act.Cancellation) is not { } message
                    || (accountNo == 0 && !viewer.MayManage && message.CreatedBy != viewer.UserId))
                {
                    return ActResult.NotFound<MailSummary>();
                }

                var parts = new MailParts(
                    message,
                    await act.Context.MailRecipients.Where(recipient => recipient.AccountNo == accountNo && recipient.MailId == mailId).OrderBy(recipient => recipient.RecipientNo).ToListAsync(act.Cancellation),
                    (await act.Context.MailContents.FindAsync([accountNo, mailId], act.Cancellation))!)
                {
                    Attachments = await act.Context.MailAttachments.Where(file => file.AccountNo == accountNo && file.MailId == mailId).OrderBy(file => file.AttachmentNo).ToListAsync(act.Cancellation),
                };
                return version is { } seen && seen != message.Version ? ActResult.Conflict(MailRows.Summary(parts)) : await change(act, settings, writer, parts);
            }, cancellation);

    /// <summary>Who sends what a play suggests has done it; a step of a sequence is nobody's suggestion.</summary>
    private static Task MarkDoneAsync(ActScope act, MailMessage message) =>
        message is { Status: MailStatus.Queued, Origin: MailOrigin.Play, OriginStep: null, OriginId: not null } && message.AccountNo != 0 ? SuggestionActions.ByMailAsync(act, message) : Task.CompletedTask;

    private static ActResult<MailSummary> Changed(MailParts parts)
    {
        parts.Message.Version++;
        return ActResult.Done(MailRows.Summary(parts));
    }
}
