using System.Net;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CustomerSuccess.Engine.Mail;

/// <summary>Simple tags with their styles on them: mail programs drop style sheets.</summary>
internal sealed class MarkupHtml(Func<int, string, string> target)
{
    private const string CellStyle = "padding:6px 10px;border:1px solid #b4b4b4;text-align:left;vertical-align:top;";

    /// <summary>Buttons of a row that still have their full width.</summary>
    private const int MostWide = 4;

    private readonly StringBuilder _html = new();
    private int _links;

    public override string ToString() => _html.ToString();

    public void Block(Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph when MailMarkup.Buttons(paragraph) is { } buttons:
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
            if (block is ParagraphBlock paragraph && MailMarkup.Buttons(paragraph) is null)
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

    /// <summary>Cells with a colour of their own: Outlook gives a link neither padding nor round corners. Many in a row, such as the scores of a survey, share the width of a phone.</summary>
    private void ButtonRow(List<LinkInline> buttons)
    {
        var isScale = buttons.Count > MostWide;
        var (row, cell, width, style) = isScale
            ? (" width=\"100%\"", "padding:0 3px 8px 0;", " width=\"100%\"", "display:block;padding:10px 0;font-weight:bold;color:#ffffff;text-decoration:none;")
            : ("", "padding:0 8px 8px 0;", "", "display:inline-block;padding:10px 18px;font-weight:bold;color:#ffffff;text-decoration:none;");
        _html.Append("<table role=\"presentation\"").Append(row).Append(" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" style=\"margin:0 0 16px;border-collapse:separate;border-spacing:0;").Append(isScale ? "max-width:520px;" : "").Append("\"><tr>");
        var share = isScale ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" width=\"{100 / buttons.Count}%\"") : "";
        foreach (var button in buttons)
        {
            _html.Append("<td").Append(share).Append(" style=\"").Append(cell).Append("\"><table role=\"presentation\"").Append(width).Append(" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td align=\"center\" bgcolor=\"#1f5fbf\" style=\"border-radius:6px;background:#1f5fbf;\">");
            Link(button, style);
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
            case LinkInline link when MailMarkup.Target(link) is not null:
                Link(link, "");
                break;
            case AutolinkInline auto when MailMarkup.Target(auto) is { } url:
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

    private void Link(LinkInline link, string style) => Anchor(MailMarkup.Target(link)!, style, () => Inlines(link));

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
        var words = MarkupPlain.Words(image);
        if (MailMarkup.Safe(image.Url) is not { } url || !url.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
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
