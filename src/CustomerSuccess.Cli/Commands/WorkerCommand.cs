using System.CommandLine;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs worker</c>: the jobs that the web application runs beside its pages, without the pages. Any number of workers may run beside it.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        var command = new Command("worker", "Run the background jobs until stopped: send mail, finish imports, retrain models");
        command.SetAction((parsed, cancellation) => CommandLine.WithoutEngineAsync(parsed, async output =>
        {
            var database = DatabaseOptions.Parse(parsed.GetValue(CommandLine.Database));
            await new Database(database).MigrateAsync(cancellation);
            var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
            builder.Services.AddCustomerSuccessEngine(database);
            builder.Services.AddCustomerSuccessIdentity(database);
            using var host = builder.Build();
            await host.StartAsync(cancellation);
            output.Write(new { Started = true }, () => Console.WriteLine("The worker runs. Ctrl+C stops it."));
            await host.WaitForShutdownAsync(cancellation);
            return ExitCode.Success;
        }));
        return command;
    }
}
