using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Start;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Start;

/// <summary>How far the company is on its way to the first queue, out of what the database holds: nothing is ever ticked by hand.</summary>
public sealed class FirstStepsQuery(Database database)
{
    private static readonly string[] CompanyKeys = ["company.name", "company.currency", "company.time_zone", "company.region"];
    private static readonly string[] HorizonKeys = ["prediction.horizon_days", "prediction.lead_days"];

    public async Task<FirstSteps> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var demo = await DemoMark.ReadAsync(context, cancellation);
        var set = (await context.Settings.Where(setting => setting.Value != "").Select(setting => setting.Key).ToListAsync(cancellation)).ToHashSet(StringComparer.Ordinal);
        var accounts = await context.Accounts.CountAsync(cancellation);
        var hasContracts = await context.Subscriptions.AnyAsync(cancellation);
        var files = await context.ImportFiles.AsNoTracking().Where(file => file.Status == ImportStatus.Done && file.Record != null)
            .Select(file => new { file.ImportFileId, file.Record, file.Rejected }).ToListAsync(cancellation);

        // a file whose rejected rows were mended and brought again is followed by one of its record that has none
        var rejected = (int)files.GroupBy(file => file.Record).Sum(record => record.MaxBy(file => file.ImportFileId)!.Rejected);
        var hasModel = await context.Models.AnyAsync(cancellation);
        var isScored = await context.ScoreRuns.AnyAsync(run => run.FinishedAt != null, cancellation);
        var agents = DemoMark.Colleagues.Select(agent => agent.Email).Append(DemoMark.SignIn).ToList();
        var people = await context.Users.CountAsync(user => user.LockoutEnd == null && !agents.Contains(user.Email!), cancellation);
        var demoWorks = await context.Users.AnyAsync(user => user.LockoutEnd == null && user.Email == DemoMark.SignIn, cancellation);
        return new(demo, demoWorks,
        [
            new(StartStepKind.Company, CompanyKeys.All(set.Contains), true, CompanyKeys.Count(set.Contains)),
            new(StartStepKind.Accounts, accounts > 0, true, accounts),
            new(StartStepKind.Contracts, hasContracts, accounts > 0, 0),
            new(StartStepKind.Usage, await context.Usage.AnyAsync(cancellation), accounts > 0, 0),
            new(StartStepKind.Inquiries, await context.Inquiries.AnyAsync(cancellation), accounts > 0, 0),
            new(StartStepKind.Surveys, await context.SurveyResponses.AnyAsync(cancellation), accounts > 0, 0),
            new(StartStepKind.Rejected, files.Count > 0 && rejected == 0, files.Count > 0, rejected),
            new(StartStepKind.Horizon, HorizonKeys.All(set.Contains), true, 0),
            new(StartStepKind.Train, hasModel, hasContracts, 0),
            new(StartStepKind.Score, isScored, hasContracts, 0),
            new(StartStepKind.Colleagues, people > 1, true, people),
            new(StartStepKind.Queue, await context.SuggestionActions.AnyAsync(cancellation), isScored, 0),
        ]);
    }
}
