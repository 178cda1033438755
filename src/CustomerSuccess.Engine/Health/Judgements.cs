using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

public enum JudgementOutcome
{
    Done,

    /// <summary>The account is unknown or the viewer may not see it, or there is no such judgement.</summary>
    NotFound,

    /// <summary>The viewer may only read.</summary>
    Forbidden,

    /// <summary>No reason was given, or it is too long.</summary>
    Invalid,
}

/// <summary>What CSMs think of accounts. The newest that was not withdrawn counts in health from the next scoring on; none is ever changed.</summary>
public sealed class Judgements(Database database, SettingsStore settingsStore, TimeProvider clock)
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
    public async Task<JudgementOutcome> RecordAsync(Viewer viewer, int accountNo, HealthBand band, string? reason, CancellationToken cancellation = default)
    {
        if (!MayJudge(viewer))
        {
            return JudgementOutcome.Forbidden;
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Trim().Length > LongestReason)
        {
            return JudgementOutcome.Invalid;
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (!await IsVisibleAsync(context, viewer, accountNo, cancellation))
        {
            return JudgementOutcome.NotFound;
        }

        var now = clock.GetUtcNow();
        context.Judgements.Add(new Judgement
        {
            AccountNo = accountNo,
            JudgementId = Guid.CreateVersion7(now).ToString(),
            Band = band,
            Reason = reason.Trim(),
            At = now.UtcDateTime,
            Day = settings.DayOf(now.UtcDateTime),
            ByUser = viewer.UserId,
            ByEmail = viewer.Email,
        });
        await context.SaveChangesAsync(cancellation);
        return JudgementOutcome.Done;
    }

    /// <summary>Takes a judgement back; the one before it counts again. Doing it twice does it once.</summary>
    public async Task<JudgementOutcome> WithdrawAsync(Viewer viewer, int accountNo, string judgementId, CancellationToken cancellation = default)
    {
        if (!MayJudge(viewer))
        {
            return JudgementOutcome.Forbidden;
        }

        await using var context = database.OpenContext();
        if (!await IsVisibleAsync(context, viewer, accountNo, cancellation) || await context.Judgements.FindAsync([accountNo, judgementId], cancellation) is not { } judgement)
        {
            return JudgementOutcome.NotFound;
        }

        judgement.WithdrawnAt ??= clock.GetUtcNow().UtcDateTime;
        await context.SaveChangesAsync(cancellation);
        return JudgementOutcome.Done;
    }

    private static bool MayJudge(Viewer viewer) => viewer.IsIn(Roles.Csm, Roles.CsManager, Roles.CsOperations, Roles.Administrator);

    private static Task<bool> IsVisibleAsync(CustomerSuccessContext context, Viewer viewer, int accountNo, CancellationToken cancellation) =>
        context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation);
}
