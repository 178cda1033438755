using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Benchmarks.Proof;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Benchmarks;

/// <summary>
/// A score run over a simulated company of 100,000 accounts (six months of all its facts) with a churn and an upsell model of a smaller one: probabilities, health, drivers, suggestions,
/// forecasts. Then account pages of it, each with its reasons. The first call makes the company; the second, in a process of its own, measures, so that peak memory is that of scoring.
/// </summary>
internal static class ScoreBenchmark
{
    private const int Months = 6;
    private const int Pages = 60;

    public static async Task<int> RunAsync(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var folder = args.Length > 1 ? args[1] : Path.Combine(Path.GetTempPath(), "customersuccess-proof");
        var exists = ProofCompany.Exists(folder, accounts, 1, Months);
        await using var company = await ProofCompany.OpenAsync(folder, accounts, 1, Months);
        await company.Get<Database>().MigrateAsync();
        if (!exists || await company.Get<ModelRegistry>().LoadChampionAsync(Target.Churn) is null)
        {
            await LendModelsAsync(folder, company);
            Console.WriteLine("The company is made. Run again to measure.");
            return 0;
        }

        var steps = new List<(string Phase, double At, double Processor)>();
        var clock = Stopwatch.StartNew();
        var before = Environment.CpuUsage.TotalTime;
        double Processor() => (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        var usage = await UsageRowsAsync(company);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{usage:N0} usage rows"));
        clock.Restart();
        before = Environment.CpuUsage.TotalTime;
        var run = await company.Get<ScoreAccounts>().RunAsync(progress: step => steps.Add((Phase(step), clock.Elapsed.TotalSeconds, Processor())));
        var (all, processor) = (clock.Elapsed.TotalSeconds, Processor());
        foreach (var phase in steps.Zip(steps.Skip(1).Select(s => (s.At, s.Processor)).Append((At: all, Processor: processor))).GroupBy(x => x.First.Phase))
        {
            Console.WriteLine(FormattableString.Invariant($"    {phase.Key}: {phase.Sum(x => x.Second.At - x.First.At):0.0} s ({phase.Sum(x => x.Second.Processor - x.First.Processor):0.0} s of processor)"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Scored:N0} accounts scored, {run.Leaving:N0} leaving, in {all:0.0} s ({processor:0.0} s of processor; goal 60 s on 2 cores); peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576:N0} MB (goal 2,048)"));
        await MeasurePagesAsync(company);
        return 0;
    }

    private static async Task<long> UsageRowsAsync(ProofCompany company)
    {
        await using var context = company.Get<Database>().OpenContext();
        return await context.Usage.LongCountAsync();
    }

    private static string Phase(string step) =>
        step.StartsWith("features", StringComparison.Ordinal) ? "features"
        : step.StartsWith("health of", StringComparison.Ordinal) ? "health"
        : step.StartsWith("health at", StringComparison.Ordinal) ? "health of earlier month ends"
        : step is "reasons at earlier month ends" or "who stayed" or "use of features" ? $"kept for the executives' pages: {step}"
        : "probabilities, reasons, suggestions, forecasts, writing";

    private static async Task LendModelsAsync(string folder, ProofCompany to)
    {
        await using var small = await ProofCompany.OpenAsync(folder, 1000, 201);
        foreach (var target in new[] { Target.Churn, Target.Upsell })
        {
            var (_, trained) = await small.TrainAsync(budget: Budget.Quick, target: target);
            await to.Get<ModelRegistry>().RegisterAsync(trained.Card with { Version = $"{target}-1", Target = target }, ModelArchive.Pack(trained.Served!, trained.Tested!), ModelStatus.Champion, CancellationToken.None);
        }
    }

    private static async Task MeasurePagesAsync(ProofCompany company)
    {
        await using var context = company.Get<Database>().OpenContext();
        var ids = await context.Accounts.OrderBy(account => account.AccountNo).Where(account => account.AccountNo % 1009 == 7).Take(Pages).Select(account => account.AccountId).ToListAsync();
        var query = company.Get<AccountQuery>();
        var times = new List<double>();
        for (var i = 0; i < ids.Count; i++)
        {
            var clock = Stopwatch.StartNew();
            _ = await query.FindAsync(Viewer.System, ids[i]) ?? throw new InvalidOperationException($"There is no account {ids[i]}.");
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        var warm = times.Skip(5).Order().ToList();
        Console.WriteLine(FormattableString.Invariant($"an account's page with its reasons: median {warm[warm.Count / 2]:0.0} ms, worst of {warm.Count} {warm[^1]:0.0} ms, the very first {times[0]:0} ms (goal 50 ms)"));
    }
}
