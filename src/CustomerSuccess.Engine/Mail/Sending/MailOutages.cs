using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>Lets the connections of a worker wait while the server is away, longer each time, and tells the database of it so that people see it.</summary>
internal sealed class MailOutages(Database database, TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private bool _worked;
    private int _failures;
    private DateTimeOffset _resumeAt;
    private DateTimeOffset _toldAt;

    /// <summary>The last error while the server is away; null while it is there.</summary>
    public string? Error { get; private set; }

    /// <summary>How long a connection is to wait before it is tried again; zero for not at all.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_lock)
            {
                var wait = _resumeAt - clock.GetUtcNow();
                return Error is not null && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            }
        }
    }

    /// <summary>The server is not there.</summary>
    /// <returns>True where that is worth telling: at first, and from time to time.</returns>
    public async Task<bool> FailedAsync(string name, string error, CancellationToken cancellation)
    {
        bool tell;
        int failures;
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            // several connections find the same thing: it counts once
            if (now >= _resumeAt)
            {
                _failures++;
                var wait = First * Math.Pow(2, Math.Min(_failures - 1, 10));
                _resumeAt = now + (wait < Longest ? wait : Longest);
            }

            tell = Error is null || now - _toldAt > Told;
            Error = error;
            failures = _failures;
            _toldAt = tell ? now : _toldAt;
        }

        if (tell)
        {
            var at = Stored.Instant(now.UtcDateTime);
            await using var context = database.OpenContext();
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO mail_outage (name, since, last_at, failures, error) VALUES ({name}, {at}, {at}, {failures}, {error})
                ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at, failures = mail_outage.failures + 1, error = excluded.error
                """,
                cancellation);
        }

        return tell;
    }

    /// <summary>The server is there: an outage is over, also one that another process told of.</summary>
    public async Task WorksAsync(string name, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_worked && Error is null)
            {
                return;
            }

            Error = null;
            _worked = true;
            _failures = 0;
            _resumeAt = default;
        }

        await using var context = database.OpenContext();
        await context.MailOutages.Where(outage => outage.Name == name).ExecuteDeleteAsync(cancellation);
    }
}
