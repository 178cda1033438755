using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>The encodings of import files, strict: a byte that does not belong is an error, never a question mark.</summary>
internal static class TextEncodings
{
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding Utf16 { get; } = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);

    public static Encoding Utf16BigEndian { get; } = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>CP932, which is what files called Shift_JIS are.</summary>
    public static Encoding ShiftJis { get; } = Strict(932);

    public static Encoding EucJp { get; } = Strict(51932);

    /// <summary>True for what the Japanese code pages make of bytes that are none of their characters.</summary>
    public static bool IsForeign(char c) => c is '\u0080' or '\u00A0' or (>= '\uE000' and <= '\uF8FF');

    /// <summary>For names inside archives only.</summary>
    public static Encoding LenientShiftJis { get; } = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    /// <summary>The encoding of a stated name, strict.</summary>
    /// <exception cref="UnreadableFileException">There is none of that name.</exception>
    public static Encoding Named(string name)
    {
        var key = HeaderKey.Of(name);
        return key switch
        {
            "utf8" or "utf8bom" or "utf8sig" => Utf8,
            "utf16" or "utf16le" => Utf16,
            "utf16be" => Utf16BigEndian,
            "shiftjis" or "sjis" or "cp932" or "932" or "windows31j" or "ms932" or "mskanji" => ShiftJis,
            "eucjp" or "euc" or "51932" or "20932" => EucJp,
            _ => Find(name) ?? throw new UnreadableFileException("encoding_unknown", ("encoding", name)),
        };
    }

    /// <summary>How an encoding is named to people and in the database.</summary>
    public static string NameOf(Encoding encoding) => encoding.CodePage switch
    {
        65001 => "utf-8",
        1200 => "utf-16",
        1201 => "utf-16be",
        932 => "shift_jis",
        51932 => "euc-jp",
        _ => encoding.WebName,
    };

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding Strict(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
}
