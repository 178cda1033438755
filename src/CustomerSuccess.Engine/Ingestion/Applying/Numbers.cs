using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>Gives out internal numbers, from 1 up, in the transaction that uses them.</summary>
internal static class Numbers
{
    public const string Accounts = "accounts";
    public const string Contacts = "contacts";
    public const string Attributes = "attributes";
    public const string Metrics = "metrics";
    public const string Sources = "sources";
    public const string Changes = "changes";
    public const string Revisions = "revisions";

    /// <summary>The next number, in the transaction of a context.</summary>
    public static async Task<int> TakeAsync(CustomerSuccessContext context, string kind, CancellationToken cancellation)
    {
        var next = await context.Database
            .SqlQuery<long>($"INSERT INTO counter (name, next) VALUES ({kind}, 2) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next")
            .ToListAsync(cancellation);
        return (int)(next[0] - 1);
    }

    /// <summary>The first of <paramref name="count"/> numbers in a row.</summary>
    public static long Take(BulkSession session, string kind, long count)
    {
        var next = session.Query(
            "INSERT INTO counter (name, next) VALUES (@name, 1 + @count) ON CONFLICT (name) DO UPDATE SET next = counter.next + @count RETURNING next",
            reader => reader.GetInt64(0),
            ("@name", kind), ("@count", count));
        return next[0] - count;
    }
}
