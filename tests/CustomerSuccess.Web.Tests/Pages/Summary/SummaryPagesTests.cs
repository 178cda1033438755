using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Pages.Summary;
using Microsoft.AspNetCore.Identity;

namespace CustomerSuccess.Web.Tests.Pages.Summary;

public sealed class SummaryPagesTests : PageTests
{
    [Fact]
    public async Task Each_block_says_what_it_comes_to_and_leads_to_its_page_and_the_period_can_be_chosen()
    {
        await OpenWithContractsAsync();
        var page = Show<SummaryPage>("/summary");
        page.WaitForAssertion(() => page.Find("[data-card=revenue] [data-block=lead]").TextContent.Should().StartWith("MRR is $"));
        page.FindAll("[data-card] [data-block=lead]").Should().HaveCountGreaterThan(5).And.OnlyContain(lead => lead.TextContent.Length > 10);
        page.Find("[data-cell=more-retention]").GetAttribute("href").Should().Be("/retention");
        page.Find("[data-fact=mrr] .fact-value").TextContent.Should().NotBeEmpty();
        page.Find("[data-act=pdf]").GetAttribute("href").Should().Be("/summary/file.pdf?lang=en");
        page.Find("[data-choice=Quarter]").GetAttribute("href").Should().Be("/summary?by=quarter");
        page.FindAll("[data-filter=period] option").Should().HaveCountGreaterThan(5);
    }

    [Fact]
    public async Task A_subscription_is_made_shown_with_its_next_sending_sent_now_and_ended()
    {
        await OpenWithContractsAsync();
        var page = Show<SubscriptionsPage>("/summary/mail");
        page.WaitForAssertion(() => page.Markup.Should().Contain("No summary is sent yet"));
        page.On("[data-act=new-subscription]", found => found.Click());
        page.On("[name=cadence]", found => found.Change("Weekly"));
        page.On("[name=week_day]", found => found.Change("Friday"));
        page.On("[data-dialog-subscription] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-cell=next]").TextContent.Should().Contain("Oct 2, 2026, 8:00"));
        page.On("[data-act=send-now]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-cell=last] [data-status]").TextContent.Should().StartWith("held back", "no sender is set"));
        page.On("[data-act=delete-subscription]", found => found.Click());
        page.WaitForAssertion(() => page.Markup.Should().Contain("No summary is sent yet"));
    }

    [Fact]
    public async Task A_report_for_the_customer_is_written_previewed_and_given()
    {
        await OpenWithContractsAsync();
        var page = Show<AccountPage>("/accounts/A1?tab=report", parameters => parameters.Add(own => own.Id, "A1"));
        page.On("[data-part=report] textarea[name=note]", found => found.Change("Thank you for your trust."));
        page.On("[data-part=report] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-report=preview]").TextContent.Should().Contain("Thank you for your trust.").And.NotContain("churn"));
        page.On("[data-act=report-give]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-card=reports-given] [data-cell=report]").GetAttribute("href").Should().StartWith("/customer-reports/1/"));
        page.FindAll("[data-report=preview]").Should().BeEmpty();
    }

    private async Task OpenWithContractsAsync()
    {
        await OpenAsync("");
        await using var context = OpenContext();
        context.Add(new SourceReach { SourceId = 9, Record = "subscriptions", Latest = AsOf });
        for (var i = 1; i <= 3; i++)
        {
            context.Add(new Subscription { AccountNo = i, SourceId = 9, FactId = $"T{i}", StartedOn = AsOf.AddDays(-600 + (100 * i)), Mrr = 100 * i, Seats = 10, Currency = "USD" });
        }

        context.Add(new User { Id = "u1", UserName = "sato", Email = "sato@example.com", DisplayName = "Sato" });
        context.Add(new IdentityRole { Id = "r", Name = Roles.Administrator, NormalizedName = "ADMINISTRATOR" });
        context.Add(new IdentityUserRole<string> { UserId = "u1", RoleId = "r" });
        await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
    }
}
