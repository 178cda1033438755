using CsCheck;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;

namespace CustomerSuccess.Core.Tests.Notes;

public sealed class NoteTextTests
{
    [Fact]
    public void Paragraphs_lists_links_strong_words_and_colleagues_are_told_apart()
    {
        var blocks = NoteText.Read("Spoke with **Ms Sato**.\nSee https://example.com/a?b=1.\n\n- first\n- @sato@example.com asks\n・三つ目\n終わり");
        blocks.Select(block => block.IsList).Should().Equal(false, true, false);
        blocks[0].Lines[0].Should().Equal(new NoteSpan(NoteSpanKind.Plain, "Spoke with "), new NoteSpan(NoteSpanKind.Strong, "Ms Sato"), new NoteSpan(NoteSpanKind.Plain, "."));
        blocks[0].Lines[1].Should().Equal(new NoteSpan(NoteSpanKind.Plain, "See "), new NoteSpan(NoteSpanKind.Link, "https://example.com/a?b=1"), new NoteSpan(NoteSpanKind.Plain, "."));
        blocks[1].Lines.Should().HaveCount(3);
        blocks[1].Lines[1][0].Should().Be(new NoteSpan(NoteSpanKind.Mention, "sato@example.com"));
    }

    [Theory]
    [InlineData("@sato@example.com さん、@SATO@example.com", "sato@example.com")]
    [InlineData("mail me at sato@example.com", "")]
    [InlineData("（@a.b+c@x-y.co.jp）と@d@e.org。", "a.b+c@x-y.co.jp,d@e.org")]
    [InlineData("@nobody and @@x@example.com", "")]
    public void Colleagues_are_named_by_their_address(string text, string named) =>
        string.Join(',', NoteText.Mentions(text)).Should().Be(named);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("data:text/html,<b>")]
    public void Markup_is_plain_text(string text)
    {
        var spans = NoteText.Read(text).SelectMany(block => block.Lines).SelectMany(line => line).ToList();
        spans.Should().OnlyContain(span => span.Kind == NoteSpanKind.Plain);
        string.Concat(spans.Select(span => span.Text)).Should().Be(text);
    }

    [Theory]
    [InlineData("詳細はhttps://example.com/あ。", "https://example.com/あ")]
    [InlineData("（https://example.com/x）", "https://example.com/x")]
    [InlineData("\"http://example.com/\"", "http://example.com/")]
    public void A_link_ends_where_the_sentence_goes_on(string text, string link) =>
        NoteText.Read(text)[0].Lines[0].Single(span => span.Kind == NoteSpanKind.Link).Text.Should().Be(link);

    [Fact]
    public void Nothing_that_was_written_is_lost_and_links_lead_nowhere_but_to_the_web() =>
        Gen.OneOf(Gen.String, Gen.OneOf(Gen.Const("**"), Gen.Const("@a@b.co"), Gen.Const("http://"), Gen.Const("https://x.y"), Gen.Const("- "), Gen.Const("\n"), Gen.Const("\n\n"), Gen.Const(" "), Gen.Const("<b>"), Gen.Const("あ"), Gen.Const("\u202E"), Gen.Const("👩‍💻")).Array[0, 30].Select(string.Concat)).Sample(text =>
        {
            var spans = NoteText.Read(text).SelectMany(block => block.Lines).SelectMany(line => line).ToList();
            var shown = string.Concat(spans.Select(span => span.Text));
            string Letters(string s) => string.Concat(s.Where(c => !char.IsWhiteSpace(c) && !"*-@・".Contains(c, StringComparison.Ordinal)));
            return Letters(shown) == Letters(text.ReplaceLineEndings("\n"))
                && spans.Where(span => span.Kind == NoteSpanKind.Link).All(span => Uri.TryCreate(span.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");
        }, iter: 3000);

    [Fact]
    public void An_excerpt_ends_with_a_whole_character()
    {
        NoteText.Excerpt("**a** @b@c.de\n- d", 100).Should().Be("a @b@c.de d");
        NoteText.Cut("😀😀😀", 4).Should().Be("😀…");
        NoteText.Cut("abcd", 4).Should().Be("abcd");
    }

    [Fact]
    public void What_databases_cannot_hold_is_left_out_of_entered_text() =>
        Gen.String.Sample(text =>
        {
            var clean = EnteredText.Of(text);
            return clean is null || (!clean.Contains('\0', StringComparison.Ordinal) && clean.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) == clean.Length && clean == clean.Trim());
        }, iter: 2000);
}
