using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli;

/// <summary>What a verb returns to the shell.</summary>
public static class ExitCode
{
    public const int Success = 0;
    public const int Failure = 1;
    public const int BadUsage = 2;
    public const int SomeRowsRejected = 3;
}

/// <summary>Options that every verb takes, and the frame in which verbs run.</summary>
public static class CommandLine
{
    public static Option<string?> Database { get; } = new("--database")
    {
        Description = "SQLite path or PostgreSQL connection string (default: CUSTOMERSUCCESS_DATABASE, else customersuccess.db)",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON document on standard output",
        Recursive = true,
    };

    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Command> verbs)
    {
        var root = new RootCommand("CustomerSuccess: who is about to leave, why, and what to do about it") { Database, Json };
        foreach (var verb in verbs)
        {
            root.Add(verb);
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await WriteVerbsAsync(parsed.CommandResult.Command);
            return ExitCode.BadUsage;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });

        // by default the parser gives a verb two seconds after an interrupt and then ends it: finishing the best model so far takes longer
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation, stop.Token);
    }

    /// <summary>Where a verb of its own is still needed: which there are, and what they do.</summary>
    private static async Task WriteVerbsAsync(Command command)
    {
        if (command is RootCommand || command.Subcommands.Count == 0)
        {
            return;
        }

        var width = command.Subcommands.Max(verb => verb.Name.Length);
        var path = string.Join(' ', command.Parents.OfType<Command>().Where(parent => parent is not RootCommand).Select(parent => parent.Name + " ").Append(command.Name));
        await Console.Error.WriteLineAsync($"Verbs of cs {path}:");
        foreach (var verb in command.Subcommands)
        {
            await Console.Error.WriteLineAsync($"  {verb.Name.PadRight(width)}  {verb.Description}");
        }
    }

    /// <summary>Runs a verb over an open, migrated database; known failures become a message and an exit code.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="verb">Does the work and returns the exit code.</param>
    /// <param name="cancellation">Ctrl+C.</param>
    /// <param name="waitsForImports">False for a verb that may see an import half applied.</param>
    public static Task<int> WithEngineAsync(ParseResult parsed, Func<IServiceProvider, Output, Task<int>> verb, CancellationToken cancellation, bool waitsForImports = true) =>
        WithoutEngineAsync(parsed, async output =>
        {
            var services = new ServiceCollection();
            var database = DatabaseOptions.Parse(parsed.GetValue(Database));
            services.AddCustomerSuccessEngine(database);
            services.AddCustomerSuccessIdentity(database);
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<Engine.Storage.Database>().MigrateAsync(cancellation);
            var pending = provider.GetRequiredService<PendingImports>();
            await provider.GetRequiredService<DiscardDemo>().FinishAsync(cancellation);
            await pending.FinishAsync(cancellation);
            if (waitsForImports)
            {
                await pending.WaitAsync(cancellation);
            }

            return await verb(provider, output);
        });

    /// <summary>Runs a verb that needs no database; known failures become a message and an exit code.</summary>
    public static async Task<int> WithoutEngineAsync(ParseResult parsed, Func<Output, Task<int>> verb)
    {
        try
        {
            return await verb(new Output(parsed.GetValue(Json)));
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled. What was finished is kept.");
            return ExitCode.Failure;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException or System.Data.Common.DbException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.Failure;
        }
    }
}
