using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>Two colleagues on one inquiry, a call by keyboard, and customers without a script, in real browsers.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed partial class DeskTests(DemoServer demo)
{
    private const string Colleague = "support2@cs.example";
    private const string Password = "a password of her own";

    [Fact]
    public async Task Two_on_one_inquiry_see_each_other_and_neither_loses_an_answer()
    {
        var address = await demo.StartAsync();
        (await Cs.TellAsync(demo.Folder, Password, "user", "password", Colleague, "--password-stdin")).Should().Be(0);
        await using var first = await demo.OpenAsync("ja-JP");
        await using var second = await demo.OpenAsync("en-US");
        var (mine, hers) = (await first.NewPageAsync(), await second.NewPageAsync());
        await Task.WhenAll(mine.SignInAsync(address), hers.SignInAsync(address, Colleague, Password));

        // by keyboard from anywhere to the first inquiry that waits
        await mine.GoByKeysAsync('u');
        await mine.AtAsync("/inquiries.*");
        await Expect(mine.Locator("[data-list=inquiries] tr[data-index='0']")).ToBeVisibleAsync();
        await mine.NoViolationsAsync();
        await mine.Keyboard.PressAsync("j");
        await mine.Keyboard.PressAsync("Enter");
        await Expect(mine.Locator("#composer-body")).ToBeVisibleAsync();
        await mine.NoViolationsAsync();

        await hers.GotoAsync(mine.Url);
        await Expect(hers.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await Expect(mine.Locator(".presence")).ToContainTextAsync("Maya Patel");
        await Expect(hers.Locator(".presence-one")).ToBeVisibleAsync();

        // she types, which is seen while she does and some seconds longer; then he writes as well
        await Task.WhenAll(mine.Locator(".presence-one[data-typing]").WaitForAsync(), hers.Locator("#composer-body").PressSequentiallyAsync("We have found the cause."));
        await mine.Locator("#composer-body").PressSequentiallyAsync("こちらで確認いたします。");

        await hers.Locator("#composer-body").PressAsync("Control+Enter");
        await Expect(hers.Locator(".message-answer").Last).ToContainTextAsync("We have found the cause");
        await Expect(hers.Locator("#composer-body")).ToHaveValueAsync("");

        // her answer stands in his thread before he sends, and he is told that it came while he wrote
        await Expect(mine.Locator(".message-answer").Last).ToContainTextAsync("We have found the cause");
        await Expect(mine.Locator("[data-meanwhile]")).ToContainTextAsync("Maya Patel");
        await Expect(mine.Locator(".composer-tab").First).ToHaveTextAsync("回答");
        await mine.Locator("#composer-body").PressAsync("Control+Enter");
        await Expect(mine.Locator("#composer-body")).ToHaveValueAsync("こちらで確認いたします。");
        (await hers.Locator(".message-answer", new() { HasText = "こちらで確認いたします。" }).CountAsync()).Should().Be(0);
        await mine.NoViolationsAsync();

        await mine.Locator("[data-act=seen]").ClickAsync();
        await Expect(mine.Locator("[data-meanwhile]")).ToBeHiddenAsync();
        await mine.Locator("#composer-body").PressAsync("Control+Enter");
        await Expect(mine.Locator(".message-answer").Last).ToContainTextAsync("こちらで確認いたします。");
        await Expect(hers.Locator(".message-answer").Last).ToContainTextAsync("こちらで確認いたします。");

        // a page that is left is seen no longer
        await hers.CloseAsync();
        await Expect(mine.Locator(".presence-one")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_call_is_recorded_by_keyboard()
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync("en-US");
        var page = await context.NewPageAsync();
        await page.SignInAsync(address);
        // the first account that nobody has dealt with yet
        await page.GotoAsync(new Uri(address, "/queue?open=1").ToString());
        await Expect(page.Locator("tr.queue-row").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("tr.queue-row:focus [data-row-key=c]")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("c");
        await page.AtAsync(@"/call\?account=.*");
        await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await Expect(page.Locator("[name=purpose]")).ToBeFocusedAsync();
        await page.NoViolationsAsync();
        var path = new Uri(page.Url).PathAndQuery;

        await page.Keyboard.TypeAsync("Renewal");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("[name=notes]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("They will renew.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("[data-act=to-account]")).ToBeVisibleAsync();

        await page.GotoAsync(new Uri(address, path).ToString());
        await Expect(page.Locator(".call-side")).ToContainTextAsync("They will renew.");
    }

    [Fact]
    public async Task Customers_ask_and_rate_without_a_script()
    {
        var address = await demo.StartAsync();
        await using var customers = await demo.OpenAsync("ja-JP", script: false);
        await using var context = await demo.OpenAsync("en-US");
        var customer = await customers.NewPageAsync();
        await customer.GotoAsync(new Uri(address, "/contact").ToString());
        await customer.FillAsync("#name", "佐々木 健");
        await customer.FillAsync("#email", "not an address");
        await customer.FillAsync("#subject", "請求書の宛名");
        await customer.FillAsync("#body", "宛名を変えたいです。");
        await customer.ClickAsync("button[type=submit]");
        await Expect(customer.Locator("#email[aria-invalid=true]")).ToHaveValueAsync("not an address");
        await Expect(customer.Locator("#body")).ToHaveValueAsync("宛名を変えたいです。");
        await customer.FillAsync("#email", "sasaki@unknown-shop.example");
        await customer.ClickAsync("button[type=submit]");
        await Expect(customer.Locator("[data-sent]")).ToContainTextAsync(Reference());

        // it waits for somebody who knows whose it is
        var page = await context.NewPageAsync();
        await page.SignInAsync(address);
        await page.GotoAsync(new Uri(address, "/inquiries/received").ToString());
        await Expect(page.Locator(".received-item").First).ToContainTextAsync("sasaki@unknown-shop.example");
        await page.NoViolationsAsync();

        // a customer is asked by a link, and answers without a sign-in
        await page.GotoAsync(new Uri(address, "/inquiries?view=All&state=resolved").ToString());
        await page.Locator("[data-list=inquiries] .row-link").First.ClickAsync();
        await page.Locator("[data-act=ask-satisfaction]").ClickAsync();
        var link = await page.Locator("[data-rating-link]").InputValueAsync();
        await customer.GotoAsync(new Uri(address, new Uri(link).PathAndQuery).ToString());
        await customer.CheckAsync("input[type=radio][value='4']");
        await customer.FillAsync("#comment", "助かりました。");
        await customer.ClickAsync("button[type=submit]");
        await Expect(customer.Locator("[data-saved]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-rating='4']")).ToBeVisibleAsync();

        await customer.GotoAsync(new Uri(address, "/rating/somebody-elses").ToString());
        await Expect(customer.Locator("[data-gone]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("[A-Z0-9]{4}-[A-Z0-9]{4}")]
    private static partial Regex Reference();
}
