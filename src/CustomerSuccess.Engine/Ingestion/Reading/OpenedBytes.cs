using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>An open file: its unpacked bytes, and how far reading has come in the packed ones.</summary>
internal sealed class OpenedBytes(Stream content, CountedStream packed, long length, IReadOnlyList<IDisposable> owned) : IDisposable
{
    /// <summary>The unpacked bytes.</summary>
    public Stream Content { get; } = content;

    /// <summary>The bytes as they lie in the file or entry; to be hashed and counted.</summary>
    public CountedStream Packed { get; } = packed;

    /// <summary>Size of what <see cref="Packed"/> counts.</summary>
    public long Length { get; } = length;

    public void Dispose()
    {
        Content.Dispose();
        foreach (var item in owned)
        {
            item.Dispose();
        }
    }
}

/// <summary>Passes bytes on, counting them and handing each piece to whoever listens.</summary>
internal sealed class CountedStream(Stream inner) : ForwardStream(inner)
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public System.Security.Cryptography.IncrementalHash? Hash { get; set; }

    /// <summary>Reads on to the end: what lies behind compressed data belongs to the hash.</summary>
    public void Drain()
    {
        var rest = new byte[16 * 1024];
        while (Read(rest) > 0)
        {
        }
    }

    /// <summary>Reads on to the end and compares the hash; a file that cannot be read on is not the one it was.</summary>
    public bool DrainsTo(System.Security.Cryptography.IncrementalHash hash, string expected)
    {
        try
        {
            Drain();
        }
        catch (IOException)
        {
            return false;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == expected;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = Inner.Read(buffer);
        Hash?.AppendData(buffer[..read]);
        Interlocked.Add(ref _count, read);
        return read;
    }
}

/// <summary>Unpacked bytes that stop where a compressed file turns out to be a trap.</summary>
internal sealed class LimitedStream : ForwardStream
{
    private const long Free = 64L * 1024 * 1024;
    private readonly Func<long> _packed;
    private readonly ReadingLimits _limits;
    private long _unpacked;

    public LimitedStream(Stream inner, CountedStream packed, ReadingLimits limits)
        : base(inner)
    {
        _packed = () => packed.Count;
        _limits = limits;
    }

    public LimitedStream(Stream inner, long packed, ReadingLimits limits)
        : base(inner)
    {
        _packed = () => packed;
        _limits = limits;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = Inner.Read(buffer);
        _unpacked += read;
        if (_unpacked > _limits.UnpackedBytes || (_unpacked > Free && _unpacked / _limits.UnpackedRatio > _packed()))
        {
            throw new UnreadableFileException("archive_too_large", ("most", _limits.UnpackedBytes), ("ratio", _limits.UnpackedRatio));
        }

        return read;
    }
}

/// <summary>A stream that can only be read forward.</summary>
internal abstract class ForwardStream(Stream inner) : Stream
{
    protected Stream Inner { get; } = inner;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public abstract override int Read(Span<byte> buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
