using CustomerSuccess.Core.Feedback;

namespace CustomerSuccess.Core.Tests.Feedback;

public sealed class FeedbackTermsTests
{
    [Theory]
    [InlineData("The approval mails do not arrive", new[] { "approval", "mail", "arrive" })]
    [InlineData("承認フローがあると助かります。", new[] { "承認", "フロー", "助か" })]
    [InlineData("ＣＳＶを ｸﾞﾗﾌ で表示", new[] { "csv", "グラフ", "表示" })]
    [InlineData("動作が遅いです", new[] { "動作", "遅い" })]
    [InlineData("", new string[0])]
    [InlineData("！？ 12 345", new string[0])]
    public void A_text_is_named_by_stretches_of_one_script(string text, string[] terms) => FeedbackTerms.Named(text).Should().Equal(terms);

    [Fact]
    public void Terms_to_learn_from_keep_negations_in_both_languages()
    {
        FeedbackTerms.Learned(ThemeWords.Folded("Not good. Slow")).Should().BeEquivalentTo("not", "good", "not good", "slow");
        FeedbackTerms.Learned(ThemeWords.Folded("使えない")).Should().BeEquivalentTo("使え", "えな", "ない", "使えな", "えない");
    }
}
