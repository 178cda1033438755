using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>Runs the built command line with a database of the test's own.</summary>
internal static class Cs
{
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(TemporaryFolder folder, params string[] arguments) => RunOnAsync(folder, null, arguments);

    /// <summary>The same with no more cores than stated.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunOnAsync(TemporaryFolder folder, int? cores, params string[] arguments)
    {
        using var process = Start(folder, arguments, cores);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it with a line for its standard input, such as a password.</summary>
    public static async Task<int> TellAsync(TemporaryFolder folder, string line, params string[] arguments)
    {
        using var process = Start(folder, arguments, takesInput: true);
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await said;
        return process.ExitCode;
    }

    /// <summary>The same on a machine that trusts one more certificate.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunTrustingAsync(TemporaryFolder folder, string certificate, params string[] arguments)
    {
        using var process = Start(folder, arguments, trusted: certificate);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>The same with something on standard input.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunWithInputAsync(TemporaryFolder folder, byte[] input, params string[] arguments)
    {
        using var process = Start(folder, arguments, takesInput: true);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Changes settings as <c>cs set</c> does, without starting a process for each.</summary>
    public static async Task SetAsync(TemporaryFolder folder, params (string Key, string Value)[] settings)
    {
        var database = new Database(DatabaseOptions.Parse(Path.Combine(folder.Path, "test.db")));
        await database.MigrateAsync();
        foreach (var (key, value) in settings)
        {
            (await new SettingsStore(database, TimeProvider.System).SetAsync(Viewer.System, key, value)).Should().BeTrue("{0} = {1}", key, value);
        }
    }

    /// <summary>Ends the process at a moment, as <c>kill -9</c> does, unless it has ended by itself.</summary>
    public static async Task KillAsync(TemporaryFolder folder, TimeSpan after, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit(after);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        await Task.WhenAll(output, errors);
    }

    private static Process Start(TemporaryFolder folder, string[] arguments, int? cores = null, bool takesInput = false, string? trusted = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cs.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = takesInput,
        };
        start.Environment["CUSTOMERSUCCESS_DATABASE"] = Path.Combine(folder.Path, "test.db");
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        if (trusted is not null)
        {
            start.Environment["SSL_CERT_FILE"] = trusted;
        }

        if (cores is { } count)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = count.ToString(CultureInfo.InvariantCulture);
            start.Environment["OMP_NUM_THREADS"] = count.ToString(CultureInfo.InvariantCulture);
        }

        return Process.Start(start)!;
    }
}
