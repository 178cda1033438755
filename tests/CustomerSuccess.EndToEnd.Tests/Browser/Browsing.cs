using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What every browser test does alike.</summary>
internal static class Browsing
{
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

    /// <summary>Faults that axe finds on what the page shows now.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(this IPage page) =>
        [.. (await page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help} ({string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))})")];
}
