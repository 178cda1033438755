using System.Collections.Concurrent;
using CustomerSuccess.Core.Documents;
using PdfSharp.Drawing;

namespace CustomerSuccess.Engine.Documents;

/// <summary>A size and weight of type with the lines that text makes in it.</summary>
/// <param name="size">Points.</param>
/// <param name="isBold">The heavier weight.</param>
/// <param name="leading">Height of a line against the size.</param>
internal sealed class DocumentType(double size, bool isBold, double leading)
{
    private readonly ConcurrentDictionary<int, double> _signs = [];

    public XFont Font { get; } = DocumentFonts.Of(size, isBold);

    public double Size => size;

    public double LineHeight => size * leading;

    /// <summary>From the top of a line to its base: signs stand in its middle.</summary>
    public double Base => ((LineHeight - size) / 2) + (size * 0.88);

    /// <summary>The library sets no kerning: a text is as wide as its signs together.</summary>
    public double WidthOf(XGraphics canvas, string text)
    {
        var width = 0.0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += _signs.GetOrAdd(rune.Value, _ => canvas.MeasureString(rune.ToString(), Font).Width);
        }

        return width;
    }

    public IReadOnlyList<string> Lines(XGraphics canvas, string text, double width) => LineBreaks.Of(text, width, piece => WidthOf(canvas, piece));

    /// <summary>A text in one line, cut with a sign where it is longer.</summary>
    public string Fitted(XGraphics canvas, string text, double width)
    {
        if (WidthOf(canvas, text) <= width)
        {
            return text;
        }

        var kept = "";
        foreach (var rune in text.EnumerateRunes())
        {
            if (WidthOf(canvas, kept + rune + "…") > width)
            {
                break;
            }

            kept += rune.ToString();
        }

        return kept + "…";
    }
}
