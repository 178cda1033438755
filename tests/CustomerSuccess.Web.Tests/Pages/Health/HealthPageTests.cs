using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Web.Pages.Health;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Web.Tests.Pages.Health;

/// <summary>Health for readers and for those who decide on it.</summary>
public sealed class HealthPageTests : PageTests
{
    private static CancellationToken Token => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_scoring_it_says_what_to_do()
    {
        await OpenAsync(seed: null);
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-state=Empty]").TextContent.Should().Contain("./cs score"));
    }

    [Fact]
    public async Task A_csm_reads_and_cannot_change()
    {
        await OpenAsync(seed: "", role: Roles.Csm);
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("#weights-title"));
        page.FindAll("[data-weight], [data-act]").Should().BeEmpty();
        page.Find("#band-good").HasAttribute("readonly").Should().BeTrue();
    }

    [Fact]
    public async Task The_answer_says_whether_bands_order_what_happened()
    {
        await OpenAsync(seed: "");
        await StudyAsync(BandOrder.Uncertain);
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find(".page-answer").TextContent.Should().Contain("Probably").And.Contain("2.0%").And.Contain("8.0%").And.Contain("90 days"));
        page.Find("[data-order=Uncertain]").TextContent.Should().Contain("may be chance");
        page.Find("[data-way=learned]").ParentElement!.TextContent.Should().Contain("0.710").And.Contain("+0.010");
    }

    [Fact]
    public async Task A_change_is_previewed_saved_and_undone_in_one_click()
    {
        await OpenAsync(seed: "");
        await using (var context = OpenContext())
        {
            // 22, 48 and 91 by the mean of two; engagement alone says otherwise
            await context.AccountScores.Where(s => s.Health != null).ExecuteUpdateAsync(set => set.SetProperty(s => s.Engagement, s => 90).SetProperty(s => s.Support, s => 2 * s.Health - 90), Token);
        }

        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("[data-weight=support]"));
        page.Find("[data-act=preview]").HasAttribute("disabled").Should().BeTrue("nothing has changed");
        await page.Find("[data-weight=support]").ChangeAsync(new() { Value = "0" });
        await page.Find("[data-act=preview]").ClickAsync(new());
        page.WaitForAssertion(() => page.Find("[data-preview]").TextContent.Should().Contain("2 of 3 accounts would change their band").And.Contain("Blue Harbor").And.NotContain("Cedar & Finch"));
        page.Find("#scheme-comment").Input("support is noise");
        await page.Find("[data-act=save]").ClickAsync(new());
        page.WaitForAssertion(() => page.Find("[data-act=undo]"));
        page.Markup.Should().Contain("support is noise");
        page.FindAll("[data-preview]").Should().BeEmpty();
        page.Find("[data-act=score]").Should().NotBeNull("what is shown was computed by an earlier version");
        await page.Find("[data-act=undo]").ClickAsync(new());
        page.WaitForAssertion(() => page.Markup.Should().Contain("Brought back version 0"));
        await using var after = OpenContext();
        (await after.HealthSchemes.OrderBy(s => s.SchemeNo).Select(s => s.Restores).ToListAsync(Token)).Should().Equal(null, 0);
        (await after.HealthSchemes.OrderBy(s => s.SchemeNo).Select(s => s.ByEmail).FirstAsync(Token)).Should().Be("sato@example.com");
    }

    [Fact]
    public async Task A_draft_that_cannot_hold_says_so()
    {
        await OpenAsync(seed: "");
        var page = Show<HealthPage>("/health");
        page.WaitForAssertion(() => page.Find("#band-watch"));
        await page.Find("#band-watch").ChangeAsync(new() { Value = "75" });
        page.Find("[role=alert]").TextContent.Should().Contain("Watch must begin below good");
        page.Find("[data-act=preview]").HasAttribute("disabled").Should().BeTrue();
    }

    private async Task StudyAsync(BandOrder order)
    {
        HealthSkill Skill(double auc, double? over) => new(new Estimate(auc, auc - 0.05, auc + 0.05), over is { } o ? new Estimate(o, o - 0.02, o + 0.02) : null);
        BandOutcome Band(HealthBand band, int churned) => new(band, 100, churned, churned / 100.0, 0.01, 0.2, 0.95);
        var test = new BandTest([Band(HealthBand.Good, 2), Band(HealthBand.Watch, 5), Band(HealthBand.Danger, 8)], order, AsOf.AddDays(-300), AsOf.AddDays(-150), 3);
        var part = new StudyPart(AsOf.AddDays(-300), AsOf.AddDays(-150), 6, 600, 40);
        var study = new HealthStudy
        {
            MadeAt = new DateTime(2026, 9, 30, 3, 0, 0, DateTimeKind.Utc),
            Train = part,
            Test = part,
            HorizonDays = 90,
            LeadDays = 14,
            Bands = test,
            Equal = Skill(0.70, null),
            InForce = Skill(0.70, 0),
            RuleScore = Skill(0.66, -0.04),
            Learned = new LearnedStudy([20, 20, 20, 20, 10, 10], new Dictionary<string, IReadOnlyList<double>>(), 1, 1, Skill(0.71, 0.01), test),
        };
        await using var context = OpenContext();
        context.HealthStudies.Add(new StoredHealthStudy { MadeAt = study.MadeAt, Json = System.Text.Json.JsonSerializer.Serialize(study) });
        await context.SaveChangesAsync(Token);
    }
}
