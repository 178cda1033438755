using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Portfolios;

/// <summary>Gives accounts to other CSMs, one or many. Whoever manages may give any; a CSM gives away own accounts and takes those of nobody.</summary>
public sealed class AccountOwners(Database database, Acts acts, SettingsStore settingsStore)
{
    /// <summary>Accounts that may be given at once.</summary>
    public const int MostAtOnce = 2000;

    /// <summary>Gives accounts to somebody, in one act.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accounts">At most <see cref="MostAtOnce"/>.</param>
    /// <param name="to">A colleague's address; null for nobody.</param>
    /// <param name="seen">Whose they were when the viewer looked, by account: one that has another owner by now is left as it is and told.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<OwnersChanged>> GiveAsync(Viewer viewer, IReadOnlyCollection<int> accounts, string? to, IReadOnlyDictionary<int, string?>? seen = null, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<OwnersChanged>();
        }

        var owner = EnteredText.Of(to)?.ToLowerInvariant();
        if (accounts.Count is 0 or > MostAtOnce)
        {
            return ActResult.Invalid<OwnersChanged>("accounts", accounts.Count == 0 ? "missing" : "too_many");
        }

        if (owner is not null && !EmailForm.IsAddress(owner))
        {
            return ActResult.Invalid<OwnersChanged>("to", "not_an_address");
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (owner is not null && !await IsKnownAsync(act.Context, owner, cancellation))
            {
                return ActResult.Invalid<OwnersChanged>("to", "unknown");
            }

            return await PutAllAsync(act, await act.LockAccountsAsync(accounts), settings, "assigned", account => (owner, seen is null || !seen.TryGetValue(account.AccountNo, out var known) ? account.OwnerEmail : known));
        }, cancellation);
    }

    /// <summary>Takes a change of owners back; an account that has another owner by now is left as it is and told.</summary>
    public async Task<ActResult<OwnersChanged>> UndoAsync(Viewer viewer, IReadOnlyCollection<OwnerChanged> changed, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<OwnersChanged>();
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        var before = changed.ToDictionary(account => account.AccountNo);
        return await acts.RunAsync(viewer, async act =>
        {
            // whoever has just given an account away may no longer see it, and takes back only what he or she gave
            var all = act.Viewer.MayManage ? await act.LockAccountsAsync([.. before.Keys]) : await act.LockGivenAsync(await GivenByAsync(act, before.Keys), changed.Select(account => account.After));
            return await PutAllAsync(act, all, settings, "assigned", account => (before[account.AccountNo].Before, before[account.AccountNo].After), isUndo: true);
        }, cancellation);
    }

    /// <summary>Everybody whom accounts may be given to: colleagues, and owners that accounts name already.</summary>
    public async Task<IReadOnlyList<PortfolioSize>> SizesAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return [.. (await PortfolioSizes.ReadAsync(context, viewer, cancellation)).Values.OrderBy(size => size.Email, StringComparer.Ordinal)];
    }

    /// <summary>True for a colleague who may sign in, or somebody who owns an account already.</summary>
    internal static async Task<bool> IsKnownAsync(CustomerSuccessContext context, string email, CancellationToken cancellation) =>
        (await Colleagues.ListAsync(context, cancellation)).Any(colleague => colleague.Email == email)
        || await context.Accounts.AnyAsync(account => account.OwnerEmail != null && account.OwnerEmail.ToLower() == email, cancellation);

    private static async Task<ActResult<OwnersChanged>> PutAllAsync(ActScope act, IReadOnlyList<int> locked, CompanySettings settings, string verb, Func<Account, (string? To, string? Seen)> ask, bool isUndo = false)
    {
        if (locked.Count == 0)
        {
            return ActResult.NotFound<OwnersChanged>();
        }

        List<OwnerChanged> changed = [];
        List<OwnerChanged> left = [];
        var day = settings.DayOf(act.Now);
        foreach (var account in await act.Context.Accounts.Where(account => locked.Contains(account.AccountNo)).OrderBy(account => account.AccountNo).ToListAsync(act.Cancellation))
        {
            var (to, seen) = ask(account);
            var before = account.OwnerEmail;
            if (!isUndo && !MayGive(act.Viewer, account))
            {
                return ActResult.Forbidden<OwnersChanged>();
            }

            if (before != seen && before != to)
            {
                left.Add(new(account.AccountNo, account.Name, seen, before));
            }
            else if (await OwnerChange.PutAsync(act, account, to, day, verb))
            {
                changed.Add(new(account.AccountNo, account.Name, before, to));
            }
        }

        var result = new OwnersChanged(changed, left);
        return changed.Count > 0 ? ActResult.Done(result) : ActResult.Unchanged(result);
    }

    private static async Task<List<int>> GivenByAsync(ActScope act, IReadOnlyCollection<int> accounts)
    {
        var (user, since) = (act.Viewer.UserId, act.Now.AddDays(-1));
        return await act.Context.Journal.AsNoTracking()
            .Where(entry => accounts.Contains(entry.AccountNo) && entry.Area == JournalAreas.Account && entry.Act == "assigned" && entry.ByUser == user && entry.At >= since)
            .Select(entry => entry.AccountNo).Distinct().ToListAsync(act.Cancellation);
    }

    private static bool MayGive(Viewer viewer, Account account) =>
        viewer.MayManage || account.OwnerEmail is null || string.Equals(account.OwnerEmail, viewer.Email, StringComparison.OrdinalIgnoreCase);
}
