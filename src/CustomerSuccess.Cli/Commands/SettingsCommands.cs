using System.CommandLine;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs set KEY VALUE</c> and <c>cs get [KEY]</c>.</summary>
internal static class SettingsCommands
{
    public static Command CreateSet()
    {
        var key = new Argument<string>("key");
        var value = new Argument<string>("value") { Description = "The value; - reads one line from standard input, so that a secret stands in no shell's history" };
        var command = new Command("set", "Change a setting") { key, value };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var name = parsed.GetValue(key)!;
            if (!CompanySettings.Keys.Contains(name))
            {
                Output.Note($"There is no setting '{name}'. `cs get` lists them.");
                return ExitCode.BadUsage;
            }

            var written = parsed.GetValue(value)! is not "-" and var given ? given : await Console.In.ReadLineAsync(cancellation) ?? "";
            if (!await services.GetRequiredService<SettingsStore>().SetAsync(Viewer.System, name, written, cancellation))
            {
                Output.Note(CompanySettings.IsSecret(name) ? $"That is no value for {name}." : $"'{written}' is no value for {name}.");
                return ExitCode.BadUsage;
            }

            return await PrintAsync(services, output, name, cancellation);
        }, cancellation, waitsForImports: false));
        return command;
    }

    public static Command CreateGet()
    {
        var key = new Argument<string?>("key") { Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("get", "Print a setting, or all of them") { key };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, (services, output) =>
            PrintAsync(services, output, parsed.GetValue(key), cancellation), cancellation, waitsForImports: false));
        return command;
    }

    private static async Task<int> PrintAsync(IServiceProvider services, Output output, string? key, CancellationToken cancellation)
    {
        if (key is not null && !CompanySettings.Keys.Contains(key))
        {
            Output.Note($"There is no setting '{key}'. `cs get` lists them.");
            return ExitCode.BadUsage;
        }

        var settings = await services.GetRequiredService<SettingsStore>().ReadAsync(cancellation);
        var values = CompanySettings.Keys.Where(k => key is null || k == key).ToDictionary(k => k, k => settings.Get(k)!);
        output.Write(values, () =>
        {
            foreach (var (name, value) in values)
            {
                Console.WriteLine($"{name} = {value}");
            }
        });
        return ExitCode.Success;
    }
}
