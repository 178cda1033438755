using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerSuccess.Web.Startup;

/// <summary>What happens between the start of the server and its first page: what was interrupted is finished, and a new database gets the demo company, a model and scores.</summary>
internal sealed class Preparation(IServiceScopeFactory scopes, PreparationProgress progress, RunOptions run, IServer server, IHostApplicationLifetime lifetime, ILogger<Preparation> log) : BackgroundService
{
    private sealed record Step(string Code, Func<Action<string>, CancellationToken, Task> RunAsync);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        Say($"CustomerSuccess prepares at {Address}");
        await using var scope = scopes.CreateAsyncScope();
        var steps = await PlanAsync(scope.ServiceProvider, stoppingToken);
        progress.Plan(steps.Select(step => step.Code));
        foreach (var step in steps)
        {
            progress.Report(step.Code, StepStatus.Running);
            try
            {
                await step.RunAsync(detail => progress.Report(step.Code, StepStatus.Running, detail), stoppingToken);
                progress.Report(step.Code, StepStatus.Done);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Preparation stopped at {Step}", step.Code);
                progress.Fail(step.Code, error.Message);
                return;
            }
        }

        await WarmAsync(scope.ServiceProvider, stoppingToken);
        progress.Finish();
        Say($"CustomerSuccess is ready at {Address}");
        var services = scope.ServiceProvider;
        if (await services.GetRequiredService<DemoCompany>().MaySignInAsync(stoppingToken))
        {
            Say($"Demo sign-in: {DemoSignIn.Email}, password {DemoSignIn.Password}");
        }
        else if (await services.GetRequiredService<Users>().IsEmptyAsync(stoppingToken))
        {
            Say("Nobody can sign in yet: ./cs user add YOU@EXAMPLE.COM --role administrator --password-stdin");
        }
    }

    /// <summary>Reads the queue once, so that the first person of the day does not wait for its queries to be compiled.</summary>
    private async Task WarmAsync(IServiceProvider services, CancellationToken cancellation)
    {
        try
        {
            var queue = services.GetRequiredService<RiskQueueQuery>();
            await queue.PageAsync(Viewer.System, new RiskQueueFilter(), QueueSort.Rank, descending: false, 0, 50, cancellation);
            await queue.ChoicesAsync(Viewer.System, cancellation);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "The queue could not be read beforehand");
        }
    }

    private string Address => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

    /// <summary>A database with the demo is carried on where it was left; a new one gets the demo unless told otherwise.</summary>
    private async Task<IReadOnlyList<Step>> PlanAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var demo = services.GetRequiredService<DemoCompany>();
        List<Step> steps = [];
        if (await services.GetRequiredService<DemoMark>().ReadAsync(cancellation) == DemoState.Discarding)
        {
            steps.Add(new("Discard", (_, stop) => services.GetRequiredService<DiscardDemo>().FinishAsync(stop)));
        }

        steps.Add(new("FinishImports", (_, stop) => services.GetRequiredService<PendingImports>().FinishAsync(stop)));
        var wantsDemo = DemoCompany.Exists && (await demo.IsLoadedAsync(cancellation)
            ? !await demo.IsScoredAsync(cancellation)
            : run.Demo && await demo.IsNewDatabaseAsync(cancellation));
        if (wantsDemo)
        {
            steps.Add(new("Demo", demo.LoadAsync));
            steps.Add(new("Train", (_, stop) => Task.Run(() => services.GetRequiredService<TrainModels>().RunAsync(new TrainRequest(), _ => { }, stop), stop)));
            steps.Add(new("Score", (_, stop) => Task.Run(() => ScoreAsync(services, stop), stop)));
            steps.Add(new("Health", (_, stop) => services.GetRequiredService<StudyHealth>().RunAsync(cancellation: stop)));
        }

        return steps;
    }

    /// <summary>A week ago first, so that the demo can say what has changed since.</summary>
    private static async Task ScoreAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var score = services.GetRequiredService<ScoreAccounts>();
        if ((await services.GetRequiredService<AsOfDates>().ReachesAsync(cancellation)).ScoreAsOf is { } day)
        {
            await score.RunAsync(day.AddDays(-RiskChange.Days), cancellation: cancellation);
        }

        await score.RunAsync(cancellation: cancellation);
    }

    private static void Say(string line) => Console.WriteLine(line);
}
