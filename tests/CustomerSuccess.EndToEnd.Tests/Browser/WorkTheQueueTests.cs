using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What a CSM does in the morning, in a real browser, in both languages.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class WorkTheQueueTests(DemoServer demo)
{
    private const string Row = "tr.queue-row";

    [Theory]
    [InlineData("en-US", "en", "Whom should we contact today?")]
    [InlineData("ja-JP", "ja", "今日、どの顧客に連絡すべきか")]
    public async Task A_touch_that_is_marked_done_is_done_after_a_restart(string browserLanguage, string language, string question)
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync(browserLanguage);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add(message.Text);
            }
        };

        await page.SignInAsync(address);
        await page.GotoAsync(new Uri(address, "/queue").ToString());
        await Expect(page.Locator("h1")).ToHaveTextAsync(question);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Expect(page.Locator(Row).First).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.LiveAsync();

        // a row of the whole list, which stands there again when the list is whole again
        var key = await page.Locator(Row).Filter(new() { Has = page.Locator("[data-touch-state=Open]") }).First.GetAttributeAsync("data-key");
        var link = page.Locator($"{Row}[data-key='{key}'] .row-link");
        var name = await link.TextContentAsync();
        await FilterAsync(page);
        await link.ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(name!);
        await Expect(page.Locator(".driver-words").First).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.Locator($"{Row}.selected .row-link")).ToHaveTextAsync(name!);
        await page.Locator($"{Row}.selected .c-reason").ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(name!);
        await Expect(page.Locator(".driver-words").First).ToBeVisibleAsync();
        var reasons = await page.Locator(".driver-words").AllTextContentsAsync();
        reasons.Should().OnlyContain(reason => reason.Trim().Length > 3);
        (reasons.Any(reason => reason.Any(c => c is >= 'ぁ' and <= '龠')) == (language == "ja")).Should().BeTrue("reasons are sentences in the reader's language: {0}", string.Join(" | ", reasons));
        await page.NoViolationsAsync();

        var touch = page.Locator("li.suggestion[data-touch-state=open]").First;
        var play = await touch.GetAttributeAsync("data-play");
        await touch.Locator("[data-act=done]").ClickAsync();
        var done = page.Locator($"li.suggestion[data-play={play}][data-touch-state=done]");
        await Expect(done).ToBeVisibleAsync();
        var path = new Uri(page.Url).PathAndQuery;
        complaints.Should().BeEmpty();

        // the session outlives the restart: its keys stand in the database
        await page.GotoAsync("about:blank");
        address = await demo.RestartAsync();
        await page.GotoAsync(new Uri(address, path).ToString());
        await Expect(done).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(address, "/queue?q=" + Uri.EscapeDataString(name!)).ToString());
        await Expect(page.Locator($"{Row} [data-touch={play}][data-touch-state=Done]").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Nobody_gets_in_with_a_wrong_password()
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync("en-US");
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(address, "/queue").ToString());
        await page.FillAsync("#email", "nobody@example.com");
        await page.FillAsync("#password", "not the password");
        await page.ClickAsync("button.button-primary");
        await Expect(page.Locator("#sign-in-error")).ToBeVisibleAsync();
        await Expect(page.Locator("#email")).ToHaveValueAsync("nobody@example.com");
        await page.NoViolationsAsync();
        page.Url.Should().Contain("/sign-in");
    }

    /// <summary>Narrows to one segment, sees it in the address, in the rows and in the count, and takes the chip away again.</summary>
    private static async Task FilterAsync(IPage page)
    {
        var count = page.Locator("[data-count]");
        var all = await count.TextContentAsync();
        var choice = page.Locator("select[data-filter=segment] option").Nth(1);
        var segment = await choice.GetAttributeAsync("value");
        await page.Locator("select[data-filter=segment]").SelectOptionAsync(segment!);
        await page.AtAsync(@"/queue\?segment=.*");
        await Expect(count).Not.ToHaveTextAsync(all!);
        // the rows follow the count within the same answer
        await Expect(page.Locator($"{Row} .c-name .tag").Filter(new() { HasNotText = segment })).ToHaveCountAsync(0);
        await Expect(page.Locator($"{Row} .c-name .tag").First).ToHaveTextAsync(segment!);
        await page.Locator("[data-chip]").ClickAsync();
        await Expect(count).ToHaveTextAsync(all!);
    }
}
