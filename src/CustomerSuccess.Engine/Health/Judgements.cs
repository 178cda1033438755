using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>What CSMs think of accounts. The newest that was not withdrawn counts in health from the next scoring on; none is ever changed.</summary>
public sealed class Judgements(Database database, Acts acts, SettingsStore settingsStore)
{
    /// <summary>Characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Judgements of an account that are listed.</summary>
    private const int Most = 20;

    /// <summary>Newest first, withdrawn ones too; none for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<Judgement>> OfAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await IsVisibleAsync(context, viewer, accountNo, cancellation)
            ? await context.Judgements.AsNoTracking().Where(judgement => judgement.AccountNo == accountNo).OrderByDescending(judgement => judgement.At).ThenByDescending(judgement => judgement.JudgementId).Take(Most).ToListAsync(cancellation)
            : [];
    }

    /// <summary>Records a judgement of today.</summary>
    public async Task<ActResult<Judgement>> RecordAsync(Viewer viewer, int accountNo, HealthBand band, string? reason, CancellationToken cancellation = default)
    {
        if (!viewer.MayWork)
        {
            return ActResult.Forbidden<Judgement>();
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > LongestReason)
        {
            return ActResult.Invalid<Judgement>("reason", string.IsNullOrWhiteSpace(reason) ? "missing" : "too_long");
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo))
            {
                return ActResult.NotFound<Judgement>();
            }

            var judgement = new Judgement
            {
                AccountNo = accountNo,
                JudgementId = act.NewId(),
                Band = band,
                Reason = reason.Trim(),
                At = act.Now,
                Day = settings.DayOf(act.Now),
                ByUser = viewer.UserId,
                ByEmail = viewer.Email,
            };
            act.Context.Judgements.Add(judgement);
            act.Note(JournalAreas.Judgement, "recorded", accountNo, judgement.JudgementId, new FieldChanges().Note("band", null, band.ToString()));
            return ActResult.Done(judgement);
        }, cancellation);
    }

    /// <summary>Takes a judgement back; the one before it counts again. Doing it twice does it once.</summary>
    public async Task<ActResult<Judgement>> WithdrawAsync(Viewer viewer, int accountNo, string judgementId, CancellationToken cancellation = default) =>
        !viewer.MayWork ? ActResult.Forbidden<Judgement>() : await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo) || await act.Context.Judgements.FindAsync([accountNo, judgementId], cancellation) is not { } judgement)
            {
                return ActResult.NotFound<Judgement>();
            }

            if (judgement.WithdrawnAt is not null)
            {
                return ActResult.Unchanged(judgement);
            }

            judgement.WithdrawnAt = act.Now;
            act.Note(JournalAreas.Judgement, "withdrawn", accountNo, judgementId);
            return ActResult.Done(judgement);
        }, cancellation);

    private static Task<bool> IsVisibleAsync(CustomerSuccessContext context, Viewer viewer, int accountNo, CancellationToken cancellation) =>
        context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation);
}
