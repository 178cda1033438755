using CsCheck;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Mail;
using MimeKit.Text;

namespace CustomerSuccess.Engine.Tests.Mail;

public sealed class MailMarkupTests
{
    private static string Html(string source) => MailMarkup.Read(source).ToHtml((_, url) => url);

    [Fact]
    public void Markup_becomes_simple_tags_and_plain_text()
    {
        const string Source = """
            # お知らせ

            **重要**です。[詳細](https://example.com/a?b=1&c=2)をご覧ください。
            次の行

            - 一つ目
            - 二つ目

            [申し込む](https://example.com/go){.button} [あとで](https://example.com/later){.button}

            | 項目 | 値 |
            |---|---|
            | 席数 | 12 |
            """;
        var html = Html(Source);
        html.Should().Contain("<strong>重要</strong>です").And.Contain("href=\"https://example.com/a?b=1&amp;c=2\"").And.Contain("<br>").And.Contain("<li").And.Contain("bgcolor=\"#1f5fbf\"").And.Contain("<td style").And.NotContain("<style");
        var text = MailMarkup.Read(Source).ToText();
        text.Should().Be("""
            お知らせ

            重要です。詳細 (https://example.com/a?b=1&c=2)をご覧ください。
            次の行

            - 一つ目
            - 二つ目

            申し込む: https://example.com/go
            あとで: https://example.com/later

            項目 | 値
            席数 | 12

            """);
        MailMarkup.Read(Source).Links.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("![x](http://tracker.example/p.gif)")]
    [InlineData("[x](https://example.com){onclick=alert(1) style=position:fixed}")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[a]: javascript:alert(1)\n\n[a]")]
    public void Nothing_of_the_source_becomes_a_tag_of_its_own(string source) => Active(Html(source)).Should().BeEmpty();

    [Fact]
    public void Whatever_is_written_only_known_tags_come_out()
    {
        string[] pieces = ["<", ">", "\"", "'", "&", "[a](", ")", "https://x.example", "javascript:x", "![", "](", "{.button}", "{onload=x}", "**", "`", "\n", "\n\n", "- ", "> ", "|", "---", "#", "<b onclick=x>", "\\", "日本", "a"];
        Gen.Int[0, pieces.Length - 1].Array[0, 30].Sample(picks => Active(Html(string.Concat(picks.Select(pick => pieces[pick])))).Should().BeEmpty());
    }

    /// <summary>A value is read as itself: the text that is shown is the text that was filled in.</summary>
    [Fact]
    public void A_value_with_signs_of_markup_is_shown_as_it_is()
    {
        string[] pieces = ["*", "_", "[", "]", "(", ")", "`", "#", ">", "-", "+", "1.", "~", "|", "{", "}", "{{a}}", "!", "<b>", "&amp;", "\\", " ", "株式会社", "A", "x_y"];
        Gen.Int[0, pieces.Length - 1].Array[1, 12].Sample(picks =>
        {
            // markup does not keep blanks at the ends of lines, nor several in a row
            var value = string.Join(' ', string.Concat(picks.Select(pick => pieces[pick])).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var filled = FieldTemplate.Parse("x {{v}} y").Fill(new Dictionary<string, FieldValue> { ["v"] = new TextField(value) }, System.Globalization.CultureInfo.InvariantCulture, MarkupText.Escape);
            static string Once(string text) => text.Replace("  ", " ", StringComparison.Ordinal);
            Once(MailMarkup.Read(filled.Text).ToText().TrimEnd()).Should().Be(Once($"x {value} y"), "of a value without words the blanks around it are left");
        });
    }

    /// <summary>So is a whole letter that somebody typed, in which addresses of pages can be followed.</summary>
    [Fact]
    public void What_somebody_typed_reads_as_it_was_typed_and_its_addresses_lead_where_they_say()
    {
        string[] pieces = ["*", "_", "[", "]", "`", "#", "\n", "\n- ", "\n1. ", "|", "<b>", "&", "株式会社", "A", "x_y", " "];
        string[] pages = ["https://example.com/a_b?c=1&d=2#e", "http://example.com", "https://example.com/*/~x/(y)/"];
        Gen.Select(Gen.Int[0, pieces.Length - 1].Array[1, 10], Gen.Int[0, pages.Length - 1]).Sample((picks, page) =>
        {
            var words = string.Join(' ', string.Concat(picks.Select(pick => pieces[pick])).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Replace("\n ", "\n", StringComparison.Ordinal).Replace(" \n", "\n", StringComparison.Ordinal);
            var typed = $"x {words} y {pages[page]} z";
            var read = MailMarkup.Read(MarkupText.EscapeTyped(typed));
            static string Lines(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Replace("  ", " ", StringComparison.Ordinal);
            Lines(read.ToText()).Should().Be(Lines(typed));
            read.Links.Should().Equal(pages[page]);
        });
    }

    /// <summary>Tags, attributes and addresses that could act, by a parser that is not ours.</summary>
    private static List<string> Active(string html)
    {
        string[] tags = ["p", "h1", "h2", "h3", "ol", "ul", "li", "blockquote", "hr", "pre", "code", "strong", "em", "a", "img", "table", "tr", "td", "th", "br"];
        string[] attributes = ["style", "href", "src", "alt", "role", "cellpadding", "cellspacing", "border", "align", "bgcolor"];
        var tokenizer = new HtmlTokenizer(new StringReader(html));
        var active = new List<string>();
        while (tokenizer.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                active.AddRange(tags.Contains(tag.Name) ? [] : [tag.Name]);
                active.AddRange(tag.Attributes.Where(attribute => !attributes.Contains(attribute.Name)).Select(attribute => attribute.Name));
                active.AddRange(tag.Attributes.Where(attribute => attribute.Name == "href" && !(attribute.Value ?? "").StartsWith("http", StringComparison.Ordinal) && !(attribute.Value ?? "").StartsWith("mailto:", StringComparison.Ordinal) && !(attribute.Value ?? "").StartsWith("tel:", StringComparison.Ordinal)).Select(attribute => attribute.Value ?? ""));
                active.AddRange(tag.Attributes.Where(attribute => attribute.Name == "src" && !(attribute.Value ?? "").StartsWith("https:", StringComparison.Ordinal)).Select(attribute => attribute.Value ?? ""));
            }
        }

        return active;
    }
}
