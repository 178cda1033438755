using System.Text;
using System.Text.RegularExpressions;

namespace CustomerSuccess.Core.Notes;

/// <summary>What a piece of a note's text is.</summary>
public enum NoteSpanKind
{
    Plain,

    /// <summary>Between two pairs of asterisks.</summary>
    Strong,

    /// <summary>An address on the web; its target is never anything but http or https.</summary>
    Link,

    /// <summary>A colleague, named by the address that he or she signs in with.</summary>
    Mention,
}

/// <summary>A piece of a note's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The characters to show; of a mention the address without its sign.</param>
public readonly record struct NoteSpan(NoteSpanKind Kind, string Text);

/// <summary>A paragraph, or the entries of a list.</summary>
/// <param name="IsList">True for a list: each line is an entry.</param>
/// <param name="Lines">Lines of spans; an empty line has none.</param>
public sealed record NoteBlock(bool IsList, IReadOnlyList<IReadOnlyList<NoteSpan>> Lines);

/// <summary>
/// Reads a note's text: paragraphs parted by empty lines, lists (<c>- </c>, <c>* </c> or <c>・</c>), <c>**strong**</c>, addresses on the web, and <c>@colleague@example.com</c>.
/// Everything else is plain text, HTML too: nothing here ever becomes markup.
/// </summary>
public static partial class NoteText
{
    /// <summary>The blocks of a text.</summary>
    public static IReadOnlyList<NoteBlock> Read(string text)
    {
        var blocks = new List<NoteBlock>();
        var lines = new List<IReadOnlyList<NoteSpan>>();
        var isList = false;
        void End()
        {
            if (lines.Count > 0)
            {
                blocks.Add(new(isList, lines));
                lines = [];
            }
        }

        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var entry = EntryOf(raw);
            if (string.IsNullOrWhiteSpace(raw) || (entry is not null) != isList)
            {
                End();
            }

            if (!string.IsNullOrWhiteSpace(raw))
            {
                isList = entry is not null;
                lines.Add(Spans(entry ?? raw));
            }
        }

        End();
        return blocks;
    }

    /// <summary>Addresses of colleagues that a text names, in lower case, each once, in the order of the text.</summary>
    public static IReadOnlyList<string> Mentions(string text) =>
        [.. MentionPattern().Matches(text).Select(match => match.Groups["who"].Value.ToLowerInvariant()).Distinct()];

    /// <summary>A text's beginning on one line, without marks.</summary>
    /// <param name="text">The note.</param>
    /// <param name="most">Characters; what is cut off is marked by an ellipsis.</param>
    public static string Excerpt(string text, int most)
    {
        var plain = new StringBuilder();
        foreach (var span in Read(text).SelectMany(block => block.Lines.SelectMany(line => line.Append(new(NoteSpanKind.Plain, " ")))))
        {
            plain.Append(span.Kind == NoteSpanKind.Mention ? "@" : "").Append(span.Text);
        }

        return Cut(plain.ToString().Trim(), most);
    }

    /// <summary>At most so many characters, whole ones, ended by an ellipsis where something was cut off.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    private static string? EntryOf(string line)
    {
        var text = line.TrimStart();
        return text.StartsWith("- ", StringComparison.Ordinal) || text.StartsWith("* ", StringComparison.Ordinal) ? text[2..].TrimStart()
            : text.StartsWith('・') ? text[1..].TrimStart()
            : null;
    }

    private static List<NoteSpan> Spans(string line)
    {
        var spans = new List<NoteSpan>();
        var at = 0;
        foreach (Match match in SpanPattern().Matches(line))
        {
            if (match.Index > at)
            {
                spans.Add(new(NoteSpanKind.Plain, line[at..match.Index]));
            }

            at = match.Index + match.Length;
            var link = match.Groups["link"];
            if (match.Groups["who"] is { Success: true } who)
            {
                spans.Add(new(NoteSpanKind.Mention, who.Value));
            }
            else if (match.Groups["strong"] is { Success: true } strong)
            {
                spans.Add(new(NoteSpanKind.Strong, strong.Value));
            }
            else if (Uri.TryCreate(link.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            {
                spans.Add(new(NoteSpanKind.Link, link.Value));
            }
            else
            {
                spans.Add(new(NoteSpanKind.Plain, link.Value));
            }
        }

        if (at < line.Length)
        {
            spans.Add(new(NoteSpanKind.Plain, line[at..]));
        }

        return spans;
    }

    private const string MentionForm = @"(?<![A-Za-z0-9._%+\-@])@(?<who>[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+)";

    [GeneratedRegex(MentionForm)]
    private static partial Regex MentionPattern();

    // an address ends before a sign that closes the sentence rather than the address, Japanese ones too
    [GeneratedRegex(MentionForm + @"|\*\*(?<strong>[^*\s](?:[^*]*[^*\s])?)\*\*|(?<link>https?://[^\s<>""'、。，．（）「」『』【】]*[^\s<>""'、。，．（）「」『』【】.,;:!?)\]])", RegexOptions.IgnoreCase)]
    private static partial Regex SpanPattern();
}
