using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>A CSM's day without a mouse: My day, the queue, an account, a call, the touch done, the next one.</summary>
[Collection("One at a time: browsers, servers and killed imports want the machine to themselves")]
public sealed class DayByKeyboardTests(DemoServer demo)
{
    [Theory]
    [InlineData("en-US", 1440, 900, "What needs the team today?")]
    [InlineData("ja-JP", 390, 844, "チームは今日、何をすべきか")]
    public async Task A_day_goes_from_touch_to_touch_by_keys(string language, int width, int height, string question)
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync(language);
        context.SetDefaultTimeout(60_000);
        SetDefaultExpectTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.SignInAsync(address);
        foreach (var theme in (string[])["dark", "light"])
        {
            await context.AddCookiesAsync([new() { Name = "cs.theme", Value = theme, Url = address.ToString() }]);
            await page.GotoAsync(address.ToString());
            await Expect(page.Locator("html[data-circuit=live] tr.day-row").First).ToBeVisibleAsync();
            await Expect(page.Locator("h1")).ToHaveTextAsync(question);
            await page.NoViolationsAsync();
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width, "the day fits");
        }

        // to the queue, to its first account, to a call with that
        await page.Keyboard.PressAsync("o");
        await page.WaitForURLAsync("**/queue?open=1");
        await Expect(page.Locator("tr.queue-row .row-link").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        var name = await page.Locator("tr.queue-row:focus .row-link").TextContentAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/accounts/*");
        await Expect(page.Locator("h1")).ToHaveTextAsync(name!);
        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync("**/call?account=*play=*");
        await Expect(page.Locator("[name=purpose]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Renewal");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("[name=notes]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("They will renew.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("[data-act=to-queue]")).ToBeVisibleAsync();

        // the call did the touch: the account waits no more, the next one is first
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("d");
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/");
        await Expect(page.Locator("tr.day-row .row-link").First).ToBeVisibleAsync();
        await Expect(page.Locator("tr.day-row .row-link").GetByText(name!, new() { Exact = true })).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("j");
        var next = page.Locator("tr.day-row:focus");
        var key = await next.GetAttributeAsync("data-key");
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator($"tr.day-row[data-key='{key}']")).ToHaveCountAsync(0);
    }
}
