using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Calls;

/// <summary>Who is calling, and what whoever answers should have before them.</summary>
public sealed class CallQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    private const int MostMatches = 50, MostContacts = 100, MostRows = 5;

    /// <summary>The people and accounts that a number belongs to, as far as the viewer may see them.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="from">The number, as any telephone system writes it.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<CallerMatches> ByNumberAsync(Viewer viewer, string? from, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var read = PhoneReader.Read(from, await ContactKeys.RegionAsync(context, cancellation));
        if (read.Key.Length == 0)
        {
            return new(read.Display, "", []);
        }

        var key = read.Key;
        var people = await (
            from contact in context.Contacts.AsNoTracking()
            join account in context.Accounts.AsNoTracking().VisibleTo(viewer) on contact.AccountNo equals account.AccountNo
            where contact.PhoneKey == key && contact.VoidedBy == null
            orderby contact.LeftOn != null, contact.NameSort, contact.ContactNo
            select new CallerMatch(account.AccountNo, account.AccountId, account.Namespace, account.Name, account.OwnerEmail, contact.ContactNo, contact.Name ?? contact.Email, contact.Title, contact.Phone, contact.LeftOn != null))
            .Take(MostMatches).ToListAsync(cancellation);
        if (read.Extension is { } extension && people.Where(match => PhoneReader.Read(match.Phone, "ZZ").Extension == extension).ToList() is { Count: > 0 } own)
        {
            people = own;
        }

        var accounts = await context.Accounts.AsNoTracking().VisibleTo(viewer)
            .Where(account => account.PhoneKey == key)
            .OrderBy(account => account.NameSort).ThenBy(account => account.AccountNo)
            .Select(account => new CallerMatch(account.AccountNo, account.AccountId, account.Namespace, account.Name, account.OwnerEmail, null, null, null, account.Phone, false))
            .Take(MostMatches).ToListAsync(cancellation);
        return new(read.Display, key, [.. people.Concat(accounts).OrderBy(match => match.HasLeft)]);
    }

    /// <summary>What stands beside the call form; null for an account that the viewer may not see.</summary>
    public async Task<CallContext?> ContextAsync(Viewer viewer, int accountNo, int? contactNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation))
        {
            return null;
        }

        var run = await ScoreRunQuery.NewestAsync(context, cancellation);
        var suggestions = run is null ? null : await SuggestedTouches.OfAsync(context, run, [accountNo], settings.Today(clock), cancellation);
        var open = await context.Inquiries.AsNoTracking()
            .Where(i => i.AccountNo == accountNo && !i.IsSettled && i.VoidedBy == null)
            .OrderByDescending(i => i.OpenedAt).Take(MostRows)
            .Select(i => new { i.SourceId, i.FactId, i.Subject, i.State, i.OpenedAt, i.ContactNo })
            .ToListAsync(cancellation);
        var contacts = await AccountFacts.ContactsAsync(context, accountNo, 0, MostContacts, cancellation);
        return new(
            await InquiryQuery.AccountAsync(context, accountNo, settings, cancellation),
            await InquiryQuery.ContactAsync(context, accountNo, contactNo, cancellation),
            [.. contacts.Rows.Where(contact => contact.LeftOn is null)],
            [.. open.Select(i => new InquiryBrief(new(accountNo, new(i.SourceId, i.FactId)), i.Subject, i.State, i.OpenedAt, null, null, contactNo is not null && i.ContactNo == contactNo))],
            suggestions is null ? [] : [.. suggestions[accountNo]],
            (await AccountFacts.TouchesAsync(context, accountNo, 0, MostRows, cancellation)).Rows);
    }

    /// <summary>The internal number of an account by its id; null where the viewer may not see it.</summary>
    public async Task<int?> AccountNoAsync(Viewer viewer, string accountId, string ns, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).Where(a => a.Namespace == ns && a.AccountId == accountId).Select(a => (int?)a.AccountNo).FirstOrDefaultAsync(cancellation);
    }
}
