using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>One pass over a file's bytes before any row is read: its hash, whether it is text, and in which encoding all of it is valid.</summary>
/// <param name="Sha256">Of the bytes as they lie in the file or entry, in hex.</param>
/// <param name="Encoding">Strict; every byte of the file has been seen to belong to it.</param>
/// <param name="Preamble">Bytes of a byte order mark, to be skipped.</param>
internal sealed record FileScan(string Sha256, Encoding Encoding, int Preamble)
{
    private const int ChunkSize = 128 * 1024;

    public static FileScan Of(SourceFile file, string? statedEncoding, ReadingLimits limits)
    {
        var stated = statedEncoding is null ? null : TextEncodings.Named(statedEncoding);
        using var bytes = file.Open(limits);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        bytes.Packed.Hash = hash;
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            var read = bytes.Content.ReadAtLeast(chunk.AsSpan(0, ChunkSize), ChunkSize, throwOnEndOfStream: false);
            var (marked, preamble) = Mark(chunk.AsSpan(0, read));
            if (read == preamble)
            {
                throw new UnreadableFileException("file_empty");
            }

            var check = new Validity(stated ?? marked ?? TextEncodings.Utf8);
            var lines = new LineGuard(limits);
            var start = preamble;
            var mayHoldZeros = check.Encoding.CodePage is 1200 or 1201 or 12000 or 12001;
            while (read > 0)
            {
                var span = chunk.AsSpan(start, read - start);
                if (!mayHoldZeros && span.Contains((byte)0))
                {
                    throw new UnreadableFileException("file_binary");
                }

                check.Add(span, lines.Line);
                lines.Add(span);
                read = bytes.Content.ReadAtLeast(chunk.AsSpan(0, ChunkSize), ChunkSize, throwOnEndOfStream: false);
                start = 0;
            }

            check.End(lines.Line);
            bytes.Packed.Drain();
            var sha = Convert.ToHexStringLower(hash.GetHashAndReset());
            if (check.IsValid)
            {
                return new FileScan(sha, check.Encoding, preamble);
            }

            if (stated is not null || marked is not null)
            {
                throw new UnreadableFileException("encoding_invalid", ("encoding", TextEncodings.NameOf(check.Encoding)), ("line", check.InvalidLine));
            }

            return new FileScan(sha, LegacyJapanese.Detect(file, limits, check.InvalidLine), 0);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw SourceFile.Unreadable(error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static (Encoding? Encoding, int Length) Mark(ReadOnlySpan<byte> start) => start switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncodings.Utf8, 3),
        [0xFF, 0xFE, ..] => (TextEncodings.Utf16, 2),
        [0xFE, 0xFF, ..] => (TextEncodings.Utf16BigEndian, 2),
        _ => (null, 0),
    };

    /// <summary>Decodes piece by piece and remembers where the first wrong byte stood.</summary>
    internal sealed class Validity(Encoding encoding)
    {
        private readonly Decoder _decoder = encoding.GetDecoder();
        private readonly char[] _scratch = new char[encoding.GetMaxCharCount(ChunkSize)];

        public Encoding Encoding { get; } = encoding;

        public bool IsValid { get; private set; } = true;

        public long InvalidLine { get; private set; }

        /// <summary>Decodes a piece; empty once the text has turned out invalid.</summary>
        public ReadOnlySpan<char> Add(ReadOnlySpan<byte> piece, long line) => Decode(piece, line, flush: false);

        public void End(long line) => Decode([], line, flush: true);

        private ReadOnlySpan<char> Decode(ReadOnlySpan<byte> piece, long line, bool flush)
        {
            if (!IsValid)
            {
                return [];
            }

            try
            {
                return _scratch.AsSpan(0, _decoder.GetChars(piece, _scratch, flush));
            }
            catch (DecoderFallbackException error)
            {
                IsValid = false;
                InvalidLine = line + piece[..Math.Clamp(error.Index, 0, piece.Length)].Count((byte)'\n');
                return [];
            }
        }
    }

    /// <summary>Refuses a file with an endless line before anything is kept of it.</summary>
    private sealed class LineGuard(ReadingLimits limits)
    {
        private long _sinceBreak;

        public long Line { get; private set; } = 1;

        public void Add(ReadOnlySpan<byte> piece)
        {
            var last = piece.LastIndexOfAny((byte)'\n', (byte)'\r');
            _sinceBreak = last < 0 ? _sinceBreak + piece.Length : piece.Length - last;
            if (_sinceBreak > 4L * limits.RowCharacters)
            {
                throw new UnreadableFileException("row_too_long", ("line", Line + piece.Count((byte)'\n')), ("most", limits.RowCharacters));
            }

            Line += piece.Count((byte)'\n');
        }
    }
}
