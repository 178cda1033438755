using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What a quick reader does on a page whose circuit has not started yet.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class EarlyActsTests(DemoServer demo)
{
    [Fact]
    public async Task Choices_presses_and_words_before_the_circuit_starts_are_not_lost()
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync("ja-JP");
        var page = await context.NewPageAsync();
        await page.SignInAsync(address);

        // the page stands, its circuit waits at the door
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await opened.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(new Uri(address, "/queue").ToString(), new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await page.Locator("select[data-filter=health]").SelectOptionAsync("Danger");
        await page.Locator("[data-filter=today]").ClickAsync();
        await page.Locator("[data-search] input").PressSequentiallyAsync("株");
        (await page.Locator("html").GetAttributeAsync("data-circuit")).Should().Be("starting", "nothing has been interactive yet");

        opened.SetResult();
        await page.AtAsync("(?=.*health=danger)(?=.*today=1)(?=.*q=).*");
        await Expect(page.Locator("select[data-filter=health]")).ToHaveValueAsync("Danger");
        await Expect(page.Locator("[data-filter=today]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.Locator("[data-search] input")).ToHaveValueAsync("株");
        await Expect(page.Locator("[data-search] input")).ToBeFocusedAsync();
        await Expect(page.Locator("[data-chip]")).ToHaveCountAsync(3);

        // acted once: what the reader does now is not repeated or undone
        await page.Locator("[data-filter=today]").ClickAsync();
        await Expect(page.Locator("[data-filter=today]")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Locator("[data-chip]")).ToHaveCountAsync(2);
    }
}
