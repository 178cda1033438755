using System.Text.RegularExpressions;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>Plays and their triggers in words, in both languages.</summary>
public sealed partial class PlayWordingTests
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

    /// <summary>The catalogue's source names each reason with its numbers; the sentence may use no other.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Every_reason_has_a_sentence_of_its_numbers(string culture)
    {
        using var _ = new InCulture(culture);
        var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "CustomerSuccess.Core", "Playbooks", "PlayCatalogue.cs"));
        var reasons = Because().Matches(source);
        reasons.Count.Should().BeGreaterThan(15);
        foreach (Match reason in reasons)
        {
            var code = reason.Groups["code"].Value;
            var args = Argument().Matches(reason.Groups["args"].Value).ToDictionary(match => match.Groups[1].Value, _ => 2.0);
            var touch = new SuggestedTouch(1, "check_in", false, Channels.Call, code, args, 10, 0.1, null, 1, null);
            Touches.Reason(touch).Should().NotBe(code).And.NotContain("{").And.NotContain("–", "{0} gives the sentence all its numbers", code);
        }
    }

    [GeneratedRegex("""Because\("(?<code>[a-z_]+)"(?<args>(?:, \("[a-z_]+", [^()]*\))*)\)""")]
    private static partial Regex Because();

    [GeneratedRegex("""\("([a-z_]+)",""")]
    private static partial Regex Argument();
}
