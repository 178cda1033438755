using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Tests.Shared;

/// <summary>Every reason for refusing a row or a file has a sentence in both languages.</summary>
public sealed class ReasonWordsTests
{
    private static readonly ServiceProvider Services = new ServiceCollection()
        .AddLogging()
        .AddLocalization(options => options.ResourcesPath = "Resources")
        .AddScoped<ReasonWords>()
        .BuildServiceProvider();

    public static TheoryData<string> Codes => [.. Reasons.Codes];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_sentence_in_both_languages_with_the_same_arguments(string code)
    {
        var english = Sentence("en", code);
        var japanese = Sentence("ja", code);
        english.Should().Be(Reasons.English(code, new Dictionary<string, object?>()), "the command line says the same");
        japanese.Should().NotBe(english).And.MatchRegex("[ぁ-んァ-ヶ一-龠]");
        Arguments(japanese).Should().BeEquivalentTo(Arguments(english));
    }

    [Fact]
    public void Arguments_stand_in_the_sentence()
    {
        using var _ = new InCulture("ja");
        Services.GetRequiredService<ReasonWords>().Sentence("row_ragged", """{"cells":1200,"columns":3}""").Should().Be("この行は 1,200列ですが、見出しは 3列です。");
        Services.GetRequiredService<ReasonWords>().Sentence("choice_invalid", """{"choices":["nps","csat"]}""").Should().Be("次のいずれかにしてください：nps、csat");
    }

    private static string Sentence(string culture, string code)
    {
        using var _ = new InCulture(culture);
        var found = Services.GetRequiredService<IStringLocalizer<ReasonWords>>()[code];
        found.ResourceNotFound.Should().BeFalse("{0} needs a sentence in {1}", code, culture);
        return found.Value;
    }

    private static IEnumerable<string> Arguments(string sentence) => System.Text.RegularExpressions.Regex.Matches(sentence, "{[a-z_]+}").Select(match => match.Value);
}
