using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CustomerSuccess.Benchmarks;

/// <summary>The built application over a database, and a browser in front of it: from the press of a link to the frame in which the page shows all that it has.</summary>
internal sealed partial class ServedPages : IDisposable
{
    private const int Rounds = 15;
    private const string Email = "bench@cs.example", Password = "bench-reads-pages";

    /// <summary>Looks at every frame whether the page stands.</summary>
    private const string Go =
        """
        async ([path, heading]) => {
            const before = document.querySelector('h1');
            const from = performance.now();
            Blazor.navigateTo(path);
            const stands = () => location.pathname + location.search === path && document.querySelector('h1')?.textContent.includes(heading)
                && (heading || document.querySelector('h1') !== before) && !document.querySelector('main [data-state=Loading], main [aria-busy=true]');
            while (!stands()) { await new Promise(requestAnimationFrame); }
            return performance.now() - from;
        }
        """;

    private readonly Process _server;
    private readonly IPlaywright _playwright;
    private readonly IPage _page;

    private ServedPages(Process server, IPlaywright playwright, IPage page) => (_server, _playwright, _page) = (server, playwright, page);

    /// <summary>Scores what the database holds, starts the application over it, and signs in.</summary>
    public static async Task<ServedPages> StartAsync(string database)
    {
        var cs = Path.Combine(AppContext.BaseDirectory, "cs.dll");
        await RunAsync("dotnet", [cs, "score", "--database", database]);
        await RunAsync("dotnet", [cs, "user", "add", Email, "--role", "cs-manager", "--password-stdin", "--database", database], Password);
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "CustomerSuccess.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The benchmarks run outside their repository.");
        }

        var web = Path.Combine(root.FullName, "src", "CustomerSuccess.Web", "bin", "Release", "net10.0", "CustomerSuccess.Web.dll");
        var server = Process.Start(new ProcessStartInfo("dotnet", [web, "--port", "0", "--no-demo", "--database", database]) { RedirectStandardOutput = true })!;
        string? line;
        do
        {
            line = await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The application ended before it was ready.");
        }
        while (!Ready().IsMatch(line));
        _ = server.StandardOutput.ReadToEndAsync();
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await page.GotoAsync(Ready().Match(line).Groups[1].Value.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        await page.FillAsync("#email", Email);
        await page.FillAsync("#password", Password);
        await page.ClickAsync("button.button-primary");
        await page.WaitForSelectorAsync("html[data-circuit=live]");
        return new(server, playwright, page);
    }

    /// <summary>Goes to a page from another one several times and prints how long it took until nothing on it was waited for.</summary>
    /// <param name="path">Its address.</param>
    /// <param name="heading">What its heading says.</param>
    public async Task ReportAsync(string path, string heading)
    {
        List<double> times = [];
        for (var round = -1; round < Rounds; round++)
        {
            await _page.EvaluateAsync<double>(Go, new[] { "/glossary", "" });
            var time = await _page.EvaluateAsync<double>(Go, new[] { path, heading });
            if (round >= 0)
            {
                times.Add(time);
            }
        }

        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  page {path}: median {times[Rounds / 2]:F0} ms, best {times[0]:F0} ms, worst {times[^1]:F0} ms"));
    }

    public void Dispose()
    {
        _playwright.Dispose();
        _server.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
    }

    private static async Task RunAsync(string file, string[] arguments, string? input = null)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {said}");
        }
    }

    [GeneratedRegex(@"is ready at (http://\S+)")]
    private static partial Regex Ready();
}
