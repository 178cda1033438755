using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(CustomerSuccess.EndToEnd.Tests.Browser.DemoServer))]

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>The application as <c>./run</c> starts it, with the demo company, and a browser in front of it.</summary>
public sealed class DemoServer : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly TemporaryFolder _folder = new();
    private WebServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where its database lies.</summary>
    internal TemporaryFolder Folder => _folder;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _server?.Dispose();
        _folder.Dispose();
        _one.Dispose();
    }

    /// <summary>Starts what is not started yet; skips the test where there is no browser.</summary>
    internal async Task<Uri> StartAsync()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed");
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await LaunchAsync();
            if (!File.Exists(Path.Combine(_folder.Path, "test.db")))
            {
                // the demo's models are trained without a search, which has tests of its own
                await Cs.SetAsync(_folder, ("models.budget", "quick"));
            }

            return (_server ??= await WebServer.StartAsync(_folder)).Address;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Starts the browser alone; skips the test where there is none.</summary>
    internal async Task BrowseAsync()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed");
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            await LaunchAsync();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Kills the application and starts it again over the same database.</summary>
    internal async Task<Uri> RestartAsync()
    {
        _server?.Dispose();
        _server = null;
        return await StartAsync();
    }

    /// <summary>A fresh browser profile that prefers a language.</summary>
    internal async Task<IBrowserContext> OpenAsync(string language, bool script = true)
    {
        var context = await _browser!.NewContextAsync(new() { Locale = language, ViewportSize = new() { Width = 1440, Height = 900 }, ReducedMotion = ReducedMotion.Reduce, JavaScriptEnabled = script });
        context.SetDefaultTimeout(Browsing.Patience);
        return context;
    }

    private async Task LaunchAsync()
    {
        Assertions.SetDefaultExpectTimeout(Browsing.Patience);
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }
}
