using System.Collections.Concurrent;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>
/// Every page that there is, in the light and in the dark: those that the navigation leads to, whatever they are by now, and those behind them.
/// The parts of an account stand in <see cref="AccountRecordTests"/>.
/// </summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class EveryPageTests(DemoServer demo)
{
    private static readonly string[] Behind =
    [
        "/?person=ken.mori@cs.example", "/queue?group=owner", "/call?from=%2B81355550100", "/search?q=%E5%A5%91%E7%B4%84", "/glossary", "/models?target=upsell",
        "/inquiries?view=All&state=resolved", "/inquiries/new", "/inquiries/answers", "/inquiries/received", "/inquiries/settings",
        "/team/rules", "/team/handovers", "/team/handovers/new?from=ken.mori@cs.example", "/accounts/nobody",
        "/lifecycle?part=table", "/lifecycle?part=winback", "/lifecycle/accounts?month=2026-06&stage=lapsed", "/service/inquiries", "/feedback/texts?theme=speed", "/feedback/accounts?theme=speed", "/feedback/themes", "/feedback/themes?history=speed", "/plays/effects/accounts?play=check_in", "/feedback/requests", "/service/accounts?experience=escalation",
    ];

    private static readonly string[] Public = ["/contact", "/rating/somebody-elses", "/sign-in", "/error", "/nowhere"];

    [Fact]
    public async Task Nobody_finds_the_gallery_outside_development()
    {
        var address = await demo.StartAsync();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(address, "/dev/components"), TestContext.Current.CancellationToken);
        answer.StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("light", "en-US", 1440)]
    [InlineData("dark", "ja-JP", 390)]
    public async Task No_page_has_a_fault_that_axe_finds_and_every_page_fits(string theme, string language, int width)
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync(language);
        await context.AddCookiesAsync([new() { Name = "cs.theme", Value = theme, Url = address.ToString() }]);
        var faults = new ConcurrentQueue<string>();
        var page = await TabAsync(context, width, faults);
        foreach (var path in Public)
        {
            await page.GotoAsync(new Uri(address, path).ToString());
            await NoteFaultsAsync(page, path, width, faults);
        }

        await page.SignInAsync(address);
        await Expect(page.Locator("html[data-circuit=live] .pane-links a[href='/queue']")).ToBeAttachedAsync();
        var links = await page.Locator(".pane-links a[href]").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))");
        links.Should().Contain(["/queue", "/models", "/imports"]);
        var inquiry = await FirstAsync(page, address, "/inquiries", "[data-list=inquiries] .row-link");
        var paths = new ConcurrentQueue<string>([.. links.Where(link => link.StartsWith('/')).Distinct(), .. Behind, inquiry]);
        await Task.WhenAll(SeeAsync(page), SeeAsync(await TabAsync(context, width, faults)));
        faults.Should().BeEmpty();

        async Task SeeAsync(IPage tab)
        {
            while (paths.TryDequeue(out var path))
            {
                await tab.GotoAsync(new Uri(address, path).ToString());
                await tab.SettledAsync();
                await NoteFaultsAsync(tab, path, width, faults);
            }
        }
    }

    private static async Task<IPage> TabAsync(IBrowserContext context, int width, ConcurrentQueue<string> faults)
    {
        var tab = await context.NewPageAsync();
        tab.PageError += (_, error) => faults.Enqueue($"{tab.Url}: {error}");
        await tab.SetViewportSizeAsync(width, 900);
        return tab;
    }

    private static async Task NoteFaultsAsync(IPage page, string path, int width, ConcurrentQueue<string> faults)
    {
        await Expect(page.Locator("h1, h2").First).ToBeVisibleAsync();
        foreach (var fault in await page.ViolationsAsync())
        {
            faults.Enqueue($"{path}: {fault}");
        }

        if (await page.WidthAsync(width) is var needed && needed > width)
        {
            faults.Enqueue($"{path} needs {needed} pixels");
        }
    }

    /// <summary>The address of the first record of a list.</summary>
    private static async Task<string> FirstAsync(IPage page, Uri address, string list, string link)
    {
        await page.GotoAsync(new Uri(address, list).ToString());
        return (await page.Locator(link).First.GetAttributeAsync("href"))!;
    }
}
