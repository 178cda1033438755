using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
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

/// <summary>The renewal forecast of the newest finished score run, and how it differs from an earlier one.</summary>
public sealed class ForecastQuery(Database database)
{
    /// <summary>Most renewals that are counted as saved.</summary>
    public const int MostSaved = 500;

    // runs are never rewritten: what moved between two of them is worked out once
    private volatile Compared? _compared;

    /// <summary>By month over the whole portfolio; the run is null where there is none.</summary>
    public async Task<(RunSummary? Run, IReadOnlyList<RenewalMonth> Months)> MonthsAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ScoreRunQuery.NewestAsync(context, cancellation) is { } run
            ? (ScoreRunQuery.Summary(run), JsonSerializer.Deserialize<IReadOnlyList<RenewalMonth>>(run.ForecastJson) ?? [])
            : (null, []);
    }

    /// <summary>A stretch of the renewals that the viewer may see in a run, and how many there are.</summary>
    public async Task<(IReadOnlyList<RenewalRow> Rows, int Total)> RenewalsAsync(Viewer viewer, int scoreRunId, RenewalView view, int offset, int limit, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var due = Due(context, viewer, scoreRunId, view.Month);
        var total = await due.CountAsync(cancellation);
        var page = await PageAsync(context, due, view, offset, limit, cancellation);

        // names and scores of the page alone: joined before it is cut out, they would be sorted with it
        var numbers = page.Select(own => own.AccountNo).Distinct().ToList();
        var scores = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == scoreRunId && numbers.Contains(score.AccountNo))
            .Select(score => new { score.AccountNo, score.Name, score.OwnerEmail, score.Health }).ToDictionaryAsync(score => score.AccountNo, cancellation);
        var ids = await context.Accounts.VisibleTo(viewer).Where(account => numbers.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.AccountId, account.Namespace }).ToDictionaryAsync(account => account.AccountNo, cancellation);
        return (
            [
                .. from own in page
                   where scores.ContainsKey(own.AccountNo) && ids.ContainsKey(own.AccountNo)
                   let score = scores[own.AccountNo]
                   let id = ids[own.AccountNo]
                   select new RenewalRow(own.AccountNo, id.AccountId, id.Namespace, score.Name, score.OwnerEmail, score.Health, own.Month, own.EndsOn, own.Mrr, own.Probability, own.AtRiskMrr, own.Leaving),
            ],
            total);
    }

    private static async Task<List<RenewalDue>> PageAsync(CustomerSuccessContext context, IQueryable<RenewalDue> due, RenewalView view, int offset, int limit, CancellationToken cancellation)
    {
        if (view.Sort == RenewalSort.Name)
        {
            var named = from own in due
                        join score in context.AccountScores.AsNoTracking() on new { own.ScoreRunId, own.AccountNo } equals new { score.ScoreRunId, score.AccountNo }
                        select new { Due = own, score.NameSort };
            var byName = view.Descending ? named.OrderByDescending(row => row.NameSort) : named.OrderBy(row => row.NameSort);
            return await byName.ThenBy(row => row.Due.Month).ThenBy(row => row.Due.AccountNo).Skip(offset).Take(limit).Select(row => row.Due).ToListAsync(cancellation);
        }

        if (view.Sort is RenewalSort.Ends or RenewalSort.Mrr or RenewalSort.Probability)
        {
            var ordered = (view.Sort, view.Descending) switch
            {
                (RenewalSort.Ends, false) => due.OrderBy(own => own.EndsOn),
                (RenewalSort.Ends, true) => due.OrderByDescending(own => own.EndsOn),
                (RenewalSort.Mrr, false) => due.OrderBy(own => own.Mrr),
                (RenewalSort.Mrr, true) => due.OrderByDescending(own => own.Mrr),
                (_, false) => due.OrderBy(own => own.Probability == null).ThenBy(own => own.Probability),
                _ => due.OrderBy(own => own.Probability == null).ThenByDescending(own => own.Probability),
            };
            return await ordered.ThenBy(own => own.Month).ThenBy(own => own.AccountNo).Skip(offset).Take(limit).ToListAsync(cancellation);
        }

        // those without an amount come last, apart: an index serves the others
        var known = due.Where(own => own.AtRiskMrr != null);
        var byRisk = view.Descending ? known.OrderByDescending(own => own.AtRiskMrr) : known.OrderBy(own => own.AtRiskMrr);
        var page = await byRisk.ThenBy(own => own.Month).ThenBy(own => own.AccountNo).Skip(offset).Take(limit).ToListAsync(cancellation);
        if (page.Count < limit)
        {
            var before = Math.Max(0, offset - await known.CountAsync(cancellation));
            page.AddRange(await due.Where(own => own.AtRiskMrr == null).OrderBy(own => own.Month).ThenBy(own => own.AccountNo).Skip(before).Take(limit - page.Count).ToListAsync(cancellation));
        }

        return page;
    }

    /// <summary>What would be kept if the renewals with most at risk all came, those that have given notice left aside.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="scoreRunId">The run.</param>
    /// <param name="month">The last day of a month; null for the whole year.</param>
    /// <param name="most">How many renewals, 0 to <see cref="MostSaved"/>.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<RenewalsSaved> SavedAsync(Viewer viewer, int scoreRunId, DateOnly? month, int most, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var saved = await Due(context, viewer, scoreRunId, month).Where(due => !due.Leaving && due.AtRiskMrr != null)
            .OrderByDescending(due => due.AtRiskMrr).ThenBy(due => due.Month).ThenBy(due => due.AccountNo)
            .Take(Math.Clamp(most, 0, MostSaved)).Select(due => new { due.Mrr, due.AtRiskMrr }).ToListAsync(cancellation);
        return new(saved.Count, saved.Sum(due => due.Mrr), saved.Sum(due => due.AtRiskMrr!.Value));
    }

    /// <summary>What moved since the last forecast made before the newest run's month, over the whole portfolio; null where there is none.</summary>
    public async Task<(RunSummary Earlier, IReadOnlyList<ForecastChange> Changes)?> ChangesAsync(CancellationToken cancellation = default)
    {
        if (await ComparedAsync(cancellation) is not { } runs)
        {
            return null;
        }

        var (run, earlier) = (runs.Now, runs.Earlier);
        await using var context = database.OpenContext();
        if (_compared is not { } compared || compared.Now != run.ScoreRunId || compared.Before != earlier.ScoreRunId)
        {
            var both = await context.RenewalsDue.AsNoTracking().Where(due => due.ScoreRunId == run.ScoreRunId || due.ScoreRunId == earlier.ScoreRunId).ToListAsync(cancellation);
            var byRun = both.ToLookup(due => due.ScoreRunId);
            _compared = compared = new(run.ScoreRunId, earlier.ScoreRunId, ForecastChange.Between([.. byRun[earlier.ScoreRunId]], [.. byRun[run.ScoreRunId]]));
        }

        return (earlier, compared.Changes);
    }

    /// <summary>The newest run and the last one made before its month; null where there is none.</summary>
    internal async Task<(RunSummary Now, RunSummary Earlier)?> ComparedAsync(CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return null;
        }

        var month = new DateOnly(run.AsOf.Year, run.AsOf.Month, 1);
        return await context.ScoreRuns.AsNoTracking().Where(other => other.FinishedAt != null && other.AsOf < month && other.ScoreRunId < run.ScoreRunId)
            .OrderByDescending(other => other.AsOf).ThenByDescending(other => other.ScoreRunId).FirstOrDefaultAsync(cancellation) is { } earlier
            ? (ScoreRunQuery.Summary(run), ScoreRunQuery.Summary(earlier))
            : null;
    }

    /// <summary>How earlier forecasts of the model in use did, as its card tells; null in fallback, or where none could be checked.</summary>
    public async Task<CardForecast?> TrackRecordAsync(RunSummary run, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return run.ChurnModelId is { } model && await context.Models.AsNoTracking().Where(m => m.ModelId == model).Select(m => m.CardJson).FirstOrDefaultAsync(cancellation) is { } card
            ? ModelCard.Parse(card).Forecast
            : null;
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

    private static IQueryable<RenewalDue> Due(CustomerSuccessContext context, Viewer viewer, int scoreRunId, DateOnly? month)
    {
        var due = context.RenewalsDue.AsNoTracking().Where(own => own.ScoreRunId == scoreRunId);
        if (month is { } end)
        {
            due = due.Where(own => own.Month == end);
        }

        return viewer.OwnPortfolioOnly ? due.Where(own => context.Accounts.VisibleTo(viewer).Any(account => account.AccountNo == own.AccountNo)) : due;
    }

    internal static LifetimeValue? Lifetime(decimal? value, decimal? lower, decimal? upper) => value is { } v && lower is { } l && upper is { } u ? new LifetimeValue(v, l, u) : null;

    private sealed record Compared(int Now, int Before, IReadOnlyList<ForecastChange> Changes);
}
