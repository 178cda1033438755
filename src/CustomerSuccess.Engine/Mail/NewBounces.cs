using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail;

/// <summary>
/// Which messages came back since it was asked last. They are found from what happened of late, which is few, and not from the messages or from those who follow them, of which there are
/// ever more.
/// </summary>
internal sealed class NewBounces(Database database, TimeProvider clock)
{
    private const int Some = 500;

    /// <summary>How far a new process looks back: longer than anybody waits for an answer.</summary>
    private static readonly TimeSpan AtFirst = TimeSpan.FromDays(90);

    /// <summary>What happened at a moment may be committed so much later.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private DateTime? _asked;

    /// <summary>Hands over what came back, some at a time; a message may be handed over again. What is not followed to its end is handed over the next time.</summary>
    public async Task FollowAsync(Func<IReadOnlyList<int>, IReadOnlyList<string>, Task> follow, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var since = _asked is { } asked ? asked - Overlap : now - AtFirst;
        await using (var context = database.OpenContext())
        {
            var keys = await context.MailEvents.AsNoTracking().Where(happened => happened.Kind == MailEventKind.Bounced && happened.At >= since)
                .Select(happened => new { happened.AccountNo, happened.MailId }).Distinct().ToListAsync(cancellation);
            foreach (var some in keys.Chunk(Some))
            {
                await follow([.. some.Select(key => key.AccountNo).Distinct()], [.. some.Select(key => key.MailId)]);
            }
        }

        _asked = now;
    }
}
