using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Web.Pages.Capacity;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Capacity;

/// <summary>The clock stands on Thursday, 1 October 2026.</summary>
public sealed class CapacityPageTests : PageTests
{
    private const string Sato = "sato@example.com";

    [Fact]
    public async Task A_week_is_set_and_days_off_are_noted_beside_the_list()
    {
        await OpenAsync(seed: "");
        var page = Show<CapacityPage>("/team");
        page.WaitForAssertion(() => page.Find($"[data-load='{Sato}']"));
        page.Markup.Should().Contain("60 / 240", "three next steps of 20 minutes are planned");
        page.On("[data-act=change]", found => found.Click());
        page.WaitForAssertion(() => page.Find("#week"));
        page.On("input[name=day-3]", found => found.Change("30"));
        page.On("#week", found => found.Submit());
        page.WaitForAssertion(() => page.Markup.Should().Contain("20 / 30"));

        page.On("input[name=off-from]", found => found.Change("2026-10-01"));
        page.On("input[name=off-until]", found => found.Change("2026-09-30"));
        page.On("[data-act=off-add]", found => found.Closest("form")!.Submit());
        page.WaitForAssertion(() => page.Markup.Should().Contain("It ends before it begins."));
        page.On("input[name=off-until]", found => found.Change("2026-10-02"));
        page.On("[data-act=off-add]", found => found.Closest("form")!.Submit());
        page.WaitForAssertion(() => page.FindAll("[data-off]").Should().ContainSingle());
        page.WaitForAssertion(() => page.Markup.Should().Contain("Away until Oct 2").And.Contain("0 / 0"));
        page.On("[data-act=off-remove]", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("[data-off]").Should().BeEmpty());
    }

    [Fact]
    public async Task A_csm_notes_own_absences_and_sets_no_week()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        var page = Show<CapacityPage>("/team");
        page.WaitForAssertion(() => page.Find("[data-act=change]"));
        page.FindAll("[data-act=company-off]").Should().BeEmpty();
        page.On("[data-act=change]", found => found.Click());
        page.WaitForAssertion(() => page.Find("#week"));
        page.FindAll("[data-act=week-save]").Should().BeEmpty();
        page.Find("input[name=day-0]").HasAttribute("disabled").Should().BeTrue();
        (await Services.GetRequiredService<CapacityEdits>().FindAsync(CompanyDatabase.Csm, Sato, Xunit.TestContext.Current.CancellationToken)).Week.Should().Be(WorkWeek.Weekdays(240));
    }
}
