using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Engine;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerSuccess.EndToEnd.Tests.Browser;

/// <summary>
/// Every page of executives and product leads, in both languages: it answers in the reader's language and leads from a mark of its chart to the accounts behind it, at an address that shows them again.
/// Executives go by mouse, product leads by keyboard. What else these pages do stands in <see cref="ExecutivePagesTests"/>.
/// </summary>
[Collection("The demo company: one after the other, for they change it and start it anew")]
public sealed partial class LeadPagesTests(DemoServer demo)
{
    private const string Password = "lead-pages-password-1";

    // a point that is not there is drawn so small that nobody sees it
    private const string Bar = ".apexcharts-bar-series path[val]:not([val='0'])", Point = ".apexcharts-marker[rel]:not([d*='0.1,0.1'])", InTable = ".chart-table .link-button", ThirdInTable = ".chart-table tbody tr:nth-child(3) .link-button";

    /// <summary>A way from a mark down to what is behind it.</summary>
    /// <param name="Path">The page.</param>
    /// <param name="Chart">Where its chart stands.</param>
    /// <param name="Mark">A mark in it.</param>
    /// <param name="Keyed">What does the same by keyboard: a cell of the page's table, or of the chart's own.</param>
    /// <param name="List">The list that it leads to.</param>
    private sealed record Way(string Path, string Chart, string Mark, string Keyed, string List);

    private static Way[] WaysTo(string goal) =>
    [
        new("/retention", "[data-card=bridge]", Bar, "[data-cell=New]", "movements"),
        new("/nps", "[data-card=outcome]", Bar, "[data-cell=Promoter-Left]", "nps-answers"),
        new("/forecast", "[data-part=months]", Point, "button[data-month]", "renewals"),
        new("/forecast", "[data-part=forecast]", Point, InTable, "past-renewals"),
        new("/forecast", "[data-part=outlook]", Point, "[data-cell=pace]", "movements"),
        new("/drivers", "[data-card=rank]", Bar, "[data-cell=stake]", "driver-accounts"),
        new("/adoption", "[data-card=use]", Bar, InTable, "adoption-accounts"),
        new("/feedback", "[data-card=trend]", Point, InTable, "feedback-texts"),
        new("/lifecycle", "[data-card=stages]", Bar, "[data-cell]", "lifecycle"),
        new("/service", "[data-card=volume]", Bar, "[data-cell=month]", "service-inquiries"),
        new("/reports?measure=closingmrr&rows=plan", "[data-card=report]", Bar, InTable, "report-accounts"),
        new("/summary", "[data-card=revenue]", Bar, ThirdInTable, "movements"),
        new("/plays/check_in", "[data-effect]", Point, "[data-cell=drawn]", "drawn-accounts"),
        new("/goals/" + goal, "[data-card=way]", Point, InTable, "movements"),
    ];

    [Theory]
    [InlineData(Roles.Executive, "en-US")]
    [InlineData(Roles.Executive, "ja-JP")]
    [InlineData(Roles.ProductLead, "en-US")]
    [InlineData(Roles.ProductLead, "ja-JP")]
    public async Task Every_page_answers_and_a_mark_of_its_chart_leads_to_the_accounts_behind_it(string role, string language)
    {
        var address = await demo.StartAsync();
        var email = $"{role}.{language}@leads.example".ToLowerInvariant();
        (await Cs.TellAsync(demo.Folder, Password, "user", "add", email, "--role", role, "--password-stdin")).Should().Be(0);
        var goal = await GoalAsync();
        await using var context = await demo.OpenAsync(language);
        var faults = new ConcurrentQueue<string>();
        var page = await TabAsync(context, faults);
        await page.SignInAsync(address, email, Password);
        var byMouse = role == Roles.Executive;
        // an address speaks no language: once by mouse and once by keyboard it is opened again
        var again = byMouse == (language == "en-US");
        var ways = new ConcurrentQueue<Way>(WaysTo(goal));
        await Task.WhenAll(GoAsync(page), GoAsync(await TabAsync(context, faults)));

        foreach (var (path, shown) in ((string, string)[])[("/plays/effects", "[data-verdict=check_in]"), ("/goals", $"a[href='/goals/{goal}']")])
        {
            await OpenAsync(page, address, path);
            await Expect(page.Locator(shown).First).ToBeVisibleAsync();
        }

        // outcomes of colleagues are for executives; to product leads there is no such page
        await page.GotoAsync(new Uri(address, "/team/outcomes").ToString());
        new Uri(page.Url).AbsolutePath.Should().Be(byMouse ? "/team/outcomes" : "/not-found");
        await Expect(page.Locator(byMouse ? ".page-answer" : "h1, h2").First).ToBeVisibleAsync();
        faults.Should().BeEmpty();

        async Task GoAsync(IPage tab)
        {
            while (ways.TryDequeue(out var way))
            {
                await OpenAsync(tab, address, way.Path);
                var title = await tab.Locator("h1").InnerTextAsync();
                Japanese().IsMatch(title + await tab.Locator(".page-answer").InnerTextAsync()).Should().Be(language == "ja-JP", "{0} speaks the reader's language", way.Path);
                await DownAsync(tab, way, byMouse);
                var first = tab.Locator($"[data-list={way.List}] tr[data-index='0']");
                await Expect(first).ToBeVisibleAsync();
                if (again)
                {
                    await SameAgainAsync(tab, way, first);
                }
            }
        }
    }

    /// <summary>The address alone shows the same again.</summary>
    private static async Task SameAgainAsync(IPage tab, Way way, ILocator first)
    {
        await tab.SettledAsync();
        var (told, url) = (await first.InnerTextAsync(), tab.Url);
        await tab.ReloadAsync();
        await Expect(first).ToBeVisibleAsync();
        tab.Url.Should().Be(url);
        if (new Uri(url).AbsolutePath != way.Path)
        {
            // a list on the same page stood there before it was narrowed
            await tab.SettledAsync();
            (await first.InnerTextAsync()).Should().Be(told, "{0} leads to {1}", way.Path, url);
        }
    }

    /// <summary>A goal for the company's MRR, set once.</summary>
    private async Task<string> GoalAsync()
    {
        var services = new ServiceCollection();
        services.AddCustomerSuccessEngine(DatabaseOptions.Parse(System.IO.Path.Combine(demo.Folder.Path, "test.db")));
        await using var provider = services.BuildServiceProvider();
        var token = TestContext.Current.CancellationToken;
        const string Title = "MRR";
        if ((await provider.GetRequiredService<GoalQuery>().StandingAsync(Viewer.System, token)).FirstOrDefault(one => one.Title == Title) is { } set)
        {
            return set.GoalId;
        }

        var saved = await provider.GetRequiredService<GoalBook>().SaveAsync(Viewer.System, new GoalDraft(null, 0)
        {
            Title = Title,
            Kind = GoalKind.Kgi,
            Measure = GoalMeasure.Mrr,
            OwnerEmail = "demo@customersuccess.example",
            StartOn = new DateOnly(2026, 7, 1),
            DueOn = new DateOnly(2027, 6, 30),
            TargetValue = 100_000_000,
        }, token);
        saved.Problems.Should().BeEmpty();
        return saved.Value!.GoalId;
    }

    private static async Task DownAsync(IPage page, Way way, bool byMouse)
    {
        var card = page.Locator(way.Chart).First;
        if (byMouse)
        {
            await page.ClickMarkAsync(card.Locator(way.Mark).First);
        }
        else
        {
            await page.SettledAsync();
            if (way.Keyed is InTable or ThirdInTable)
            {
                await card.Locator(".chart-foot summary").First.PressAsync("Enter");
            }

            var keyed = card.Locator(way.Keyed).First;
            await Expect(keyed).ToBeVisibleAsync();
            await keyed.PressAsync("Enter");
        }

        await Expect(page).Not.ToHaveURLAsync(new Uri(new Uri(page.Url), way.Path).ToString());
    }

    private static async Task OpenAsync(IPage page, Uri address, string path)
    {
        await page.GotoAsync(new Uri(address, path).ToString());
        await page.LiveAsync();
    }

    private static async Task<IPage> TabAsync(IBrowserContext context, ConcurrentQueue<string> faults)
    {
        var tab = await context.NewPageAsync();
        tab.PageError += (_, error) => faults.Enqueue($"{tab.Url}: {error}");
        return tab;
    }

    [GeneratedRegex("[\\u3041-\\u30ff\\u4e00-\\u9fff]")]
    private static partial Regex Japanese();
}
