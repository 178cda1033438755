using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>One transaction's worth of books.</summary>
internal sealed class BookPage(CustomerSuccessContext context, CompanySettings settings, DateTimeOffset at, SendTally tally, Dictionary<string, DateTime> planned, CancellationToken cancellation)
{
    private readonly Dictionary<Claim, MailMessage> _mails = [];
    private ILookup<Claim, MailRecipient> _recipients = Array.Empty<MailRecipient>().ToLookup(_ => new Claim(0, ""));

    public SendTally Tally => tally;

    public List<JournalEntry> Journal { get; } = [];

    /// <summary>Campaigns and surveys of which messages came to their end.</summary>
    public HashSet<string> Progress { get; } = new(StringComparer.Ordinal);

    private DateTime Now => at.UtcDateTime;

    /// <summary>Reads what the worker still has: a message that another took over meanwhile is not among them.</summary>
    public async Task ReadAsync(List<Claim> claims, string worker)
    {
        var accounts = claims.Select(claim => claim.AccountNo).Distinct().ToList();
        var ids = claims.Select(claim => claim.MailId).Distinct().ToList();
        foreach (var mail in await context.MailMessages.Where(mail => EF.Parameter(accounts).Contains(mail.AccountNo) && EF.Parameter(ids).Contains(mail.MailId) && mail.ClaimedBy == worker).ToListAsync(cancellation))
        {
            _mails.Add(new(mail.AccountNo, mail.MailId), mail);
        }

        var recipients = await context.MailRecipients.Where(recipient => EF.Parameter(accounts).Contains(recipient.AccountNo) && EF.Parameter(ids).Contains(recipient.MailId)).OrderBy(recipient => recipient.RecipientNo).ToListAsync(cancellation);
        _recipients = recipients.ToLookup(recipient => new Claim(recipient.AccountNo, recipient.MailId));
    }

    public async Task FinishAsync(Claim claim, Delivery delivery)
    {
        if (!_mails.TryGetValue(claim, out var mail) || mail.Status != MailStatus.Sending)
        {
            // it was taken over: whoever has it knows only that an answer was lost
            return;
        }

        mail.ClaimedBy = null;
        mail.LastAnswer = Shortened(delivery.Answer);
        mail.ProviderId = delivery.ProviderId ?? mail.ProviderId;
        var pending = _recipients[claim].Where(recipient => recipient.State == RecipientState.Pending).ToList();
        switch (delivery.Outcome)
        {
            case DeliveryOutcome.Taken:
                await TakenAsync(mail, pending, delivery);
                break;
            case DeliveryOutcome.PutOff:
                mail.ContactedAt = mail.LostAnswers > 0 || mail.SentAt is not null ? mail.ContactedAt : null;
                PutOff(mail, MailEventKind.Deferred, NotBefore(delivery.RetryAfter, MailRetry.Wait(mail.MailId, mail.Attempts - mail.LostAnswers)), delivery.Answer);
                break;
            case DeliveryOutcome.BrokenOff:
                mail.ContactedAt = mail.LostAnswers > 0 || mail.SentAt is not null ? mail.ContactedAt : null;
                PutOff(mail, null, MailRetry.AfterLostAnswer(mail.MailId, mail.Attempts), delivery.Answer);
                break;
            case DeliveryOutcome.AnswerLost:
                mail.LostAnswers++;
                tally.AnswersLost++;
                PutOff(mail, MailEventKind.AnswerLost, MailRetry.AfterLostAnswer(mail.MailId, mail.LostAnswers), delivery.Answer);
                break;
            case DeliveryOutcome.Refused:
                foreach (var recipient in pending)
                {
                    Settle(mail, recipient, RecipientState.Refused, delivery.Answer);
                }

                Close(mail, claim);
                break;
        }
    }

    /// <summary>Decides which may be handed over now, and writes them down as being so.</summary>
    public async Task<HashSet<Claim>> StartAsync(List<Claim> starting)
    {
        var may = new HashSet<Claim>();
        var due = starting.Where(claim => _mails.TryGetValue(claim, out var mail) && mail.Status == MailStatus.Queued && mail.ClaimedBy is not null).ToList();
        foreach (var claim in starting.Except(due))
        {
            // cancelled or paused between being claimed and being sent
            if (_mails.TryGetValue(claim, out var mail) && mail.Status != MailStatus.Sending)
            {
                mail.ClaimedBy = null;
            }
        }

        if (due.Count == 0)
        {
            return may;
        }

        // what ends here is no longer a contact, before others are counted
        await context.SaveChangesAsync(cancellation);
        var gate = await ContactGate.OpenAsync(context, settings, Now, [.. due.Select(Subject)], planned: false, cancellation);
        var pace = await SendPace.OpenAsync(context, settings, due.Where(claim => _mails[claim].Channel == Channels.Email).SelectMany(claim => _recipients[claim]), planned, cancellation);
        foreach (var claim in due)
        {
            var mail = _mails[claim];
            var decision = gate.Decide(Subject(claim), Now);
            if (mail.NotAfter < Now)
            {
                Expire(mail, [HoldReasons.Expired]);
            }
            else if (decision.Outcome == ContactOutcome.Held)
            {
                Hold(mail, decision.Reasons);
            }
            else if (decision.From > mail.NotAfter)
            {
                Expire(mail, [HoldReasons.Expired, .. decision.Reasons]);
            }
            else if (decision.Outcome == ContactOutcome.Later)
            {
                mail.ClaimedBy = null;
                mail.NotBefore = decision.From;
                mail.Reasons = MailRows.Joined(decision.Reasons);
                Note(mail, MailEventKind.Delayed, mail.Reasons);
                tally.Delayed++;
            }
            else if (mail.Channel == Channels.Email && pace.Take(_recipients[claim], Now) is { } slot)
            {
                mail.ClaimedBy = null;
                mail.NotBefore = slot;
                tally.Throttled++;
            }
            else
            {
                mail.Status = MailStatus.Sending;
                mail.Attempts++;
                mail.FirstAttemptAt ??= Now;
                mail.LastAttemptAt = Now;
                mail.ContactedAt ??= Now;
                mail.Reasons = null;
                gate.Count(Subject(claim), Now);
                may.Add(claim);
            }
        }

        return may;
    }

    /// <summary>A server that says how long it wants to be left alone is left alone for so long.</summary>
    private static TimeSpan NotBefore(TimeSpan? asked, TimeSpan wait) => asked > wait ? asked.Value : wait;

    private GateSubject Subject(Claim claim) => GateSubject.Of(_mails[claim], _recipients[claim].Where(recipient => recipient.State == RecipientState.Pending));

    private async Task TakenAsync(MailMessage mail, List<MailRecipient> pending, Delivery delivery)
    {
        var refused = delivery.Refused.ToDictionary(recipient => recipient.RecipientNo);
        var deferred = false;
        foreach (var recipient in pending)
        {
            if (!refused.TryGetValue(recipient.RecipientNo, out var answer))
            {
                recipient.State = RecipientState.Accepted;
                recipient.Answer = Shortened(delivery.Answer);
                recipient.At = Now;
            }
            else if (answer.ForGood)
            {
                Settle(mail, recipient, RecipientState.Refused, answer.Answer);
            }
            else
            {
                recipient.Answer = Shortened(answer.Answer);
                deferred = true;
            }
        }

        var first = mail.SentAt is null && pending.Exists(recipient => recipient.State == RecipientState.Accepted);
        if (first)
        {
            mail.SentAt = Now;
            await WriteTouchAsync(mail);
        }
        else if (mail.SentAt is null && mail.LostAnswers == 0)
        {
            mail.ContactedAt = null;
        }

        if (deferred)
        {
            PutOff(mail, MailEventKind.Deferred, MailRetry.Wait(mail.MailId, mail.Attempts - mail.LostAnswers), pending.First(recipient => recipient.State == RecipientState.Pending).Answer!);
        }
        else
        {
            Close(mail, new(mail.AccountNo, mail.MailId));
        }
    }

    /// <summary>Nothing is left to try: sent if anybody has it.</summary>
    private void Close(MailMessage mail, Claim claim)
    {
        var taken = _recipients[claim].Any(recipient => recipient.State is RecipientState.Accepted or RecipientState.Bounced);
        mail.Status = taken ? MailStatus.Sent : MailStatus.Failed;
        if (!taken && mail.LostAnswers == 0)
        {
            mail.ContactedAt = null;
        }

        tally.Sent += taken ? 1 : 0;
        tally.Failed += taken ? 0 : 1;
        Tell(mail);
    }

    /// <summary>Tries again later, or gives up after the longest time.</summary>
    private void PutOff(MailMessage mail, MailEventKind? kind, TimeSpan wait, string answer)
    {
        if (kind is { } told)
        {
            Note(mail, told, answer);
        }

        if (Now + wait - mail.FirstAttemptAt > TimeSpan.FromHours(settings.MailGiveUpHours))
        {
            var claim = new Claim(mail.AccountNo, mail.MailId);
            foreach (var recipient in _recipients[claim].Where(recipient => recipient.State == RecipientState.Pending))
            {
                Settle(mail, recipient, RecipientState.Refused, answer, MailEventKind.GivenUp);
            }

            Close(mail, claim);
            return;
        }

        mail.Status = MailStatus.Queued;
        mail.NotBefore = Now + wait;
        tally.PutOff++;
    }

    private void Settle(MailMessage mail, MailRecipient recipient, RecipientState state, string answer, MailEventKind kind = MailEventKind.Refused)
    {
        recipient.State = state;
        recipient.Answer = Shortened(answer);
        recipient.At = Now;
        Note(mail, kind, answer, recipient.RecipientNo);
    }

    private void Hold(MailMessage mail, IReadOnlyList<string> reasons)
    {
        mail.ClaimedBy = null;
        mail.Status = MailStatus.Held;
        mail.Reasons = MailRows.Joined(reasons);
        Note(mail, MailEventKind.Held, mail.Reasons);
        tally.Held++;
        Tell(mail);
    }

    private void Expire(MailMessage mail, IReadOnlyList<string> reasons)
    {
        mail.ClaimedBy = null;
        mail.Status = mail.SentAt is null ? MailStatus.Cancelled : MailStatus.Sent;
        mail.Reasons = MailRows.Joined(reasons);
        Note(mail, MailEventKind.Cancelled, mail.Reasons);
        tally.Expired++;
        Tell(mail);
    }

    private void Note(MailMessage mail, MailEventKind kind, string? detail, int? recipientNo = null) => context.MailEvents.Add(new MailEvent
    {
        AccountNo = mail.AccountNo,
        MailId = mail.MailId,
        EventId = Guid.CreateVersion7(at).ToString(),
        Kind = kind,
        At = Now,
        RecipientNo = recipientNo,
        Detail = detail is null ? null : Shortened(detail),
    });

    /// <summary>The journal tells of each message to one person, and of many only how many there were.</summary>
    private void Tell(MailMessage mail)
    {
        if (mail.Priority == MailPriority.Bulk)
        {
            Progress.Add(mail.OriginId ?? "");
            return;
        }

        Journal.Add(Entry(mail.AccountNo, MailRows.Word(mail.Status), mail.MailId));
    }

    public JournalEntry Entry(int accountNo, string act, string? record) => new()
    {
        AccountNo = accountNo,
        At = Now,
        ByUser = Core.Access.Viewer.System.UserId,
        Area = JournalAreas.Mail,
        Act = act,
        RecordId = record,
    };

    private async Task WriteTouchAsync(MailMessage mail)
    {
        if (!mail.RecordsTouch || mail.AccountNo == 0)
        {
            return;
        }

        var source = await AppSource.NumberAsync(context, cancellation);
        if (await context.Touches.FindAsync([mail.AccountNo, source, mail.MailId], cancellation) is not null)
        {
            return;
        }

        context.Touches.Add(new Touch
        {
            AccountNo = mail.AccountNo,
            SourceId = source,
            FactId = mail.MailId,
            ContactNo = _recipients[new(mail.AccountNo, mail.MailId)].First().ContactNo,
            Kind = mail.Channel,
            Play = mail.Origin == MailOrigin.Play ? mail.OriginId : null,
            OwnerEmail = mail.OwnerEmail,
            At = Now,
            Minutes = mail.TouchMinutes,
            Outcome = "sent",
            Notes = mail.Subject,
        });
        await AppSource.NoteChangeAsync(context, mail.AccountNo, settings.DayOf(Now), cancellation, isOurs: true);
    }

    private static string Shortened(string text) => text.Length <= 500 ? text : string.Concat(text.AsSpan(0, 499), "…");
}
