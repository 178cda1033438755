using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>Somebody groups accounts and writes a play for them, in both languages.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class PlayTests(DemoServer demo)
{
    private const string Words = "May we call you on Monday? 月曜日にお電話してもよろしいでしょうか。";

    [Theory]
    [InlineData("en-US", "en", "Health score", "weak accounts", "Call the weak ones")]
    [InlineData("ja-JP", "ja", "ヘルススコア", "低調な顧客", "低調な顧客に電話する")]
    public async Task A_segment_and_a_play_are_written_tried_out_and_turned_on(string browserLanguage, string language, string health, string segment, string play)
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync(browserLanguage);
        var page = await context.NewPageAsync();
        await page.SignInAsync(address);

        // a segment: who is in it is counted before it is kept
        await page.GotoAsync(new Uri(address, "/segments/new").ToString());
        await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await page.FillAsync("[data-field=name] input", segment);
        await ChooseAsync(page, health, "score.health");
        await page.Locator("[data-condition='0'] select").SelectOptionAsync("Below");
        await page.Locator("[data-field='when-value-0'] input").FillAsync("50");
        await page.Locator("[data-field='when-value-0'] input").PressAsync("Tab");
        var counted = page.Locator("[data-preview=ready] [data-preview-total]");
        await Expect(counted).ToBeVisibleAsync();
        var members = await counted.GetAttributeAsync("data-preview-total");
        int.Parse(members!, System.Globalization.CultureInfo.InvariantCulture).Should().BePositive();
        await page.NoViolationsAsync();
        await page.ClickAsync("[data-act=save-segment]");
        await page.AtAsync("/.*/[0-9a-f-]{36}");
        await Expect(page.Locator("h1")).ToHaveTextAsync(segment);
        var segmentId = new Uri(page.Url).Segments[^1];
        await page.NoViolationsAsync();

        // the queue, narrowed to it
        await page.ClickAsync("[data-act=to-queue]");
        await page.AtAsync($@"/.*\?segmentId={segmentId}");
        await Expect(page.Locator("tr.queue-row").First).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(segment);

        // a play for whoever is in it
        await page.GotoAsync(new Uri(address, "/plays/new").ToString());
        await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await Expect(page.Locator("[data-play-form]")).ToBeVisibleAsync();
        await page.FillAsync("[data-field=key] input", $"own_{language}");
        await page.FillAsync("[data-field=minutes] input", "5");
        await page.FillAsync("[data-field=effect] input", "60");
        await page.FillAsync($"[data-field=name_{language}] input", play);
        await page.FillAsync("[data-field=message_en] textarea", Words);
        await page.FillAsync("[data-field=message_ja] textarea", Words);
        await page.ClickAsync("[data-act=save-play]");
        await Expect(page.Locator("[data-condition='0'] .field-error")).ToBeVisibleAsync();
        await ChooseAsync(page, segment, $"segment:{segmentId}");
        await Expect(page.Locator("[data-preview=ready] [data-preview-total]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.ClickAsync("[data-act=save-play]");
        await page.AtAsync($"/plays/own_{language}");
        await Expect(page.Locator("h1")).ToHaveTextAsync(play);

        // how it would have fired, then on with it
        await page.ClickAsync("[data-act=past]");
        await Expect(page.Locator("[data-past=ready] [data-past-answer]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        var state = page.Locator($"[data-play-state=own_{language}]");
        await page.ClickAsync("[data-act=turn-play]");
        await Expect(state).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("pill-good"));
        await page.GotoAsync(new Uri(address, "/plays?q=" + Uri.EscapeDataString(play)).ToString());
        await Expect(page.Locator("[data-list=plays] tr[data-index='0'] .row-link")).ToHaveTextAsync(play);
        await Expect(state).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("pill-good"));
        await page.NoViolationsAsync();

        // the next run suggests it; its mail is written, looked at and sent, which does the suggestion
        await Cs.SetAsync(demo.Folder, ("mail.from_address", "cs@company.example"));
        (await Cs.RunAsync(demo.Folder, "score")).ExitCode.Should().Be(0);
        await page.GotoAsync(new Uri(address, $"/queue?play=own_{language}").ToString());
        await page.Locator("tr.queue-row .row-link").First.ClickAsync();
        var suggestion = page.Locator($"li.suggestion[data-play=own_{language}]");
        await Expect(suggestion).ToHaveAttributeAsync("data-touch-state", "open");
        var account = page.Url;
        await suggestion.Locator("[data-act=write]").ClickAsync();
        await page.AtAsync(@"/mail/new(\?.*)?");
        await Expect(page.Locator("[data-preview=mail] iframe")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-field=body] textarea")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape(Words)));
        await page.FillAsync("[data-field=subject] input", play);
        await page.PressAsync("[data-field=subject] input", "Tab");
        await Expect(page.Locator("[data-preview=mail] dl")).ToContainTextAsync(play);

        // axe waits forever for an answer out of a frame that may run no script: pages with a message on them are not asked
        await page.ClickAsync("[data-act=send]");
        await page.AtAsync("/.*/[0-9a-f-]{36}");
        await Expect(page.Locator("h1")).ToHaveTextAsync(play);
        await Expect(page.Locator(".mail-head .pill-info, .mail-head .pill-good").First).ToBeVisibleAsync();
        await page.GotoAsync(account);
        await Expect(suggestion).ToHaveAttributeAsync("data-touch-state", "done");

        // what is known of its effect so far
        await page.GotoAsync(new Uri(address, $"/plays/own_{language}").ToString());
        await Expect(page.Locator("[data-effect=TooLittle] [data-effect-sentence]")).ToBeVisibleAsync();

        // what is known of effects: the company's, and a play's own
        await page.GotoAsync(new Uri(address, "/plays").ToString());
        await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await page.ClickAsync("[data-tab=effects]");
        await page.AtAsync("/plays/effects");
        await Expect(page.Locator("[data-verdict=check_in]")).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("pill-good"));
        await Expect(page.Locator($"[data-verdict=own_{language}]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.GotoAsync(new Uri(address, "/plays/check_in").ToString());
        await Expect(page.Locator("[data-effect=Works] [data-effect-sentence]")).ToContainTextAsync(language == "ja" ? "解約率は実施群" : "Of those offered it");
        await page.NoViolationsAsync();
        await page.GotoAsync(new Uri(address, "/plays?q=" + Uri.EscapeDataString(play)).ToString());

        // it is turned off again, lest other tests meet it
        await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await page.Locator("[data-list=plays] tr[data-index='0']").HoverAsync();
        await page.Locator("[data-list=plays] tr[data-index='0'] [data-act=turn]").ClickAsync();
        await Expect(state).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("pill-good"));
    }

    private static async Task ChooseAsync(IPage page, string words, string field)
    {
        await page.Locator("[data-condition='0'] [role=combobox]").FillAsync(words);
        await page.Locator($"[data-condition='0'] [role=listbox][data-found='{words}'] [role=option][id$='{field}']").ClickAsync();
        await Expect(page.Locator("[data-condition='0'] select")).ToBeVisibleAsync();
    }
}
