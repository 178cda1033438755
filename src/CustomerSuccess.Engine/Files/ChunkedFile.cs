using CustomerSuccess.Core.Files;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Files;

/// <summary>Reads a stored file chunk by chunk, from any place on: at most one chunk is held. Disposing it lets go of the database.</summary>
internal sealed class ChunkedFile(CustomerSuccessContext context, StoredFile file) : Stream
{
    private byte[] _chunk = [];
    private int _chunkNo = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Size;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        var no = (int)(_position / FileChunk.Length);
        if (no != _chunkNo)
        {
            _chunk = await context.FileChunks.AsNoTracking().Where(chunk => chunk.AccountNo == file.AccountNo && chunk.FileId == file.FileId && chunk.ChunkNo == no)
                .Select(chunk => chunk.Bytes).SingleOrDefaultAsync(cancellationToken) ?? throw new IOException($"A part of file {file.FileId} is missing.");
            _chunkNo = no;
        }

        var at = (int)(_position % FileChunk.Length);
        var count = Math.Min(buffer.Length, _chunk.Length - at);
        _chunk.AsMemory(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The database is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // nothing is written
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            context.Dispose();
        }

        base.Dispose(disposing);
    }
}
