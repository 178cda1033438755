using System.Text.Json;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Takes down who opened a message and followed its links, as far as settings had it built in. Scanners are told apart and counted in no figure.</summary>
public sealed class MailTracking(Database database, MailLinks links, TimeProvider clock, ILogger<MailTracking> log)
{
    /// <summary>Hits of one message that are kept; what comes later adds nothing.</summary>
    private const int MostHits = 200;

    /// <summary>A message's picture was asked for.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="agent">The User-Agent.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task OpenedAsync(string token, string method, string? agent, CancellationToken cancellation = default)
    {
        if (await links.ReadAsync(token, MailLinkKind.Open, cancellation) is { } link)
        {
            await using var context = database.OpenContext();
            await WriteAsync(context, link, MailEventKind.Opened, null, method, agent, cancellation);
        }
    }

    /// <summary>A link was followed: where it leads, or null for a link that stands in no message of ours.</summary>
    /// <param name="token">The link's token.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="agent">The User-Agent.</param>
    /// <param name="cancellation">Ends the work.</param>
    public async Task<string?> ClickedAsync(string token, string method, string? agent, CancellationToken cancellation = default)
    {
        if (await links.ReadAsync(token, MailLinkKind.Click, cancellation) is not { } link)
        {
            return null;
        }

        await using var context = database.OpenContext();
        var json = await context.MailContents.AsNoTracking().Where(content => content.AccountNo == link.AccountNo && content.MailId == link.MailId).Select(content => content.LinksJson).FirstOrDefaultAsync(cancellation);
        if (json is null || JsonSerializer.Deserialize<List<string>>(json) is not { } targets || link.LinkNo >= targets.Count)
        {
            return null;
        }

        await WriteAsync(context, link, MailEventKind.Clicked, link.LinkNo, method, agent, cancellation);
        return targets[link.LinkNo];
    }

    private async Task WriteAsync(CustomerSuccessContext context, MailLink link, MailEventKind kind, int? linkNo, string method, string? agent, CancellationToken cancellation)
    {
        try
        {
            await CountAsync(context, link, kind, linkNo, method, agent, cancellation);
        }
        catch (Exception error) when (error is System.Data.Common.DbException or DbUpdateException)
        {
            // the reader is taken where the link leads all the same
            log.LogWarning(error, "A hit could not be taken down");
        }
    }

    private async Task CountAsync(CustomerSuccessContext context, MailLink link, MailEventKind kind, int? linkNo, string method, string? agent, CancellationToken cancellation)
    {
        var at = clock.GetUtcNow();
        var now = at.UtcDateTime;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (await context.MailMessages.FindAsync([link.AccountNo, link.MailId], cancellation) is not { SentAt: { } sentAt } mail)
        {
            return;
        }

        var hits = await context.MailEvents.Where(hit => hit.AccountNo == link.AccountNo && hit.MailId == link.MailId && (hit.Kind == MailEventKind.Opened || hit.Kind == MailEventKind.Clicked)).ToListAsync(cancellation);
        if (hits.Count >= MostHits)
        {
            return;
        }

        var burst = MailHits.IsBurst([.. hits.Select(hit => new MailHit(hit.At, hit.LinkNo)), new MailHit(now, linkNo)], now);
        context.MailEvents.Add(new MailEvent
        {
            AccountNo = link.AccountNo,
            MailId = link.MailId,
            EventId = Guid.CreateVersion7(at).ToString(),
            Kind = kind,
            At = now,
            RecipientNo = link.RecipientNo,
            LinkNo = linkNo,
            ByMachine = burst || MailHits.IsMachine(method, agent, now, sentAt),
            Detail = agent is { Length: > 200 } ? agent[..200] : agent,
        });
        foreach (var hit in hits.Where(hit => burst && (hit.At - now).Duration() <= MailHits.Burst))
        {
            // the first links of a burst looked like a person's
            hit.ByMachine = true;
        }

        await context.SaveChangesAsync(cancellation);
        var people = await context.MailEvents.Where(hit => hit.AccountNo == link.AccountNo && hit.MailId == link.MailId && !hit.ByMachine && (hit.Kind == MailEventKind.Opened || hit.Kind == MailEventKind.Clicked)).Select(hit => new { hit.Kind, hit.At }).ToListAsync(cancellation);
        mail.ClickedAt = people.Where(hit => hit.Kind == MailEventKind.Clicked).Min(hit => (DateTime?)hit.At);
        // whoever follows a link has seen the message, with pictures or without
        mail.OpenedAt = people.Min(hit => (DateTime?)hit.At);
        await context.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
