using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>The forecast as a manager reads it five minutes before a meeting.</summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed partial class ForecastTests(DemoServer demo)
{
    [Theory]
    [InlineData("en-US", "Renewals in ")]
    [InlineData("ja-JP", "の契約更新")]
    public async Task A_month_leads_to_its_renewals_and_a_lever_to_another_outlook(string culture, string listed)
    {
        var address = await demo.StartAsync();
        await using var context = await demo.OpenAsync(culture);
        var page = await context.NewPageAsync();
        await page.SignInAsync(address);
        await page.GotoAsync(new Uri(address, "/forecast").ToString());
        await Expect(page.Locator("[data-outlook]")).ToBeVisibleAsync();
        await page.SettledAsync();
        await page.NoViolationsAsync();

        // by keyboard: a month of the table lists its renewals, each of which leads to its account
        var month = page.Locator("button[data-month]").Nth(1);
        await month.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex("month=" + await month.GetAttributeAsync("data-month")));
        await Expect(page.Locator("#renewals-title")).ToContainTextAsync(listed);

        var before = await page.Locator("[data-outlook]").TextContentAsync();
        await page.Locator("#lever-churn").FillAsync("-50");
        await page.Locator("#lever-churn").PressAsync("Enter");
        await Expect(page.Locator("[data-outlook]")).Not.ToHaveTextAsync(before!);
        await Expect(page).ToHaveURLAsync(new Regex("churn=-50.*month="));

        await page.Locator("a.row-link").First.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(AccountPage());
    }

    [GeneratedRegex("/accounts/")]
    private static partial Regex AccountPage();
}
