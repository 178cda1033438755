using CsCheck;
using CustomerSuccess.Core.Feedback;

namespace CustomerSuccess.Core.Tests.Feedback;

public sealed class ThemeSetTests
{
    [Theory]
    [InlineData("export", "Exporting to a file", true)]
    [InlineData("export", "We reexport it", false)]
    [InlineData("data + gone", "The DATA of last week is gone", true)]
    [InlineData("data + gone", "The data is there", false)]
    [InlineData("easy to use\n-not easy", "It is not easy to use", false)]
    [InlineData("easy to use、-not easy", "It is easy to use", true)]
    [InlineData("グラフ", "ｸﾞﾗﾌが出ない", true)]
    [InlineData("api", "後はAPIを使う", true)]
    [InlineData("返信＋遅", "返信がとても遅いです", true)]
    [InlineData("-only", "only", false)]
    public void Words_find_texts_in_both_languages_whatever_their_width_and_case(string words, string text, bool finds) => ThemeWords.Parse(words).Finds(ThemeWords.Folded(text)).Should().Be(finds);

    [Theory]
    [InlineData("日常業務で使うには動作が遅いです。", "speed")]
    [InlineData("Too slow for our daily work.", "speed")]
    [InlineData("Nobody answers our questions.", "answers")]
    [InlineData("利用状況に対して価格が高いと感じます。", "price")]
    [InlineData("It has become expensive for what we use.", "price")]
    [InlineData("先週分のデータが見当たりません。", "data")]
    [InlineData("今朝から全員ログインできません。", "outage")]
    [InlineData("ダークモードがあると助かります。", "look")]
    [InlineData("先月分の請求書を再発行していただけますか。", "billing")]
    public void Shipped_themes_catch_what_customers_write(string text, string theme)
    {
        var set = new ThemeSet([]);
        set.Of(ThemeWords.Folded(text)).Select(place => set.Shown[place].ThemeId).Should().Contain(theme);
    }

    [Fact]
    public void Merged_hidden_and_own_themes_count_as_the_company_says_and_others_stay_as_they_are()
    {
        FeedbackTheme Edited(string id, string? into = null, bool hidden = false) => new() { ThemeId = id, Name = ThemeCatalogue.Of(id)!.Name, Words = ThemeCatalogue.Of(id)!.Words, MergedInto = into, IsHidden = hidden, Version = 1 };
        var own = new FeedbackTheme { ThemeId = "0190", Name = "Approval", Words = "approv\n承認", Version = 1 };
        var set = new ThemeSet([own, Edited("outage", into: "speed"), Edited("look", hidden: true)]);
        string[] Of(string text) => [.. set.Of(ThemeWords.Folded(text)).Select(place => set.Shown[place].ThemeId)];
        Of("The service is down again").Should().Equal("speed");
        Of("Slow and down again").Should().Equal(["speed"], "a text counts once");
        Of("dark colours").Should().BeEmpty();
        Of("承認の通知").Should().Equal("0190");
        set.PartsOf("speed").Should().Contain("down again").And.Contain("slow");
        set.Stamp.Should().NotBe(new ThemeSet([own]).Stamp);
        new ThemeSet([Edited("outage", into: "speed"), Edited("speed", into: "outage")]).Of(ThemeWords.Folded("slow")).Should().HaveCount(1, "a circle loses nothing");
    }

    [Fact]
    public void Themes_found_in_one_pass_are_those_that_each_word_finds_by_itself()
    {
        const string Letters = "abc -カ料金";
        var text = Gen.Int[0, Letters.Length - 1].Array[0, 12].Select(places => new string([.. places.Select(place => Letters[place])]));
        Gen.Select(text.Array[1, 12], text).Sample((words, written) =>
        {
            var themes = words.Select((word, i) => new FeedbackTheme { ThemeId = $"own{i}", Name = "x", Words = i % 3 == 0 ? $"{word}+{words[0]}, -{words[^1]}" : word, Version = 1 }).ToList();
            var (set, folded) = (new ThemeSet(themes), ThemeWords.Folded(written));
            set.Of(folded).Select(place => set.Shown[place].ThemeId).Should().BeEquivalentTo(set.Shown.Where(theme => ThemeWords.Parse(theme.Words).Finds(folded)).Select(theme => theme.ThemeId));
        });
    }

    [Fact]
    public void The_catalogue_is_whole()
    {
        ThemeCatalogue.All.Select(theme => theme.ThemeId).Should().OnlyHaveUniqueItems();
        ThemeCatalogue.All.Should().OnlyContain(theme => theme.NameJa != null && theme.Words.Length <= FeedbackTheme.LongestWords && !ThemeWords.Parse(theme.Words).IsEmpty);
    }

    [Fact]
    public void What_no_theme_catches_is_proposed_with_what_stands_beside_it_and_in_the_same_way_each_time()
    {
        List<(int, string, bool)> texts =
        [
            .. Enumerable.Range(1, 6).Select(i => (i, $"承認フローをお願いします {i}", false)),
            .. Enumerable.Range(11, 5).Select(i => (i, $"The printer label of box {i} is torn", false)),
            .. Enumerable.Range(21, 40).Select(i => (i, "Slow after lunch", true)),
            (99, "弊社の都合", false),
        ];
        var proposed = ThemeProposals.Of(texts);
        proposed.Select(one => one.Accounts).Should().Equal(6, 5);
        proposed[0].Terms.Should().BeEquivalentTo("承認", "フロー");
        proposed[1].Terms.Should().Contain(["printer", "label", "torn"]).And.NotContain("the");
        ThemeProposals.Of([.. texts.AsEnumerable().Reverse()]).Select(one => string.Join(',', one.Terms)).Should().Equal(proposed.Select(one => string.Join(',', one.Terms)));
        ThemeProposals.Of([.. texts.Select(text => (1, text.Item2, text.Item3))]).Should().BeEmpty("one customer is no theme");
    }
}
