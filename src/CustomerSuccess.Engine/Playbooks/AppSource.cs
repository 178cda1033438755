using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Playbooks;

/// <summary>The source of facts that people enter in the application itself.</summary>
internal static class AppSource
{
    public const string Name = "app";

    /// <summary>Stands where a fact names the import file that brought or voided it, and none did.</summary>
    public const int NoImportFile = 0;

    /// <summary>Imported sources count from 1.</summary>
    public const int SourceId = 0;

    /// <summary>The source's number; it is made on first use.</summary>
    public static async Task<int> NumberAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        await context.Database.ExecuteSqlAsync($"INSERT INTO source (source_id, name) VALUES ({SourceId}, {Name}) ON CONFLICT DO NOTHING", cancellation);
        return SourceId;
    }

    /// <summary>Notes that facts of an account changed from a day on.</summary>
    /// <param name="context">The store; the caller saves and commits.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="day">The first day on which anything is otherwise.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <param name="isOurs">True for what we did ourselves, such as a contact: it fires no play.</param>
    public static async Task NoteChangeAsync(CustomerSuccessContext context, int accountNo, DateOnly day, CancellationToken cancellation, bool isOurs = false)
    {
        var counter = await context.Database
            .SqlQuery<long>($"INSERT INTO counter (name, next) VALUES ('changes', 2) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next")
            .ToListAsync(cancellation);
        var next = counter[0] - 1;
        if (await context.AccountChanges.FindAsync([accountNo], cancellation) is { } change)
        {
            change.ChangeNo = next;
            change.EventNo = isOurs ? change.EventNo : next;
            change.EarliestDay = day < change.EarliestDay ? day : change.EarliestDay;
            change.ImportFileId = NoImportFile;
        }
        else
        {
            context.AccountChanges.Add(new AccountChange { AccountNo = accountNo, ChangeNo = next, EventNo = isOurs ? 0 : next, EarliestDay = day, ImportFileId = NoImportFile });
        }
    }
}
