using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;

namespace CustomerSuccess.Engine.Documents;

/// <summary>Noto Sans JP out of this assembly, in two weights: what a machine has installed is never looked at, so that a document is the same everywhere.</summary>
internal sealed class DocumentFonts : IFontResolver
{
    public const string Family = "Noto Sans JP";

    private const string Regular = "font.regular", Bold = "font.bold";

    private static readonly Lock Once = new();
    private static bool _isSet;

    /// <summary>A font of the family; the library asks one resolver for the whole process.</summary>
    /// <param name="size">Points.</param>
    /// <param name="isBold">The heavier weight.</param>
    public static XFont Of(double size, bool isBold = false)
    {
        lock (Once)
        {
            if (!_isSet)
            {
                GlobalFontSettings.FontResolver = new DocumentFonts();
                _isSet = true;
            }
        }

        return new XFont(Family, size, isBold ? XFontStyleEx.Bold : XFontStyleEx.Regular, new XPdfFontOptions(PdfFontEncoding.Unicode));
    }

    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? Bold : Regular);

    public byte[]? GetFont(string faceName)
    {
        using var font = typeof(DocumentFonts).Assembly.GetManifestResourceStream(faceName) ?? throw new InvalidOperationException($"The font {faceName} is not built in.");
        var bytes = new byte[font.Length];
        font.ReadExactly(bytes);
        return bytes;
    }
}
