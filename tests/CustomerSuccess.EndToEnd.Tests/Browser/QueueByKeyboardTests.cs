using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>The queue without a mouse, while a colleague looks at the same list.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class QueueByKeyboardTests(DemoServer demo)
{
    private const string Row = "tr.queue-row";

    /// <summary>Where <c>late</c> is set, the page's script hears that a dialog has closed only when <c>closeNow</c> is called: over a slow line that may be long after.</summary>
    private const string LateClosing = """
        (() => {
            let surfaces;
            Object.defineProperty(window, 'surfaces', {
                get: () => surfaces,
                set(value) {
                    const closed = value.closed;
                    value.closed = id => { if (window.late) window.closeNow = () => closed(id); else closed(id); };
                    surfaces = value;
                },
            });
        })();
        """;

    [Fact]
    public async Task Rows_are_chosen_worked_taken_back_and_given_away_by_keys_and_a_colleague_sees_it()
    {
        var address = await demo.StartAsync();
        await using var mine = await demo.OpenAsync("en-US");
        await using var theirs = await demo.OpenAsync("ja-JP");
        var page = await mine.NewPageAsync();
        await page.AddInitScriptAsync(LateClosing);
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

        // the way back goes away after some seconds, but not under the pointer
        var back = page.Locator(".mud-snackbar-action-button");
        await back.HoverAsync();
        await Expect(Names(page).First).Not.ToHaveTextAsync(first!);
        await Expect(Names(page).GetByText(second!, new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(colleague.Locator(".row-link").GetByText(second!, new() { Exact = true })).ToHaveCountAsync(0);

        await back.ClickAsync();
        await Expect(Names(page).First).ToHaveTextAsync(first!);
        await Expect(Names(colleague).First).ToHaveTextAsync(first!);

        // s asks, Escape thinks better of it and leads back to the row
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator($"{Row}:focus .row-link")).ToHaveTextAsync(second!);
        await PutAsideAsync(page);
        await page.NoViolationsAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-put-aside]")).ToHaveCountAsync(0);
        await Expect(page.Locator($"{Row}:focus .row-link")).ToHaveTextAsync(second!);

        // whoever moves on while the dialog is still closing is not led back; a gives away the account where the focus is
        await page.EvaluateAsync("window.late = true");
        await PutAsideAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-put-aside]")).ToHaveCountAsync(0);
        await Names(page).First.FocusAsync();
        await page.WaitForFunctionAsync("() => window.closeNow !== undefined");
        await page.EvaluateAsync("() => window.closeNow()");
        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator("[data-assign]")).ToContainTextAsync(first!);
        await page.Locator("[data-assign] [role=combobox]").FillAsync("sara");
        await page.Locator("[data-assign] [role=listbox][data-found=sara] [role=option]").First.ClickAsync();
        await page.NoViolationsAsync();
        await page.Locator("[data-act=assign-send]").ClickAsync();
        await Expect(page.Locator("[data-assign]")).ToHaveCountAsync(0);
        await page.GotoAsync(new Uri(address, "/queue?sort=name&columns=owner&q=" + Uri.EscapeDataString(first!)).ToString());
        var given = page.Locator(Row).Filter(new() { Has = page.Locator(".row-link").GetByText(first!, new() { Exact = true }) });
        await Expect(given.Locator(".c-owner")).ToContainTextAsync("Sara Lee");
    }

    /// <summary>Asks until when the touch of the row in focus is to be put aside.</summary>
    private static async Task PutAsideAsync(IPage page)
    {
        await Expect(page.Locator($"{Row}:focus [data-row-key=s]")).ToBeAttachedAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("[data-put-aside]")).ToBeVisibleAsync();
    }

    private static ILocator Names(IPage page) => page.Locator($"{Row} .row-link");
}
