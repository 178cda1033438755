using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Team;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Team;

/// <summary>One owner's share of one account in one window.</summary>
internal sealed record TeamLoss(int AccountNo, DateOnly AsOf, double Probability, DateOnly? LeftOn, decimal Mrr, LossShare Share, bool WasHandedOver);

/// <summary>Shares of all owners, and the windows that they are of.</summary>
/// <param name="Windows">Oldest first.</param>
/// <param name="ByOwner">By address in lower case; a blank for nobody.</param>
/// <param name="From">The first day of the time asked for.</param>
/// <param name="Until">The last day on which a loss is known.</param>
/// <param name="KnownOn">When the next window can be told.</param>
internal sealed record TeamLossBook(IReadOnlyList<TeamWindow> Windows, ILookup<string, TeamLoss> ByOwner, DateOnly? From, DateOnly? Until, DateOnly? KnownOn)
{
    public static TeamLossBook None { get; } = new([], Array.Empty<TeamLoss>().ToLookup(_ => ""), null, null, null);
}

/// <summary>Reads what was predicted at the beginning of past times, and tells who bore what came of it.</summary>
internal static class TeamLosses
{
    /// <summary>Days by which contracts may have reached beyond a run's own day when it was made. A run that was made later saw what it was to predict.</summary>
    public const int MostHindsightDays = 31;

    private const int YearDays = 365;

    /// <summary>What predicted a time: a score run, or else the backtest of the model in use.</summary>
    /// <param name="ScoreRunId">The run; null for the backtest.</param>
    /// <param name="ModelId">The model of the backtest; null for a run.</param>
    /// <param name="Window">The time.</param>
    public sealed record Predicted(int? ScoreRunId, int? ModelId, LossWindow Window);

    /// <summary>Windows of the last year that do not overlap, the newest chosen first, and the day on which the next can be told.</summary>
    public static async Task<(IReadOnlyList<Predicted> Runs, DateOnly? KnownOn)> WindowsAsync(CustomerSuccessContext context, CompanyBook book, CancellationToken cancellation)
    {
        if (book.ContractsUntil is not { } reach)
        {
            return ([], null);
        }

        var known = reach.AddDays(-book.Settings.GraceDays);
        var runs = (await context.ScoreRuns.AsNoTracking().Where(run => run.FinishedAt != null && run.ChurnModelId != null).Select(run => new { run.ScoreRunId, run.AsOf, run.ContractsUntil, run.SettingsJson }).ToListAsync(cancellation))
            .Where(run => !(run.ContractsUntil > run.AsOf.AddDays(MostHindsightDays)))
            .Select(run => (run.ScoreRunId, Settings: ScoreRunQuery.SettingsOf(new ScoreRun { SettingsJson = run.SettingsJson }), run.AsOf))
            .Select(run => new Predicted(run.ScoreRunId, null, new LossWindow(run.AsOf, run.Settings.LeadDays, run.Settings.HorizonDays)))
            .OrderByDescending(run => run.Window.AsOf).ThenBy(run => run.ScoreRunId).ToList();
        // what was shown goes before what would have been; of several runs of a day the first is what was shown first
        var chosen = new List<Predicted>();
        foreach (var candidate in runs.Concat(await BacktestAsync(context, book, cancellation)))
        {
            var window = candidate.Window;
            if (window.Last <= known && window.First > known.AddDays(-YearDays) && chosen.TrueForAll(other => window.Last < other.Window.First || window.First > other.Window.Last))
            {
                chosen.Add(candidate);
            }
        }

        var next = runs.Where(run => run.Window.Last > known).Select(run => (DateOnly?)run.Window.Last.AddDays(book.Settings.GraceDays)).Min();
        return ([.. chosen.OrderBy(one => one.Window.AsOf)], next);
    }

    /// <summary>
    /// Times of the backtest of the model in use, the newest first: each account's probability by a model that was fitted on what was known before. Only where every account of the day has one,
    /// and where it is known who owned accounts then.
    /// </summary>
    private static async Task<IReadOnlyList<Predicted>> BacktestAsync(CustomerSuccessContext context, CompanyBook book, CancellationToken cancellation)
    {
        var champion = await context.Models.AsNoTracking().Where(model => model.Target == Target.Churn && model.Status == ModelStatus.Champion).Select(model => new { model.ModelId, model.CardJson }).FirstOrDefaultAsync(cancellation);
        if (champion is null || ModelCard.Parse(champion.CardJson) is not { SampledShare: 1, Hindsight: { } past, Definition: { } definition })
        {
            return [];
        }

        var found = new List<Predicted>();
        foreach (var month in past.Months.OrderByDescending(month => month.AsOf))
        {
            var (model, day) = (champion.ModelId, month.AsOf);
            if (book.Entries.Values.Any(entry => entry.Owner.On(day) is not null) && await context.BacktestRows.CountAsync(row => row.ModelId == model && row.AsOf == day, cancellation) == month.Accounts)
            {
                found.Add(new(null, model, new LossWindow(day, definition.LeadDays, definition.HorizonDays)));
            }
        }

        return found;
    }

    /// <summary>Everybody's shares in the windows.</summary>
    public static async Task<TeamLossBook> ReadAsync(CustomerSuccessContext context, CompanyBook book, IReadOnlyList<Predicted> runs, DateOnly? knownOn, CancellationToken cancellation)
    {
        var until = book.ContractsUntil?.AddDays(-book.Settings.GraceDays);
        var (losses, windows) = (new List<TeamLoss>(), new List<TeamWindow>());
        foreach (var run in runs)
        {
            var (accounts, unpredicted, left) = (0, 0, 0);
            await foreach (var score in ScoresOf(context, run).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (score.Probability is not { } probability || !book.Entries.TryGetValue(score.AccountNo, out var entry))
                {
                    unpredicted++;
                    continue;
                }

                DateOnly? leftOn = null;
                var isOut = false;
                foreach (var day in entry.Contracts.Mrr.ChurnEvents(book.Settings.GraceDays))
                {
                    isOut |= day > run.Window.AsOf && day < run.Window.First;
                    leftOn ??= day >= run.Window.First && day <= run.Window.Last ? day : null;
                }

                // who left before the window began was no more at risk in it
                if (isOut)
                {
                    continue;
                }

                accounts++;
                left += leftOn is null ? 0 : 1;
                var owners = entry.Owner.Along(run.Window.AsOf, run.Window.Last);
                var shares = LossShares.Of(probability, run.Window, leftOn, owners);
                losses.AddRange(shares.Select(share => new TeamLoss(score.AccountNo, run.Window.AsOf, probability, leftOn, score.Mrr, share, shares.Count > 1)));
            }

            windows.Add(new(run.Window, accounts, unpredicted, left) { IsBacktest = run.ScoreRunId is null });
        }

        return new(windows, losses.ToLookup(loss => loss.Share.Owner ?? "", StringComparer.Ordinal), until?.AddDays(1 - YearDays), until, knownOn);
    }

    private static IQueryable<Score> ScoresOf(CustomerSuccessContext context, Predicted by) => by.ScoreRunId is { } run
        ? context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run && score.State == ScoreState.Scored).Select(score => new Score { AccountNo = score.AccountNo, Probability = score.ChurnProbability, Mrr = score.Mrr })
        : context.BacktestRows.AsNoTracking().Where(row => row.ModelId == by.ModelId && row.AsOf == by.Window.AsOf).Select(row => new Score { AccountNo = row.AccountNo, Probability = row.Probability, Mrr = row.Mrr ?? 0 });

    /// <summary>What was predicted of an account.</summary>
    private sealed class Score
    {
        public int AccountNo { get; init; }

        public double? Probability { get; init; }

        public decimal Mrr { get; init; }
    }
}
