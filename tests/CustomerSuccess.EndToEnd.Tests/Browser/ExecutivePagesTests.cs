using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>Retention, NPS, lifecycle, service, drivers and adoption as an executive and a product lead read them, down from cells to the accounts behind them. The marks of charts are those of <see cref="LeadPagesTests"/>.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class ExecutivePagesTests(DemoServer demo)
{
    private const string Password = "executive-pages-1";

    [Theory]
    [InlineData("executive", "en-US", "Of the MRR a year ago,", "NPS is", "light")]
    [InlineData("product-lead", "ja-JP", "1年前のMRRのうち", "NPSは", "dark")]
    public async Task Figures_answer_in_a_sentence_and_open_the_accounts_behind_their_marks(string role, string language, string kept, string score, string theme)
    {
        var address = await demo.StartAsync();
        var email = role + "@figures.example";
        (await Cs.TellAsync(demo.Folder, Password, "user", "add", email, "--role", role, "--password-stdin")).Should().Be(0);
        await using var context = await demo.OpenAsync(language);
        await context.AddCookiesAsync([new() { Name = "cs.theme", Value = theme, Url = address.ToString() }]);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.PageError += (_, error) => complaints.Add(error);
        await page.SignInAsync(address, email, Password);

        // the bridge: a key leads there, a cell by keyboard to its accounts, an account to its page
        await page.GoByKeysAsync('r');
        await Expect(page.Locator("[data-card=bridge] .apexcharts-canvas")).ToBeVisibleAsync();
        await Expect(page.Locator(".page-answer")).ToContainTextAsync(kept);
        await page.NoViolationsAsync();
        await page.Locator("[data-cell=New]").First.PressAsync("Enter");
        await Expect(page.Locator("[data-list=movements] tr[data-index='0'] [data-kind=New]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.Locator("[data-list=movements] tr[data-index='0'] a[data-row-open]").ClickAsync();
        await page.AtAsync("/accounts/.*");

        foreach (var (part, shown) in ((string, string)[])[("slices", "[data-card=slices] [data-cell=Churn]"), ("cohorts", "[data-card=cohorts] .heat-button"), ("survival", "[data-card=survival] .apexcharts-canvas"), ("reasons", "[data-card=reasons] .apexcharts-canvas"), ("check", "[data-closes=true]")])
        {
            await OpenAsync(page, address, "/retention?part=" + part, shown);
            await page.NoViolationsAsync();
            await FitsAPhoneAsync(page, shown);
        }

        await OpenAsync(page, address, "/retention?part=cohorts", ".heat-button");
        await page.Locator(".heat-button").Nth(3).PressAsync("Enter");
        await Expect(page.Locator("[data-list=movements] tr[data-index='0']")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("cohort="));

        // the trend and what came after, down to promoters who left
        await OpenAsync(page, address, "/nps", "[data-card=outcome] [data-cell=Promoter-Left]");
        await Expect(page.Locator(".page-answer")).ToContainTextAsync(score);
        await Expect(page.Locator("[data-card=trend] .apexcharts-canvas")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.Locator("[data-cell=Promoter-Left]").PressAsync("Enter");
        await Expect(page.Locator("[data-list=nps-answers] tr[data-index='0'] [data-group=Promoter]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await FitsAPhoneAsync(page, "[data-list=nps-answers] tr[data-index='0']");

        // stages and their diagnosis, and down from a cell of the R × F table
        await OpenAsync(page, address, "/lifecycle", "[data-card=stages] .apexcharts-canvas");
        await Expect(page.Locator("[data-card=diagnosis] [data-answer]")).ToBeVisibleAsync();
        await OpenAsync(page, address, "/lifecycle?part=table", ".heat-button");
        await page.Locator(".heat-button").First.PressAsync("Enter");
        await Expect(page.Locator("[data-list=lifecycle] tr[data-index='0']")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex("[?&]f="));
        await Expect(page).ToHaveURLAsync(new Regex("[?&]r="));

        // service, down from a bar to its inquiries
        await OpenAsync(page, address, "/service", "[data-card=backlog] .apexcharts-canvas");
        await page.ClickMarkAsync(page.Locator("[data-card=backlog] .apexcharts-bar-series path[val]:not([val='0'])").First);
        await page.AtAsync(@"/service/inquiries(\?.*)?");
        await Expect(page.Locator("[data-list=service-inquiries] tr[data-index='0']")).ToBeVisibleAsync();
        // what makes customers leave: a cell and an interval each open their accounts
        await OpenAsync(page, address, "/drivers", "[data-card=rank] .apexcharts-canvas");
        await Expect(page.Locator("[data-card=shape] .apexcharts-canvas").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-card=fix] [data-evidence=association]").First).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await FitsAPhoneAsync(page, "[data-card=rank] [data-cell=stake]");
        await page.Locator("[data-card=segments] .heat-button").First.PressAsync("Enter");
        await Expect(page.Locator("[data-list=driver-accounts] tr[data-index='0']")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await OpenAsync(page, address, "/drivers", "[data-card=stays] [data-cell=followed]");
        await page.Locator("[data-card=stays] [data-cell=followed]").First.PressAsync("Enter");
        await Expect(page.Locator("[data-list=stays] tr[data-index='0'] [data-fate]")).ToBeVisibleAsync();

        // which features keep them: the one that only large customers use is not praised
        await OpenAsync(page, address, "/adoption", "[data-card=keep] [data-metric=api_call]");
        (await page.Locator("[data-card=keep] tr", new() { Has = page.Locator("[data-metric=api_call]") }).Locator("[data-verdict]").GetAttributeAsync("data-verdict")).Should().NotBe("Keeps");
        await page.NoViolationsAsync();
        await FitsAPhoneAsync(page, "[data-card=use] [data-cell=using]");
        await page.Locator("[data-card=use] [data-cell=using]").First.PressAsync("Enter");
        await Expect(page.Locator("[data-list=adoption-accounts] tr[data-index='0']")).ToBeVisibleAsync();
        await page.NoViolationsAsync();

        // the list as a file, for older software too
        var file = await page.APIRequest.GetAsync(new Uri(address, "/nps/answers/export.csv?group=promoter&fate=left&encoding=shift_jis").ToString());
        file.Headers["content-type"].Should().Be("text/csv; charset=shift_jis");
        (await (await page.APIRequest.GetAsync(new Uri(address, "/retention/export.csv").ToString())).BodyAsync()).Take(3).Should().Equal([0xEF, 0xBB, 0xBF], "spreadsheets look for the mark");
        foreach (var table in new[] { "drivers/export.csv?table=rank", "drivers/export.csv?table=shape", "drivers/export.csv?table=fix", "drivers/export.csv?table=segments", "drivers/export.csv?table=months", "drivers/export.csv?table=stays", "drivers/accounts/export.csv", "adoption/export.csv?table=keep", "adoption/export.csv?table=use", "adoption/export.csv?table=first", "adoption/export.csv?table=together", "adoption/accounts/export.csv?feature=api_call", "reports/export.csv?measure=nrr&rows=plan", "reports/accounts/export.csv?measure=nrr&rows=plan", "forecast/months.csv", "forecast/renewals.csv", "forecast/accounts/export.csv?from=2026-04-30&month=2026-06" })
        {
            var lines = (await (await page.APIRequest.GetAsync(new Uri(address, "/" + table).ToString())).TextAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines.Length.Should().BeGreaterThan(1, table);
            lines.Select(line => line.Count(letter => letter == ',') >= lines[0].Count(letter => letter == ',')).Should().AllBeEquivalentTo(true, table);
        }

        complaints.Should().BeEmpty();
    }

    private static async Task OpenAsync(IPage page, Uri address, string path, string shown)
    {
        await page.GotoAsync(new Uri(address, path).ToString());
        await page.LiveAsync();
        await Expect(page.Locator(shown).First).ToBeVisibleAsync();
    }

    /// <summary>The same page anew on a phone, where nothing may stand out to the right.</summary>
    private static async Task FitsAPhoneAsync(IPage page, string shown)
    {
        await page.SetViewportSizeAsync(390, 844);
        await page.ReloadAsync();
        await Expect(page.Locator(shown).First).ToBeVisibleAsync();
        await page.FitsAsync(390, page.Url);
        await page.SetViewportSizeAsync(1440, 900);
    }
}
