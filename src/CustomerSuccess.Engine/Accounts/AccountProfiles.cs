using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>
/// What is known about accounts, read and changed field by field. A change stands until a source has news: one that only says again what it said before leaves it,
/// one that says anything else wins, and the timeline tells it.
/// </summary>
public sealed class AccountProfiles(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private const string Owner = "owner_email";

    private static readonly string[] Editable = ["name", "name_kana", "segment", Owner, "industry", "region", "country", "employees", "created_on", "phone", "address"];

    /// <summary>The fields of an account; null where there is none for the viewer.</summary>
    public async Task<ProfileSheet?> FindAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).FirstOrDefaultAsync(account => account.AccountNo == accountNo, cancellation) is { } account
            ? (await EditedProfile.OfAsync(context, account, Editable, settings.Today(clock), cancellation)).Read()
            : null;
    }

    /// <summary>Changes fields, all or none. An account is handed to another owner by its owner or by whoever manages.</summary>
    /// <returns>The fields as they stand; in a conflict as somebody else left them.</returns>
    public async Task<ActResult<ProfileSheet>> EditAsync(Viewer viewer, int accountNo, IReadOnlyList<FieldEdit> edits, CancellationToken cancellation = default)
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

            var account = await act.Context.Accounts.SingleAsync(known => known.AccountNo == accountNo, cancellation);
            if (edits.Any(edit => edit.Field == Owner) && !viewer.MayManage && account.OwnerEmail is { } owner && !string.Equals(owner, viewer.Email, StringComparison.OrdinalIgnoreCase))
            {
                return ActResult.Forbidden<ProfileSheet>();
            }

            var profile = await EditedProfile.OfAsync(act.Context, account, Editable, settings.DayOf(act.Now), cancellation);
            var (isConflict, problems) = await profile.PutAsync(Lowered(edits), cancellation);
            if (problems.Count == 0 && edits.FirstOrDefault(edit => edit.Field == Owner)?.Value is { } given && EnteredText.Of(given) is { } address && !EmailForm.IsAddress(address))
            {
                problems[Owner] = "not_an_address";
            }

            if (isConflict || problems.Count > 0)
            {
                return isConflict ? ActResult.Conflict(profile.Read()) : ActResult.Invalid<ProfileSheet>(problems);
            }

            if (profile.ChangedFrom is not { } from)
            {
                return ActResult.Unchanged(profile.Read());
            }

            account.NameSort = SortKey.Of(account.NameKana, account.Name);
            await AppSource.NoteChangeAsync(act.Context, accountNo, from, cancellation);
            act.Note(JournalAreas.Account, "changed", accountNo, null, profile.Changes);
            return ActResult.Done(profile.Read());
        }, cancellation);
    }

    /// <summary>What a field was before, newest first; empty for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<FieldPast>> PastAsync(Viewer viewer, int accountNo, string field, int most, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await context.Accounts.VisibleTo(viewer).FirstOrDefaultAsync(account => account.AccountNo == accountNo, cancellation) is { } account
            ? await FieldPasts.OfAsync(context, settings, JournalAreas.Account, "accounts", account.AccountNo, 0, account.AccountId, field, (await EditedProfile.OfAsync(context, account, Editable, settings.Today(clock), cancellation)).Read()[field], most, cancellation)
            : [];
    }

    private static FieldEdit[] Lowered(IReadOnlyList<FieldEdit> edits) =>
        [.. edits.Select(edit => edit.Field == Owner ? edit with { Value = edit.Value?.Trim().ToLowerInvariant() } : edit)];
}
