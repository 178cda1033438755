using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>A claimed message, ready to be handed over.</summary>
internal sealed record ClaimedMail(Claim Claim, OutgoingMail Mail);

/// <summary>Divides what is due among the workers of all processes, and takes over what dead ones have left.</summary>
/// <param name="byGateway">True for what gateways carry, false for e-mail.</param>
internal sealed class MailClaims(Database database, Leases leases, TimeProvider clock, string worker, bool byGateway)
{
    /// <summary>Lets workers claim one after another.</summary>
    private const string Lock = "lock:mail-claims";

    /// <summary>The worker's right to its claims. False where it has lost it, such as after having stood still.</summary>
    public bool Renew() => leases.Renew(worker);

    /// <summary>Begins to exist as a worker.</summary>
    public bool Take() => leases.TryTake(worker);

    /// <summary>Claims what is due, the most urgent first.</summary>
    /// <param name="most">How many at most.</param>
    /// <param name="only">The one message that is wanted; null for any.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(int most, string? only, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await Due(context, now, byGateway, only).AnyAsync(cancellation))
        {
            return [];
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await context.Database.ExecuteSqlAsync($"INSERT INTO counter (name, next) VALUES ({Lock}, 0) ON CONFLICT (name) DO UPDATE SET next = counter.next", cancellation);
        var due = await Due(context, now, byGateway, only).OrderBy(mail => mail.Priority).ThenBy(mail => mail.NotBefore).ThenBy(mail => mail.MailId)
            .Take(most)
            .Join(
                context.MailContents.AsNoTracking(), mail => new { mail.AccountNo, mail.MailId }, content => new { content.AccountNo, content.MailId },
                (mail, content) => new { mail.AccountNo, mail.MailId, mail.MessageId, mail.FromAddress, mail.Channel, content.Raw, mail.Priority, mail.NotBefore })
            .OrderBy(mail => mail.Priority).ThenBy(mail => mail.NotBefore).ThenBy(mail => mail.MailId)
            .ToListAsync(cancellation);
        var accounts = due.Select(mail => mail.AccountNo).Distinct().ToList();
        var ids = due.ConvertAll(mail => mail.MailId);
        await context.MailMessages.Where(mail => EF.Parameter(accounts).Contains(mail.AccountNo) && EF.Parameter(ids).Contains(mail.MailId) && mail.Status == MailStatus.Queued && mail.ClaimedBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.ClaimedBy, worker), cancellation);
        var pending = await context.MailRecipients.AsNoTracking()
            .Where(recipient => EF.Parameter(accounts).Contains(recipient.AccountNo) && EF.Parameter(ids).Contains(recipient.MailId) && recipient.State == RecipientState.Pending)
            .OrderBy(recipient => recipient.RecipientNo)
            .Select(recipient => new { recipient.AccountNo, recipient.MailId, recipient.RecipientNo, recipient.Address })
            .ToListAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var recipients = pending.ToLookup(recipient => new Claim(recipient.AccountNo, recipient.MailId), recipient => new OutgoingRecipient(recipient.RecipientNo, recipient.Address));
        return [.. due.Select(mail => (Claim: new Claim(mail.AccountNo, mail.MailId), Mail: mail)).Select(mail =>
            new ClaimedMail(mail.Claim, new(mail.Claim.AccountNo, mail.Claim.MailId, mail.Mail.MessageId!, mail.Mail.FromAddress ?? "", SealMail.Unpack(mail.Mail.Raw!), [.. recipients[mail.Claim]]) { Channel = mail.Mail.Channel }))];
    }

    /// <summary>
    /// Takes over from workers that are dead: what they had only claimed goes back into the queue as if nothing had been; of what they were handing over
    /// nobody knows whether the server has it, so it goes back as such.
    /// </summary>
    /// <returns>How many messages had been handed over without an answer.</returns>
    public async Task<int> TakeOverAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var workers = await context.MailMessages.Where(mail => mail.ClaimedBy != null && mail.ClaimedBy != worker).Select(mail => mail.ClaimedBy!).Distinct().ToListAsync(cancellation);
        var lost = 0;
        foreach (var dead in workers.Where(other => !leases.IsHeld(other)))
        {
            // whoever holds the dead one's right is alone with its messages, and the dead one cannot come back to them
            if (!leases.TryTake(dead))
            {
                continue;
            }

            try
            {
                lost += await TakeOverAsync(dead, cancellation);
            }
            finally
            {
                leases.Release(dead);
            }
        }

        return lost;
    }

    /// <summary>Forgets limits per minute that have run out: there is one for each domain that was written to.</summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        await context.MailPaces.Where(mark => mark.NextAt < now.AddMinutes(-1)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Gives back what was claimed and not begun, and ends to exist as a worker.</summary>
    public async Task LeaveAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        await context.MailMessages.Where(mail => mail.ClaimedBy == worker && mail.Status != MailStatus.Sending).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.ClaimedBy, (string?)null), cancellation);
        leases.Release(worker);
    }

    internal static IQueryable<MailMessage> Due(CustomerSuccessContext context, DateTime now, bool byGateway, string? only)
    {
        var due = context.MailMessages.AsNoTracking().Where(mail => mail.Status == MailStatus.Queued && mail.NotBefore <= now && mail.ClaimedBy == null && (mail.Channel != Channels.Email) == byGateway);
        return only is null ? due : due.Where(mail => mail.MailId == only);
    }

    private async Task<int> TakeOverAsync(string dead, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var open = await context.MailMessages.Where(mail => mail.ClaimedBy == dead && mail.Status == MailStatus.Sending).ToListAsync(cancellation);
        foreach (var mail in open)
        {
            mail.Status = MailStatus.Queued;
            mail.ClaimedBy = null;
            mail.NotBefore = now.UtcDateTime;
            mail.LostAnswers++;
            mail.LastAnswer = "the sending process ended before the server's answer was written down";
            context.MailEvents.Add(new MailEvent { AccountNo = mail.AccountNo, MailId = mail.MailId, EventId = Guid.CreateVersion7(now).ToString(), Kind = MailEventKind.AnswerLost, At = now.UtcDateTime, Detail = mail.LastAnswer });
        }

        await context.SaveChangesAsync(cancellation);
        await context.MailMessages.Where(mail => mail.ClaimedBy == dead).ExecuteUpdateAsync(set => set.SetProperty(mail => mail.ClaimedBy, (string?)null), cancellation);
        await transaction.CommitAsync(cancellation);
        return open.Count;
    }
}
