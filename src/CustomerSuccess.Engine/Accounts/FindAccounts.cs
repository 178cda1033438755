using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Finds an account by what somebody types: part of its name, its reading or its id.</summary>
public sealed class FindAccounts(Database database)
{
    /// <summary>By name; ids that match wholly first.</summary>
    public async Task<IReadOnlyList<FoundAccount>> FindAsync(Viewer viewer, string? text, int most, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        var (key, written) = (SortKey.Of(text), text.Trim());
        await using var context = database.OpenContext();
        return await context.Accounts.AsNoTracking().VisibleTo(viewer)
            .Where(a => a.NameSort.Contains(key) || a.Name.Contains(written) || a.AccountId.StartsWith(written))
            .OrderBy(a => a.AccountId != written).ThenBy(a => a.NameSort).ThenBy(a => a.AccountNo)
            .Take(most)
            .Select(a => new FoundAccount(a.AccountNo, a.AccountId, a.Namespace, a.Name, a.OwnerEmail))
            .ToListAsync(cancellation);
    }

    /// <summary>People at an account, those still there first.</summary>
    public async Task<IReadOnlyList<ContactRow>> ContactsAsync(Viewer viewer, int accountNo, int most, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation)
            ? (await AccountFacts.ContactsAsync(context, accountNo, 0, most, cancellation)).Rows
            : [];
    }
}
