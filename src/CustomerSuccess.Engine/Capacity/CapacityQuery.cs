using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Capacity;

/// <summary>Who has how much to do, and how much time for it.</summary>
public sealed class CapacityQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    private readonly WeekPlans _plans = new();

    /// <summary>The load of everybody whose accounts the viewer may see, those who are over their capacity first, then by name of the address; the last one is nobody, where accounts have no owner. Colleagues without accounts are not listed.</summary>
    public async Task<IReadOnlyList<CsmLoad>> LoadsAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return [];
        }

        var scores = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId);
        if (viewer.OwnPortfolioOnly)
        {
            var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
            scores = scores.Where(score => visible.Contains(score.AccountNo));
        }

        return await LoadsAsync(context, run, scores, settings, cancellation);
    }

    /// <summary>The viewer's own load; null where nothing has been scored, or the viewer owns no account.</summary>
    public async Task<CsmLoad?> OwnAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (viewer.Email?.ToLowerInvariant() is not { } email)
        {
            return null;
        }

        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return null;
        }

        var spellings = await context.Accounts.AsNoTracking().Where(account => account.OwnerEmail != null && account.OwnerEmail.ToLower() == email).Select(account => account.OwnerEmail).Distinct().ToListAsync(cancellation);
        var loads = spellings.Count == 0 ? [] : await LoadsAsync(context, run, context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && spellings.Contains(score.OwnerEmail)), settings, cancellation);
        return loads.Count > 0 ? loads[0] : null;
    }

    /// <summary>True where a CSM has no minutes on any of the coming days because of an absence that covers them.</summary>
    internal static async Task<Func<string, bool>> AwayAsync(CustomerSuccessContext context, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        var book = await CapacityBook.ReadAsync(context, settings, today, cancellation);
        return email => book.Of(email).AwayOn(today) is not null;
    }

    private async Task<IReadOnlyList<CsmLoad>> LoadsAsync(CustomerSuccessContext context, ScoreRun run, IQueryable<AccountScore> scores, CompanySettings settings, CancellationToken cancellation)
    {
        var (today, watch) = (settings.Today(clock), settings.HealthWatch);
        var sums = await scores.GroupBy(score => score.OwnerEmail).Select(own => new
        {
            own.Key,
            Accounts = own.Count(),
            Mrr = own.Sum(score => score.Mrr),
            Open = own.Sum(score => score.TopMinutes > 0 && score.QueueRank != null && (score.AwayUntil == null || score.AwayUntil <= today) ? 1 : 0),
            Minutes = own.Sum(score => score.QueueRank != null && (score.AwayUntil == null || score.AwayUntil <= today) ? score.TopMinutes : 0),
            Danger = own.Sum(score => score.TopMinutes > 0 && score.QueueRank != null && score.Health < watch && (score.AwayUntil == null || score.AwayUntil <= today) ? 1 : 0),
        }).ToListAsync(cancellation);
        var plans = await _plans.ReadAsync(context, run, sums.Select(own => own.Key), settings, today, cancellation);
        var book = await CapacityBook.ReadAsync(context, settings, today, cancellation);
        return
        [
            .. sums.GroupBy(own => own.Key?.ToLowerInvariant() ?? "")
                .Select(own => new CsmLoad(own.Key.Length == 0 ? null : own.Key, own.Sum(o => o.Accounts), own.Sum(o => o.Mrr), own.Sum(o => o.Open), own.Sum(o => o.Minutes), own.Sum(o => o.Danger),
                    plans[own.Key].Days, plans[own.Key].Planned.Count, plans[own.Key].InDanger, own.Key.Length == 0 ? null : book.Of(own.Key).AwayOn(today)))
                .OrderBy(load => load.Email is null).ThenByDescending(load => load.IsOver).ThenBy(load => load.Email, StringComparer.Ordinal),
        ];
    }
}
