using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What every browser test does alike.</summary>
internal static class Browsing
{
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
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
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

    /// <summary>Finds nothing that stands out to the right. Charts are drawn anew a moment after a page has taken its width.</summary>
    public static async Task FitsAsync(this IPage page, int width, string what)
    {
        try
        {
            await page.WaitForFunctionAsync("width => document.documentElement.scrollWidth <= width", width);
        }
        catch (TimeoutException)
        {
            // it is told below by how much
        }

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "{0} fits", what);
    }
}
