using CsCheck;
using CustomerSuccess.Core.Search;

namespace CustomerSuccess.Core.Tests.Search;

public sealed class SearchTokensTests
{
    private static readonly string[] Pieces =
        ["ログイン", "ﾛｸﾞｲﾝ", "ろぐいん", "請求書", "茶", "お茶", "ー", "・", "、", "。", " ", "\u3000", "\n", "CSV", "ｃｓｖ", "export", "03-1234", "é", "e\u0301", "ß", "が", "か\u3099", "𠮷野家", "👩‍💻", "絵文字", "한국어", "<b>", "\u202e", "\ud800", "㍿", "①", "x"];

    private static readonly Gen<string> Text = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 12].Select(string.Concat);

    [Fact]
    public void Whatever_stretch_of_a_text_is_looked_for_the_text_has_its_tokens_and_says_it() =>
        Gen.Select(Text, Gen.Int[0, 200], Gen.Int[1, 12]).Sample((text, at, length) =>
        {
            var folded = FoldedText.Of(text).Text;
            var start = folded.Length == 0 ? 0 : at % folded.Length;
            var stretch = folded.Substring(start, Math.Min(length, folded.Length - start));
            var words = SearchTokens.WordsOf(stretch);
            if (words.Count == 0 || !StartsWords(folded, start))
            {
                return;
            }

            var tokens = SearchTokens.Of(folded);
            SearchTokens.TermsOf(words).Should().OnlyContain(term => term.IsBeginning ? tokens.Any(token => token.StartsWith(term.Token, StringComparison.Ordinal)) : tokens.Contains(term.Token), "of «{0}» in «{1}»", stretch, text);
            SearchDocument.Says("", text, words).Should().BeTrue("«{0}» stands in «{1}»", stretch, text);
        });

    [Fact]
    public void An_excerpt_is_the_text_and_its_hits_are_the_words() =>
        Gen.Select(Text, Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]), Gen.Int[1, 80]).Sample((text, piece, length) =>
        {
            var words = SearchTokens.WordsOf(piece);
            var parts = SearchExcerpt.Of(text, words, 1_000);
            string.Concat(parts.Select(part => part.Text)).Should().Be(text);
            parts.Any(part => part.IsHit).Should().Be(words.Count > 0 && words.Any(word => FoldedText.Of(text).Text.Contains(word, StringComparison.Ordinal)));
            SearchExcerpt.Of(text, words, length).Sum(part => part.Text.Length).Should().BeLessThanOrEqualTo(length + 3);
        });

    [Theory]
    [InlineData("ﾛｸﾞｲﾝできない", "ログイン")] // half-width
    [InlineData("全員がログインできない", "ろぐいん")]
    [InlineData("ＣＳＶ出力", "csv出力")]
    [InlineData("お茶", "茶")]
    [InlineData("お茶を飲む", "茶")]
    [InlineData("Café Zürich", "cafe zurich")]
    [InlineData("Café", "CAFÉ")]
    [InlineData("Exporting reports", "export")]
    [InlineData("電話は 03-1234-5678 まで", "03-1234")]
    [InlineData("aoi@aoba.example", "aoba")]
    [InlineData("了解です👍", "👍")]
    [InlineData("𠮷野家", "𠮷")]
    [InlineData("㍿青葉", "株式会社")]
    public void Width_case_kana_and_accents_make_no_difference(string text, string typed)
    {
        var words = SearchTokens.WordsOf(typed);
        var tokens = SearchTokens.Of(FoldedText.Of(text).Text);
        words.Should().NotBeEmpty();
        SearchTokens.TermsOf(words).Should().OnlyContain(term => term.IsBeginning ? tokens.Any(token => token.StartsWith(term.Token, StringComparison.Ordinal)) : tokens.Contains(term.Token));
        SearchDocument.Says("", text, words).Should().BeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \u3000 ")]
    [InlineData("「」・。!?\"*()'")]
    [InlineData(null)]
    public void Signs_alone_are_no_words(string? typed) => SearchTokens.WordsOf(typed).Should().BeEmpty();

    [Fact]
    public void No_token_holds_what_an_index_reads_as_a_sign() =>
        Gen.OneOf(Text, Gen.String).Sample(text =>
            SearchTokens.Of(FoldedText.Of(text).Text).All(token => token.Length > 0 && !token.Any(c => c < '\u0080' && !char.IsAsciiLetterOrDigit(c))).Should().BeTrue());

    [Fact]
    public void A_hit_is_marked_as_it_was_written()
    {
        var parts = SearchExcerpt.Of("先週から ﾛｸﾞｲﾝ できません", SearchTokens.WordsOf("ログイン"), 100);
        parts.Should().Equal(new ExcerptPart("先週から ", false), new ExcerptPart("ﾛｸﾞｲﾝ", true), new ExcerptPart(" できません", false));
    }

    [Fact]
    public void Later_documents_have_higher_numbers() =>
        Gen.Select(Gen.Int[0, 2_000_000_000], Gen.Int[1, 1_000_000]).Sample((second, later) =>
        {
            var epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
            var first = new SearchDocument(1, SearchKinds.Note, "a", epoch.AddSeconds(second), "", "x");
            first.NumberOf(0).Should().BeLessThan((first with { At = first.At.AddSeconds(later) }).NumberOf(3));
            first.NumberOf(0).Should().NotBe(first.NumberOf(1));
            first.NumberOf(0).Should().BeGreaterThanOrEqualTo(SearchDocument.FirstAt(first.At));
        });

    /// <summary>Words of letters are found from their beginnings; all else from anywhere.</summary>
    private static bool StartsWords(string folded, int start) => start == 0 || !char.IsLetterOrDigit(folded[start - 1]) || IsPaired(folded[start - 1]) || IsPaired(folded[start]);

    private static bool IsPaired(char c) => CustomerSuccess.Core.Inquiries.TextLanguage.IsJapanese(c) || c is >= '\uac00' and <= '\ud7a3';
}
