using System.Text.Json;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>The newest finished score run: the one that lists and pages show.</summary>
public sealed class ScoreRunQuery(Database database)
{
    /// <summary>Null where no run has been finished yet.</summary>
    public async Task<RunSummary?> NewestAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await NewestAsync(context, cancellation) is { } run ? Summary(run) : null;
    }

    internal static Task<ScoreRun?> NewestAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        context.ScoreRuns.AsNoTracking().Where(run => run.FinishedAt != null).OrderByDescending(run => run.ScoreRunId).FirstOrDefaultAsync(cancellation);

    internal static RunSummary Summary(ScoreRun run)
    {
        var settings = SettingsOf(run);
        return new(run.ScoreRunId, run.AsOf, run.FinishedAt!.Value, run.IsFallback, run.FallbackReason, run.FallbackOutcomes, run.ChurnModelId, run.UpsellModelId,
            run.UsageUntil, run.ContractsUntil, run.Scored, run.Leaving, settings.Currency, settings.LeadDays, settings.HorizonDays);
    }

    /// <summary>The settings that shaped a run, whatever was changed since.</summary>
    internal static CompanySettings SettingsOf(ScoreRun run) =>
        CompanySettings.From(JsonSerializer.Deserialize<Dictionary<string, string>>(run.SettingsJson) ?? []);
}
