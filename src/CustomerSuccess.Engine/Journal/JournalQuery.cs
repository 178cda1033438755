using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Journal;

/// <summary>Who changed what, and when.</summary>
public sealed class JournalQuery(Database database)
{
    /// <summary>What was done to a record of an account, newest first; nothing for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<JournalEntry>> OfRecordAsync(Viewer viewer, int accountNo, string area, string? recordId, int most, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation)
            ? await context.Journal.AsNoTracking()
                .Where(entry => entry.AccountNo == accountNo && entry.Area == area && (recordId == null || entry.RecordId == recordId))
                .OrderByDescending(entry => entry.EntryNo).Take(most).ToListAsync(cancellation)
            : [];
    }
}
