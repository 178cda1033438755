using System.Net;
using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CustomerSuccess.Engine.Mail;

/// <summary>
/// A message's light markup (Markdown without HTML), read once and written as HTML that mail programs keep and as plain text.
/// Nothing of the source is passed through: every tag is made here, and links lead only to http, https, mailto and tel.
/// A link followed by <c>{.button}</c> becomes a button.
/// </summary>
internal sealed class MailMarkup
{
    private const string CellStyle = "padding:6px 10px;border:1px solid #b4b4b4;text-align:left;vertical-align:top;";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseSoftlineBreakAsHardlineBreak()
        .UseCjkFriendlyEmphasis()
        .UsePipeTables()
        .UseAutoLinks()
        .UseGenericAttributes()
        .Build();

    private readonly MarkdownDocument _document;

    private MailMarkup(MarkdownDocument document) => _document = document;

    public static MailMarkup Read(string source) => new(Markdown.Parse(source, Pipeline));

    /// <summary>Where its links lead, in their order, each as often as it stands.</summary>
    public IReadOnlyList<string> Links => [.. _document.Descendants<Inline>().Select(Target).OfType<string>()];

    /// <summary>The HTML of the text, without a frame.</summary>
    /// <param name="target">Where a link is to lead: given its number in <see cref="Links"/> and its address.</param>
    public string ToHtml(Func<int, string, string> target)
    {
        var writer = new HtmlText(target);
        foreach (var block in _document)
        {
            writer.Block(block);
        }

        return writer.ToString();
    }

    /// <summary>The plain text.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var block in _document)
        {
            PlainText.Block(block, text, "");
        }

        return text.ToString().Trim('\n') + "\n";
    }

    /// <summary>The address that a link leads to; null for what is no link, or leads where none may.</summary>
    private static string? Target(Inline inline) => inline switch
    {
        LinkInline { IsImage: false } link => Safe(link.GetDynamicUrl?.Invoke() ?? link.Url),
        AutolinkInline auto => Safe(auto.IsEmail ? "mailto:" + auto.Url : auto.Url),
        _ => null,
    };

    private static string? Safe(string? url) =>
        url is { Length: > 0 and <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel" && !url.Any(char.IsControl) ? url : null;

    private static bool IsButton(Inline inline) => inline is LinkInline && inline.TryGetAttributes()?.Classes?.Contains("button") == true && Target(inline) is not null;

    /// <summary>The links of a paragraph that holds nothing but buttons; null for any other.</summary>
    private static List<LinkInline>? Buttons(LeafBlock block)
    {
        if (block.Inline is not { } inlines)
        {
            return null;
        }

        var buttons = new List<LinkInline>();
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LinkInline link when IsButton(link):
                    buttons.Add(link);
                    break;
                case LineBreakInline or LiteralInline { Content.IsEmpty: true }:
                    break;
                case LiteralInline literal when string.IsNullOrWhiteSpace(literal.Content.ToString()):
                    break;
                default:
                    return null;
            }
        }

        return buttons.Count > 0 ? buttons : null;
    }

    /// <summary>Simple tags with their styles on them: mail programs drop style sheets.</summary>
    private sealed class HtmlText(Func<int, string, string> target)
    {
        private readonly StringBuilder _html = new();
        private int _links;

        public override string ToString() => _html.ToString();

        public void Block(Block block)
        {
            switch (block)
            {
                case ParagraphBlock paragraph when Buttons(paragraph) is { } buttons:
                    ButtonRow(buttons);
                    break;
                case ParagraphBlock paragraph:
                    Tagged("p", "margin:0 0 16px;", () => Inlines(paragraph.Inline));
                    break;
                case HeadingBlock heading:
                    var size = heading.Level switch { 1 => 22, 2 => 18, _ => 16 };
                    Tagged($"h{Math.Clamp(heading.Level, 1, 3)}", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"margin:24px 0 12px;font-size:{size}px;line-height:1.4;"), () => Inlines(heading.Inline));
                    break;
                case ListBlock list:
                    Tagged(list.IsOrdered ? "ol" : "ul", "margin:0 0 16px;padding:0 0 0 24px;", () => Blocks(list));
                    break;
                case ListItemBlock item:
                    Tagged("li", "margin:0 0 4px;", () => Item(item));
                    break;
                case QuoteBlock quote:
                    Tagged("blockquote", "margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #b4b4b4;", () => Blocks(quote));
                    break;
                case ThematicBreakBlock:
                    _html.Append("<hr style=\"margin:24px 0;border:0;border-top:1px solid #b4b4b4;\">\n");
                    break;
                case CodeBlock code:
                    Tagged("pre", "margin:0 0 16px;font-family:Consolas,Menlo,monospace;font-size:13px;white-space:pre-wrap;", () => Encoded(code.Lines.ToString()));
                    break;
                case Table table:
                    Rows(table);
                    break;
                case ContainerBlock container and not LinkReferenceDefinitionGroup:
                    Blocks(container);
                    break;
            }
        }

        private void Blocks(ContainerBlock blocks)
        {
            foreach (var block in blocks)
            {
                Block(block);
            }
        }

        /// <summary>An item's single paragraph needs no margins.</summary>
        private void Item(ListItemBlock item)
        {
            foreach (var block in item)
            {
                if (block is ParagraphBlock paragraph && Buttons(paragraph) is null)
                {
                    Inlines(paragraph.Inline);
                }
                else
                {
                    Block(block);
                }
            }
        }

        private void Rows(Table table)
        {
            _html.Append("<table cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;border-collapse:collapse;\">\n");
            foreach (var row in table.OfType<TableRow>())
            {
                _html.Append("<tr>");
                foreach (var cell in row.OfType<TableCell>())
                {
                    Tagged(row.IsHeader ? "th" : "td", CellStyle, () => Item(cell));
                }

                _html.Append("</tr>\n");
            }

            _html.Append("</table>\n");
        }

        private void Item(TableCell cell)
        {
            foreach (var block in cell)
            {
                if (block is LeafBlock { Inline: { } inlines })
                {
                    Inlines(inlines);
                }
            }
        }

        /// <summary>Cells with a colour of their own: Outlook gives a link neither padding nor round corners.</summary>
        private void ButtonRow(List<LinkInline> buttons)
        {
            _html.Append("<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;border-collapse:separate;border-spacing:0;\"><tr>");
            foreach (var button in buttons)
            {
                _html.Append("<td style=\"padding:0 8px 8px 0;\"><table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td align=\"center\" bgcolor=\"#1f5fbf\" style=\"border-radius:6px;background:#1f5fbf;\">");
                Link(button, "display:inline-block;padding:10px 18px;font-weight:bold;color:#ffffff;text-decoration:none;");
                _html.Append("</td></tr></table></td>");
            }

            _html.Append("</tr></table>\n");
        }

        private void Inlines(ContainerInline? inlines)
        {
            foreach (var inline in inlines ?? [])
            {
                Inline(inline);
            }
        }

        private void Inline(Inline inline)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    Encoded(literal.Content.ToString());
                    break;
                case LineBreakInline:
                    _html.Append("<br>\n");
                    break;
                case CodeInline code:
                    _html.Append("<code style=\"font-family:Consolas,Menlo,monospace;font-size:13px;\">");
                    Encoded(code.Content);
                    _html.Append("</code>");
                    break;
                case EmphasisInline emphasis:
                    var tag = emphasis.DelimiterCount > 1 ? "strong" : "em";
                    _html.Append('<').Append(tag).Append('>');
                    Inlines(emphasis);
                    _html.Append("</").Append(tag).Append('>');
                    break;
                case LinkInline { IsImage: true } image:
                    Image(image);
                    break;
                case LinkInline link when Target(link) is not null:
                    Link(link, "");
                    break;
                case AutolinkInline auto when Target(auto) is { } url:
                    Anchor(url, "", () => Encoded(auto.Url));
                    break;
                case HtmlEntityInline entity:
                    Encoded(entity.Transcoded.ToString());
                    break;
                case ContainerInline container:
                    Inlines(container);
                    break;
                case AutolinkInline refused:
                    Encoded(refused.Url);
                    break;
            }
        }

        private void Link(LinkInline link, string style) => Anchor(Target(link)!, style, () => Inlines(link));

        private void Anchor(string url, string style, Action content)
        {
            _html.Append("<a href=\"").Append(WebUtility.HtmlEncode(target(_links++, url))).Append('"');
            if (style.Length > 0)
            {
                _html.Append(" style=\"").Append(style).Append('"');
            }

            _html.Append('>');
            content();
            _html.Append("</a>");
        }

        private void Image(LinkInline image)
        {
            var words = Words(image);
            if (Safe(image.Url) is not { } url || !url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
            {
                Encoded(words);
                return;
            }

            _html.Append("<img src=\"").Append(WebUtility.HtmlEncode(url)).Append("\" alt=\"").Append(WebUtility.HtmlEncode(words)).Append("\" style=\"max-width:100%;height:auto;border:0;\">");
        }

        private void Tagged(string tag, string style, Action content)
        {
            _html.Append('<').Append(tag).Append(" style=\"").Append(style).Append("\">");
            content();
            _html.Append("</").Append(tag).Append(">\n");
        }

        private void Encoded(string words) => _html.Append(WebUtility.HtmlEncode(words));
    }

    /// <summary>The words within an inline, without its markup.</summary>
    private static string Words(ContainerInline inlines)
    {
        var text = new StringBuilder();
        PlainText.Inlines(inlines, text, "");
        return text.ToString();
    }

    /// <summary>As people write plain mail: lists with marks, links behind their words.</summary>
    private static class PlainText
    {
        public static void Block(Block block, StringBuilder text, string indent)
        {
            switch (block)
            {
                case ListBlock list:
                    List(list, text, indent);
                    text.Append('\n');
                    break;
                case QuoteBlock quote:
                    foreach (var inner in quote)
                    {
                        Block(inner, text, indent + "> ");
                    }

                    break;
                case ThematicBreakBlock:
                    text.Append(indent).Append('-', 40).Append("\n\n");
                    break;
                case CodeBlock code:
                    foreach (var line in code.Lines.ToString().Split('\n'))
                    {
                        text.Append(indent).Append(line.TrimEnd('\r')).Append('\n');
                    }

                    text.Append('\n');
                    break;
                case Table table:
                    foreach (var row in table.OfType<TableRow>())
                    {
                        text.Append(indent).AppendJoin(" | ", row.OfType<TableCell>().Select(Cell)).Append('\n');
                    }

                    text.Append('\n');
                    break;
                case LeafBlock { Inline: { } inlines } leaf:
                    text.Append(indent);
                    if (Buttons(leaf) is { } buttons)
                    {
                        text.AppendJoin("\n" + indent, buttons.Select(button => $"{Words(button)}: {Target(button)}"));
                    }
                    else
                    {
                        Inlines(inlines, text, indent);
                    }

                    text.Append("\n\n");
                    break;
                case ContainerBlock container and not LinkReferenceDefinitionGroup:
                    foreach (var inner in container)
                    {
                        Block(inner, text, indent);
                    }

                    break;
            }
        }

        public static void Inlines(ContainerInline inlines, StringBuilder text, string indent)
        {
            foreach (var inline in inlines)
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        text.Append(literal.Content.AsSpan());
                        break;
                    case LineBreakInline:
                        text.Append('\n').Append(indent);
                        break;
                    case CodeInline code:
                        text.Append(code.Content);
                        break;
                    case LinkInline { IsImage: false } link when Target(link) is { } url:
                        var words = Words(link);
                        text.Append(words);
                        if (words != url && "mailto:" + words != url)
                        {
                            text.Append(" (").Append(url).Append(')');
                        }

                        break;
                    case AutolinkInline auto:
                        text.Append(auto.Url);
                        break;
                    case HtmlEntityInline entity:
                        text.Append(entity.Transcoded.AsSpan());
                        break;
                    case ContainerInline container:
                        Inlines(container, text, indent);
                        break;
                }
            }
        }

        private static void List(ListBlock list, StringBuilder text, string indent)
        {
            var number = int.TryParse(list.OrderedStart, out var start) ? start : 1;
            foreach (var item in list.OfType<ListItemBlock>())
            {
                var mark = list.IsOrdered ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number++}. ") : "- ";
                var inner = new StringBuilder();
                foreach (var block in item)
                {
                    Block(block, inner, indent + new string(' ', mark.Length));
                }

                // the mark stands where the first line's indent ends
                var body = inner.ToString().TrimEnd('\n');
                text.Append(indent).Append(mark).Append(body.Length > indent.Length + mark.Length ? body[(indent.Length + mark.Length)..] : "").Append('\n');
            }
        }

        private static string Cell(TableCell cell)
        {
            var text = new StringBuilder();
            foreach (var block in cell.OfType<LeafBlock>())
            {
                if (block.Inline is { } inlines)
                {
                    Inlines(inlines, text, "");
                }
            }

            return text.ToString();
        }
    }
}
