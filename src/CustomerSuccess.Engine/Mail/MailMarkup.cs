using System.Text;
using Markdig;
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
        var writer = new MarkupHtml(target);
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
            MarkupPlain.Block(block, text, "");
        }

        return text.ToString().Trim('\n') + "\n";
    }

    /// <summary>The address that a link leads to; null for what is no link, or leads where none may.</summary>
    internal static string? Target(Inline inline) => inline switch
    {
        LinkInline { IsImage: false } link => Safe(link.GetDynamicUrl?.Invoke() ?? link.Url),
        AutolinkInline auto => Safe(auto.IsEmail ? "mailto:" + auto.Url : auto.Url),
        _ => null,
    };

    internal static string? Safe(string? url) =>
        url is { Length: > 0 and <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto" or "tel" && !url.Any(char.IsControl) ? url : null;

    private static bool IsButton(Inline inline) => inline is LinkInline && inline.TryGetAttributes()?.Classes?.Contains("button") == true && Target(inline) is not null;

    /// <summary>The links of a paragraph that holds nothing but buttons; null for any other.</summary>
    internal static List<LinkInline>? Buttons(LeafBlock block)
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
}
