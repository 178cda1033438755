using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion;

/// <summary>Carries staged imports to their end, whoever staged them: one process at a time, under a lease that every transaction renews.</summary>
public sealed class PendingImports(Database database, TimeProvider clock)
{
    internal const string ApplyLease = "imports";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    internal static string StagingLease(int runId) => $"import-{runId.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    /// <summary>For whoever opens the database: gives up what a dead process was still reading, and applies what it had staged. Returns at once where a living process is at it.</summary>
    /// <returns>How many runs were carried to an end or given up.</returns>
    public async Task<int> FinishAsync(CancellationToken cancellation = default)
    {
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var books = new ImportBooks(session, clock);
        var staging = StagingArea.Of(database);
        var leases = new Leases(session, clock, Leases.NewHolder());
        var abandoned = books.Runs(ImportStatus.Staging).Where(run => !leases.IsHeld(StagingLease(run))).ToList();
        foreach (var run in abandoned)
        {
            GiveUp(session, books, run);
        }

        var applied = books.Runs(ImportStatus.Applying);
        if (applied.Count > 0)
        {
            if (!leases.TryTake(ApplyLease))
            {
                return abandoned.Count;
            }

            await Task.Run(() => ApplyAll(session, books, staging, leases, null, cancellation), cancellation);
        }

        if (abandoned.Count + applied.Count > 0)
        {
            staging.Sweep(books.UnfinishedFiles(), session);
        }

        return abandoned.Count + applied.Count;
    }

    /// <summary>Waits until no import is half applied: runs and reports begin with this.</summary>
    public async Task WaitAsync(CancellationToken cancellation = default)
    {
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var books = new ImportBooks(session, clock);
        while (books.Runs(ImportStatus.Applying).Count > 0)
        {
            await FinishAsync(cancellation);
            if (books.Runs(ImportStatus.Applying).Count > 0)
            {
                await Task.Delay(LookAgain, clock, cancellation);
            }
        }
    }

    /// <summary>Applies a run that was handed over, after those before it; returns when it has come to its end, by this process or another.</summary>
    internal async Task ApplyAsync(int runId, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        using var session = await BulkSession.OpenAsync(database, cancellation);
        var books = new ImportBooks(session, clock);
        var leases = new Leases(session, clock, Leases.NewHolder());
        while (books.StatusOf(runId) == ImportStatus.Applying)
        {
            if (leases.TryTake(ApplyLease))
            {
                await Task.Run(() => ApplyAll(session, books, StagingArea.Of(database), leases, progress, cancellation), CancellationToken.None);
            }
            else
            {
                progress?.Report(new ImportProgress(ImportPhase.Waiting, null, 0, 0));
                await Task.Delay(LookAgain, clock, cancellation);
            }
        }
    }

    /// <summary>Applies one run over a session that needs no lease: nobody else sees what it does.</summary>
    internal void ApplyUnseen(int runId, BulkSession session, StagingArea staging, IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        ApplyRuns([runId], session, new ImportBooks(session, clock), staging, null, progress, cancellation);

    private void ApplyAll(BulkSession session, ImportBooks books, StagingArea staging, Leases leases, IProgress<ImportProgress>? progress, CancellationToken cancellation) =>
        ApplyRuns(NextRuns(books), session, books, staging, leases, progress, cancellation);

    /// <summary>Runs that wait, one after another, with those that come meanwhile.</summary>
    private static IEnumerable<int> NextRuns(ImportBooks books)
    {
        while (books.Runs(ImportStatus.Applying) is [var runId, ..])
        {
            yield return runId;
        }
    }

    private void ApplyRuns(IEnumerable<int> runs, BulkSession session, ImportBooks books, StagingArea staging, Leases? leases, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var file = "";
        var tables = new Tables(database);
        ApplyRun NewRun() => new(database, session, tables, clock)
        {
            BeforeCommit = () =>
            {
                if (leases is not null && !leases.Renew(ApplyLease))
                {
                    throw new InvalidOperationException("Another process has taken over the application of imports; this one stops.");
                }
            },
            AfterCommit = through => progress?.Report(new ImportProgress(ImportPhase.Applying, file, 0, through)),
        };
        try
        {
            var run = NewRun();
            foreach (var runId in runs)
            {
                foreach (var (id, name) in books.Files(runId, ImportStatus.Applying))
                {
                    cancellation.ThrowIfCancellationRequested();
                    file = name;
                    progress?.Report(new ImportProgress(ImportPhase.Applying, name, 0, 0));
                    if (!TryApply(session, books, staging, run, id, cancellation))
                    {
                        // numbers given out in what was rolled back are void
                        run = NewRun();
                    }
                }

                books.Close(runId);
            }
        }
        finally
        {
            // after a failed transaction the session may not be usable; the lease then ends with the process or its time
            if (leases is not null && !session.IsInTransaction)
            {
                leases.Release(ApplyLease);
            }
        }
    }

    /// <summary>False where the staged file is lost.</summary>
    private static bool TryApply(BulkSession session, ImportBooks books, StagingArea staging, ApplyRun run, int fileId, CancellationToken cancellation)
    {
        try
        {
            using var applier = new FileApplier(session, staging, run, fileId);
            applier.Apply(cancellation);
            return true;
        }
        catch (IOException error)
        {
            // what had been committed stays, with its counts; the rest of the staged file is lost
            session.Rollback();
            books.Fail(fileId, "staging_lost", new Dictionary<string, object?> { ["detail"] = error.Message });
            return false;
        }
    }

    private static void GiveUp(BulkSession session, ImportBooks books, int runId)
    {
        session.Begin();
        foreach (var (id, _) in books.Files(runId, ImportStatus.Staging))
        {
            books.Fail(id, "interrupted", new Dictionary<string, object?>());
        }

        books.Close(runId, ImportStatus.Failed);
        session.Execute("DELETE FROM lease WHERE name = @name", ("@name", StagingLease(runId)));
        session.Commit();
    }
}
