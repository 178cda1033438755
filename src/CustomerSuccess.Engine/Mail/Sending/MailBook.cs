using System.Threading.Channels;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>A message that a worker has taken on.</summary>
internal sealed record Claim(int AccountNo, string MailId);

/// <summary>
/// Keeps the books of one worker: before a message is handed over it is written down that it will be, and afterwards what the server said. Both wait for the commit.
/// A worker that dies leaves exactly those messages open that were being handed over. Whatever its connections want to write at one moment goes into one transaction.
/// </summary>
internal sealed class MailBook(Database database, LiveChanges live, TimeProvider clock, Func<CompanySettings> settings, string worker)
{
    private const int MostAtOnce = 64;

    /// <summary>Progress of many messages is told this often at most.</summary>
    private static readonly TimeSpan TellProgress = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, DateTime> _planned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _progress = new(StringComparer.Ordinal);
    private long _progressTold;
    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>What was done since the worker began.</summary>
    public SendTally Tally { get; } = new();

    private sealed record Turn(Claim? Finished, Delivery? Delivery, Claim? Starting, TaskCompletionSource<bool> Committed);

    /// <summary>Writes down how one message ended and that the next one begins; either may be missing.</summary>
    /// <returns>True where the next one may be handed over now; false where it may not, which is then written down as well.</returns>
    public Task<bool> TurnAsync(Claim? finished, Delivery? delivery, Claim? starting)
    {
        var turn = new Turn(finished, delivery, starting, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _turns.Writer.TryWrite(turn) ? turn.Committed.Task : Task.FromException<bool>(new InvalidOperationException("The books are closed."));
    }

    /// <summary>No more turns come; <see cref="KeepAsync"/> ends when all are written.</summary>
    public void Close() => _turns.Writer.TryComplete();

    /// <summary>Writes until the books are closed. A database that is away for a while is waited for: what the server has taken must not be forgotten.</summary>
    public async Task KeepAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        var batch = new List<Turn>();
        while (await MoreAsync(cancellation))
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _turns.Reader.TryRead(out var turn))
            {
                batch.Add(turn);
            }

            var wait = TimeSpan.FromMilliseconds(100);
            while (true)
            {
                try
                {
                    var may = await WriteAsync(batch, cancellation);
                    for (var i = 0; i < batch.Count; i++)
                    {
                        batch[i].Committed.SetResult(may[i]);
                    }

                    break;
                }
                catch (Exception error) when (error is System.Data.Common.DbException or DbUpdateException or InvalidOperationException or TimeoutException && !cancellation.IsCancellationRequested)
                {
                    failed(error);
                    await Task.Delay(wait, clock, cancellation);
                    wait = wait < TimeSpan.FromSeconds(5) ? wait * 2 : wait;
                }
            }
        }
    }

    /// <summary>Waits for turns. While progress is still to be told, only so long: an empty batch then tells it.</summary>
    private async Task<bool> MoreAsync(CancellationToken cancellation)
    {
        if (_progress.Count == 0)
        {
            return await _turns.Reader.WaitToReadAsync(cancellation);
        }

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(TellProgress);
        try
        {
            await _turns.Reader.WaitToReadAsync(soon.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // nothing came: time to tell
        }

        return true;
    }

    private async Task<bool[]> WriteAsync(List<Turn> batch, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var page = new Page(context, settings(), now, new SendTally(), _planned, cancellation);
        var claims = batch.SelectMany(turn => new[] { turn.Finished, turn.Starting }).OfType<Claim>().ToList();
        var starting = batch.Select(turn => turn.Starting).OfType<Claim>().ToList();
        if (starting.Count > 0)
        {
            await ContactGate.LockAsync(context, cancellation);
        }

        if (claims.Count > 0)
        {
            await page.ReadAsync(claims, worker);
        }

        foreach (var turn in batch.Where(turn => turn.Finished is not null))
        {
            await page.FinishAsync(turn.Finished!, turn.Delivery!);
        }

        var may = await page.StartAsync(starting);
        await context.SaveChangesAsync(cancellation);
        _progress.UnionWith(page.Progress);
        var tells = _progress.Count > 0 && (batch.Count == 0 || clock.GetElapsedTime(_progressTold) >= TellProgress);
        if (tells)
        {
            page.Journal.AddRange(_progress.Select(origin => page.Entry(0, "progress", origin)));
        }

        if (page.Journal.Count > 0)
        {
            await JournalWriter.AppendAsync(context, page.Journal, cancellation);
            await context.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        Tally.Add(page.Tally);
        if (tells)
        {
            _progress.Clear();
            _progressTold = clock.GetTimestamp();
        }

        if (page.Journal.Count > 0)
        {
            live.Nudge();
        }

        return [.. batch.Select(turn => turn.Starting is { } claim && may.Contains(claim))];
    }

    /// <summary>One transaction's worth of books.</summary>
    private sealed class Page(CustomerSuccessContext context, CompanySettings settings, DateTimeOffset at, SendTally tally, Dictionary<string, DateTime> planned, CancellationToken cancellation)
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
            foreach (var mail in await context.MailMessages.Where(mail => accounts.Contains(mail.AccountNo) && ids.Contains(mail.MailId) && mail.ClaimedBy == worker).ToListAsync(cancellation))
            {
                _mails.Add(new(mail.AccountNo, mail.MailId), mail);
            }

            var recipients = await context.MailRecipients.Where(recipient => accounts.Contains(recipient.AccountNo) && ids.Contains(recipient.MailId)).OrderBy(recipient => recipient.RecipientNo).ToListAsync(cancellation);
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
            var pending = _recipients[claim].Where(recipient => recipient.State == RecipientState.Pending).ToList();
            switch (delivery.Outcome)
            {
                case DeliveryOutcome.Taken:
                    await TakenAsync(mail, pending, delivery);
                    break;
                case DeliveryOutcome.PutOff:
                    mail.ContactedAt = mail.LostAnswers > 0 || mail.SentAt is not null ? mail.ContactedAt : null;
                    PutOff(mail, MailEventKind.Deferred, MailRetry.Wait(mail.MailId, mail.Attempts - mail.LostAnswers), delivery.Answer);
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
            var pace = await Pace.OpenAsync(context, settings, due.SelectMany(claim => _recipients[claim]), planned, cancellation);
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
                else if (pace.Take(_recipients[claim], Now) is { } slot)
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
                Kind = Channels.Email,
                Play = mail.Origin == MailOrigin.Play ? mail.OriginId : null,
                OwnerEmail = mail.OwnerEmail,
                At = Now,
                Minutes = mail.TouchMinutes,
                Outcome = "sent",
                Notes = mail.Subject,
            });
            await AppSource.NoteChangeAsync(context, mail.AccountNo, settings.DayOf(Now), cancellation);
        }

        private static string Shortened(string text) => text.Length <= 500 ? text : string.Concat(text.AsSpan(0, 499), "…");
    }

    /// <summary>The limits per minute, over all workers: the marks stand in the database.</summary>
    private sealed class Pace
    {
        private const string All = "all", DomainPrefix = "domain:";

        private readonly CustomerSuccessContext _context;
        private readonly CompanySettings _settings;
        private readonly Dictionary<string, MailPaceMark> _marks;
        private readonly Dictionary<string, DateTime> _planned;

        private Pace(CustomerSuccessContext context, CompanySettings settings, Dictionary<string, DateTime> planned, Dictionary<string, MailPaceMark> marks) =>
            (_context, _settings, _planned, _marks) = (context, settings, planned, marks);

        public static async Task<Pace> OpenAsync(CustomerSuccessContext context, CompanySettings settings, IEnumerable<MailRecipient> recipients, Dictionary<string, DateTime> planned, CancellationToken cancellation)
        {
            if (settings.MailPerMinute == 0 && settings.MailDomainPerMinute == 0)
            {
                return new(context, settings, planned, []);
            }

            var names = Domains(recipients).Append(All).ToList();
            return new(context, settings, planned, await context.MailPaces.Where(mark => names.Contains(mark.Name)).ToDictionaryAsync(mark => mark.Name, cancellation));
        }

        /// <summary>
        /// Takes a slot of each limit. Where one is used up, none is taken, and the moment to come back is returned: those sent away one after another
        /// come back at the limit's distance, rather than all for the next slot.
        /// </summary>
        public DateTime? Take(IEnumerable<MailRecipient> recipients, DateTime now)
        {
            var wanted = new List<(string Name, int PerMinute)>();
            if (_settings.MailPerMinute > 0)
            {
                wanted.Add((All, _settings.MailPerMinute));
            }

            if (_settings.MailDomainPerMinute > 0)
            {
                wanted.AddRange(Domains(recipients).Select(name => (name, _settings.MailDomainPerMinute)));
            }

            var slots = wanted.ConvertAll(limit => MailPace.Take(_marks.GetValueOrDefault(limit.Name)?.NextAt, now, limit.PerMinute));
            if (slots.Max(slot => slot.WaitUntil) is { } wait)
            {
                var (name, perMinute) = wanted[slots.FindIndex(slot => slot.WaitUntil == wait)];
                var back = _planned.TryGetValue(name, out var planned) && planned > wait ? planned : wait;
                _planned[name] = back + MailPace.Distance(perMinute);
                return back;
            }

            for (var i = 0; i < wanted.Count; i++)
            {
                if (!_marks.TryGetValue(wanted[i].Name, out var mark))
                {
                    _marks.Add(wanted[i].Name, mark = new MailPaceMark { Name = wanted[i].Name });
                    _context.MailPaces.Add(mark);
                }

                mark.NextAt = slots[i].NextAt;
            }

            return null;
        }

        private static IEnumerable<string> Domains(IEnumerable<MailRecipient> recipients) =>
            recipients.Where(recipient => recipient.State == RecipientState.Pending && recipient.AddressKey.Length > 0).Select(recipient => DomainPrefix + EmailAddress.Domain(recipient.AddressKey)).Distinct();
    }
}

/// <summary>What a worker did.</summary>
public sealed class SendTally
{
    /// <summary>Taken by the server for at least one recipient.</summary>
    public int Sent { get; internal set; }

    /// <summary>Refused for good by all, or given up.</summary>
    public int Failed { get; internal set; }

    /// <summary>To be tried again.</summary>
    public int PutOff { get; internal set; }

    /// <summary>Handed over without an answer; tried again and possibly doubled.</summary>
    public int AnswersLost { get; internal set; }

    /// <summary>Moved to later by limits on contacts.</summary>
    public int Delayed { get; internal set; }

    /// <summary>Held until somebody decides.</summary>
    public int Held { get; internal set; }

    /// <summary>Worthless by now.</summary>
    public int Expired { get; internal set; }

    /// <summary>Moved to later by limits per minute.</summary>
    public int Throttled { get; internal set; }

    internal void Add(SendTally other)
    {
        Sent += other.Sent;
        Failed += other.Failed;
        PutOff += other.PutOff;
        AnswersLost += other.AnswersLost;
        Delayed += other.Delayed;
        Held += other.Held;
        Expired += other.Expired;
        Throttled += other.Throttled;
    }
}
