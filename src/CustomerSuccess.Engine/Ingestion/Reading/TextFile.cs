using System.Security.Cryptography;
using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>A file whose bytes have been checked: hash, encoding and delimiter are known, and its rows can be read as often as needed.</summary>
internal sealed class TextFile
{
    private const int HeadSize = 64 * 1024;
    private readonly ReadingLimits _limits;
    private readonly FileScan _scan;

    private TextFile(SourceFile source, FileScan scan, ReadingLimits limits)
    {
        Source = source;
        _scan = scan;
        _limits = limits;
        var head = new char[HeadSize];
        using var text = OpenText(out _);
        int length;
        try
        {
            length = text.ReadBlock(head);
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw SourceFile.Unreadable(error);
        }

        Delimiter = DelimiterDetection.Detect(new string(head, 0, length), length < HeadSize, limits);
    }

    public SourceFile Source { get; }

    public string Sha256 => _scan.Sha256;

    public string EncodingName => TextEncodings.NameOf(_scan.Encoding);

    public char Delimiter { get; }

    /// <exception cref="UnreadableFileException">The file is missing, damaged, binary, empty, or in no known encoding.</exception>
    public static TextFile Open(SourceFile source, string? statedEncoding, ReadingLimits limits) =>
        new(source, FileScan.Of(source, statedEncoding, limits), limits);

    /// <summary>The file's rows from the header on.</summary>
    /// <param name="bytes">How far reading has come.</param>
    /// <param name="hash">Takes the packed bytes as they are read; null where nobody asks.</param>
    public CsvTokenizer OpenRows(out OpenedBytes bytes, IncrementalHash? hash = null) => new(OpenText(out bytes, hash), Delimiter, _limits);

    private StreamReader OpenText(out OpenedBytes bytes, IncrementalHash? hash = null)
    {
        bytes = Source.Open(_limits);
        bytes.Packed.Hash = hash;
        var owner = new OwnedStream(bytes);
        Span<byte> mark = stackalloc byte[4];
        _ = owner.ReadAtLeast(mark[.._scan.Preamble], _scan.Preamble, throwOnEndOfStream: false);
        return new StreamReader(owner, _scan.Encoding, detectEncodingFromByteOrderMarks: false, 64 * 1024);
    }

    /// <summary>Closes the whole chain of streams with the reader.</summary>
    private sealed class OwnedStream(OpenedBytes bytes) : ForwardStream(bytes.Content)
    {
        public override int Read(Span<byte> buffer) => Inner.Read(buffer);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                bytes.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
