using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerSuccess.Web.Startup;

/// <summary>What happens between the start of the server and its first page: interrupted imports are finished, and a new database gets the demo company, a model and scores.</summary>
internal sealed class Preparation(IServiceScopeFactory scopes, PreparationProgress progress, IServer server, IHostApplicationLifetime lifetime, ILogger<Preparation> log) : BackgroundService
{
    private sealed record Step(string Code, Func<IServiceProvider, CancellationToken, Task> RunAsync);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        Say($"CustomerSuccess prepares at {Address}");
        await using var scope = scopes.CreateAsyncScope();
        List<Step> steps = [];
        progress.Plan(steps.Select(step => step.Code));
        foreach (var step in steps)
        {
            progress.Report(step.Code, StepStatus.Running);
            try
            {
                await step.RunAsync(scope.ServiceProvider, stoppingToken);
                progress.Report(step.Code, StepStatus.Done);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "Preparation stopped at {Step}", step.Code);
                progress.Fail(step.Code, error.Message);
                return;
            }
        }

        progress.Finish();
        Say($"CustomerSuccess is ready at {Address}");
        var users = scope.ServiceProvider.GetRequiredService<Users>();
        if (await users.IsEmptyAsync(stoppingToken))
        {
            Say("Nobody can sign in yet: ./cs user add YOU@EXAMPLE.COM --role administrator --password-stdin");
        }
    }

    private string Address => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";

    private static void Say(string line) => Console.WriteLine(line);
}
