using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Web.Pages.Portfolios;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Portfolios;

public sealed class PortfolioPagesTests : PageTests
{
    private const string Ito = "ito@example.com", Sato = "sato@example.com";

    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_is_made_tried_out_and_run()
    {
        await OpenAsync(seed: "");
        await OwnAsync(3, null);
        var page = Show<RulesPage>("/team/rules");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]"));
        page.On("[data-act=rule-new]", found => found.Click());
        page.On("#rule-form", found => found.Submit());
        page.WaitForAssertion(() => page.FindAll("#rule-form .field-error").Should().HaveCount(2));
        page.On("input[name=rule-name]", found => found.Change("Small ones"));
        page.On("textarea[name=rule-members]", found => found.Change(Sato));
        page.On("textarea[name=rule-segments]", found => found.Change("SMB"));
        page.On("#rule-form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-rule]"));
        page.WaitForAssertion(() => page.Find("[data-unowned=A3]").ParentElement!.TextContent.Should().Contain("Small ones").And.Contain(Sato));
        page.On("[data-act=rules-run]", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("[data-unowned]").Should().BeEmpty());
        (await OwnerAsync(3)).Should().Be(Sato);
    }

    [Fact]
    public async Task A_portfolio_is_shared_out_changed_by_hand_and_handed_over_with_its_sheets()
    {
        await OpenAsync(seed: "");
        await OwnAsync(3, Ito);
        var page = Show<NewHandoverPage>($"/team/handovers/new?from={Sato}");
        page.WaitForAssertion(() => page.FindAll("[data-row]").Should().HaveCount(3));
        page.Find("[data-act=handover-send]").HasAttribute("disabled").Should().BeTrue("nobody takes over yet");
        page.On("textarea[name=to]", found => found.Change("boss@example.com"));
        page.WaitForAssertion(() => page.Find("[data-act=handover-send]").TextContent.Should().Contain("3"));
        page.On("select[aria-label*=青葉]", found => found.Change(Ito));
        page.WaitForAssertion(() => page.FindAll("[data-successor]").Select(own => own.GetAttribute("data-successor")).Should().Equal("boss@example.com", Ito));
        page.On("form[data-draft]", found => found.Submit());
        page.WaitForAssertion(() => page.Markup.Should().Contain("neither signs in nor owns"));
        page.On("textarea[name=to]", found => found.Change(Ito));
        page.On("textarea[name=note]", found => found.Change("Call 青葉 first 📞"));
        page.On("form[data-draft]", found => found.Submit());
        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForAssertion(() => navigation.Uri.Should().Contain("/team/handovers/").And.NotContain("/new"));
        (await OwnerAsync(1)).Should().Be(Ito);

        var sheet = Show<HandoverPage>(new Uri(navigation.Uri).AbsolutePath, p => p.Add(own => own.HandoverId, new Uri(navigation.Uri).Segments[^1]));
        sheet.WaitForAssertion(() => sheet.FindAll("[data-brief]").Should().HaveCount(3));
        sheet.Markup.Should().Contain("Call 青葉 first 📞").And.Contain("Usage fell 42% in 28 days").And.Contain("Nobody is known there");
        var list = Show<HandoversPage>("/team/handovers");
        list.WaitForAssertion(() => list.FindAll("[data-handover]").Should().ContainSingle());
    }

    [Fact]
    public async Task A_csm_hands_over_own_accounts_alone_and_makes_no_rules()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        var rules = Show<RulesPage>("/team/rules");
        rules.WaitForAssertion(() => rules.Find("[data-state=Empty]"));
        rules.FindAll("[data-act=rule-new]").Should().BeEmpty();
        var page = Show<NewHandoverPage>($"/team/handovers/new?from={Ito}");
        page.WaitForAssertion(() => page.FindAll("[data-row]").Should().HaveCount(4, "they are the reader's own"));
    }

    private async Task OwnAsync(int account, string? owner)
    {
        await using var context = OpenContext();
        await context.Accounts.Where(own => own.AccountNo == account).ExecuteUpdateAsync(set => set.SetProperty(own => own.OwnerEmail, owner), Token);
        await context.AccountScores.Where(own => own.AccountNo == account).ExecuteUpdateAsync(set => set.SetProperty(own => own.OwnerEmail, owner), Token);
    }

    private async Task<string?> OwnerAsync(int account)
    {
        await using var context = OpenContext();
        return await context.Accounts.Where(own => own.AccountNo == account).Select(own => own.OwnerEmail).SingleAsync(Token);
    }
}
