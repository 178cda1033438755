using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Somebody who is to be a contact of an account.</summary>
public sealed record NewContact(int AccountNo, string? Name, string? Email, string? Phone, string? Language);

/// <summary>Adds people to accounts: facts of the source <c>app</c>.</summary>
public sealed class NewContacts(Acts acts, SettingsStore settingsStore)
{
    /// <summary>Characters of a name or an address.</summary>
    public const int Longest = 200;

    /// <summary>Adds somebody. A name, an address or a number is needed.</summary>
    public async Task<ActResult<Contact>> AddAsync(Viewer viewer, NewContact draft, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<Contact>();
        }

        if (string.IsNullOrWhiteSpace(draft.Name) || draft.Name.Trim().Length > Longest)
        {
            return ActResult.Invalid<Contact>("name", string.IsNullOrWhiteSpace(draft.Name) ? "missing" : "too_long");
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
            await act.LockAccountAsync(draft.AccountNo) ? ActResult.Done(await AddAsync(act, draft, settings)) : ActResult.NotFound<Contact>(), cancellation);
    }

    /// <summary>Adds somebody within an act that holds the account.</summary>
    internal static async Task<Contact> AddAsync(ActScope act, NewContact draft, CompanySettings settings)
    {
        var counter = await act.Context.Database
            .SqlQuery<long>($"INSERT INTO counter (name, next) VALUES ({Numbers.Contacts}, 2) ON CONFLICT (name) DO UPDATE SET next = counter.next + 1 RETURNING next")
            .ToListAsync(act.Cancellation);
        static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        var id = act.NewId();
        var contact = new Contact
        {
            AccountNo = draft.AccountNo,
            ContactNo = (int)(counter[0] - 1),
            SourceId = await AppSource.NumberAsync(act.Context, act.Cancellation),
            ContactId = id,
            Name = Clean(draft.Name),
            NameSort = SortKey.Of(Clean(draft.Name) ?? Clean(draft.Email) ?? id),
            Email = Clean(draft.Email),
            Phone = Clean(draft.Phone),
            Language = draft.Language,
        };
        act.Context.Contacts.Add(contact);
        act.Note(JournalAreas.Contact, "created", draft.AccountNo, id, new FieldChanges().Note("name", null, contact.Name).Note("email", null, contact.Email).Note("phone", null, contact.Phone));
        await AppSource.NoteChangeAsync(act.Context, draft.AccountNo, settings.DayOf(act.Now), act.Cancellation);
        return contact;
    }
}
