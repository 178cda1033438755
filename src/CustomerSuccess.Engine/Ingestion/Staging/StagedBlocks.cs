using System.Buffers.Binary;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Staging;

internal enum BlockKind : byte
{
    Header = 1,

    /// <summary>Texts that usage rows refer to by their number.</summary>
    Strings = 2,

    /// <summary>Counters, sorted so that those of an account stand together.</summary>
    Usage = 3,

    /// <summary>Other rows, and rejected ones.</summary>
    Rows = 4,
}

/// <summary>A piece of a staged file. Rows are numbered from 1 over all its pieces.</summary>
internal readonly record struct Block(BlockKind Kind, int Rows, byte[] Payload);

/// <summary>Takes the pieces of one staged file in their order.</summary>
internal abstract class StagedWriter : IDisposable
{
    public abstract void Append(BlockKind kind, int rows, ReadOnlySpan<byte> payload);

    /// <summary>Returns when the file is on the disk.</summary>
    public abstract void Complete();

    public abstract void Dispose();
}

/// <summary>Staged pieces in a file: length, kind, rows, payload.</summary>
internal sealed class StagedFileWriter(string path) : StagedWriter
{
    internal const int Prefix = 9;

    private readonly FileStream _file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);

    public override void Append(BlockKind kind, int rows, ReadOnlySpan<byte> payload)
    {
        Span<byte> prefix = stackalloc byte[Prefix];
        BinaryPrimitives.WriteInt32LittleEndian(prefix, payload.Length);
        prefix[4] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[5..], rows);
        _file.Write(prefix);
        _file.Write(payload);
    }

    public override void Complete() => _file.Flush(flushToDisk: true);

    public override void Dispose() => _file.Dispose();

    public static IEnumerable<Block> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        var prefix = new byte[Prefix];
        while (file.ReadAtLeast(prefix, Prefix, throwOnEndOfStream: false) is var read && read > 0)
        {
            if (read < Prefix)
            {
                throw new EndOfStreamException($"{path} is cut short.");
            }

            var payload = new byte[BinaryPrimitives.ReadInt32LittleEndian(prefix)];
            file.ReadExactly(payload);
            yield return new Block((BlockKind)prefix[4], BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(5)), payload);
        }
    }
}

/// <summary>Staged pieces in PostgreSQL's table, each committed as it comes; nothing reads them before the file's status says so.</summary>
internal sealed class StagedTableWriter(BulkSession session, int importFileId) : StagedWriter
{
    private int _blockNo;

    public override void Append(BlockKind kind, int rows, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[5 + payload.Length];
        bytes[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), rows);
        payload.CopyTo(bytes.AsSpan(5));
        session.Execute("INSERT INTO staged_block (import_file_id, block_no, bytes) VALUES (@file, @no, @bytes)", ("@file", importFileId), ("@no", ++_blockNo), ("@bytes", bytes));
    }

    public override void Complete()
    {
    }

    public override void Dispose() => session.Dispose();

    public static IEnumerable<Block> Read(BulkSession session, int importFileId)
    {
        for (var no = 1; ; no++)
        {
            var found = session.Query("SELECT bytes FROM staged_block WHERE import_file_id = @file AND block_no = @no", reader => (byte[])reader.GetValue(0), ("@file", importFileId), ("@no", no));
            if (found is not [var bytes])
            {
                yield break;
            }

            yield return new Block((BlockKind)bytes[0], BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(1)), bytes[5..]);
        }
    }
}
