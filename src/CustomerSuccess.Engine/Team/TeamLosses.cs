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

    /// <summary>A run that predicted a time.</summary>
    public sealed record Predicted(int ScoreRunId, LossWindow Window);

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
            .Select(run => new Predicted(run.ScoreRunId, new LossWindow(run.AsOf, run.Settings.LeadDays, run.Settings.HorizonDays)))
            .OrderByDescending(run => run.Window.AsOf).ThenBy(run => run.ScoreRunId).ToList();
        var chosen = new List<Predicted>();
        foreach (var run in runs)
        {
            // of several runs of a day the first is what was shown first
            if (run.Window.Last <= known && run.Window.First > known.AddDays(-YearDays) && (chosen.Count == 0 || run.Window.Last < chosen[^1].Window.First))
            {
                chosen.Add(run);
            }
        }

        var next = runs.Where(run => run.Window.Last > known).Select(run => (DateOnly?)run.Window.Last.AddDays(book.Settings.GraceDays)).Min();
        chosen.Reverse();
        return (chosen, next);
    }

    /// <summary>Everybody's shares in the windows.</summary>
    public static async Task<TeamLossBook> ReadAsync(CustomerSuccessContext context, CompanyBook book, IReadOnlyList<Predicted> runs, DateOnly? knownOn, CancellationToken cancellation)
    {
        var until = book.ContractsUntil?.AddDays(-book.Settings.GraceDays);
        var (losses, windows) = (new List<TeamLoss>(), new List<TeamWindow>());
        foreach (var run in runs)
        {
            var (accounts, unpredicted, left) = (0, 0, 0);
            var scores = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.State == ScoreState.Scored).Select(score => new { score.AccountNo, score.ChurnProbability, score.Mrr });
            await foreach (var score in scores.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (score.ChurnProbability is not { } probability || !book.Entries.TryGetValue(score.AccountNo, out var entry))
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

            windows.Add(new(run.Window, accounts, unpredicted, left));
        }

        return new(windows, losses.ToLookup(loss => loss.Share.Owner ?? "", StringComparer.Ordinal), until?.AddDays(1 - YearDays), until, knownOn);
    }
}
