using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Benchmarks.Proof;

/// <summary>What happened to a simulated account in a month, by the simulator.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Month">First day of the month.</param>
/// <param name="Probability">Of leaving in it.</param>
/// <param name="Cause">Why it left; null where it did not.</param>
internal readonly record struct TrueMonth(string AccountId, DateOnly Month, double Probability, string? Cause);

/// <summary>A simulated company, imported into a database of its own that is kept between runs of a proof.</summary>
internal sealed class ProofCompany : IAsyncDisposable
{
    /// <summary>Accounts that three CSMs can contact at each date.</summary>
    private const double Capacity = 24;

    private static readonly LabelRule Rule = LabelRule.Of(new CompanySettings());

    private readonly ServiceProvider _services;

    private ProofCompany(DemoPlan plan, string path)
    {
        Plan = plan;
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(DatabaseOptions.Parse(path));
        _services = services.BuildServiceProvider();
    }

    public DemoPlan Plan { get; }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>The company of a seed; simulated and imported where the folder does not have it yet.</summary>
    public static async Task<ProofCompany> OpenAsync(string folder, int accounts, int seed, int months = 30)
    {
        var plan = new DemoPlan(accounts, months, seed);
        var path = PathOf(folder, plan);
        if (!File.Exists(path))
        {
            await ImportAsync(plan, path);
        }

        return new ProofCompany(plan, path);
    }

    /// <summary>True where the company need not be made first.</summary>
    public static bool Exists(string folder, int accounts, int seed, int months) => File.Exists(PathOf(folder, new DemoPlan(accounts, months, seed)));

    /// <summary>Every month of every account, from the simulator.</summary>
    public IEnumerable<TrueMonth> Truth() =>
        from account in DemoCompany.Accounts(Plan)
        from row in account.Rows(DemoFiles.Truth)
        select new TrueMonth((string)row[0]!, DateOnly.ParseExact($"{row[1]}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture), (double)(decimal)row[2]!, (string?)row[3]);

    /// <summary>What can be learned from, as known at a day.</summary>
    /// <param name="asOf">The day; null for all there is.</param>
    /// <param name="target">What is predicted.</param>
    public async Task<LabelledTable> DataAsync(DateOnly? asOf = null, Target target = Target.Churn)
    {
        var known = await Get<BuildObservations>().AtMonthEndsAsync(asOf, Rule);
        return (await TrainingData.ReadAsync(Get<BuildFeatures>(), target, known, Rule, null, _ => { }, CancellationToken.None)).Data;
    }

    /// <summary>What <c>cs train</c> is asked for.</summary>
    public TrainingTask TaskFor(DateOnly? asOf = null, Budget budget = Budget.Normal, int? shuffleSeed = null, Target target = Target.Churn) => new(
        target, "proof", asOf ?? Plan.Last, new CardDefinition(Rule.LeadDays, Rule.HorizonDays, Rule.GraceDays), null, Capacity, target == Target.Churn ? RuleScore.Of : null, shuffleSeed, DateTime.UnixEpoch)
    { Budget = budget };

    /// <summary>Trains as <c>cs train</c> does, without registering anything.</summary>
    public async Task<(LabelledTable Data, TrainedModel Trained)> TrainAsync(DateOnly? asOf = null, Budget budget = Budget.Normal, Target target = Target.Churn)
    {
        var data = await DataAsync(asOf, target);
        return (data, ModelTraining.Run(data, TaskFor(asOf, budget, null, target), _ => { }));
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static string PathOf(string folder, DemoPlan plan) =>
        Path.Combine(Directory.CreateDirectory(folder).FullName, string.Create(CultureInfo.InvariantCulture, $"demo-{plan.Accounts}x{plan.Months}-{plan.Seed}.db"));

    private static async Task ImportAsync(DemoPlan plan, string path)
    {
        // the name is taken once all is imported: what was cut short is made anew
        var files = $"{path}.files";
        var unfinished = $"{path}.unfinished";
        foreach (var left in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(unfinished) + "*"))
        {
            File.Delete(left);
        }

        WriteDemo.Run(plan, new DemoLayout { CompressUsage = true }, files);
        await using (var company = new ProofCompany(plan, unfinished))
        {
            await company.Get<Database>().MigrateAsync();
            var result = await company.Get<ImportRunner>().ImportAsync(Viewer.System, new ImportRequest([files]));
            if (result.FailedAny || result.RejectedAny)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The demo of seed {plan.Seed} was not imported whole."));
            }
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(files, recursive: true);
        File.Move(unfinished, path);
    }
}
