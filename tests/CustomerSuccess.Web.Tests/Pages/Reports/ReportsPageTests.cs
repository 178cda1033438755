using Bunit;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Pages.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Reports;

public sealed class ReportsPageTests : PageTests
{
    private string Address => Services.GetRequiredService<NavigationManager>().Uri;

    [Fact]
    public async Task A_report_is_chosen_saved_under_a_name_and_opened_by_its_number()
    {
        await OpenAsync("");
        await SeedTermsAsync();
        var page = Show<ReportsPage>("/reports?measure=closingmrr&rows=plan");
        page.WaitForAssertion(() => page.Find("[data-totals] [data-total=whole]").TextContent.Trim().Should().Be("$600"));
        page.FindAll("[data-row]").Select(row => row.TextContent).Should().Equal("Pro", "Basic");
        page.Find("[data-cell=Pro]").GetAttribute("href").Should().Be("/reports/accounts?measure=closingmrr&row=Pro&rows=plan");

        page.On("[data-act=save-report]", found => found.Click());
        page.On("[data-dialog-report] input[name=name]", found => found.Change("MRR by plan"));
        page.On("[data-dialog-report] form", found => found.Submit());
        page.WaitForAssertion(() => Address.Should().EndWith("/reports?measure=closingmrr&rows=plan&saved=1"));
        page.WaitForAssertion(() => page.Find("h1").TextContent.Should().Contain("MRR by plan"));

        page.On("[data-filter=rows]", found => found.Change("Segment"));
        page.WaitForAssertion(() => Address.Should().EndWith("/reports?measure=closingmrr&rows=segment&saved=1"));
        page.WaitForElement("[data-act=update-report]");
        var byNumber = Show<ReportsPage>("/reports/1", parameters => parameters.Add(own => own.No, 1));
        byNumber.WaitForAssertion(() => Address.Should().EndWith("/reports?measure=closingmrr&rows=plan&saved=1"));
    }

    [Fact]
    public async Task A_rate_says_that_it_does_not_sum_and_by_how_few_it_is_carried()
    {
        await OpenAsync("");
        await SeedTermsAsync();
        var page = Show<ReportsPage>("/reports?measure=logoretention&rows=plan&months=2");
        page.WaitForAssertion(() => page.Find("[data-card=report]").TextContent.Should().Contain("does not sum"));
        page.Find("[data-card=report]").TextContent.Should().Contain("n = 2").And.Contain("Few");
        var today = Show<ReportsPage>("/reports?measure=expectedloss&rows=month");
        today.WaitForAssertion(() => today.Find("[data-row]").TextContent.Should().NotBeEmpty());
        today.FindAll("[data-filter=months]").Should().BeEmpty("expected loss has no past");
        var accounts = Show<ReportAccountsPage>("/reports/accounts?measure=closingmrr&rows=plan&row=Pro");
        accounts.WaitForAssertion(() => accounts.Find(".page-answer").TextContent.Should().StartWith("2 customers; the cell says $500"));
    }

    private async Task SeedTermsAsync()
    {
        await using var context = OpenContext();
        foreach (var no in new[] { 1, 2, 3 })
        {
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"T{no}", StartedOn = new DateOnly(2026, 6, 3), Mrr = 100 * no, Currency = "USD", Plan = no == 1 ? "Basic" : "Pro" });
        }

        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Stated = AsOf });
        await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
    }
}
