using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>Figures of a large company are those that were computed ahead, and say so while facts came since.</summary>
public sealed class FiguresAsOfTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_says_of_which_moment_it_is_and_follows_while_a_list_waits_for_its_reader()
    {
        await OpenAsync(seed: "", role: Roles.Executive);
        await AddAsync(1);
        var (books, keeping) = (Services.GetRequiredService<CompanyBooks>(), ActivatorUtilities.CreateInstance<KeepBooks>(Services));
        books.StandsFrom = 1;
        await keeping.RunAsync(Token);
        var page = Show<RetentionPage>("/retention");
        page.WaitForAssertion(() => page.Find("[data-part=bridge]"));
        page.FindAll("[data-part=as-of]").Should().BeEmpty("nothing came since");

        await AddAsync(2);
        page = Show<RetentionPage>("/retention");
        page.WaitForAssertion(() => page.Find("[data-part=as-of]").TextContent.Should().Contain("as of Oct 1, 2026"));
        var list = Show<MovementsPage>("/retention/accounts?period=2026-08_2026-09&kind=end");
        list.WaitForAssertion(() => list.Find("[data-part=as-of]"));
        list.FindAll("[data-act=read-anew]").Should().BeEmpty("there is nothing newer yet");

        await keeping.RunAsync(Token);
        page.WaitForAssertion(() => page.FindAll("[data-part=as-of]").Should().BeEmpty("it follows"));
        list.WaitForAssertion(() => list.Find("[data-act=read-anew]"));
        list.On("[data-act=read-anew]", found => found.Click());
        list.WaitForAssertion(() => list.FindAll("[data-part=as-of]").Should().BeEmpty());
    }

    private async Task AddAsync(int no)
    {
        await using var context = OpenContext();
        if (no == 1)
        {
            context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Latest = new DateOnly(2026, 9, 30) });
        }

        context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"term-{no}", Product = "core", Mrr = 100, Currency = "USD", StartedOn = new DateOnly(2026, 1, 1) });
        context.AccountChanges.Add(new AccountChange { AccountNo = no, ChangeNo = 1_000 + no, EarliestDay = new DateOnly(2026, 1, 1) });
        await context.SaveChangesAsync(Token);
    }
}
