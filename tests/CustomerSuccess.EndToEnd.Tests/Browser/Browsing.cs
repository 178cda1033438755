using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What every browser test does alike.</summary>
internal static class Browsing
{
    /// <summary>How long anything on a page is waited for, in milliseconds. Only a failure lasts so long, however busy the machine is.</summary>
    public const float Patience = 120_000;

    /// <summary>True once nothing is waited for; a list that begins below the screen reads its rows when it is scrolled to.</summary>
    private const string Settled = "() => { const waiting = document.querySelector('[data-state=Loading], [aria-busy=true]'); waiting?.scrollIntoView(); return !waiting; }";

    /// <summary>True where an element has stood at one place, undisturbed, for a while as long as a drawing takes.</summary>
    private const string Rests = """
        async element => {
            const place = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].join(); };
            const at = place();
            for (let frame = 0; frame < 12; frame++) {
                await new Promise(requestAnimationFrame);
                if (!element.isConnected || place() !== at) return false;
            }
            return true;
        }
        """;

    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    /// <summary>Signs the demo company's reader in; ends on the own day.</summary>
    public static Task SignInAsync(this IPage page, Uri address) => page.SignInAsync(address, "demo@customersuccess.example", "demo-company");

    /// <summary>Signs somebody in who may see the queue.</summary>
    public static async Task SignInAsync(this IPage page, Uri address, string email, string password)
    {
        await page.GotoAsync(address.ToString());
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("button.button-primary");
        await page.AtAsync("/");
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    /// <summary>Waits until the page's address, from its path on, is as a pattern says. Asked of the browser: the client's own wait looks at the address and then listens for the next one, and misses for good what changes in between.</summary>
    public static Task AtAsync(this IPage page, [StringSyntax(StringSyntaxAttribute.Regex)] string pattern) => Expect(page).ToHaveURLAsync(new Regex($"^https?://[^/]+{pattern}$"));

    /// <summary>Waits until the page's circuit stands.</summary>
    public static Task LiveAsync(this IPage page) => Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();

    /// <summary>Waits until a page whose circuit stands has read and drawn all that it reads by itself.</summary>
    public static async Task SettledAsync(this IPage page)
    {
        await page.LiveAsync();
        await page.WaitForFunctionAsync(Settled);
    }

    /// <summary>Goes to a page by g and its letter, without a pause between the two, which belong together for little more than a second.</summary>
    public static async Task GoByKeysAsync(this IPage page, char letter)
    {
        await Expect(page.Locator($"html[data-circuit=live] [data-go='{letter}']")).ToBeAttachedAsync();
        await page.Keyboard.TypeAsync($"g{letter}");
    }

    /// <summary>Clicks a mark of a chart as somebody does who sees the chart at rest: it is drawn anew when its page takes another width, its words their font, or newer figures come, and what is clicked in between is no mark.</summary>
    public static async Task ClickMarkAsync(this IPage page, ILocator mark)
    {
        await page.SettledAsync();
        await Expect(page.Locator("[data-part=as-of]")).ToHaveCountAsync(0);
        await page.EvaluateAsync("document.fonts.ready");
        await mark.ScrollIntoViewIfNeededAsync();
        var watched = Stopwatch.StartNew();
        while (!await mark.EvaluateAsync<bool>(Rests))
        {
            watched.ElapsedMilliseconds.Should().BeLessThan((long)Patience, "a chart comes to rest");
        }

        // marks lie under one another and under what follows the pointer
        await mark.ClickAsync(new() { Force = true });
    }

    /// <summary>Finds no fault by axe on what the page shows now.</summary>
    public static async Task NoViolationsAsync(this IPage page) => (await page.ViolationsAsync()).Should().BeEmpty();

    /// <summary>Faults that axe, with all its rules, finds on what the page shows now. Only they leave the page: the package's own call brings every element that is in order too, by way of a second page.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Axe.Value);
        }

        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .map(fault => `${fault.id}: ${fault.help} (${fault.nodes.slice(0, 3).map(node => node.html).join(', ')})`)
            """);
    }

    /// <summary>Finds nothing that stands out to the right.</summary>
    public static async Task FitsAsync(this IPage page, int width, string what) => (await page.WidthAsync(width)).Should().BeLessThanOrEqualTo(width, "{0} fits", what);

    /// <summary>The width that the page needs, in pixels, once it fits; where it does not, what it needs in the end. Charts are drawn anew a moment after a page has taken its width.</summary>
    public static async Task<int> WidthAsync(this IPage page, int width)
    {
        try
        {
            await page.WaitForFunctionAsync("width => document.documentElement.scrollWidth <= width", width);
        }
        catch (TimeoutException)
        {
            // it is told by how much
        }

        return await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
    }
}
