using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>The queue without a mouse, while a colleague looks at the same list.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class QueueByKeyboardTests(DemoServer demo)
{
    private const string Row = "tr.queue-row";

    [Fact]
    public async Task Rows_are_chosen_worked_taken_back_and_given_away_by_keys_and_a_colleague_sees_it()
    {
        var address = await demo.StartAsync();
        await using var mine = await demo.OpenAsync("en-US");
        await using var theirs = await demo.OpenAsync("ja-JP");
        mine.SetDefaultTimeout(60_000);
        SetDefaultExpectTimeout(60_000);
        var page = await mine.NewPageAsync();
        await page.SignInAsync(address);
        var colleague = await theirs.NewPageAsync();
        await colleague.SignInAsync(address);
        await colleague.GotoAsync(new Uri(address, "/queue?open=1&sort=name").ToString());
        await page.GotoAsync(new Uri(address, "/queue?open=1&sort=name").ToString());
        var first = await Names(page).First.TextContentAsync();
        var second = await Names(page).Nth(1).TextContentAsync();
        await Expect(Names(colleague).First).ToHaveTextAsync(first!);

        // j twice down from the list, x selects, and the next one; Shift+D, pressed before the second is drawn, does all that is selected
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("[data-act=bulk-done]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("Shift+D");
        await Expect(Names(page).First).Not.ToHaveTextAsync(first!);
        await Expect(Names(page).GetByText(second!, new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(colleague.Locator(".row-link").GetByText(second!, new() { Exact = true })).ToHaveCountAsync(0);

        await page.Locator(".mud-snackbar-content-action button").First.ClickAsync();
        await Expect(Names(page).First).ToHaveTextAsync(first!);
        await Expect(Names(colleague).First).ToHaveTextAsync(first!);

        // s asks, Escape thinks better of it; a gives the account away
        await page.Keyboard.PressAsync("k");
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("[data-put-aside]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-put-aside]")).ToHaveCountAsync(0);
        await page.Locator($"{Row} .row-link").First.FocusAsync();
        await page.Keyboard.PressAsync("a");
        await page.Locator("[data-assign] [role=combobox]").FillAsync("sara");
        await page.Locator("[data-assign] [role=option]").GetByText("sara", new() { Exact = false }).First.ClickAsync();
        await page.NoViolationsAsync();
        await page.Locator("[data-act=assign-send]").ClickAsync();
        await Expect(page.Locator("[data-assign]")).ToHaveCountAsync(0);
        await page.GotoAsync(new Uri(address, "/queue?sort=name&columns=owner&q=" + Uri.EscapeDataString(first!)).ToString());
        await Expect(page.Locator($"{Row} .c-owner").First).ToContainTextAsync("Sara Lee");
    }

    private static ILocator Names(IPage page) => page.Locator($"{Row} .row-link");
}
