using System.Buffers;
using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Tells Shift_JIS from EUC-JP where a file is not UTF-8: by which of them the whole file is valid in, else by which reading knows the header and looks like Japanese.</summary>
internal static class LegacyJapanese
{
    private const int SampleSize = 64 * 1024;
    private const int LeastNarrow = 4;
    private static readonly SearchValues<byte> Controls = SearchValues.Create([1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 28, 29, 30, 31, 127]);
    private static readonly HashSet<string> KnownHeaders = [.. ImportContract.Records
        .SelectMany(record => record.Fields.Concat(record.Inputs))
        .SelectMany(field => field.Synonyms.Prepend(field.Name))
        .Select(HeaderKey.Of)];

    /// <exception cref="UnreadableFileException">The file is valid in neither, or reads like no Japanese.</exception>
    public static Encoding Detect(SourceFile file, ReadingLimits limits, long invalidUtf8Line)
    {
        var shiftJis = new Candidate(TextEncodings.ShiftJis);
        var eucJp = new Candidate(TextEncodings.EucJp);
        using var bytes = file.Open(limits);
        var chunk = new byte[SampleSize];
        byte[]? sample = null;
        int read;
        while ((read = bytes.Content.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false)) > 0)
        {
            if (chunk.AsSpan(0, read).ContainsAny(Controls))
            {
                throw new UnreadableFileException("file_binary");
            }

            sample ??= chunk[..read];
            shiftJis.Add(chunk.AsSpan(0, read));
            eucJp.Add(chunk.AsSpan(0, read));
        }

        var valid = new[] { shiftJis, eucJp }.Where(candidate => candidate.End()).ToList();
        var best = valid.OrderByDescending(candidate => candidate.KnownHeaderCells()).ThenByDescending(candidate => candidate.IsNarrowKana).ThenByDescending(candidate => candidate.Score).FirstOrDefault();
        if (best is not null && best.IsPlausible)
        {
            return best.Encoding;
        }

        var (encoding, line) = BrokenReading.Likeliest(sample ?? [], [(TextEncodings.Utf8, invalidUtf8Line), (TextEncodings.ShiftJis, shiftJis.BrokenLine), (TextEncodings.EucJp, eucJp.BrokenLine)], KnownCells);
        throw new UnreadableFileException("encoding_invalid", ("encoding", TextEncodings.NameOf(encoding)), ("line", line));
    }

    private static int KnownCells(string header) => header.Split(',', '\t', ';')
        .Count(cell => cell.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F') >= 0 && KnownHeaders.Contains(HeaderKey.Of(cell.Trim('"'))));

    /// <summary>One of the two encodings with what the file looks like in it.</summary>
    private sealed class Candidate(Encoding encoding)
    {
        private readonly FileScan.Validity _validity = new(encoding);
        private readonly StringBuilder _head = new();
        private long _wide;
        private long _narrow;
        private char _last;
        private bool _hasImpossibleKana;
        private long? _foreignLine;
        private bool _hasKana;
        private bool _hasRun;
        private bool _lastWasWide;

        private long _line = 1;

        public Encoding Encoding { get; } = encoding;

        /// <summary>The line of the first byte that does not belong, from 1; null where every byte does.</summary>
        public long? BrokenLine => _foreignLine is null || (!_validity.IsValid && _validity.InvalidLine < _foreignLine) ? _validity.IsValid ? null : _validity.InvalidLine : _foreignLine;

        /// <summary>Kana are frequent in Japanese and make half of it; narrow katakana and rare characters are what the other encoding's bytes turn into.</summary>
        public long Score { get; private set; }

        /// <summary>False for Western text, whose few accented letters happen to pair up with their neighbours.</summary>
        public bool IsPlausible => _hasKana || _hasRun;

        /// <summary>True where narrow katakana are all there is beside ASCII, and they stand as words have them: the other encoding's bytes soon turn into a mark or a small letter where none can be.</summary>
        public bool IsNarrowKana => _narrow >= LeastNarrow && _narrow == _wide && !_hasImpossibleKana;

        public void Add(ReadOnlySpan<byte> piece)
        {
            var text = _validity.Add(piece, _line);
            var line = _line;
            _line += piece.Count((byte)'\n');
            if (_head.Length < 8_192)
            {
                _head.Append(text[..Math.Min(text.Length, 8_192)]);
            }

            foreach (var c in text)
            {
                if (c < 0x80)
                {
                    line += c == '\n' ? 1 : 0;
                    _lastWasWide = false;
                    _last = c;
                    continue;
                }

                _wide++;
                _hasRun |= _lastWasWide;
                _lastWasWide = true;
                switch (c)
                {
                    case >= 'ぁ' and <= 'ヿ':
                        _hasKana = true;
                        Score += 3;
                        break;
                    case >= '一' and <= '龠' or '　' or '、' or '。' or '「' or '」':
                        Score++;
                        break;
                    case >= '｡' and <= 'ﾟ':
                        _hasKana = true;
                        _narrow++;
                        Score--;
                        _hasImpossibleKana |= !MayFollow(_last, c);
                        break;
                    case var _ when TextEncodings.IsForeign(c):
                        _foreignLine ??= line;
                        break;
                }

                _last = c;
            }
        }

        public bool End()
        {
            _validity.End(_line);
            return BrokenLine is null;
        }

        /// <summary>False for what no narrow katakana word holds: punctuation and ｦ among names, a voicing mark on a letter that has none, a word that begins with a small letter.</summary>
        private static bool MayFollow(char last, char c) => c switch
        {
            <= 'ｦ' => false,
            'ﾞ' => last is 'ｳ' or (>= 'ｶ' and <= 'ﾄ') or (>= 'ﾊ' and <= 'ﾎ'),
            'ﾟ' => last is >= 'ﾊ' and <= 'ﾎ',
            >= 'ｧ' and <= 'ｰ' or 'ﾝ' => last is >= 'ｧ' and <= 'ﾟ',
            _ => true,
        };

        public int KnownHeaderCells()
        {
            var head = _head.ToString();
            var end = head.AsSpan().IndexOfAny('\r', '\n');
            return KnownCells(end < 0 ? head : head[..end]);
        }
    }
}
