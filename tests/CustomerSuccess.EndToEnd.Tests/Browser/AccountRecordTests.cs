using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>The account as the record that colleagues share, in two real browsers at once.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class AccountRecordTests(DemoServer demo)
{
    private const string Address = "[data-field-line=address]", Notes = "[data-part=notes]", Tasks = "[data-part=tasks]";

    private static readonly string[] Parts = ["overview", "timeline", "people", "contracts", "usage", "inquiries", "nps", "plan", "files", "health", "details"];

    [Fact]
    public async Task What_one_writes_a_colleague_sees_and_what_both_changed_is_chosen()
    {
        var address = await demo.StartAsync();
        await using var hers = await demo.OpenAsync("en-US");
        await using var his = await demo.OpenAsync("ja-JP");
        var (her, him) = (await hers.NewPageAsync(), await his.NewPageAsync());
        var path = await OpenFirstAsync(her, address);
        await him.SignInAsync(address);
        await OpenPartAsync(her, address, path, "details");
        await OpenPartAsync(him, address, path, "details");

        // a note by keyboard: it names a colleague, and markup stays words
        await her.Keyboard.PressAsync("n");
        await Expect(her.Locator($"{Notes} textarea")).ToBeFocusedAsync();
        await her.Keyboard.TypeAsync("<b>二人</b> moved on, @de");
        await Expect(her.Locator(".note-names")).ToBeVisibleAsync();
        await her.Keyboard.PressAsync("Enter");
        await her.Locator("[data-act=note-save]").PressAsync("Enter");
        await Expect(him.Locator("[data-note]").First).ToContainTextAsync("<b>二人</b> moved on, @Demo");

        // a task goes to a colleague and back
        await her.Keyboard.PressAsync("Escape");
        await her.Locator("[data-act=task-new]").PressAsync("Enter");
        await Expect(her.Locator("[data-task-dialog] [name=title]")).ToBeFocusedAsync();
        await her.NoViolationsAsync();
        await her.FillAsync("[data-task-dialog] [name=title]", "Call 金峰 back");
        await her.Locator("[data-act=task-save]").PressAsync("Enter");
        await Expect(her.Locator("[data-task-dialog]")).ToHaveCountAsync(0);
        var task = him.Locator($"{Tasks} [data-task]").Filter(new() { HasText = "Call 金峰 back" });
        await task.Locator("[data-act=task-done]").ClickAsync();
        await Expect(her.Locator($"{Tasks} [data-task]").Filter(new() { HasText = "Call 金峰 back" })).ToHaveCountAsync(0);

        // both change one field: the second is told and chooses, and the first sees the choice
        await EditAsync(her, "1-1 Marunouchi");
        await EditAsync(him, "丸の内一丁目1番");
        await her.Locator($"{Address} [data-act=field-save]").ClickAsync();
        await Expect(her.Locator($"{Address} .profile-value")).ToHaveTextAsync("1-1 Marunouchi");
        await Expect(him.Locator($"{Address} [role=note]")).ToContainTextAsync("1-1 Marunouchi");
        await him.Locator($"{Address} [data-act=field-save]").ClickAsync();
        await Expect(him.Locator("[data-conflict]")).ToBeVisibleAsync();
        await him.NoViolationsAsync();
        await Expect(her.Locator($"{Address} .profile-value")).ToHaveTextAsync("1-1 Marunouchi");
        await him.Locator("[data-act=keep-mine]").ClickAsync();
        await Expect(her.Locator($"{Address} .profile-value")).ToHaveTextAsync("丸の内一丁目1番");
    }

    [Fact]
    public async Task Every_part_is_accessible_in_the_light_and_on_a_phone_in_the_dark()
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync("ja-JP");
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        var path = await OpenFirstAsync(page, address);
        foreach (var (theme, width) in ((string, int)[])[("light", 1440), ("dark", 390)])
        {
            await context.AddCookiesAsync([new() { Name = "cs.theme", Value = theme, Url = address.ToString() }]);
            await page.SetViewportSizeAsync(width, 900);
            foreach (var part in Parts)
            {
                await OpenPartAsync(page, address, path, part);
                await page.FitsAsync(width, part);
                await page.NoViolationsAsync();
            }

            await page.GotoAsync(new Uri(address, path + "/print?internal=1").ToString());
            await Expect(page.Locator("html[data-circuit=live] .print")).ToBeVisibleAsync();
            await page.FitsAsync(width, "the sheet");
            await page.NoViolationsAsync();
        }

        complaints.Should().BeEmpty();
    }

    /// <summary>Signs in and opens the first account of the queue.</summary>
    /// <returns>Its address without its part.</returns>
    private static async Task<string> OpenFirstAsync(IPage page, Uri address)
    {
        await page.SignInAsync(address);
        await page.GotoAsync(new Uri(address, "/queue").ToString());
        await page.Locator("tr.queue-row .row-link").First.ClickAsync();
        await page.AtAsync("/accounts/.*");
        return new Uri(page.Url).AbsolutePath;
    }

    private static async Task OpenPartAsync(IPage page, Uri address, string path, string part)
    {
        await page.GotoAsync(new Uri(address, $"{path}?tab={part}").ToString());
        await Expect(page.Locator($"html[data-circuit=live] .account-grid[data-tab={part}]")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-state=Loading]")).ToHaveCountAsync(0);
    }

    private static async Task EditAsync(IPage page, string value)
    {
        await page.Locator($"{Address} [data-act=field-edit]").ClickAsync();
        await page.Locator($"{Address} :is(input, textarea)").FillAsync(value);
    }
}
