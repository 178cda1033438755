using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>Every shared part, by eye of axe and by keyboard, and what becomes of typed words when the server goes away.</summary>
[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class GalleryTests(DemoServer demo)
{
    private static readonly string[] Parts = ["values", "lists", "forms", "surfaces", "charts", "states"];

    [Fact]
    public async Task Every_part_is_accessible_in_light_and_dark_and_can_be_worked_by_keyboard()
    {
        await demo.BrowseAsync();
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        using var server = await WebServer.StartAsync(folder, "Development", ["--no-demo"]);
        await using var context = await demo.OpenAsync("ja-JP");
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);

        foreach (var theme in (string[])["light", "dark"])
        {
            await context.AddCookiesAsync([new() { Name = "cs.theme", Value = theme, Url = server.Address.ToString() }]);
            foreach (var part in Parts)
            {
                await page.SetViewportSizeAsync(1440, 900);
                await OpenAsync(page, server, part);
                await page.NoViolationsAsync();
                await page.SetViewportSizeAsync(390, 844);
                await page.FitsAsync(390, part);
                await page.NoViolationsAsync();
            }
        }

        await page.SetViewportSizeAsync(1440, 900);
        await ListByKeyboardAsync(page, server);
        await SurfacesByKeyboardAsync(page, server);
        complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_typed_outlives_a_reload_and_a_restart_of_the_server()
    {
        await demo.BrowseAsync();
        using var folder = new TemporaryFolder();
        var server = await WebServer.StartAsync(folder, "Development", ["--no-demo"]);
        try
        {
            await using var context = await demo.OpenAsync("en-US");
            var page = await context.NewPageAsync();
            await OpenAsync(page, server, "forms");
            await page.FillAsync("[name=name]", "Acme 株式会社");
            await page.CheckAsync("[name=check]");
            await page.ReloadAsync();
            await RestoredAsync(page, "Acme 株式会社");
            await Expect(page.Locator("[name=check]")).ToBeCheckedAsync();

            // a circuit that the server put away is woken in place
            await page.EvaluateAsync("window.samePage = true; Blazor.pauseCircuit()");
            await Expect(page.Locator("#circuit-notice")).ToBeVisibleAsync();
            await RestoredAsync(page, "Acme 株式会社");
            (await page.EvaluateAsync<bool?>("window.samePage")).Should().BeTrue("nothing was loaded anew");
            await page.EvaluateAsync("document.getElementById('circuit-notice').hidden = true");

            // typed while nobody listens; the same port comes back later
            server.Dispose();
            await page.FillAsync("[name=name]", "Acme again");
            server = await WebServer.StartAsync(folder, "Development", ["--no-demo", "--port", server.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await page.WaitForFunctionAsync("() => !window.samePage");
            await Expect(page.Locator("#circuit-notice")).ToBeVisibleAsync();
            await RestoredAsync(page, "Acme again");

            // dropped, it is gone for good; saved, it is not offered again
            await page.Locator("[data-draft-drop]").ClickAsync();
            await Expect(page.Locator("[name=name]")).ToHaveValueAsync("");
            await page.FillAsync("[name=name]", "Kept");
            await page.Locator("[data-act=save]").ClickAsync();
            await Expect(page.Locator("[data-saved^=Kept]")).ToBeVisibleAsync();
            await page.ReloadAsync();
            await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
            await Expect(page.Locator("[name=name]")).ToHaveValueAsync("");
            await Expect(page.Locator("[data-draft-notice]")).ToBeHiddenAsync();
        }
        finally
        {
            server.Dispose();
        }
    }

    private static async Task OpenAsync(IPage page, WebServer server, string part)
    {
        await page.GotoAsync(new Uri(server.Address, "/dev/components?part=" + part).ToString());
        await Expect(page.Locator($"html[data-circuit=live] [data-gallery={part}]")).ToBeVisibleAsync();
        if (part == "lists")
        {
            await Expect(page.Locator("[data-list=gallery] tr[data-index='0']")).ToBeVisibleAsync();
        }
        else if (part == "charts")
        {
            await Expect(page.Locator(".apexcharts-canvas")).ToHaveCountAsync(3);
        }
    }

    private static async Task RestoredAsync(IPage page, string name)
    {
        await Expect(page.Locator("html[data-circuit=live]")).ToBeAttachedAsync();
        await Expect(page.Locator("[name=name]")).ToHaveValueAsync(name);
        await Expect(page.Locator("[data-draft-notice]")).ToBeVisibleAsync();
    }

    /// <summary>Rows, selection, a row's act, opening, search and chips without a mouse.</summary>
    private static async Task ListByKeyboardAsync(IPage page, WebServer server)
    {
        await OpenAsync(page, server, "lists");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("tr[data-index='1']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("[data-bulk]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Shift+Space");
        await Expect(page.Locator("[data-selected='3']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("d");
        await Expect(page.Locator("[data-done='3']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-opened='3']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("富岳");
        await Expect(page.Locator("[data-list=gallery][data-total='167']")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-bulk]")).ToHaveCountAsync(0);
        await page.Locator("[data-chip=q]").PressAsync("Enter");
        await Expect(page.Locator("[data-list=gallery][data-total='1000']")).ToBeVisibleAsync();
    }

    /// <summary>The command menu, the list of keys, a panel by its key, a question that wants a word typed.</summary>
    private static async Task SurfacesByKeyboardAsync(IPage page, WebServer server)
    {
        await OpenAsync(page, server, "surfaces");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog[data-shortcuts]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("dialog.dialog-side")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        await page.Locator("[data-act=ask]").PressAsync("Enter");
        await Expect(page.Locator("dialog[data-question]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await Expect(page.Locator("[data-act=yes]")).ToBeDisabledAsync();
        await page.Locator("#question-word").FillAsync("Acme");
        // the answer that the word fits comes from the server; a key on a disabled button does nothing
        await Expect(page.Locator("[data-act=yes]")).ToBeEnabledAsync();
        await page.Locator("[data-act=yes]").PressAsync("Enter");
        await Expect(page.Locator("[data-answer=True]")).ToBeVisibleAsync();

        await page.Locator("[aria-haspopup=menu]").First.PressAsync("Enter");
        await Expect(page.Locator("[role=menuitem]:focus")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
    }
}
