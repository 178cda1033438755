using Bunit;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Layout;
using CustomerSuccess.Web.Pages.Search;
using CustomerSuccess.Web.Shared.Commands;
using CustomerSuccess.Web.Tests.Api;
using CustomerSuccess.Web.Tests.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Search;

/// <summary>Search over everything, its file and its part of the command menu.</summary>
public sealed class SearchPageTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "1 found", "Inquiry", "Nothing contains “量子”")]
    [InlineData("ja", "1件見つかりました", "問い合わせ", "「量子」を含むものはありません")]
    public async Task Hits_are_marked_lead_to_their_record_and_nothing_found_says_so(string language, string answer, string kind, string nothing)
    {
        using var _ = new InCulture(language);
        await SeedAsync();
        var page = Show<SearchPage>("/search?q=" + Uri.EscapeDataString("ログイン"));
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Be(answer));
        var hit = page.Find("tr[data-index='0']");
        hit.QuerySelector("[data-row-open]")!.GetAttribute("href").Should().Be("/inquiries/1%3AT-1");
        hit.QuerySelectorAll("mark").Select(mark => mark.TextContent).Should().Equal("ﾛｸﾞｲﾝ", "ログイン");
        hit.TextContent.Should().Contain(kind).And.Contain("Blue Harbor <b>Insurance</b>").And.Contain("<script>");
        page.Find("[data-act=export-utf8]").GetAttribute("href").Should().StartWith("/search.csv?q=");
        page.Find("[data-filter=kind]").InnerHtml.Should().Contain("value=\"note\"");

        Services.GetRequiredService<NavigationManager>().NavigateTo("/search?q=" + Uri.EscapeDataString("量子"));
        page.WaitForAssertion(() => page.Find("[data-state=NothingFound]").TextContent.Should().Contain(nothing));
    }

    [Fact]
    public async Task An_empty_search_asks_for_words_and_kinds_narrow()
    {
        await SeedAsync();
        var page = Show<SearchPage>("/search");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]").TextContent.Should().Contain("Type to search"));
        var narrowed = Show<SearchPage>("/search?q=harbor&kind=person");
        narrowed.WaitForAssertion(() => narrowed.Find("[data-state=NothingFound]").TextContent.Should().Contain("Search everywhere"));
        var all = Show<SearchPage>("/search?q=HARBOR&kind=no-such-kind");
        all.WaitForAssertion(() => all.Find("tr[data-hit=account] [data-row-open]").GetAttribute("href").Should().Be("/accounts/A2"));
    }

    [Fact]
    public async Task The_command_menu_finds_accounts_and_inquiries_and_leads_on()
    {
        await SeedAsync();
        var source = Services.GetServices<ICommandSource>().OfType<SearchCommands>().Single();
        (await source.FindAsync("", CompanyDatabase.Csm, Token)).Should().BeEmpty();
        var found = await source.FindAsync("あおば 青葉", CompanyDatabase.Csm, Token);
        found.Should().ContainSingle("no account has both").Which.Href.Should().StartWith("/search?q=");
        (await source.FindAsync("青葉", CompanyDatabase.Csm, Token))[0].Should().Match<Command>(command => command.Title == "株式会社青葉" && command.Href == "/accounts/A1");
        (await source.FindAsync("ろぐいん", CompanyDatabase.Csm, Token))[0].Href.Should().Be("/inquiries/1%3AT-1");
    }

    [Fact]
    public async Task The_file_is_disarmed_and_quoted() =>
        (await CsvText.OfAsync(table => SearchFile.WriteAsync(table, [new SearchHit(1, "A-1", "", "=1+1", SearchKinds.Note, "n", new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "", "a, \"b\"\nc"), new SearchHit(2, "A-2", "", "B", SearchKinds.Person, "7", null, "森", "")], Token)))
            .Should().Be("\uFEFFkind,at_utc,account_id,account,title,text\r\nnote,2026-01-02T03:04:05Z,A-1,'=1+1,,\"a, \"\"b\"\"\nc\"\r\nperson,,A-2,B,森,\r\n");

    [Fact]
    public void The_navigation_leads_there() => Navigation.Leads(SearchView.Path).Should().BeTrue();

    private async Task SeedAsync()
    {
        await OpenAsync(seed: "");
        await using var context = OpenContext();
        context.Inquiries.Add(new Inquiry { AccountNo = 2, SourceId = 1, FactId = "T-1", Subject = "ﾛｸﾞｲﾝできない", Body = "<script>alert(1)</script> 今朝からログインできません。", OpenedAt = new DateTime(2026, 9, 29, 0, 0, 0, DateTimeKind.Utc) });
        await context.SaveChangesAsync(Token);
    }
}
