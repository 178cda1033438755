using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Web.Pages.Calls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Web.Tests.Pages.Calls;

/// <summary>The screen that a telephone system opens, and the form beside it.</summary>
public sealed class CallPageTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_match_opens_the_contact_with_the_form_ready_and_the_call_becomes_a_touch()
    {
        await SeedAsync();
        var page = Show<CallPage>("/call?from=０３ー１２３４ー５６７８&play=usage_recovery");
        page.WaitForAssertion(() => page.Find("[data-call]"));
        page.Find("h1").TextContent.Should().Be("佐々木 葵");
        page.Find(".page-answer").TextContent.Should().Contain("03-1234-5678").And.Contain("株式会社青葉");

        await page.OnAsync("input[name=purpose]", found => found.ChangeAsync(new ChangeEventArgs { Value = "契約更新の確認" }));
        await page.OnAsync("input[name=recording]", found => found.ChangeAsync(new ChangeEventArgs { Value = "http://pbx.example/1" }));
        ((FakeTimeProvider)Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromMinutes(7.5));
        await page.OnAsync("[data-call]", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-field=recording] [role=alert]").TextContent.Should().Contain("https://"));
        await page.OnAsync("input[name=recording]", found => found.ChangeAsync(new ChangeEventArgs { Value = "https://pbx.example/1" }));
        await page.OnAsync("[data-call]", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-act=to-account]"));

        await using var context = OpenContext();
        var touch = await context.Touches.SingleAsync(Token);
        touch.Should().BeEquivalentTo(
            new { ContactNo = 7, Purpose = "契約更新の確認", Outcome = "reached", Direction = "inbound", Minutes = 7.5, Play = "usage_recovery", OwnerEmail = "sato@example.com", RecordingUrl = "https://pbx.example/1" },
            options => options.ExcludingMissingMembers());
        (await context.SuggestionActions.SingleAsync(Token)).TouchId.Should().Be(touch.FactId);
    }

    [Fact]
    public async Task Who_was_not_reached_is_called_again_or_written_to()
    {
        await SeedAsync();
        var page = Show<CallPage>("/call?account=1&contact=7");
        page.WaitForAssertion(() => page.Find("[data-call]"));
        page.FindAll("[data-follow-up]").Should().BeEmpty();
        await page.OnAsync("input[name=result][value=NotReached]", found => found.ChangeAsync(new ChangeEventArgs { Value = "NotReached" }));
        page.Find("[data-follow-up]").TextContent.Should().Contain("佐々木 葵").And.Contain("株式会社青葉");
        page.Find("[data-follow-up] a").GetAttribute("href").Should().StartWith("mailto:aoi%40aoba.example");
        await page.OnAsync("input[name=retry]", found => found.ChangeAsync(new ChangeEventArgs { Value = "2026-10-05" }));
        await page.OnAsync("[data-call]", found => found.SubmitAsync());
        page.WaitForAssertion(() => page.Find("[data-act=to-account]"));
        await using var context = OpenContext();
        (await context.Touches.SingleAsync(Token)).Should().BeEquivalentTo(new { Outcome = "not_reached", Direction = "outbound", NextStepOn = new DateOnly(2026, 10, 5) }, options => options.ExcludingMissingMembers());
    }

    [Fact]
    public async Task Several_matches_are_a_choice_and_an_unknown_number_becomes_somebodys()
    {
        await SeedAsync();
        await using (var context = OpenContext())
        {
            context.Contacts.Add(new Contact { AccountNo = 2, ContactNo = 8, ContactId = "P8", SourceId = 1, Name = "Ben", NameSort = "b", Phone = "03-1234-5678" });
            await context.SaveChangesAsync(Token);
        }

        var page = Show<CallPage>("/call?from=%2B81312345678");
        page.WaitForAssertion(() => page.FindAll("[data-caller]").Should().HaveCount(2));
        await page.OnAsync("[data-caller=A2]", found => found.ClickAsync(new MouseEventArgs()));
        Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith("/call?account=2&contact=8&from=%2B81312345678");

        var unknown = Show<CallPage>("/call?from=0459998888");
        unknown.WaitForAssertion(() => unknown.Find(".page-answer").TextContent.Should().Contain("045-999-8888"));
        unknown.FindAll("[data-call]").Should().BeEmpty();
        unknown.Find("[data-card=search]").Should().NotBeNull();
    }

    [Fact]
    public async Task A_number_that_no_telephone_system_brought_is_typed_and_looked_up()
    {
        await SeedAsync();
        var page = Show<CallPage>("/call");
        page.WaitForAssertion(() => page.Find("input[name=number]"));
        await page.OnAsync("input[name=number]", found => found.ChangeAsync(new ChangeEventArgs { Value = "０３ー１２３４ー５６７８" }));
        await page.OnAsync(".caller-number", found => found.SubmitAsync());
        new Uri(Services.GetRequiredService<NavigationManager>().Uri).Query.Should().Be("?from=" + Uri.EscapeDataString("０３ー１２３４ー５６７８"));

        // of a number that belongs to somebody, there is nothing to look up
        var known = Show<CallPage>("/call?from=03-1234-5678");
        known.WaitForAssertion(() => known.Find("[data-call]"));
        known.FindAll(".caller-number").Should().BeEmpty();
    }

    private async Task SeedAsync()
    {
        await OpenAsync(seed: "", Roles.Csm);
        await using var context = OpenContext();
        context.Contacts.Add(new Contact { AccountNo = 1, ContactNo = 7, ContactId = "P7", SourceId = 1, Name = "佐々木 葵", NameSort = "p", Email = "aoi@aoba.example", Phone = "03-1234-5678" });
        await context.SaveChangesAsync(Token);
    }
}
