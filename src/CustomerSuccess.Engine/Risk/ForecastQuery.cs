using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>What an account is expected to renew and to bring.</summary>
/// <param name="AccountId">The id as the sources write it.</param>
/// <param name="Name">As the run saw it.</param>
/// <param name="RenewsOn">End of the current term; null where none is agreed.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="Probability">Of churn within the horizon.</param>
/// <param name="RenewalProbability">That it is still a customer after its next renewal; null without a term that ends within a year.</param>
/// <param name="Lifetime">Null in fallback and for leaving accounts.</param>
public sealed record AccountForecast(string AccountId, string Name, DateOnly? RenewsOn, decimal Mrr, double? Probability, double? RenewalProbability, LifetimeValue? Lifetime);

/// <summary>The renewal forecast of the newest finished score run.</summary>
public sealed class ForecastQuery(Database database)
{
    /// <summary>By month over the whole portfolio; the run is null where there is none.</summary>
    public async Task<(RunSummary? Run, IReadOnlyList<RenewalMonth> Months)> MonthsAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ScoreRunQuery.NewestAsync(context, cancellation) is { } run
            ? (ScoreRunQuery.Summary(run), JsonSerializer.Deserialize<IReadOnlyList<RenewalMonth>>(run.ForecastJson) ?? [])
            : (null, []);
    }

    /// <summary>By account that the viewer may see, those that renew first before others.</summary>
    public async Task<IReadOnlyList<AccountForecast>> AccountsAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return [];
        }

        var rows = await context.AccountScores.AsNoTracking()
            .Where(score => score.ScoreRunId == run.ScoreRunId)
            .Join(context.Accounts.VisibleTo(viewer), score => score.AccountNo, account => account.AccountNo, (score, account) => new { Score = score, account.AccountId })
            .OrderBy(x => x.Score.RenewsOn == null).ThenBy(x => x.Score.RenewsOn).ThenBy(x => x.Score.AccountNo)
            .Select(x => new { x.AccountId, x.Score.Name, x.Score.RenewsOn, x.Score.Mrr, x.Score.ChurnProbability, x.Score.RenewalProbability, x.Score.LifetimeValue, x.Score.LifetimeLower, x.Score.LifetimeUpper })
            .ToListAsync(cancellation);
        return [.. rows.Select(x => new AccountForecast(x.AccountId, x.Name, x.RenewsOn, x.Mrr, x.ChurnProbability, x.RenewalProbability, Lifetime(x.LifetimeValue, x.LifetimeLower, x.LifetimeUpper)))];
    }

    internal static LifetimeValue? Lifetime(decimal? value, decimal? lower, decimal? upper) => value is { } v && lower is { } l && upper is { } u ? new LifetimeValue(v, l, u) : null;
}
