using System.Buffers;
using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>
/// Cuts text into rows and cells by RFC 4180, strictly: a misplaced quotation mark makes its line malformed, and reading goes on with the next line.
/// Beyond the RFC, a row may end in a lone CR, and a quotation mark right after a digit of an unquoted cell is text (inches, seconds of arc).
/// Holds one row at a time, never more than the limit.
/// </summary>
internal sealed class CsvTokenizer : IRowText, IDisposable
{
    private readonly TextReader _text;
    private readonly char _delimiter;
    private readonly ReadingLimits _limits;
    private readonly SearchValues<char> _stops;
    private char[] _buffer;
    private int _start;
    private int _end;
    private bool _ended;
    private int _next;
    private int _rawLength;
    private int _cellCount;
    private Cell[] _cells = new Cell[32];
    private char[] _unescaped = [];
    private long _lineAfter = 1;

    public CsvTokenizer(TextReader text, char delimiter, ReadingLimits limits)
    {
        _text = text;
        _delimiter = delimiter;
        _limits = limits;
        _buffer = new char[Math.Min(64 * 1024, limits.RowCharacters)];
        _stops = SearchValues.Create([delimiter, '"', '\n', '\r']);
    }

    /// <summary>Line on which the current row starts, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Cells of the current row, also of those beyond the limit, which cannot be asked for; 0 where it is malformed.</summary>
    public int Count => _cellCount;

    /// <summary>Code of what is wrong with the quotation marks of the current row; null where nothing is.</summary>
    public string? Malformed { get; private set; }

    /// <summary>The current row as it stands in the file, without its line break.</summary>
    public ReadOnlySpan<char> Raw => _buffer.AsSpan(_start, _rawLength);

    string IRowText.RawRow => Raw.ToString();

    /// <summary>True for a line without any character.</summary>
    public bool IsBlank => _rawLength == 0;

    /// <summary>A cell of the current row, without its quotes; valid until the next row is read or another escaped cell is asked for.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            var cell = _cells[index];
            var text = _buffer.AsSpan(_start + cell.From, cell.Length);
            return cell.IsEscaped ? Unescape(text) : text;
        }
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="UnreadableFileException">A row beyond the limits, wrong bytes, or a failing disk.</exception>
    public bool Read()
    {
        _start += _next;
        _next = 0;
        _rawLength = 0;
        _cellCount = 0;
        Malformed = null;
        Line = _lineAfter;
        if (_start == _end && !More())
        {
            return false;
        }

        var at = 0;
        var quoted = false;
        while (true)
        {
            if (!Has(at))
            {
                Add(at, 0, false);
                return Finish(at, 0, quoted);
            }

            int stop;
            if (_buffer[_start + at] == '"')
            {
                quoted = true;
                stop = Quoted(at);
            }
            else
            {
                stop = Bare(at);
            }

            if (stop < 0)
            {
                return TakeLineAsMalformed();
            }

            if (!Has(stop))
            {
                return Finish(stop, 0, quoted);
            }

            var c = _buffer[_start + stop];
            if (c == _delimiter)
            {
                at = stop + 1;
                continue;
            }

            return Finish(stop, BreakLength(stop), quoted);
        }
    }

    public void Dispose() => _text.Dispose();

    /// <summary>Reads an unquoted cell; gives the position behind it, or -1.</summary>
    private int Bare(int from)
    {
        var at = from;
        while (true)
        {
            var found = _buffer.AsSpan(_start + at, _end - _start - at).IndexOfAny(_stops);
            if (found < 0)
            {
                at = _end - _start;
                if (!More())
                {
                    Add(from, at - from, false);
                    return at;
                }

                continue;
            }

            at += found;
            if (_buffer[_start + at] != '"')
            {
                Add(from, at - from, false);
                return at;
            }

            if (at == from || !char.IsAsciiDigit(_buffer[_start + at - 1]))
            {
                Malformed = "quote_unescaped";
                return -1;
            }

            at++;
        }
    }

    /// <summary>Reads a quoted cell; gives the position behind it, or -1.</summary>
    private int Quoted(int from)
    {
        var at = from + 1;
        var escaped = false;
        while (true)
        {
            var found = _buffer.AsSpan(_start + at, _end - _start - at).IndexOf('"');
            if (found < 0)
            {
                at = _end - _start;
                if (IsFull || !More())
                {
                    Malformed = "quote_unclosed";
                    return -1;
                }

                continue;
            }

            at += found;
            if (!Has(at + 1))
            {
                Add(from + 1, at - from - 1, escaped);
                return at + 1;
            }

            var c = _buffer[_start + at + 1];
            if (c == '"')
            {
                escaped = true;
                at += 2;
                continue;
            }

            if (c == _delimiter || c is '\n' or '\r')
            {
                Add(from + 1, at - from - 1, escaped);
                return at + 1;
            }

            Malformed = "quote_unescaped";
            return -1;
        }
    }

    /// <summary>Gives up on the row: its first line alone is taken, so that one stray mark does not swallow the rows behind it.</summary>
    private bool TakeLineAsMalformed()
    {
        _cellCount = 0;
        var at = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + at, _end - _start - at).IndexOfAny('\n', '\r');
            if (found >= 0)
            {
                at += found;
                return Finish(at, BreakLength(at), quoted: false);
            }

            at = _end - _start;
            if (!More())
            {
                return Finish(at, 0, quoted: false);
            }
        }
    }

    private bool Finish(int rawLength, int breakLength, bool quoted)
    {
        _rawLength = rawLength;
        _next = rawLength + breakLength;
        _lineAfter = Line + (quoted ? Breaks(Raw) : 0) + 1;
        return true;
    }

    private int BreakLength(int at) => _buffer[_start + at] == '\r' && Has(at + 1) && _buffer[_start + at + 1] == '\n' ? 2 : 1;

    private static long Breaks(ReadOnlySpan<char> raw) => raw.Count('\n') + raw.Count('\r') - raw.Count("\r\n");

    private void Add(int from, int length, bool escaped)
    {
        if (_cellCount == _cells.Length && _cellCount < _limits.RowCells)
        {
            Array.Resize(ref _cells, Math.Min(_cells.Length * 2, _limits.RowCells));
        }

        if (_cellCount < _cells.Length)
        {
            _cells[_cellCount] = new Cell(from, length, escaped);
        }

        _cellCount++;
    }

    private ReadOnlySpan<char> Unescape(ReadOnlySpan<char> text)
    {
        if (_unescaped.Length < text.Length)
        {
            _unescaped = new char[Math.Max(text.Length, 256)];
        }

        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            _unescaped[length++] = text[i];
            if (text[i] == '"')
            {
                i++;
            }
        }

        return _unescaped.AsSpan(0, length);
    }

    private bool Has(int at) => _start + at < _end || More();

    private bool IsFull => _start == 0 && _end == _limits.RowCharacters;

    /// <summary>Reads on, moving or growing the buffer; false at the end of the text.</summary>
    private bool More()
    {
        if (_ended)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end >= _limits.RowCharacters)
            {
                throw new UnreadableFileException("row_too_long", ("line", Line), ("most", _limits.RowCharacters));
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, _limits.RowCharacters));
        }

        try
        {
            var read = _text.Read(_buffer.AsSpan(_end));
            _end += read;
            _ended = read == 0;
            return read > 0;
        }
        catch (DecoderFallbackException error)
        {
            throw new UnreadableFileException("encoding_invalid", new Dictionary<string, object?> { ["encoding"] = "text", ["line"] = Line }, error);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw SourceFile.Unreadable(error);
        }
    }

    private readonly record struct Cell(int From, int Length, bool IsEscaped);
}
