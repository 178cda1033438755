using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>The built web application as a process of its own, on a free port of the loopback.</summary>
internal sealed partial class WebServer : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said;

    private WebServer(Process process, ConcurrentQueue<string> said, Uri address) => (_process, _said, Address) = (process, said, address);

    /// <summary>All that it has written to its console.</summary>
    public string Said => string.Join('\n', _said);

    public Uri Address { get; }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public static Task<WebServer> StartAsync(TemporaryFolder folder, params string[] arguments) => StartAsync(folder, "Production", arguments);

    /// <param name="folder">Where its database lies.</param>
    /// <param name="environment"><c>Development</c> also serves the gallery of parts.</param>
    /// <param name="arguments">Of <c>./run</c>.</param>
    public static async Task<WebServer> StartAsync(TemporaryFolder folder, string environment, string[] arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CustomerSuccess.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside their repository.");
        }

        var dll = Path.Combine(root.FullName, "src", "CustomerSuccess.Web", "bin", configuration, "net10.0", "CustomerSuccess.Web.dll");
        var start = new ProcessStartInfo("dotnet", [dll, "--port", "0", "--database", Path.Combine(folder.Path, "test.db"), .. arguments])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string>();
        void Listen(object sender, DataReceivedEventArgs e)
        {
            said.Enqueue(e.Data ?? "");
            if (Ready().Match(e.Data ?? "") is { Success: true } match)
            {
                ready.TrySetResult(new Uri(match.Groups[1].Value.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
            }
        }

        process.OutputDataReceived += Listen;
        process.ErrorDataReceived += Listen;
        process.Exited += (_, _) => ready.TrySetException(new InvalidOperationException("The application ended before it was ready: " + string.Join('\n', said)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WebServer(process, said, await ready.Task);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    [GeneratedRegex(@"is ready at (http://\S+)")]
    private static partial Regex Ready();
}
