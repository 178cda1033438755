using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Engine.Playbooks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>Ends enrolments, with what waits of them.</summary>
internal static class EnrolmentEnding
{
    private static readonly MailStatus[] Unsent = [MailStatus.Draft, MailStatus.Queued, MailStatus.Held];

    /// <summary>Lets an account leave: messages that were not sent, tasks that were not done and letters that were not posted go with it.</summary>
    public static async Task LeaveAsync(ActScope act, Enrolment enrolment, string reason, string? note = null)
    {
        (enrolment.State, enrolment.EndedAt, enrolment.EndReason, enrolment.EndNote, enrolment.EndedByEmail, enrolment.DueAt, enrolment.Reasons) = (EnrolmentState.Left, act.Now, reason, note, act.Viewer.Email, null, null);
        act.Note(JournalAreas.Sequence, "left", enrolment.AccountNo, enrolment.EnrolmentId, new FieldChanges().Note("play", enrolment.Play, null).Note("reason", null, reason));
        if (reason == EnrolmentEnds.Replied)
        {
            await NoticePlay.TellAsync(act, NoticeKinds.SequenceReplied, enrolment);
        }

        await act.Context.SaveChangesAsync(act.Cancellation);
        var (accountNo, id) = (enrolment.AccountNo, enrolment.EnrolmentId);
        var open = await act.Context.EnrolmentSteps.Where(step => step.AccountNo == accountNo && step.EnrolmentId == id && (step.State == StepState.Waiting || step.State == StepState.Held)).ToListAsync(act.Cancellation);
        foreach (var step in open)
        {
            var mail = step.MailId is null ? null : await act.Context.MailMessages.FindAsync([accountNo, step.MailId], act.Cancellation);
            var isSent = mail is { Status: MailStatus.Sent or MailStatus.Sending };
            (step.State, step.EndedAt, step.Reasons) = (isSent ? StepState.Done : StepState.Dropped, act.Now, isSent ? null : step.Reasons ?? reason);
            if (mail is not null && Unsent.Contains(mail.Status))
            {
                (mail.Status, mail.Reasons) = (MailStatus.Cancelled, HoldReasons.OriginEnded);
                mail.Version++;
                act.Context.MailEvents.Add(new MailEvent { AccountNo = accountNo, MailId = mail.MailId, EventId = act.NewId(), Kind = MailEventKind.Cancelled, At = act.Now, Detail = HoldReasons.OriginEnded });
                act.Note(JournalAreas.Mail, "cancelled", accountNo, mail.MailId, new FieldChanges().Note("reason", null, HoldReasons.OriginEnded));
            }

            if (step.TaskId is not null && await act.Context.WorkTasks.FindAsync([accountNo, step.TaskId], act.Cancellation) is { DoneAt: null, DeletedAt: null } task)
            {
                task.DeletedAt = act.Now;
                task.Version++;
                act.Note(JournalAreas.Task, "deleted", accountNo, task.TaskId, new FieldChanges().Note("title", task.Title, null));
            }
        }
    }

    /// <summary>Enrolments that end within the act that turns their play off.</summary>
    private const int AtOnce = 500;

    /// <summary>Ends the running enrolments of a play that was turned off or deleted, within the act that does so. Nothing of it is sent from then on; where there are very many, the last of them are ended by <see cref="RunSequences"/>.</summary>
    public static async Task LeaveAllAsync(ActScope act, string play, string reason)
    {
        var running = act.Context.Enrolments.Where(known => known.Play == play && known.State == EnrolmentState.Running);
        await act.Context.MailMessages
            .Where(mail => mail.Origin == MailOrigin.Play && mail.OriginId == play && Unsent.Contains(mail.Status)
                && act.Context.EnrolmentSteps.Any(step => step.AccountNo == mail.AccountNo && step.MailId == mail.MailId && running.Any(known => known.AccountNo == step.AccountNo && known.EnrolmentId == step.EnrolmentId)))
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.Status, MailStatus.Cancelled).SetProperty(mail => mail.Reasons, HoldReasons.OriginEnded).SetProperty(mail => mail.Version, mail => mail.Version + 1), act.Cancellation);
        foreach (var enrolment in await running.OrderBy(known => known.StartedAt).Take(AtOnce).ToListAsync(act.Cancellation))
        {
            await LeaveAsync(act, enrolment, reason);
        }
    }

    /// <summary>Writes a step down as a touch of the account.</summary>
    public static async Task TouchAsync(ActScope act, CompanySettings settings, Enrolment enrolment, EnrolmentStep step, DateTime at, string? byEmail, double minutes)
    {
        step.TouchId = act.NewId();
        act.Context.Touches.Add(new Touch
        {
            AccountNo = enrolment.AccountNo,
            SourceId = await AppSource.NumberAsync(act.Context, act.Cancellation),
            FactId = step.TouchId,
            ContactNo = enrolment.ContactNo,
            Kind = step.Channel,
            Play = enrolment.Play,
            OwnerEmail = byEmail,
            At = at,
            Minutes = minutes,
            Outcome = "done",
        });
        await AppSource.NoteChangeAsync(act.Context, enrolment.AccountNo, settings.DayOf(at), act.Cancellation, isOurs: true);
    }
}
