using Bunit;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Pages.Effects;
using CustomerSuccess.Web.Pages.Playbooks;

namespace CustomerSuccess.Web.Tests.Pages.Effects;

public sealed class EffectsPageTests : PageTests
{
    [Fact]
    public async Task A_play_that_works_is_told_from_one_that_harms_and_from_one_of_which_too_little_is_known()
    {
        await OpenAsync("");
        await DrawAsync("check_in", 0, 100, 8, 100, 40);
        await DrawAsync("reconnect", 1, 100, 40, 100, 8);
        await DrawAsync("plan_fit", 2, 100, 20, 100, 24);
        await DrawAsync("renewal_talk", 3, 49, 0, 100, 40);
        var page = Show<EffectsPage>("/plays/effects");
        page.WaitForAssertion(() => page.Find("[data-verdict=check_in]").TextContent.Should().EndWith("Works"));
        string Verdict(string play) => page.Find($"[data-verdict={play}]").TextContent[1..];
        (Verdict("reconnect"), Verdict("plan_fit"), Verdict("renewal_talk"), Verdict("new_champion"), Verdict("answer_inquiry"))
            .Should().Be(("Does harm", "Too early", "Too little data", "Too little data", "Not measured"));
        page.Find(".page-answer").TextContent.Should().StartWith("Works: 1. No noticeable difference: 0. Does harm: 1.");
        page.Markup.Should().Contain("Of those offered it 8.0% left, of those held out 40.0%. It prevents 80% of departures (");
        page.Markup.Should().Contain("Of those offered it 40.0% left, of those held out only 8.0%. It is no longer suggested");
        page.Markup.Should().Contain("Of those offered it 20.0% left, of those held out 24.0%. Chance alone can explain that; an effect of more than");
        page.Markup.Should().Contain("Outcomes are known of 49 offered and 100 held-out accounts; 50 of each are needed.");
        page.FindAll("svg.interval-bar").Should().HaveCount(3);
    }

    [Fact]
    public async Task A_plays_own_page_says_whether_it_works_and_how_much_is_held_out()
    {
        await OpenAsync("");
        await DrawAsync("check_in", 0, 100, 8, 100, 40);
        var page = Show<PlayPage>("/plays/check_in", parameters => parameters.Add(own => own.Key, "check_in"));
        page.WaitForAssertion(() => page.Find("[data-effect=Works] [data-effect-sentence]").TextContent.Should().Contain("It prevents 80% of departures"));
        page.Find("[data-effect]").TextContent.Should().Contain("The answer is in: 2% of the accounts are still held out instead of 10%");
    }

    /// <summary>Accounts drawn half a year before the contracts end; the first of each arm left within the window.</summary>
    private async Task DrawAsync(string play, int block, int offered, int left, int heldOut, int alsoLeft)
    {
        var on = AsOf.AddDays(-180);
        await using var context = OpenContext();
        if (block == 0)
        {
            context.Add(new SourceReach { SourceId = 9, Record = "subscriptions", Latest = AsOf });
        }

        for (var i = 0; i < offered + heldOut; i++)
        {
            var (no, isOffered) = (10_000 + (1_000 * block) + i, i < offered);
            context.Add(new Account { AccountNo = no, AccountId = $"E{no}", Name = $"E{no}", NameSort = $"e{no}", SourceId = 9 });
            context.Add(new Subscription { AccountNo = no, SourceId = 9, FactId = $"T{no}", StartedOn = on.AddDays(-100), EndedOn = (isOffered ? i < left : i - offered < alsoLeft) ? on.AddDays(40) : null, Mrr = 100, Currency = "USD" });
            context.Add(new Assignment { AccountNo = no, SourceId = 9, FactId = $"D{no}", Play = play, AssignedOn = on, Arm = isOffered ? "offered" : "held_out" });
        }

        await context.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
    }
}
