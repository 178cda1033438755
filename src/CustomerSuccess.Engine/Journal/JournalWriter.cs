using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Journal;

/// <summary>Appends to the journal within the transaction that makes the change. The counter's row is held until the commit, so that numbers rise in the order of commits.</summary>
internal static class JournalWriter
{
    private const string Counter = "journal";

    /// <summary>Adds the entries to the context with their numbers; they are written with its next save. To be called last before the commit, within a transaction.</summary>
    public static async Task AppendAsync(CustomerSuccessContext context, IReadOnlyList<JournalEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var counter = await context.Database
            .SqlQuery<long>($"INSERT INTO counter (name, next) VALUES ({Counter}, {1L + entries.Count}) ON CONFLICT (name) DO UPDATE SET next = counter.next + {(long)entries.Count} RETURNING next")
            .ToListAsync(cancellation);
        var no = counter[0] - entries.Count;
        foreach (var entry in entries)
        {
            entry.EntryNo = no++;
        }

        context.Journal.AddRange(entries);
    }

    /// <summary>Appends one entry over a bulk session that is in a transaction.</summary>
    public static void Append(BulkSession session, JournalEntry entry)
    {
        entry.EntryNo = session.Query(
            "INSERT INTO counter (name, next) VALUES (@name, 2) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next",
            reader => reader.GetInt64(0),
            ("@name", Counter))[0] - 1;
        session.Execute(
            """
            INSERT INTO journal_entry (account_no, entry_no, at, by_user, by_email, area, act, record_id, changes_json)
            VALUES (@account, @no, @at, @user, @email, @area, @act, @record, @changes)
            """,
            ("@account", (long)entry.AccountNo), ("@no", entry.EntryNo), ("@at", Stored.Instant(entry.At)), ("@user", entry.ByUser), ("@email", entry.ByEmail),
            ("@area", entry.Area), ("@act", entry.Act), ("@record", entry.RecordId), ("@changes", entry.ChangesJson));
    }
}
