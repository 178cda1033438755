using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>Plays and their triggers in words, in both languages.</summary>
public sealed class PlayWordingTests
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddLocalization(options => options.ResourcesPath = "Resources")
        .AddScoped<TouchWords>()
        .BuildServiceProvider();

    private TouchWords Touches => _services.GetRequiredService<TouchWords>();

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Every_play_has_a_name_a_message_and_whoever_does_it(string culture)
    {
        using var _ = new InCulture(culture);
        foreach (var play in PlayCatalogue.All)
        {
            Touches.Play(play.Key).Should().NotBe(play.Key);
            Touches.Message(play.Key).Should().NotBeNull();
            Touches.By(play.By).Should().NotBe(play.By);
            play.Channels.Select(Touches.Channel).Should().NotContain(play.Channels);
        }
    }

    /// <summary>A trigger names its reason and the sentence's numbers; the sentence may use no other.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Every_reason_has_a_sentence_of_its_numbers(string culture)
    {
        using var _ = new InCulture(culture);
        var triggers = PlayCatalogue.All.SelectMany(play => play.Triggers).Append(new(PlayTrigger.OwnReason, Core.Segments.Condition.Always, new Dictionary<string, string>())).ToList();
        triggers.Count.Should().BeGreaterThan(20);
        foreach (var trigger in triggers)
        {
            var touch = new SuggestedTouch(1, "check_in", false, Channels.Call, trigger.Reason, trigger.Args.ToDictionary(arg => arg.Key, _ => 2.0), 10, 0.1, null, 1, null);
            Touches.Reason(touch).Should().NotBe(trigger.Reason).And.NotContain("{").And.NotContain("–", "{0} gives the sentence all its numbers", trigger.Reason);
        }
    }
}
