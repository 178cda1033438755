using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Pages.Retention;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Web.Tests.Pages.Retention;

public sealed class ClosedMonthsTests : PageTests
{
    [Fact]
    public async Task A_month_is_closed_and_a_later_correction_is_marked_told_and_opened()
    {
        await OpenAsync("", Roles.Executive);
        await SeedTermsAsync();
        var page = Show<RetentionPage>("/retention?part=closed");
        page.On("[data-act=close-month]", found => found.Click());
        page.On("[data-dialog-close-month] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-card=closed] [data-month='2026-09']").TextContent.Should().Be("Sep 2026"));
        page.Find("[data-card=restatements]").TextContent.Should().Contain("Nothing has changed a closed month");

        await using (var context = OpenContext())
        {
            var term = await context.Subscriptions.SingleAsync(one => one.AccountNo == 2, Xunit.TestContext.Current.CancellationToken);
            term.Mrr = 250;
            context.AccountChanges.Add(new AccountChange { AccountNo = 2, ChangeNo = 1_000, EarliestDay = term.StartedOn });
            await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var later = Show<RetentionPage>("/retention?part=closed");
        later.WaitForAssertion(() => later.Find("[data-card=restatements] [data-figure=mrr]").TextContent.Should().Be("MRR at the end: $300.00 → $350.00"));
        var accounts = later.Find("[data-card=restatements] [data-cell=restated]").GetAttribute("href")!;
        var behind = Show<RestatedPage>(accounts);
        behind.WaitForAssertion(() => behind.Find("[data-account=A2]").ParentElement!.ParentElement!.TextContent.Should().Contain("$200.00 → $250.00"));

        var bridge = Show<RetentionPage>("/retention");
        bridge.WaitForAssertion(() => bridge.Find("[data-restated=End]").GetAttribute("title").Should().Be("As closed: $300"));
        bridge.Find("[data-closed]").TextContent.Should().Contain("≠");
        var closed = Show<RetentionPage>("/retention?figures=closed");
        closed.WaitForAssertion(() => closed.Find("[data-restated=End]").GetAttribute("title").Should().Be("Today: $350"));
        closed.Find("[data-cell=End]").GetAttribute("href").Should().Contain("figures=closed");
    }

    [Fact]
    public async Task Who_may_not_close_sees_no_button()
    {
        await OpenAsync("", Roles.ReadOnly);
        await SeedTermsAsync();
        var page = Show<RetentionPage>("/retention?part=closed");
        page.WaitForElement("[data-card=closed]");
        page.FindAll("[data-act=close-month]").Should().BeEmpty();
    }

    private async Task SeedTermsAsync()
    {
        await using var context = OpenContext();
        foreach (var no in new[] { 1, 2 })
        {
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"T{no}", StartedOn = new DateOnly(2026, 7, 3), Mrr = 100 * no, Currency = "USD" });
        }

        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = AsOf });
        await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
    }
}
