using System.Globalization;
using System.Text;
using CustomerSuccess.Engine.Ingestion.Reading;

namespace CustomerSuccess.Engine.Exports;

/// <summary>What a file's text is written in.</summary>
public enum CsvEncoding
{
    /// <summary>UTF-8 with the mark that spreadsheets look for.</summary>
    Utf8,

    /// <summary>CP932, which older Japanese software reads; what it lacks is written as 〓.</summary>
    ShiftJis,
}

/// <summary>
/// Writes tables for spreadsheets: RFC 4180 quotes, CRLF, and no text that a spreadsheet would run as a formula — a first sign that begins one,
/// in full width as well, gets an apostrophe before it. Numbers and days are written in the import contract's way and are never touched.
/// </summary>
public sealed class CsvFile : TableFile
{
    private const string FormulaSigns = "=+-@\t\r\n＝＋－＠";

    /// <summary>Signs that CP932 has under another code point: it would lack those that other systems write.</summary>
    private static readonly (char From, char To)[] Kin = [('\u301C', '\uFF5E'), ('\u2212', '\uFF0D'), ('\u2014', '\u2015'), ('\u2016', '\u2225')];

    private readonly StreamWriter _writer;
    private readonly bool _isShiftJis;
    private readonly StringBuilder _line = new();
    private bool _isFirst = true;

    /// <param name="to">Stays open.</param>
    /// <param name="encoding">What the text is written in.</param>
    public CsvFile(Stream to, CsvEncoding encoding = CsvEncoding.Utf8) =>
        (_writer, _isShiftJis) = (new StreamWriter(to, Of(encoding), leaveOpen: true), encoding == CsvEncoding.ShiftJis);

    /// <summary>The name by which the encoding goes in a content type.</summary>
    public static string Charset(CsvEncoding encoding) => encoding == CsvEncoding.ShiftJis ? "shift_jis" : "utf-8";

    /// <summary>A text cell as it stands in the file: disarmed, and quoted where it has to be.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = FormulaSigns.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    public override TableFile Text(string? text) => Raw(Cell(text));

    public override TableFile Number(double? number, string format = "0.######") => Raw(number is { } known && double.IsFinite(known) ? known.ToString(format, CultureInfo.InvariantCulture) : "");

    public override TableFile Number(int? number) => Raw(number?.ToString(CultureInfo.InvariantCulture) ?? "");

    public override TableFile Money(decimal? money) => Raw(money?.ToString("0.####", CultureInfo.InvariantCulture) ?? "");

    public override TableFile Day(DateOnly? day) => Raw(day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");

    public override TableFile Flag(bool flag) => Raw(flag ? "true" : "false");

    public override TableFile Moment(DateTime? at) => Raw(at?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");

    public override async Task EndAsync(CancellationToken cancellation = default)
    {
        _line.Append("\r\n");
        foreach (var (from, into) in _isShiftJis ? Kin : [])
        {
            _line.Replace(from, into);
        }

        await _writer.WriteAsync(_line, cancellation);
        _line.Clear();
        _isFirst = true;
    }

    public override ValueTask DisposeAsync() => _writer.DisposeAsync();

    private CsvFile Raw(string cell)
    {
        if (!_isFirst)
        {
            _line.Append(',');
        }

        _line.Append(cell);
        _isFirst = false;
        return this;
    }

    private static Encoding Of(CsvEncoding encoding) => encoding == CsvEncoding.Utf8
        ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)
        : CodePagesEncodingProvider.Instance.GetEncoding(TextEncodings.ShiftJis.CodePage, new EncoderReplacementFallback("〓"), DecoderFallback.ReplacementFallback)!;
}
