using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Demo;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Portfolios;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>Imports files: reads and checks all of them, then applies them. A crash before the files are handed over leaves each untouched, one after it leaves each to be carried to its end.</summary>
public sealed class ImportRunner(Database database, SettingsStore settings, PendingImports pending, TimeProvider clock, AssignmentRules? rules = null)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(8);

    /// <summary>Imports and returns what became of every row.</summary>
    /// <exception cref="InvalidOperationException">The demo company is being thrown away; what came now would go with it.</exception>
    /// <exception cref="FormatException">The request names a preset, record or zone that does not exist.</exception>
    /// <exception cref="OperationCanceledException">While reading: nothing is kept. While applying: what is handed over is carried to its end by whoever comes next.</exception>
    public async Task<ImportResult> ImportAsync(Viewer viewer, ImportRequest request, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (await new DemoMark(database, clock).ReadAsync(cancellation) == DemoState.Discarding)
        {
            throw new InvalidOperationException("The demo company is being discarded. Import again when that is done.");
        }

        var plan = new ImportPlan(request, await settings.ReadAsync(cancellation), clock);
        return !request.DryRun ? await KeepAsync(viewer, plan, progress, cancellation)
            : database.Kind == DatabaseKind.Sqlite ? await TryOnCopyAsync(viewer, request, progress, cancellation)
            : await TryInTransactionAsync(viewer, plan, progress, cancellation);
    }

    private async Task<ImportResult> KeepAsync(Viewer viewer, ImportPlan plan, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var books = new ImportBooks(session, clock);
        var leases = new Leases(session, clock, Leases.NewHolder());
        var staging = StagingArea.Of(database);
        var sourceId = books.SourceOf(plan.Source, plan.SourceZone);
        var runId = books.OpenRun(sourceId, plan.Preset?.Name, viewer.UserId, plan.Request.ToJson(), id => leases.TryTake(PendingImports.StagingLease(id)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var heartbeat = KeepLeaseAsync(runId, leases, stop.Token);
        var isHandedOver = false;
        try
        {
            var files = await Task.Run(() => new FileStaging(plan, session, books, staging, progress).StageAsync(runId, sourceId, cancellation), cancellation);
            books.HandOver(runId, files);
            isHandedOver = true;
        }
        finally
        {
            await stop.CancelAsync();
            await heartbeat;
            if (!isHandedOver)
            {
                GiveUp(session, books, staging, runId, cancellation.IsCancellationRequested);
            }

            leases.Release(PendingImports.StagingLease(runId));
        }

        await pending.ApplyAsync(runId, progress, cancellation);
        if (rules is not null)
        {
            await rules.AfterImportAsync(cancellation);
        }

        return await FinishAsync(session, books, plan.Request, runId, isDryRun: false, progress);
    }

    /// <summary>SQLite: on a copy, so that the database is not held.</summary>
    private async Task<ImportResult> TryOnCopyAsync(Viewer viewer, ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("customersuccess-dry-run-").FullName;
        var copy = DatabaseOptions.Parse(Path.Combine(folder, "copy.db"));
        var there = new Database(copy);
        try
        {
            using (var session = await BulkSession.OpenAsync(database, cancellation))
            {
                session.Execute("VACUUM INTO @path", ("@path", copy.Path));
            }

            var runner = new ImportRunner(there, new SettingsStore(there, clock), new PendingImports(there, clock), clock);
            var result = await runner.ImportAsync(viewer, request with { DryRun = false }, progress, cancellation);
            result.Run.ImportRunId = 0;
            return result with { IsDryRun = true };
        }
        finally
        {
            there.CloseIdleConnections();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>PostgreSQL: in one transaction that is never committed; rows staged in a folder of its own.</summary>
    private async Task<ImportResult> TryInTransactionAsync(Viewer viewer, ImportPlan plan, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("customersuccess-dry-run-").FullName;
        try
        {
            using var session = await BulkSession.OpenAsync(database, cancellation);
            session.HoldWithoutCommit();
            var books = new ImportBooks(session, clock);
            var staging = new StagingArea(database, Path.Combine(folder, "dry"));
            var sourceId = books.SourceOf(plan.Source, plan.SourceZone);
            var runId = books.OpenRun(sourceId, plan.Preset?.Name, viewer.UserId, plan.Request.ToJson(), _ => { });
            return await Task.Run(
                async () =>
                {
                    books.HandOver(runId, await new FileStaging(plan, session, books, staging, progress).StageAsync(runId, sourceId, cancellation));
                    pending.ApplyUnseen(runId, session, staging, progress, cancellation);
                    return await FinishAsync(session, books, plan.Request, runId, isDryRun: true, progress);
                },
                cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ImportResult> FinishAsync(BulkSession session, ImportBooks books, ImportRequest request, int runId, bool isDryRun, IProgress<ImportProgress>? progress)
    {
        var result = books.Result(runId, isDryRun);
        if (request.RejectsFile is not null)
        {
            await RejectedRowsFile.WriteAsync(session, result, request.RejectsFile);
        }

        progress?.Report(new ImportProgress(ImportPhase.Done, null, 0, 0));
        return result;
    }

    /// <summary>Shows that this process is alive for as long as it reads.</summary>
    private async Task KeepLeaseAsync(int runId, Leases owner, CancellationToken stop)
    {
        try
        {
            using var timer = new PeriodicTimer(Heartbeat, clock);
            while (await timer.WaitForNextTickAsync(stop))
            {
                using var session = await BulkSession.OpenAsync(database, stop);
                owner.Over(session).Renew(PendingImports.StagingLease(runId));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static void GiveUp(BulkSession session, ImportBooks books, StagingArea staging, int runId, bool isCancelled)
    {
        session.Rollback();
        foreach (var (id, _) in books.Files(runId, ImportStatus.Staging))
        {
            staging.Delete(id, session);
            books.Fail(id, isCancelled ? "cancelled" : "interrupted", new Dictionary<string, object?>());
        }

        books.Close(runId, isCancelled ? ImportStatus.Cancelled : ImportStatus.Failed);
    }
}
