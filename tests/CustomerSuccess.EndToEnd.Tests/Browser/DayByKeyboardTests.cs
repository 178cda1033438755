using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>A CSM's day without a mouse: My day, the queue, an account, a call that carries the touch out, the next touch.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class DayByKeyboardTests(DemoServer demo)
{
    private const string QueueRow = "tr.queue-row", DayRow = "tr.day-row";

    [Theory]
    [InlineData("en-US", 1440, 900, "What needs the team today?")]
    [InlineData("ja-JP", 390, 844, "チームは今日、何をすべきか")]
    public async Task A_day_goes_from_touch_to_touch_by_keys(string language, int width, int height, string question)
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync(language);
        var page = await context.NewPageAsync();
        await page.SetViewportSizeAsync(width, height);
        await page.SignInAsync(address);
        await Expect(page.Locator("html[data-circuit=live] [data-list=day]")).ToBeAttachedAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(question);

        // on a phone the touches begin below the screen: the first key brings them
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator($"{DayRow}:focus")).ToBeVisibleAsync();
        await page.FitsAsync(width, new Uri(page.Url).AbsolutePath);

        // from the day to the queue, and to the first account that waits there
        await page.Keyboard.PressAsync("o");
        await page.AtAsync(@"/queue\?open=1");
        await Expect(page.Locator(QueueRow).First).ToBeVisibleAsync();
        await page.FitsAsync(width, new Uri(page.Url).AbsolutePath);
        await page.Keyboard.PressAsync("j");
        var row = page.Locator($"{QueueRow}:focus");
        var account = await row.GetAttributeAsync("data-key");
        var name = await row.Locator(".row-link").TextContentAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.AtAsync("/accounts/.*");
        await Expect(page.Locator("h1")).ToHaveTextAsync(name!);
        await page.FitsAsync(width, new Uri(page.Url).AbsolutePath);

        // a call with it, recorded without leaving the keys
        await page.Keyboard.PressAsync("c");
        await page.AtAsync(@"/call\?account=.*play=.*");
        var play = System.Web.HttpUtility.ParseQueryString(new Uri(page.Url).Query)["play"];
        await Expect(page.Locator("[name=purpose]")).ToBeFocusedAsync();
        await page.FitsAsync(width, new Uri(page.Url).AbsolutePath);
        await page.Keyboard.TypeAsync("Renewal");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("[name=notes]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("They will renew.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("[data-act=to-queue]")).ToBeVisibleAsync();

        // the call carried the touch out: back in the queue it waits no more, and the next one is done with a key
        await page.Keyboard.PressAsync("o");
        await page.AtAsync(@"/queue\?open=1");
        await Expect(page.Locator(QueueRow).First).ToBeVisibleAsync();
        await Expect(Open(page, account, play)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("j");
        var next = (Account: await row.GetAttributeAsync("data-key"), Play: await row.Locator("[data-touch]").First.GetAttributeAsync("data-touch"));
        await Expect(Open(page, next.Account, next.Play)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("d");
        await Expect(Open(page, next.Account, next.Play)).ToHaveCountAsync(0);

        // and so is the day's own next touch
        await page.GoByKeysAsync('d');
        await page.AtAsync("/");
        await Expect(page.Locator("[data-list=day]")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator($"{DayRow}:focus")).ToBeVisibleAsync();
        foreach (var done in new[] { (account, play), next })
        {
            await Expect(page.Locator($"{DayRow}[data-key='{done.Item1}:{done.Item2}']")).ToHaveCountAsync(0);
        }

        var touch = await page.Locator($"{DayRow}:focus").GetAttributeAsync("data-key");
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator($"{DayRow}[data-key='{touch}']")).ToHaveCountAsync(0);
    }

    private static ILocator Open(IPage page, string? account, string? play) => page.Locator($"{QueueRow}[data-key='{account}'] [data-touch='{play}'][data-touch-state=Open]");
}
