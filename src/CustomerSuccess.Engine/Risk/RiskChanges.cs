using System.Text.Json;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>Reads what moved an account's risk since an earlier run, from what both runs kept.</summary>
internal static class RiskChanges
{
    /// <summary>How many earlier runs are looked at for one that explains the account.</summary>
    private const int MostRuns = 5;

    /// <summary>The change since the newest run that is at least a week older; null where there is none, or one of the two runs did not explain the account.</summary>
    public static async Task<RiskChange?> OfAsync(CustomerSuccessContext context, ScoreRun run, AccountDrivers? drivers, CancellationToken cancellation)
    {
        if (ThemeParts.Read(drivers?.ChurnParts, Themes(run)) is not { } now)
        {
            return null;
        }

        var until = run.AsOf.AddDays(-RiskChange.Days);
        var fallback = run.IsFallback;
        var earlier = await context.ScoreRuns.AsNoTracking()
            .Where(r => r.FinishedAt != null && r.AsOf <= until && (r.ChurnModelId == null) == fallback)
            .OrderByDescending(r => r.AsOf).ThenByDescending(r => r.ScoreRunId)
            .Take(MostRuns)
            .ToListAsync(cancellation);
        foreach (var before in earlier)
        {
            var then = await context.AccountDrivers.AsNoTracking().Where(d => d.ScoreRunId == before.ScoreRunId && d.AccountNo == drivers!.AccountNo).Select(d => d.ChurnParts).FirstOrDefaultAsync(cancellation);
            if (ThemeParts.Read(then, Themes(before)) is { } parts)
            {
                return RiskChange.Of(before.AsOf, before.ChurnModelId != run.ChurnModelId, parts, now);
            }
        }

        return null;
    }

    private static List<string> Themes(ScoreRun run) => JsonSerializer.Deserialize<List<string>>(run.ThemesJson) ?? [];
}
