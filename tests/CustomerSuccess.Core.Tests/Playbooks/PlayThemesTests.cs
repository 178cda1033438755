using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Tests.Playbooks;

public sealed class PlayThemesTests
{
    [Theory]
    [InlineData("usage_recovery", FeatureThemes.UsageTheme)]
    [InlineData("detractor_call", FeatureThemes.Nps)]
    [InlineData("resolve_urgent", FeatureThemes.Waiting)]
    [InlineData("payment_help", FeatureThemes.Payments)]
    [InlineData("renewal_talk", FeatureThemes.Renewal)]
    [InlineData("new_champion", FeatureThemes.Champion)]
    [InlineData("onboarding_rescue", FeatureThemes.UsageTheme)]
    [InlineData("key_feature", FeatureThemes.BreadthTheme, FeatureThemes.UsageTheme)]
    [InlineData("check_in")]
    [InlineData("add_seats")]
    public void A_play_goes_against_what_its_triggers_ask_for(string key, params string[] themes) => PlayThemes.Of(PlayCatalogue.Find(key)!).Should().BeEquivalentTo(themes);

    [Fact]
    public void A_play_that_a_driver_fires_goes_against_it_and_against_nothing_that_must_not_hold()
    {
        var when = new AllOf([new FieldTest(SegmentFields.Drivers, TestKind.OneOf, "price"), new NotOf(new FieldTest(FeatureNames.NpsLast, TestKind.AtMost, "6"))]);
        PlayThemes.Of(PlayCatalogue.Find("check_in")! with { Triggers = [new PlayTrigger(PlayTrigger.OwnReason, when, new Dictionary<string, string>())] }).Should().Equal("price");
    }
}
