using System.Diagnostics;
using System.Globalization;

namespace CustomerSuccess.Engine.Storage;

/// <summary>Rights that one process holds for a while. A holder whose process has died on this machine has lost them at once, any other when they expire.</summary>
internal sealed class Leases(BulkSession session, TimeProvider clock, string holder)
{
    /// <summary>How long a lease holds without being renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>The same holder over another session.</summary>
    public Leases Over(BulkSession other) => new(other, clock, holder);

    /// <summary>A name for a new holder: machine, process, its start, and a number of its own.</summary>
    public static string NewHolder()
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}|{process.Id}|{StartOf(process)}|{Guid.NewGuid():N}");
    }

    /// <summary>True where the right is this holder's from now on. Outside a transaction.</summary>
    public bool TryTake(string name)
    {
        var now = Now();
        var found = session.Query("SELECT holder, expires_at FROM lease WHERE name = @name", reader => (Holder: reader.GetString(0), ExpiresAt: reader.GetInt64(1)), ("@name", name));
        if (found is not [var lease])
        {
            return session.Execute(
                "INSERT INTO lease (name, holder, expires_at) VALUES (@name, @holder, @expires) ON CONFLICT DO NOTHING",
                ("@name", name), ("@holder", holder), ("@expires", now + (long)Length.TotalMilliseconds)) == 1;
        }

        return (lease.Holder == holder || lease.ExpiresAt < now || IsDead(lease.Holder)) && session.Execute(
            "UPDATE lease SET holder = @holder, expires_at = @expires WHERE name = @name AND holder = @seen AND expires_at = @seenExpires",
            ("@name", name), ("@holder", holder), ("@expires", now + (long)Length.TotalMilliseconds), ("@seen", lease.Holder), ("@seenExpires", lease.ExpiresAt)) == 1;
    }

    /// <summary>Extends the right, within the transaction that it guards; false where another holder has it.</summary>
    public bool Renew(string name) => session.Execute(
        "UPDATE lease SET expires_at = @expires WHERE name = @name AND holder = @holder",
        ("@name", name), ("@holder", holder), ("@expires", Now() + (long)Length.TotalMilliseconds)) == 1;

    public void Release(string name) => session.Execute("DELETE FROM lease WHERE name = @name AND holder = @holder", ("@name", name), ("@holder", holder));

    /// <summary>True where a living process holds the right.</summary>
    public bool IsHeld(string name) => session.Query(
            "SELECT holder, expires_at FROM lease WHERE name = @name",
            reader => (Holder: reader.GetString(0), ExpiresAt: reader.GetInt64(1)),
            ("@name", name))
        .Exists(lease => lease.ExpiresAt >= Now() && !IsDead(lease.Holder));

    private long Now() => Stored.Instant(clock.GetUtcNow().UtcDateTime);

    private static bool IsDead(string holder)
    {
        if (holder.Split('|') is not [var machine, var id, var start, _] || machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            return process.HasExited || StartOf(process) != start;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    /// <summary>When a process started, so that another one with the same id is not taken for it.</summary>
    private static string StartOf(Process process)
    {
        // on Linux the exact ticks of the process table: the runtime's wall-clock time of a start differs from caller to caller
        var stat = $"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/stat";
        if (File.Exists(stat))
        {
            var text = File.ReadAllText(stat);
            return text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
        }

        return process.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
    }
}
