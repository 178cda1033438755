using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Team;
using CustomerSuccess.Web.Api;
using CustomerSuccess.Web.Pages.Team;
using CustomerSuccess.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Team;

/// <summary>The clock stands on Thursday, 1 October 2026. Sato owns 40 accounts that were each to be lost with 20 %, Ito 4; two of Sato's left.</summary>
public sealed class OutcomesPageTests : PageTests
{
    private const string Sato = "sato@example.com", Ito = "ito@example.com";

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manager_sees_everybody_in_a_funnel_and_small_portfolios_say_so()
    {
        await OpenAsync(seed: "", role: Roles.CsManager);
        await SeedAsync();
        var page = Show<OutcomesPage>("/team/outcomes");
        page.WaitForAssertion(() => page.Find("[data-card=funnel]"));
        page.FindAll("[data-csm]").Select(cell => cell.GetAttribute("data-csm")).Should().Equal(Ito, Sato);
        page.FindAll("[data-verdict]").Select(cell => cell.GetAttribute("data-verdict")).Should().Equal("TooSmall", "Fewer");
        page.Find("[data-whole]").TextContent.Should().Contain("2 losses");
        page.Find(".page-answer").TextContent.Should().Contain("For 1 of 2 CSMs").And.Contain("Portfolios too small to say: 1.");

        var list = Show<OutcomeAccountsPage>($"/team/outcomes/accounts?owner={Sato}&kind=lost");
        list.WaitForAssertion(() => list.Markup.Should().Contain("Account 101").And.Contain("Account 102").And.NotContain("Account 103"));
    }

    [Fact]
    public async Task A_csm_cannot_ask_around_the_own_row_by_page_address_or_file()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        await SeedAsync();
        var page = Show<OutcomesPage>("/team/outcomes");
        page.WaitForAssertion(() => page.Find("[data-csm]"));
        page.FindAll("[data-csm], [data-work]").Select(cell => cell.GetAttribute("data-csm") ?? cell.GetAttribute("data-work")).Should().OnlyContain(email => email == Sato);
        page.FindAll("[data-whole]").Should().BeEmpty();
        var list = Show<OutcomeAccountsPage>($"/team/outcomes/accounts?owner={Ito}");
        list.WaitForAssertion(() => list.Find("[data-state=Forbidden]"));
        list.Markup.Should().NotContain("Account 2");

        var file = Services.GetRequiredService<OutcomeFile>();
        (await CsvText.OfAsync(table => file.WriteAsync(table, CompanyDatabase.Csm, Token))).Should().Contain(Sato).And.NotContain(Ito);
        (await CsvText.OfAsync(table => file.WriteAsync(table, CompanyDatabase.Csm, new TeamAccountAsk(Ito, TeamListKind.Predicted), Token))).Split("\r\n").Should().HaveCount(2, "headings and nothing else");
        (await CsvText.OfAsync(table => file.WriteAsync(table, CompanyDatabase.Csm, new TeamAccountAsk(Sato, TeamListKind.Lost), Token))).Split("\r\n").Should().HaveCount(4);
    }

    [Fact]
    public async Task Without_an_old_prediction_the_page_says_so()
    {
        await OpenAsync(seed: "", role: Roles.Executive);
        var page = Show<OutcomesPage>("/team/outcomes");
        page.WaitForAssertion(() => page.Find("[data-work]"));
        page.Markup.Should().Contain("no substitute");
        page.FindAll("[data-card=funnel], [data-csm]").Should().BeEmpty();
    }

    private async Task SeedAsync()
    {
        await using var context = OpenContext();
        var start = new DateOnly(2026, 3, 31);
        context.Attributes.Add(new AttributeDefinition { AttributeId = 90, Record = "accounts", Name = "owner_email", Type = AttributeType.Category });
        context.SourceReaches.Add(new SourceReach { SourceId = 1, Record = "subscriptions", Latest = new DateOnly(2026, 9, 30) });
        context.ScoreRuns.Add(new ScoreRun { ScoreRunId = 2, AsOf = start, StartedAt = DateTime.UnixEpoch, FinishedAt = DateTime.UnixEpoch, ChurnModelId = 1, ContractsUntil = start, SettingsJson = "{}" });
        for (var no = 101; no <= 140; no++)
        {
            Add(no, Sato, no <= 102 ? new DateOnly(2026, 5, 20) : null);
        }

        for (var no = 201; no <= 204; no++)
        {
            Add(no, Ito, null);
        }

        await context.SaveChangesAsync(Token);

        void Add(int no, string owner, DateOnly? end)
        {
            context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"Account {no}", NameSort = $"account {no}", OwnerEmail = owner });
            context.AccountValues.Add(new AccountValue { AccountNo = no, AttributeId = 90, ValidFrom = new DateOnly(2025, 1, 1), Value = owner });
            context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = $"T{no}", StartedOn = new DateOnly(2025, 1, 1), EndedOn = end, Mrr = 100, Currency = "USD" });
            context.AccountScores.Add(new AccountScore { ScoreRunId = 2, AccountNo = no, State = ScoreState.Scored, Name = $"Account {no}", NameSort = $"account {no}", Plays = "", Mrr = 100, ChurnProbability = 0.2, OwnerEmail = owner });
        }
    }
}
