using System.Globalization;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Staging;

/// <summary>Where checked files wait to be applied: files beside SQLite, a table on PostgreSQL.</summary>
/// <param name="database">The database that the files go to.</param>
/// <param name="path">What the names of staged files begin with; null for the table on PostgreSQL.</param>
internal sealed class StagingArea(Database database, string? path)
{
    private const string Infix = "-staging-";

    public static StagingArea Of(Database database) => new(database, database.Options.Path);

    public async Task<StagedWriter> OpenWriterAsync(int importFileId, CancellationToken cancellation) => path is not null
        ? new StagedFileWriter(PathOf(importFileId))
        : new StagedTableWriter(await BulkSession.OpenAsync(database, cancellation), importFileId);

    /// <summary>The pieces of a file in their order.</summary>
    /// <exception cref="IOException">The staged file is gone or cut short.</exception>
    public IEnumerable<Block> Read(int importFileId, BulkSession session) => path is not null
        ? StagedFileWriter.Read(PathOf(importFileId))
        : StagedTableWriter.Read(session, importFileId);

    public void Delete(int importFileId, BulkSession session)
    {
        if (path is not null)
        {
            File.Delete(PathOf(importFileId));
        }
        else
        {
            session.Execute("DELETE FROM staged_block WHERE import_file_id = @file", ("@file", importFileId));
        }
    }

    /// <summary>Removes what no unfinished file owns: remains of a crash between a file's end and its removal.</summary>
    public void Sweep(IReadOnlySet<int> unfinished, BulkSession session)
    {
        if (path is not null)
        {
            var prefix = Path.GetFileName(path) + Infix;
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, prefix + "*"))
            {
                if (int.TryParse(Path.GetFileName(file).AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && !unfinished.Contains(id))
                {
                    File.Delete(file);
                }
            }
        }
        else
        {
            foreach (var id in session.Query("SELECT DISTINCT import_file_id FROM staged_block", reader => reader.GetInt32(0)).Where(id => !unfinished.Contains(id)))
            {
                Delete(id, session);
            }
        }
    }

    private string PathOf(int importFileId) => string.Create(CultureInfo.InvariantCulture, $"{path}{Infix}{importFileId}");
}
