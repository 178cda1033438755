using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Outreach;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Messages that are written, or moved on, within an act that changes something else as well, so that both are committed or neither.</summary>
internal static class MailInAct
{
    /// <summary>
    /// Writes and queues many messages, as <see cref="Mailbox.SendManyAsync"/> does, within an act of the caller's, begun by <see cref="Mailbox.RunAsync"/>: what the caller keeps about the messages (whom a survey has invited, which step was sent) is then
    /// committed with them or not at all, so that a process that dies in between neither forgets nor repeats anybody. Takes the lock of <see cref="ContactGate"/>;
    /// whoever locks accounts as well locks them afterwards.
    /// </summary>
    /// <returns>Done with a summary for each message, in their order; anything else must end the act.</returns>
    internal static async Task<ActResult<MailBatchReport>> SendManyAsync(ActScope act, CompanySettings settings, OutboxWriter writer, IReadOnlyList<NewMail> mails)
    {
        if (!act.Viewer.MayWork)
        {
            return ActResult.Forbidden<MailBatchReport>();
        }

        await ContactGate.LockAsync(act.Context, act.Cancellation);
        var audience = await AudienceAsync(act, settings, [.. mails.Select(mail => mail.AccountNo).Distinct()], mails.Any(mail => mail.ToAddress is not null) ? null : [.. mails.Select(mail => mail.ContactNo).OfType<int>().Distinct()]);
        var batch = new List<MailParts>(mails.Count);
        foreach (var mail in mails)
        {
            if (!MayWriteTo(act.Viewer, mail.AccountNo, audience))
            {
                return ActResult.NotFound<MailBatchReport>();
            }

            if (await writer.ProblemAsync(mail, audience) is { } problem)
            {
                return ActResult.Invalid<MailBatchReport>($"{batch.Count}.{problem.Field}", problem.Code);
            }

            batch.Add(await writer.DraftAsync(mail, audience));
        }

        await writer.QueueAsync(batch, audience);
        Add(act, batch);
        foreach (var origin in batch.GroupBy(parts => (parts.Message.Origin, parts.Message.OriginId)))
        {
            act.Note(JournalAreas.Mail, "queued", 0, origin.Key.OriginId, new FieldChanges().Note("messages", null, origin.Count().ToString(System.Globalization.CultureInfo.InvariantCulture)).Note("origin", null, MailRows.Word(origin.Key.Origin)));
        }

        return ActResult.Done(new MailBatchReport([.. batch.Select(MailRows.Summary)]));
    }

    /// <summary>A draft within an act of the caller's, begun by <see cref="Mailbox.RunAsync"/>; anything but Done must end the act.</summary>
    internal static async Task<ActResult<MailSummary>> DraftAsync(ActScope act, CompanySettings settings, OutboxWriter writer, NewMail mail)
    {
        var audience = await AudienceAsync(act, settings, [mail.AccountNo], mail.ToAddress is null && mail.ContactNo is { } no ? [no] : null);
        if (!act.Viewer.MayWork || !MayWriteTo(act.Viewer, mail.AccountNo, audience))
        {
            return ActResult.NotFound<MailSummary>();
        }

        if (await writer.ProblemAsync(mail, audience) is { } problem)
        {
            return ActResult.Invalid<MailSummary>(problem.Field, problem.Code);
        }

        var parts = await writer.DraftAsync(mail, audience);
        Add(act, [parts]);
        act.Note(JournalAreas.Mail, "created", mail.AccountNo, parts.Message.MailId, new FieldChanges().Note("subject", null, parts.Message.Subject));
        return ActResult.Done(MailRows.Summary(parts));
    }

    /// <summary>
    /// Writes one message within an act of the caller's, who holds the lock of <see cref="ContactGate"/> and tries again later: what lacks something, or may not be sent, is not kept.
    /// </summary>
    /// <returns>The message as it is kept; or why it is not, as codes of <see cref="HoldReasons"/>, or what the message says wrong.</returns>
    internal static async Task<(MailSummary? Mail, IReadOnlyList<string> Reasons)> TryAsync(ActScope act, MailAudience audience, OutboxWriter writer, NewMail mail, bool queue)
    {
        if (await writer.ProblemAsync(mail, audience) is { } problem)
        {
            return (null, [problem.Field == "contact" ? HoldReasons.ContactUnknown : $"{problem.Field}_{problem.Code}"]);
        }

        var parts = await writer.DraftAsync(mail, audience);
        if (queue)
        {
            await writer.QueueAsync([parts], audience);
            if (parts.Message.Status != MailStatus.Queued)
            {
                foreach (var entry in act.Context.ChangeTracker.Entries<MailEvent>().Where(entry => entry.Entity.MailId == parts.Message.MailId).ToList())
                {
                    entry.State = EntityState.Detached;
                }

                return (null, MailRows.Summary(parts).Reasons);
            }
        }

        Add(act, [parts]);
        act.Note(JournalAreas.Mail, queue ? MailRows.Word(parts.Message.Status) : "created", mail.AccountNo, parts.Message.MailId, new FieldChanges().Note("subject", null, parts.Message.Subject).Note("reasons", null, parts.Message.Reasons));
        return (MailRows.Summary(parts), []);
    }

    /// <summary>Moves what waits of a play, campaign or survey to another status, within an act; how many there were. What goes on is what was held for the same reason.</summary>
    internal static async Task<int> MoveOriginAsync(ActScope act, MailOrigin origin, string originId, IReadOnlyCollection<MailStatus> from, MailStatus to, string reason)
    {
        var mails = act.Context.MailMessages.Where(mail => mail.Origin == origin && mail.OriginId == originId && from.Contains(mail.Status));
        if (to == MailStatus.Queued)
        {
            mails = mails.Where(mail => mail.Reasons == reason);
        }

        var kept = to == MailStatus.Queued ? null : reason;
        return await mails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, to).SetProperty(mail => mail.Reasons, kept).SetProperty(mail => mail.Version, mail => mail.Version + 1), act.Cancellation);
    }

    /// <summary>Who may be written to in some accounts, as the act's viewer sees them.</summary>
    internal static Task<MailAudience> AudienceAsync(ActScope act, CompanySettings settings, IReadOnlyCollection<int> accounts, IReadOnlyCollection<int>? contacts) =>
        MailAudience.ReadAsync(act.Context, act.Viewer, settings, act.Now, accounts, contacts, act.Cancellation);

    /// <summary>An account that the viewer sees; what concerns none is written by those who manage, and by jobs.</summary>
    internal static bool MayWriteTo(Viewer viewer, int accountNo, MailAudience audience) => accountNo == 0 ? viewer.MayManage : audience.Account(accountNo) is not null;

    /// <summary>Keeps messages with their rows.</summary>
    internal static void Add(ActScope act, IReadOnlyList<MailParts> batch)
    {
        act.Context.MailMessages.AddRange(batch.Select(parts => parts.Message));
        act.Context.MailRecipients.AddRange(batch.SelectMany(parts => parts.Recipients));
        act.Context.MailContents.AddRange(batch.Select(parts => parts.Content));
        act.Context.MailAttachments.AddRange(batch.SelectMany(parts => parts.Attachments));
    }
}
