using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Notices;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Notices;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>
/// Looks at one enrolment within an act that holds the lock of <see cref="ContactGate"/> and of the account: lets it leave, follows the step under way, begins the one that is due.
/// Whatever it does is committed with it or not at all, so that no step is done twice.
/// </summary>
internal sealed class StepWork(ActScope act, CompanySettings settings, OutboxWriter writer, SequenceConditions conditions)
{
    /// <summary>After which what was held back is tried again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromHours(1);

    private Mark? _outage;

    /// <summary>Does what is due; true where anything changed.</summary>
    public async Task<bool> LookAsync(Enrolment enrolment)
    {
        var play = await SequencePlans.FindAsync(act.Context, enrolment.Play, enrolment.PlayVersion, act.Cancellation);
        if (play?.Sequence is not { } sequence)
        {
            await EnrolmentEnding.LeaveAsync(act, enrolment, EnrolmentEnds.PlayDeleted);
            return true;
        }

        var facts = await FactsAsync(enrolment, play, sequence);
        if (EnrolmentExit.Of(sequence, facts) is { } reason)
        {
            await EnrolmentEnding.LeaveAsync(act, enrolment, reason);
            return true;
        }

        var changed = false;
        for (var turn = 0; turn <= SequenceRules.MostSteps && enrolment.State == EnrolmentState.Running; turn++)
        {
            var row = await act.Context.EnrolmentSteps.FindAsync([enrolment.AccountNo, enrolment.EnrolmentId, enrolment.NextStep], act.Cancellation);
            var moved = enrolment.NextStep > sequence.Steps.Count ? await AdvanceAsync(enrolment, sequence, act.Now, counted: false)
                : row is { State: not StepState.Held } ? await FollowAsync(enrolment, sequence, row)
                : enrolment.DueAt <= act.Now && await BeginAsync(enrolment, play, sequence, facts, row);
            changed |= moved;
            if (!moved || enrolment.DueAt > act.Now)
            {
                break;
            }
        }

        return changed || act.Context.Entry(enrolment).State == EntityState.Modified || act.Context.ChangeTracker.HasChanges();
    }

    private async Task<EnrolmentFacts> FactsAsync(Enrolment enrolment, Play play, PlaySequence sequence)
    {
        var (context, accountNo, today) = (act.Context, enrolment.AccountNo, settings.DayOf(act.Now));
        var stored = await context.StoredPlays.AsNoTracking().FirstOrDefaultAsync(known => known.PlayKey == enrolment.Play, act.Cancellation);
        var contact = enrolment.ContactNo is { } no ? await context.Contacts.AsNoTracking().FirstOrDefaultAsync(known => known.AccountNo == accountNo && known.ContactNo == no, act.Cancellation) : null;
        var key = contact?.EmailKey;
        var mails = context.EnrolmentSteps.Where(step => step.AccountNo == accountNo && step.EnrolmentId == enrolment.EnrolmentId && step.MailId != null).Select(step => step.MailId);
        var facts = new EnrolmentFacts
        {
            PlayDeleted = stored is { DeletedAt: not null } && PlayCatalogue.Find(enrolment.Play) is null,
            PlayOff = stored is { IsOff: true },
            HasReplied = await context.MailMessages.AnyAsync(mail => mail.AccountNo == accountNo && mails.Contains(mail.MailId) && mail.RepliedAt != null, act.Cancellation),
            AccountLeft = enrolment.WasPaying && !await Enrolling.Paying(act, accountNo, today).AnyAsync(act.Cancellation),
            GoalMet = !enrolment.WasPaying && play.IsWinBack && await Enrolling.Paying(act, accountNo, today).AnyAsync(act.Cancellation),
            ContactLeft = enrolment.ContactNo is not null && (contact is null or { VoidedBy: not null } || contact.LeftOn <= today),
            OptedOut = sequence.Writes && contact is not null && (contact.OptOutEmail || await context.ContactStops.AnyAsync(
                stop => stop.LiftedAt == null && stop.Channel == Channels.Email && stop.Cause != StopCause.Bounce && (stop.List == null || stop.List == MailLists.Success)
                    && ((key != null && stop.AddressKey == key) || (stop.AddressKey == null && stop.AccountNo == accountNo && stop.ContactNo == contact.ContactNo)), act.Cancellation)),
            UrgentInquiry = sequence.OnUrgentInquiry != Interruption.GoOn && await context.Inquiries.AnyAsync(
                inquiry => inquiry.AccountNo == accountNo && inquiry.VoidedBy == null && inquiry.MergedInto == null && !inquiry.IsSettled && inquiry.Urgency == InquiryPriority.Urgent, act.Cancellation),
            Outage = sequence.OnOutage != Interruption.GoOn && (_outage = (await OutageReach.ReadAsync(context, today, 0, [accountNo], act.Cancellation)).Of(accountNo)) is not null,
        };
        if (enrolment.CheckedRun == conditions.RunId || !SequenceConditions.AsksOfRuns(sequence))
        {
            return facts;
        }

        enrolment.CheckedRun = conditions.RunId;
        var signs = await conditions.OfAsync(accountNo);
        return signs is null ? facts : facts with { GoalMet = facts.GoalMet || sequence.Goal?.Holds(signs) == true, ReasonGone = sequence.EndsWhenReasonGone && !play.Reasons(signs).Any() };
    }

    /// <summary>Begins the step that is due; true where the enrolment moved on or ended.</summary>
    private async Task<bool> BeginAsync(Enrolment enrolment, Play play, PlaySequence sequence, EnrolmentFacts facts, EnrolmentStep? held)
    {
        if (EnrolmentExit.Waits(sequence, facts) is { } waits)
        {
            (enrolment.Reasons, enrolment.DueAt) = (waits == EnrolmentEnds.Outage ? OutageReach.ReasonOf(_outage!) : waits, act.Now + Again);
            return false;
        }

        var step = sequence.Steps[enrolment.NextStep - 1];
        var row = held ?? new EnrolmentStep { AccountNo = enrolment.AccountNo, EnrolmentId = enrolment.EnrolmentId, StepNo = enrolment.NextStep, Channel = step.Channel, BegunAt = act.Now };
        if (step.SkipWhen is { } skip && await conditions.OfAsync(enrolment.AccountNo) is { } signs && skip.Holds(signs))
        {
            return await EndAsync(enrolment, sequence, Kept(row), StepState.Skipped, SequenceHolds.Condition, act.Now);
        }

        var audience = await MailAudience.ReadAsync(act.Context, act.Viewer, settings, act.Now, [enrolment.AccountNo], enrolment.ContactNo is { } no ? [no] : [], act.Cancellation);
        return step.Channel == Channels.Email || Channels.IsGateway(step.Channel)
            ? await WriteAsync(enrolment, play, sequence, step, row, audience)
            : await AskAsync(enrolment, play, sequence, step, row, audience);
    }

    /// <summary>Writes the step's message.</summary>
    private async Task<bool> WriteAsync(Enrolment enrolment, Play play, PlaySequence sequence, PlayStep step, EnrolmentStep row, MailAudience audience)
    {
        var mail = StepWords.Message(play, step, enrolment.AccountNo, enrolment.ContactNo, enrolment.NextStep, audience) with { Id = act.NewId() };
        var (written, reasons) = await MailInAct.TryAsync(act, audience, writer, mail, step.SendsItself);
        if (written is null && Channels.IsGateway(step.Channel) && reasons.Any(IsThisWayClosed))
        {
            // whom a gateway does not reach may be reached by the next step
            return await EndAsync(enrolment, sequence, Kept(row), StepState.Skipped, Joined(reasons), act.Now);
        }

        if (written is null)
        {
            return await HoldAsync(enrolment, row, reasons);
        }

        Kept(row);
        (row.State, row.MailId, row.BegunAt, row.Reasons) = (StepState.Waiting, written.MailId, act.Now, null);
        (enrolment.DueAt, enrolment.Reasons) = (null, Joined(written.Reasons));
        act.Note(JournalAreas.Sequence, step.SendsItself ? "queued" : "drafted", enrolment.AccountNo, enrolment.EnrolmentId);
        return true;
    }

    private static bool IsThisWayClosed(string reason) => reason.Split(':')[0] is HoldReasons.OptedOut or HoldReasons.ListOptedOut or HoldReasons.NoAddress or HoldReasons.BadAddress;

    /// <summary>Gives a task to the account's owner, or prepares a letter.</summary>
    private async Task<bool> AskAsync(Enrolment enrolment, Play play, PlaySequence sequence, PlayStep step, EnrolmentStep row, MailAudience audience)
    {
        if (step.Channel != Channels.Internal)
        {
            var contact = audience.Contact(enrolment.AccountNo, enrolment.ContactNo);
            var subject = new GateSubject(enrolment.AccountNo, null, play.IsUpsell ? Purpose.Promotional : Purpose.Proactive, step.Channel, null, contact is null ? [] : [new(contact.ContactNo, contact.Email ?? "", contact.EmailKey ?? "")]);
            var decision = (await ContactGate.OpenAsync(act.Context, settings, act.Now, [subject], planned: true, act.Cancellation)).Decide(subject, act.Now);
            if (decision.Outcome == ContactOutcome.Later)
            {
                (enrolment.DueAt, enrolment.Reasons) = (decision.From, Joined(decision.Reasons));
                return false;
            }

            if (decision.Outcome == ContactOutcome.Held)
            {
                // this way is closed; the next step may go another
                return await EndAsync(enrolment, sequence, Kept(row), StepState.Skipped, Joined(decision.Reasons), act.Now);
            }
        }

        var (title, text, missing) = await StepWords.TextAsync(act, settings, play, step, enrolment, audience);
        return step.Channel == Channels.Letter
            ? await PrepareAsync(enrolment, row, audience, title, text, missing)
            : await GiveAsync(enrolment, play, row, audience, title, text);
    }

    private async Task<bool> PrepareAsync(Enrolment enrolment, EnrolmentStep row, MailAudience audience, string title, string text, IReadOnlyList<string> missing)
    {
        if (string.IsNullOrWhiteSpace(audience.Account(enrolment.AccountNo)?.Address))
        {
            missing = [.. missing, SequenceHolds.NoPostalAddress];
        }

        if (missing.Count > 0)
        {
            return await HoldAsync(enrolment, row, missing);
        }

        Kept(row);
        (row.State, row.BegunAt, row.Reasons, row.LetterSubject, row.LetterText) = (StepState.Waiting, act.Now, null, title, text);
        (enrolment.DueAt, enrolment.Reasons) = (null, null);
        act.Note(JournalAreas.Sequence, "prepared", enrolment.AccountNo, enrolment.EnrolmentId);
        return true;
    }

    private async Task<bool> GiveAsync(Enrolment enrolment, Play play, EnrolmentStep row, MailAudience audience, string title, string text)
    {
        if (audience.Account(enrolment.AccountNo)?.OwnerEmail is not { } owner)
        {
            return await HoldAsync(enrolment, row, [SequenceHolds.NoOwner]);
        }

        var id = act.NewId();
        act.Context.WorkTasks.Add(new WorkTask
        {
            AccountNo = enrolment.AccountNo,
            TaskId = id,
            SeriesId = id,
            Title = title.Length > WorkTask.LongestTitle ? title[..WorkTask.LongestTitle] : title,
            Detail = text.Length == 0 ? null : text.Length > WorkTask.LongestDetail ? text[..WorkTask.LongestDetail] : text,
            ContactNo = enrolment.ContactNo,
            DueOn = settings.DayOf(act.Now),
            Priority = TaskPriority.Normal,
            AssigneeEmail = owner.ToLowerInvariant(),
            Origin = $"play:{play.Key}",
            CreatedAt = act.Now,
            CreatedByUser = act.Viewer.UserId,
            CreatedByEmail = act.Viewer.Email,
            Version = 1,
        });
        act.Note(JournalAreas.Task, "created", enrolment.AccountNo, id, new FieldChanges().Note("title", null, title).Note("assignee", null, owner));
        Kept(row);
        (row.State, row.TaskId, row.BegunAt, row.Reasons) = (StepState.Waiting, id, act.Now, null);
        (enrolment.DueAt, enrolment.Reasons) = (null, null);
        act.Note(JournalAreas.Sequence, "given", enrolment.AccountNo, enrolment.EnrolmentId);
        return true;
    }

    /// <summary>Takes over what became of the step that is under way; true where the enrolment moved on or ended.</summary>
    private async Task<bool> FollowAsync(Enrolment enrolment, PlaySequence sequence, EnrolmentStep row)
    {
        if (row.State is StepState.Done or StepState.Skipped or StepState.Dropped)
        {
            return await AdvanceAsync(enrolment, sequence, row.EndedAt ?? act.Now);
        }

        if (row.MailId is { } mailId)
        {
            return await FollowMailAsync(enrolment, sequence, row, await act.Context.MailMessages.FindAsync([enrolment.AccountNo, mailId], act.Cancellation));
        }

        if (row.TaskId is not { } taskId)
        {
            return false;
        }

        var task = await act.Context.WorkTasks.FindAsync([enrolment.AccountNo, taskId], act.Cancellation);
        if (task is null or { DeletedAt: not null })
        {
            return await EndAsync(enrolment, sequence, row, StepState.Dropped, SequenceHolds.TaskDeleted, act.Now);
        }

        if (task.DoneAt is not { } done)
        {
            return false;
        }

        await TouchAsync(enrolment, sequence, row, task, done);
        return await EndAsync(enrolment, sequence, row, StepState.Done, null, done);
    }

    private async Task<bool> FollowMailAsync(Enrolment enrolment, PlaySequence sequence, EnrolmentStep row, MailMessage? mail)
    {
        switch (mail?.Status)
        {
            case MailStatus.Sent:
                return await EndAsync(enrolment, sequence, row, StepState.Done, null, mail.SentAt ?? act.Now);
            case MailStatus.Failed or MailStatus.Bounced:
                await EnrolmentEnding.LeaveAsync(act, enrolment, EnrolmentEnds.NotDelivered);
                return true;
            case MailStatus.Held or MailStatus.Cancelled when Ending(mail.Reasons) is { } ending:
                await EnrolmentEnding.LeaveAsync(act, enrolment, ending);
                return true;
            case null or MailStatus.Cancelled:
                return await EndAsync(enrolment, sequence, row, StepState.Dropped, mail?.Reasons, act.Now);
            default:
                // a draft waits for a person, a queued one for its time
                enrolment.Reasons = mail.Status is MailStatus.Held or MailStatus.Queued ? mail.Reasons : null;
                return false;
        }
    }

    private static string? Ending(string? reasons) => reasons?.Split(',').Select(EnrolmentEnds.OfHold).FirstOrDefault(reason => reason is not null);

    /// <summary>A call or meeting that was done is a touch, unless it was recorded as one.</summary>
    private async Task TouchAsync(Enrolment enrolment, PlaySequence sequence, EnrolmentStep row, WorkTask task, DateTime done)
    {
        var (accountNo, since, kind) = (enrolment.AccountNo, row.BegunAt, row.Channel);
        if (kind == Channels.Internal || await act.Context.Touches.AnyAsync(touch => touch.AccountNo == accountNo && touch.VoidedBy == null && touch.Kind == kind && touch.At >= since && touch.At <= done, act.Cancellation))
        {
            return;
        }

        await EnrolmentEnding.TouchAsync(act, settings, enrolment, row, done, task.DoneByEmail, sequence.Steps[row.StepNo - 1].Minutes);
    }

    private async Task<bool> HoldAsync(Enrolment enrolment, EnrolmentStep row, IReadOnlyList<string> reasons)
    {
        Kept(row);
        var (before, now) = (row.Reasons, Joined(reasons));
        (row.State, row.Reasons) = (StepState.Held, now);
        if (Ending(row.Reasons) is { } ending)
        {
            await EnrolmentEnding.LeaveAsync(act, enrolment, ending);
            return true;
        }

        (enrolment.DueAt, enrolment.Reasons) = (act.Now + Again, row.Reasons);
        if (before != now)
        {
            act.Note(JournalAreas.Sequence, "held", enrolment.AccountNo, enrolment.EnrolmentId, new FieldChanges().Note("reasons", before, now));
        }

        return false;
    }

    private EnrolmentStep Kept(EnrolmentStep row)
    {
        if (act.Context.Entry(row).State == EntityState.Detached)
        {
            act.Context.EnrolmentSteps.Add(row);
        }

        return row;
    }

    private Task<bool> EndAsync(Enrolment enrolment, PlaySequence sequence, EnrolmentStep row, StepState state, string? reasons, DateTime at)
    {
        (row.State, row.EndedAt, row.Reasons) = (state, at, reasons);
        return AdvanceAsync(enrolment, sequence, at);
    }

    private async Task<bool> AdvanceAsync(Enrolment enrolment, PlaySequence sequence, DateTime at, bool counted = true)
    {
        enrolment.NextStep += counted ? 1 : 0;
        enrolment.Reasons = null;
        if (enrolment.NextStep > sequence.Steps.Count)
        {
            (enrolment.State, enrolment.EndedAt, enrolment.DueAt) = (EnrolmentState.Finished, act.Now, null);
            act.Note(JournalAreas.Sequence, "finished", enrolment.AccountNo, enrolment.EnrolmentId);
            await NoticePlay.TellAsync(act, NoticeKinds.SequenceFinished, enrolment);
            return true;
        }

        enrolment.DueAt = await Enrolling.DueAsync(act, settings, enrolment, sequence, at);
        act.Note(JournalAreas.Sequence, "moved", enrolment.AccountNo, enrolment.EnrolmentId);
        return true;
    }

    private static string? Joined(IReadOnlyList<string> reasons) => reasons.Count == 0 ? null : string.Join(',', reasons);
}
