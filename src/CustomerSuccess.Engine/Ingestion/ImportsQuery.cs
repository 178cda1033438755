using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>One page of a list.</summary>
/// <param name="Rows">The rows of the page.</param>
/// <param name="Total">Rows of the whole list.</param>
public sealed record ImportPage<T>(IReadOnlyList<T> Rows, int Total);

/// <summary>What was imported, and what was rejected. For CS operations and administrators: rejected rows hold accounts of every portfolio.</summary>
public sealed class ImportsQuery(Database database, TimeProvider clock)
{
    /// <summary>Runs with their files and counts, latest first.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public async Task<ImportPage<ImportResult>> ListAsync(Viewer viewer, int skip, int take, CancellationToken cancellation = default)
    {
        Require(viewer);
        await using var context = database.OpenContext();
        var total = await context.ImportRuns.CountAsync(cancellation);
        var ids = await context.ImportRuns.OrderByDescending(run => run.ImportRunId).Skip(skip).Take(take).Select(run => run.ImportRunId).ToListAsync(cancellation);
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var books = new ImportBooks(session, clock);
        return new ImportPage<ImportResult>([.. ids.Select(id => books.Result(id, isDryRun: false))], total);
    }

    /// <summary>One run; null where there is none of that number.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public async Task<ImportResult?> FindAsync(Viewer viewer, int runId, CancellationToken cancellation = default)
    {
        Require(viewer);
        await using var context = database.OpenContext();
        if (!await context.ImportRuns.AnyAsync(run => run.ImportRunId == runId, cancellation))
        {
            return null;
        }

        using var session = await BulkSession.OpenAsync(database, cancellation);
        return new ImportBooks(session, clock).Result(runId, isDryRun: false);
    }

    /// <summary>Rejected rows of a file in the order of its lines.</summary>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public async Task<ImportPage<RejectedRow>> RejectedAsync(Viewer viewer, int importFileId, int skip, int take, CancellationToken cancellation = default)
    {
        Require(viewer);
        await using var context = database.OpenContext();
        var rows = context.RejectedRows.AsNoTracking().Where(row => row.ImportFileId == importFileId);
        return new ImportPage<RejectedRow>(
            await rows.OrderBy(row => row.Line).ThenBy(row => row.RejectNo).Skip(skip).Take(take).ToListAsync(cancellation),
            await rows.CountAsync(cancellation));
    }

    /// <summary>Writes a file's rejected rows in its own shape: header, delimiter and encoding as it has them.</summary>
    /// <returns>False where there is no such file.</returns>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public Task<bool> WriteRejectedAsync(Viewer viewer, int importFileId, Stream to, CancellationToken cancellation = default) =>
        WriteAsync(viewer, importFileId, (session, file) => RejectedRowsFile.WriteRows(session, file, to), cancellation);

    /// <summary>Writes the listing of a file's rejected rows: line, column, value, code, reason.</summary>
    /// <returns>False where there is no such file.</returns>
    /// <exception cref="UnauthorizedAccessException">The viewer is neither CS operations nor administrator.</exception>
    public Task<bool> WriteReasonsAsync(Viewer viewer, int importFileId, Stream to, CancellationToken cancellation = default) =>
        WriteAsync(viewer, importFileId, (session, file) => RejectedRowsFile.WriteReasons(session, file, to), cancellation);

    /// <summary>How far each source's records reach.</summary>
    public async Task<IReadOnlyList<(string Source, SourceReach Reach)>> ReachesAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        var rows = await (from reach in context.SourceReaches
                          join source in context.Sources on reach.SourceId equals source.SourceId
                          orderby source.Name, reach.Record
                          select new { source.Name, reach }).AsNoTracking().ToListAsync(cancellation);
        return [.. rows.Select(row => (row.Name, row.reach))];
    }

    private async Task<bool> WriteAsync(Viewer viewer, int importFileId, Action<BulkSession, ImportFile> write, CancellationToken cancellation)
    {
        Require(viewer);
        await using var context = database.OpenContext();
        var file = await context.ImportFiles.AsNoTracking().FirstOrDefaultAsync(row => row.ImportFileId == importFileId, cancellation);
        if (file is null)
        {
            return false;
        }

        using var session = await BulkSession.OpenAsync(database, cancellation);
        await Task.Run(() => write(session, file), cancellation);
        return true;
    }

    internal static void Require(Viewer viewer)
    {
        if (!viewer.IsIn(Roles.CsOperations, Roles.Administrator))
        {
            throw new UnauthorizedAccessException("Imports are for CS operations and administrators.");
        }
    }
}
