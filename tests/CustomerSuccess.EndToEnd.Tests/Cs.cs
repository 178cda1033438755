using System.Diagnostics;
using System.Globalization;

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

    private static Process Start(TemporaryFolder folder, string[] arguments, int? cores = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cs.dll"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CUSTOMERSUCCESS_DATABASE"] = Path.Combine(folder.Path, "test.db");
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        if (cores is { } count)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = count.ToString(CultureInfo.InvariantCulture);
            start.Environment["OMP_NUM_THREADS"] = count.ToString(CultureInfo.InvariantCulture);
        }

        return Process.Start(start)!;
    }
}
