using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CustomerSuccess.Engine.Mail;

/// <summary>As people write plain mail: lists with marks, links behind their words.</summary>
internal static class MarkupPlain
{
    /// <summary>The words within an inline, without its markup.</summary>
    public static string Words(ContainerInline inlines)
    {
        var text = new StringBuilder();
        Inlines(inlines, text, "");
        return text.ToString();
    }

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
                if (MailMarkup.Buttons(leaf) is { } buttons)
                {
                    text.AppendJoin("\n" + indent, buttons.Select(button => $"{Words(button)}: {MailMarkup.Target(button)}"));
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
                case LinkInline { IsImage: false } link when MailMarkup.Target(link) is { } url:
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
