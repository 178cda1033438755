using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>What is known about people at customers, read, added and changed. Changes stand against imports as those of accounts do; see <see cref="AccountProfiles"/>.</summary>
public sealed class ContactProfiles(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private static readonly string[] Editable =
    [
        "name", "name_kana", "email", "phone", "department", "title", "role", "language", "time_zone", "is_champion", "is_decision_maker", "is_executive_sponsor",
        "reports_to", "opt_out_email", "opt_out_phone", "consent_on", "left_on",
    ];

    /// <summary>The fields of a person; null where there is none for the viewer.</summary>
    public async Task<ProfileSheet?> FindAsync(Viewer viewer, int accountNo, int contactNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await FindAsync(context, viewer, accountNo, contactNo, cancellation) is { } contact ? (await EditedProfile.OfAsync(context, contact, Editable, settings.Today(clock), cancellation)).Read() : null;
    }

    /// <summary>The fields of somebody who is to be added: all of them empty.</summary>
    public async Task<ProfileSheet> EmptyAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return (await EditedProfile.OfAsync(context, new Contact { ContactId = "", NameSort = "" }, Editable, DateOnly.MinValue, cancellation)).Read();
    }

    /// <summary>Adds a person.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="values">By field, as typed; at least a name.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<ProfileSheet>> AddAsync(Viewer viewer, int accountNo, IReadOnlyDictionary<string, string?> values, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<ProfileSheet>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo))
            {
                return ActResult.NotFound<ProfileSheet>();
            }

            var contact = new Contact
            {
                AccountNo = accountNo,
                ContactNo = await Numbers.TakeAsync(act.Context, Numbers.Contacts, cancellation),
                SourceId = await AppSource.NumberAsync(act.Context, cancellation),
                ContactId = act.NewId(),
                NameSort = "",
                ImportFileId = AppSource.NoImportFile,
            };
            act.Context.Contacts.Add(contact);
            // a name is asked for even where none is given; flags stand at false until somebody raises them
            var given = values.Where(value => !string.IsNullOrWhiteSpace(value.Value)).ToDictionary();
            given.TryAdd("name", null);
            return await PutAsync(act, contact, [.. given.Select(value => new FieldEdit(value.Key, IsFlag(value.Key) ? "false" : null, value.Value))], settings, "created");
        }, cancellation);
    }

    /// <summary>Changes fields, all or none.</summary>
    /// <returns>The fields as they stand; in a conflict as somebody else left them.</returns>
    public async Task<ActResult<ProfileSheet>> EditAsync(Viewer viewer, int accountNo, int contactNo, IReadOnlyList<FieldEdit> edits, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<ProfileSheet>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
            await act.LockAccountAsync(accountNo) && await act.Context.Contacts.FindAsync([accountNo, contactNo], cancellation) is { VoidedBy: null } contact
                ? await PutAsync(act, contact, edits, settings, edits is [{ Field: "left_on", Value: not null }] ? "left" : "changed")
                : ActResult.NotFound<ProfileSheet>(), cancellation);
    }

    /// <summary>Removes somebody who was added here by mistake; whoever left is marked so instead, and whom a source names is not removed.</summary>
    public Task<ActResult<ProfileSheet>> RemoveAsync(Viewer viewer, int accountNo, int contactNo, CancellationToken cancellation = default) => RemoveAsync(viewer, accountNo, contactNo, isRemoved: true, cancellation);

    public Task<ActResult<ProfileSheet>> RestoreAsync(Viewer viewer, int accountNo, int contactNo, CancellationToken cancellation = default) => RemoveAsync(viewer, accountNo, contactNo, isRemoved: false, cancellation);

    /// <summary>What a field was before, newest first; empty for a person that the viewer may not see.</summary>
    public async Task<IReadOnlyList<FieldPast>> PastAsync(Viewer viewer, int accountNo, int contactNo, string field, int most, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await FindAsync(context, viewer, accountNo, contactNo, cancellation) is { } contact
            ? await FieldPasts.OfAsync(context, settings, JournalAreas.Contact, "contacts", accountNo, contactNo, contact.ContactId, field, (await EditedProfile.OfAsync(context, contact, Editable, settings.Today(clock), cancellation)).Read()[field], most, cancellation)
            : [];
    }

    private async Task<ActResult<ProfileSheet>> RemoveAsync(Viewer viewer, int accountNo, int contactNo, bool isRemoved, CancellationToken cancellation)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<ProfileSheet>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo) || await act.Context.Contacts.FindAsync([accountNo, contactNo], cancellation) is not { } contact)
            {
                return ActResult.NotFound<ProfileSheet>();
            }

            var today = settings.DayOf(act.Now);
            var profile = (await EditedProfile.OfAsync(act.Context, contact, Editable, today, cancellation)).Read();
            if (contact.SourceId != await AppSource.NumberAsync(act.Context, cancellation))
            {
                return ActResult.Forbidden<ProfileSheet>();
            }

            if ((contact.VoidedBy is not null) == isRemoved)
            {
                return ActResult.Unchanged(profile);
            }

            contact.VoidedBy = isRemoved ? AppSource.NoImportFile : null;
            await AppSource.NoteChangeAsync(act.Context, accountNo, today, cancellation);
            act.Note(JournalAreas.Contact, isRemoved ? "deleted" : "restored", accountNo, contactNo.ToString(CultureInfo.InvariantCulture), new FieldChanges().Note("name", isRemoved ? contact.Name : null, isRemoved ? null : contact.Name));
            return ActResult.Done(profile);
        }, cancellation);
    }

    private static async Task<ActResult<ProfileSheet>> PutAsync(ActScope act, Contact contact, IReadOnlyList<FieldEdit> edits, CompanySettings settings, string verb)
    {
        var profile = await EditedProfile.OfAsync(act.Context, contact, Editable, settings.DayOf(act.Now), act.Cancellation);
        var (isConflict, problems) = await profile.PutAsync(edits, act.Cancellation);
        if (isConflict)
        {
            return ActResult.Conflict(profile.Read());
        }

        if (problems.Count == 0)
        {
            await CheckAsync(act, contact, settings.DayOf(act.Now), edits, problems);
        }

        if (problems.Count > 0)
        {
            return ActResult.Invalid<ProfileSheet>(problems);
        }

        if (profile.ChangedFrom is not { } from)
        {
            return ActResult.Unchanged(profile.Read());
        }

        contact.NameSort = Core.Accounts.SortKey.Of(contact.NameKana, contact.Name ?? contact.ContactId);
        await AppSource.NoteChangeAsync(act.Context, contact.AccountNo, from, act.Cancellation);
        act.Note(JournalAreas.Contact, verb, contact.AccountNo, contact.ContactNo.ToString(CultureInfo.InvariantCulture), profile.Changes);
        return ActResult.Done(profile.Read());
    }

    /// <summary>What no single field can know.</summary>
    private static async Task CheckAsync(ActScope act, Contact contact, DateOnly today, IReadOnlyList<FieldEdit> edits, Dictionary<string, string> problems)
    {
        bool Changes(string field) => edits.Any(edit => edit.Field == field);
        if (Changes("email") && contact.Email is { } email && !EmailForm.IsAddress(email))
        {
            problems["email"] = "not_an_address";
        }

        if (Changes("left_on") && contact.LeftOn > today)
        {
            problems["left_on"] = "after_today";
        }

        if (Changes("consent_on") && contact.ConsentOn > today)
        {
            problems["consent_on"] = "after_today";
        }

        if (!Changes("reports_to") || contact.ReportsTo is null)
        {
            return;
        }

        var chiefs = await act.Context.Contacts.AsNoTracking().Where(other => other.AccountNo == contact.AccountNo && other.VoidedBy == null)
            .Select(other => new { other.ContactId, other.ReportsTo }).ToListAsync(act.Cancellation);
        var above = chiefs.GroupBy(other => other.ContactId).ToDictionary(same => same.Key, same => same.First().ReportsTo);
        if (!above.ContainsKey(contact.ReportsTo))
        {
            problems["reports_to"] = "unknown";
            return;
        }

        // nobody is his or her own chief, however far up
        var seen = new HashSet<string> { contact.ContactId };
        for (var chief = contact.ReportsTo; chief is not null; chief = above.GetValueOrDefault(chief))
        {
            if (chief == contact.ContactId)
            {
                problems["reports_to"] = "circle";
                return;
            }

            if (!seen.Add(chief))
            {
                return;
            }
        }
    }

    private static bool IsFlag(string field) => Core.Ingestion.ImportContract.Find("contacts")!.Fields.Any(known => known.Name == field && known.Type == Core.Ingestion.FieldType.Flag);

    private static async Task<Contact?> FindAsync(CustomerSuccessContext context, Viewer viewer, int accountNo, int contactNo, CancellationToken cancellation) =>
        await context.MaySeeAsync(viewer, accountNo, cancellation)
            ? await context.Contacts.FirstOrDefaultAsync(contact => contact.AccountNo == accountNo && contact.ContactNo == contactNo && contact.VoidedBy == null, cancellation)
            : null;
}
