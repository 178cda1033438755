using Bunit;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Pages.Accounts.Parts;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Pages.Accounts;

/// <summary>An account in each of its states.</summary>
public sealed class AccountPageTests : PageTests
{
    [Fact]
    public async Task With_a_model_it_shows_probability_reasons_and_suggestions()
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show("A1");
        page.WaitForAssertion(() => page.Find("[data-fact=risk] .fact-value").TextContent.Should().Be("31.0%"));
        page.Find("h1").TextContent.Should().Be("株式会社青葉");
        page.Find(".driver-words").TextContent.Should().Contain("Usage fell 42% in 28 days");
        page.Find(".driver-points").TextContent.Should().Be("+11.0");
        page.Find("[data-play=usage_recovery]").TextContent.Should().Contain("Ask why usage fell");
    }

    [Fact]
    public async Task Lifetime_value_and_the_chance_to_renew_stand_with_their_interval()
    {
        await OpenAsync(seed: "", Roles.Csm);
        await ForecastAsync();
        var page = Show("A1");
        page.WaitForAssertion(() => page.Find("[data-fact=lifetime] .fact-value").TextContent.Should().Be("¥2,400,000"));
        page.Find("[data-fact=lifetime]").TextContent.Should().Contain("80% interval ¥400,000 to ¥3,900,000");
        page.Find("[data-fact=renewal]").TextContent.Should().Contain("84% chance to stay");
    }

    private async Task ForecastAsync()
    {
        await using var context = OpenContext();
        var score = context.AccountScores.Single(s => s.AccountNo == 1);
        (score.LifetimeValue, score.LifetimeLower, score.LifetimeUpper, score.RenewalProbability) = (2_400_000, 400_000, 3_900_000, 0.84);
        await context.SaveChangesAsync();
    }

    [Fact]
    public async Task A_suggestion_marked_done_is_done_at_once_and_can_be_taken_back()
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show("A1");
        page.WaitForAssertion(() => page.Find("[data-act=done]"));
        page.On("[data-act=done]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-play=usage_recovery][data-touch-state=done]"));
        page.On("[data-act=undo]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-play=usage_recovery][data-touch-state=open]"));
    }

    [Fact]
    public async Task Who_may_only_read_finds_nothing_to_mark()
    {
        await OpenAsync(seed: "", Roles.ReadOnly);
        var page = Show("A1");
        page.WaitForAssertion(() => page.Find("[data-play]"));
        string[] writes = ["done", "snooze", "dismiss", "task-new", "note-save", "judge"];
        page.FindAll(string.Join(", ", writes.Select(act => $"[data-act={act}]"))).Should().BeEmpty();
    }

    [Fact]
    public async Task In_fallback_it_shows_the_rule_score_and_says_why()
    {
        await OpenAsync(seed: "too_few_outcomes");
        var page = Show("A1");
        page.WaitForAssertion(() => page.Find("[data-fact=risk] .fact-value").TextContent.Should().Be("50"));
        page.Find("[data-fact=risk]").TextContent.Should().Contain("not a probability");
        page.Find(".notice").TextContent.Should().Contain("Too few outcomes to learn from: 2");
    }

    [Fact]
    public async Task A_leaving_account_has_no_score_and_says_so()
    {
        await OpenAsync(seed: "");
        var page = Show("A4");
        page.WaitForAssertion(() => page.Find("[data-fact=risk] .fact-value").TextContent.Should().Be("Leaving"));
        page.Find(".notice").TextContent.Should().Contain("Notice was given");
        page.FindAll("[data-driver]").Should().BeEmpty();
    }

    [Fact]
    public async Task An_unknown_account_is_said_to_be_unknown()
    {
        await OpenAsync(seed: "");
        var page = Show("nobody");
        page.WaitForAssertion(() => page.Find("[data-state=NothingFound]").TextContent.Should().Contain("nobody"));
    }

    [Theory]
    [InlineData("timeline")]
    [InlineData("people")]
    [InlineData("contracts")]
    [InlineData("usage")]
    [InlineData("inquiries")]
    [InlineData("nps")]
    [InlineData("plan")]
    [InlineData("files")]
    public async Task The_address_opens_a_part_and_an_empty_one_says_so(string part)
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show("A1", "?tab=" + part);
        page.WaitForAssertion(() => page.Find($".account-part [data-part={part}] [data-state=Empty]"));
        page.Find("[aria-current=page]").GetAttribute("data-tab").Should().Be(part);
        page.FindAll("aside [data-play]").Should().NotBeEmpty("the next step is always in sight");
    }

    [Fact]
    public async Task Turns_that_share_an_id_stay_apart_when_a_live_page_is_drawn_anew()
    {
        await OpenAsync(seed: "", Roles.Csm);
        await PointsAsync((AsOf.AddDays(-61), 90), (AsOf.AddDays(-30), 20), (AsOf, 90));
        var page = Show("A1", "?tab=timeline");
        page.WaitForAssertion(() => page.FindAll("[data-kind=health_band_changed]").Should().HaveCount(2));

        // a colleague's change comes to the front of those two, which are told by the same source under the same id
        await PointsAsync((AsOf.AddDays(-92), 20));
        var notes = Services.GetRequiredService<CustomerSuccess.Engine.Notes.AccountNotes>();
        (await notes.WriteAsync(CompanyDatabase.Csm, 1, "先ほど電話がありました", cancellation: Xunit.TestContext.Current.CancellationToken)).Holds.Should().BeTrue();
        var live = page.FindComponent<TimelinePart>().FindComponent<CustomerSuccess.Web.Shared.Live>();
        await page.InvokeAsync(live.Instance.Changed.InvokeAsync);
        page.WaitForAssertion(() => page.Find("[data-kind=note_written]"));
        page.FindAll("[data-kind=health_band_changed]").Should().HaveCount(3);
        page.FindAll("[data-state=Error]").Should().BeEmpty();
    }

    private async Task PointsAsync(params (DateOnly AsOf, double Health)[] points)
    {
        await using var context = OpenContext();
        context.AddRange(points.Select(point => new CustomerSuccess.Core.Health.HealthPoint { AccountNo = 1, AsOf = point.AsOf, Total = point.Health }));
        await context.SaveChangesAsync();
    }

    [Fact]
    public async Task A_note_is_written_named_and_taken_back_and_markup_in_it_stays_text()
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show("A1");
        page.WaitForAssertion(() => page.Find("[data-part=notes] textarea"));
        page.On("[data-part=notes] textarea", found => found.Change("<b>bold</b> and **strong** at https://example.com/"));
        page.On("[data-part=notes] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-note] .note-body").TextContent.Should().Contain("<b>bold</b> and strong"));
        page.Find("[data-note] strong").TextContent.Should().Be("strong");
        page.FindAll("[data-note] b").Should().BeEmpty();
        page.Find("[data-note] a[href]").GetAttribute("rel").Should().Contain("noopener");
        page.On("[data-note] .menu-item-danger", found => found.Click());
        page.WaitForAssertion(() => page.FindAll("[data-note]").Should().BeEmpty());
    }

    [Fact]
    public async Task What_is_typed_stays_while_somebody_else_changes_the_field_and_whose_word_counts_is_asked()
    {
        await OpenAsync(seed: "", Roles.Csm);
        var page = Show("A1", "?tab=details");
        page.WaitForAssertion(() => page.Find("[data-field-line=phone] [data-act=field-edit]"));
        page.On("[data-field-line=phone] [data-act=field-edit]", found => found.Click());
        page.On("[data-field-line=phone] input", found => found.Change("03-1111-1111"));
        var profiles = Services.GetRequiredService<AccountProfiles>();
        (await profiles.EditAsync(Viewer.System, 1, [new FieldEdit("phone", null, "06-2222-2222")], Xunit.TestContext.Current.CancellationToken)).Holds.Should().BeTrue();
        page.Find("[data-field-line=phone] input").GetAttribute("value").Should().Be("03-1111-1111");

        page.On("[data-field-line=phone] form", found => found.Submit());
        page.WaitForAssertion(() => page.Find("[data-field-line=phone] [data-conflict]").TextContent.Should().Contain("Somebody else changed this meanwhile").And.Contain("06-2222-2222").And.Contain("03-1111-1111"));
        page.On("[data-field-line=phone] [data-act=keep-mine]", found => found.Click());
        page.WaitForAssertion(() => page.Find("[data-field-line=phone] .profile-value").TextContent.Should().Be("03-1111-1111"));
    }

    [Fact]
    public async Task An_account_without_anything_and_with_a_long_strange_name_is_shown_whole()
    {
        await OpenAsync(seed: "");
        await using (var context = OpenContext())
        {
            var name = string.Concat(Enumerable.Repeat("<i>株式会社</i> 🚀 مرحبا ", 10))[..200];
            context.Accounts.Add(new Account { AccountNo = 9, AccountId = "A 9/ü", Name = name, NameSort = "x", Address = "<script>alert(1)</script>" });
            await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        var page = Show("A 9/ü", "");
        page.WaitForAssertion(() => page.Find("h1").TextContent.Should().StartWith("<i>株式会社</i> 🚀"));
        page.WaitForAssertion(() => page.FindAll("[data-state=Loading]").Should().BeEmpty());
        page.FindAll("i, script").Should().BeEmpty();
        page.FindAll("[data-state=Error]").Should().BeEmpty();
    }

    private IRenderedComponent<AccountPage> Show(string id, string query = "") =>
        Show<AccountPage>($"/accounts/{Uri.EscapeDataString(id)}{query}", parameters => parameters.Add(page => page.Id, id));
}
