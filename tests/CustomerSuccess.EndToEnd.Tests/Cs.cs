using System.Diagnostics;

namespace CustomerSuccess.EndToEnd.Tests;

/// <summary>Runs the built command line with a database of the test's own.</summary>
internal static class Cs
{
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(TemporaryFolder folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Runs it with a line for its standard input, such as a password.</summary>
    public static async Task<int> TellAsync(TemporaryFolder folder, string line, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        await process.StandardInput.WriteLineAsync(line);
        process.StandardInput.Close();
        var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await said;
        return process.ExitCode;
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

    private static Process Start(TemporaryFolder folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cs.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CUSTOMERSUCCESS_DATABASE"] = Path.Combine(folder.Path, "test.db");
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        return Process.Start(start)!;
    }
}
