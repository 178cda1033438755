using CsCheck;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Tests.Segments;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Core.Tests.Playbooks;

public sealed class PlayCatalogueTests
{
    private static readonly string[] Signs = [.. FeatureCatalogue.Fixed.Where(feature => feature.Kind == FeatureKind.Number && feature.Unit != FeatureUnit.Flag).Select(feature => feature.Name)];

    [Fact]
    public void Whoever_edits_nothing_is_offered_what_was_offered_before() =>
        Gen.Select(Gen.OneOf(Gen.Const(double.NaN), Gen.Double[-1, 1], Gen.Double[-5, 130], Gen.Int[0, 12].Select(i => (double)i)).Array[Signs.Length], Pick.From(double.NaN, 0, 1), Gen.Double[0, 60], Pick.From(31, 90, 93))
            .Sample((values, gone, rule, horizon) =>
            {
                var table = new FeatureTable([7], [new DateOnly(2024, 6, 30)], [.. Signs.Zip(values).Append((ChampionGone, gone)).Select(s => FeatureColumn.OfNumbers(s.Item1, [s.Item2]))]);
                var settings = new CompanySettings { HorizonDays = horizon };
                var reader = new FeatureReader(table);
                var now = new AccountSigns(reader, 0, settings, rule);
                var then = new FormerTriggers.Signs(reader, settings, rule, null);
                return FormerTriggers.All.All(former => PlayCatalogue.Find(former.Play)!.Reasons(now).Select(Text)
                    .SequenceEqual(former.Triggers.Select(trigger => trigger(then)).OfType<PlayReason>().Select(Text)));
            }, iter: 3000);

    [Fact]
    public void Plays_that_were_not_there_before_wait_to_be_turned_on() =>
        PlayCatalogue.All.Where(play => play.IsOn).Select(play => play.Key).Should().Equal(FormerTriggers.All.Select(former => former.Play));

    [Fact]
    public void Every_shipped_play_keeps_the_rules_and_reads_back_as_it_was_written()
    {
        var fields = SegmentFields.Of([], [], []).ToDictionary(field => field.Name);
        PlayCatalogue.All.Count.Should().BeGreaterThanOrEqualTo(15);
        foreach (var play in PlayCatalogue.All)
        {
            PlayRules.Check(play, fields, new HashSet<string>()).Should().BeEmpty("{0}", play.Key);
            PlayText.Write(PlayText.Read(PlayText.Write(play))).Should().Be(PlayText.Write(play));
        }

        PlayText.ReadFile(PlayText.WriteFile(PlayCatalogue.All)).Select(PlayText.Write).Should().Equal(PlayCatalogue.All.Select(PlayText.Write));
    }

    [Theory]
    [InlineData("", "*")]
    [InlineData("[]", "*")]
    [InlineData("""{"kind":"other","version":1,"plays":[]}""", "*\"kind\" must be*")]
    [InlineData("""{"kind":"customersuccess-plays","version":1,"plays":[]}""", "*1 to 200 plays*")]
    [InlineData("""{"kind":"customersuccess-plays","version":1,"plays":[{"key":"a"}]}""", "*missing required properties*")]
    public void A_file_that_is_none_says_why(string text, string why) =>
        ((Action)(() => PlayText.ReadFile(text))).Should().Throw<FormatException>().WithMessage(why);

    [Fact]
    public void A_file_says_where_a_condition_is_wrong()
    {
        var file = PlayText.WriteFile([PlayCatalogue.Find("usage_recovery")!]).Replace("at_most", "at_mots", StringComparison.Ordinal);
        ((Action)(() => PlayText.ReadFile(file))).Should().Throw<FormatException>().WithMessage("*$.plays*triggers[0]*at_most*");
    }

    [Fact]
    public void What_was_changed_stands_for_what_was_shipped_and_own_plays_stand_before_the_last_resort()
    {
        var changed = PlayCatalogue.Find("reconnect")! with { Minutes = 5 };
        var own = PlayCatalogue.Find("plan_fit")! with { Key = "own_play" };
        StoredPlay Stored(Play play, DateTime? deleted = null) => new() { PlayKey = play.Key, PlayJson = PlayText.Write(play), Version = 3, DeletedAt = deleted };
        var entries = PlayEntry.Of([Stored(changed), Stored(own), Stored(own with { Key = "gone" }, DateTime.UnixEpoch), Stored(PlayCatalogue.Find("add_seats")! with { Minutes = 1 }, DateTime.UnixEpoch)]);
        entries.Select(entry => entry.Play.Key).Should().Equal([.. PlayCatalogue.All.SkipLast(1).Select(play => play.Key), "own_play", "check_in"]);
        entries.Single(entry => entry.Play.Key == "reconnect").Should().Match<PlayEntry>(entry => entry.Play.Minutes == 5 && entry.Version == 3 && entry.IsBuiltIn);
        entries.Single(entry => entry.Play.Key == "add_seats").Should().Match<PlayEntry>(entry => entry.Play.Minutes == 25 && entry.Version == 0);
    }

    private static string Text(PlayReason reason) => reason.Code + string.Concat(reason.Args.OrderBy(arg => arg.Key, StringComparer.Ordinal).Select(arg => FormattableString.Invariant($" {arg.Key}={arg.Value:R}")));
}
