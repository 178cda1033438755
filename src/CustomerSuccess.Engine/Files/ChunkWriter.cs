using System.Security.Cryptography;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Files;

/// <summary>What a file that was taken in is: its first bytes say the kind.</summary>
internal sealed record WrittenFile(long Size, string Sha256, byte[] Head);

/// <summary>
/// Takes a file in, a few chunks to a transaction, so that a slow sender holds nobody up. Chunks without their file are seen by nobody; those that a crash left behind are removed with a later upload.
/// </summary>
internal static class ChunkWriter
{
    private const int ChunksTogether = 4;

    /// <summary>Writes a stream's bytes.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="accountNo">Whose file.</param>
    /// <param name="fileId">Its id.</param>
    /// <param name="content">Read to its end, or to the limit.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="cancellation">Ends the work; nothing is left then.</param>
    /// <returns>Null where it has more bytes; nothing is left then.</returns>
    public static async Task<WrittenFile?> WriteAsync(Database database, int accountNo, string fileId, Stream content, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (size, no) = (0L, 0);
        byte[] head = [];
        var isWhole = false;
        try
        {
            await using var context = database.OpenContext();
            var buffer = new byte[FileChunk.Length];
            while (true)
            {
                var count = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
                size += count;
                if (size > most)
                {
                    return null;
                }

                if (count > 0)
                {
                    hash.AppendData(buffer, 0, count);
                    head = no == 0 ? buffer[..Math.Min(count, FileKind.HeadLength)] : head;
                    context.FileChunks.Add(new FileChunk { AccountNo = accountNo, FileId = fileId, ChunkNo = no++, Bytes = buffer[..count] });
                }

                var isLast = count < buffer.Length;
                if (isLast || no % ChunksTogether == 0)
                {
                    await context.SaveChangesAsync(cancellation);
                    context.ChangeTracker.Clear();
                }

                if (isLast)
                {
                    isWhole = true;
                    return new(size, Convert.ToHexStringLower(hash.GetHashAndReset()), head);
                }
            }
        }
        finally
        {
            if (!isWhole)
            {
                await RemoveAsync(database, accountNo, fileId);
            }
        }
    }

    /// <summary>Removes the chunks of a file, even where whoever sent it has gone.</summary>
    public static async Task RemoveAsync(Database database, int accountNo, string fileId)
    {
        await using var context = database.OpenContext();
        await context.FileChunks.Where(chunk => chunk.AccountNo == accountNo && chunk.FileId == fileId).ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>Removes what was deleted long ago, and chunks that a crash left without their file.</summary>
    /// <param name="context">In a transaction or not.</param>
    /// <param name="accountNo">Whose files.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task SweepAsync(CustomerSuccessContext context, int accountNo, DateTimeOffset now, CancellationToken cancellation)
    {
        var gone = now.UtcDateTime.AddDays(-StoredFile.DaysKept);
        await context.StoredFiles.Where(file => file.AccountNo == accountNo && file.DeletedAt < gone).ExecuteDeleteAsync(cancellation);
        // ids made later sort later: an upload that is under way is younger than a day
        var yesterday = Guid.CreateVersion7(now.AddDays(-1)).ToString();
        await context.FileChunks
            .Where(chunk => chunk.AccountNo == accountNo && chunk.FileId.CompareTo(yesterday) < 0 && !context.StoredFiles.Any(file => file.AccountNo == accountNo && file.FileId == chunk.FileId))
            .ExecuteDeleteAsync(cancellation);
    }
}
