using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>What CS operations does in a real browser: brings files in, hands rejected rows back, reads how good the model is. That page in either language and by axe is one of <see cref="EveryPageTests"/>.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed class BringDataTests(DemoServer demo)
{
    private const string Header = "account_id,name,employees";
    private const string BadRow = "UP-2,Blue Harbor,abc";

    [Fact]
    public async Task A_bad_row_of_an_upload_is_rejected_with_its_reason_and_can_be_downloaded()
    {
        var page = await SignInAsync("ja-JP");
        await page.GotoAsync(new Uri(new Uri(page.Url), "/imports").ToString());
        await Expect(page.Locator("[data-upload=Choosing]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.SetInputFilesAsync("#upload-files", new FilePayload
        {
            Name = "accounts.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes($"{Header}\nUP-1,株式会社青空,120\n{BadRow}\n"),
        });
        await Expect(page.Locator("[data-upload=Ready] .preview")).ToContainTextAsync("整数ではありません");
        await page.NoViolationsAsync();
        await page.ClickAsync("[data-act=import]");
        await Expect(page.Locator("[data-demo-question]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();
        await page.ClickAsync("[data-act=import-beside]");
        await Expect(page.Locator("[data-count=rejected]")).ToHaveTextAsync("1");
        await Expect(page.Locator("[data-reason=whole_number_invalid]")).ToBeVisibleAsync();
        await page.NoViolationsAsync();

        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("[data-act=download-rejected]"));
        download.SuggestedFilename.Should().Be("rejected-accounts.csv");
        var rows = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        rows.Should().Equal(Header, BadRow);
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task The_models_page_gives_its_verdict_for_both_predictions()
    {
        var page = await SignInAsync("ja-JP");
        foreach (var target in (string[])["churn", "upsell"])
        {
            await page.GotoAsync(new Uri(new Uri(page.Url), "/models?target=" + target).ToString());
            await Expect(page.Locator(".models-body[data-verdict], [data-state=Empty]")).ToBeVisibleAsync();
        }

        await page.Context.DisposeAsync();
    }

    private async Task<IPage> SignInAsync(string language)
    {
        var address = await demo.StartAsync();
        var context = await demo.OpenAsync(language);
        var page = await context.NewPageAsync();
        await page.SignInAsync(address);
        return page;
    }
}
