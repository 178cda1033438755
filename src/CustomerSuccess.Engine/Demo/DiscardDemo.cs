using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Demo;

/// <summary>What goes with the demo company.</summary>
/// <param name="Accounts">Accounts of whatever source.</param>
/// <param name="Models">Versions in the registry.</param>
/// <param name="Notes">Notes that people wrote on accounts.</param>
/// <param name="Tasks">Tasks, done or not.</param>
/// <param name="Files">Files of accounts.</param>
/// <param name="Mails">Messages sent or waiting.</param>
/// <param name="OtherImports">Imports that people made into this database beside the demo's own.</param>
public sealed record DemoLosses(int Accounts, int Models, int Notes, int Tasks, int Files, int Mails, int OtherImports);

/// <summary>What became of throwing the demo company away.</summary>
public enum DiscardOutcome
{
    Done,

    /// <summary>The database holds no demo company.</summary>
    NoDemo,

    /// <summary>Only an administrator may.</summary>
    Forbidden,

    /// <summary>An import is being read; it has to end first.</summary>
    ImportRuns,
}

/// <summary>
/// Throws the demo company away: every account and fact whatever its source, everything derived from them, and what people wrote on them. Sign-ins, settings that
/// people made, rules and templates stay. The intention is committed first; from then on every start carries it to its end, and each step may be done again.
/// </summary>
public sealed class DiscardDemo(Database database, LiveChanges live, TimeProvider clock)
{
    /// <summary>The demo's own settings, with their values: a database from before they were marked has them set by the system.</summary>
    private const string NameKey = "company.name";

    /// <summary>Areas of the journal whose records stay.</summary>
    private static readonly string[] KeptAreas = [JournalAreas.Answer, JournalAreas.Calendar, JournalAreas.MailTemplate, JournalAreas.Setting, JournalAreas.Health];

    /// <summary>Called after every commit; a test may end the work there.</summary>
    internal Action<string> Committed { get; init; } = _ => { };

    /// <summary>What would be lost.</summary>
    public async Task<DemoLosses> LossesAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return new(
            await context.Accounts.CountAsync(cancellation),
            await context.Models.CountAsync(cancellation),
            await context.Notes.CountAsync(cancellation),
            await context.WorkTasks.CountAsync(cancellation),
            await context.StoredFiles.CountAsync(cancellation),
            await context.MailMessages.CountAsync(cancellation),
            await context.ImportRuns.CountAsync(run => run.ByUser != Viewer.System.UserId && run.ByUser != DemoMark.Setter.UserId, cancellation));
    }

    /// <summary>Throws the demo company away. It waits for a training or scoring that runs.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="cancellation">Ends the work; what is begun is carried to its end by the next start or call.</param>
    public async Task<DiscardOutcome> RunAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        if (!viewer.IsIn(Roles.Administrator))
        {
            return DiscardOutcome.Forbidden;
        }

        return await new DemoMark(database, clock).ReadAsync(cancellation) is DemoState.None or DemoState.Discarded
            ? DiscardOutcome.NoDemo
            : await AloneAsync(stop => DiscardAsync(viewer, stop), cancellation);
    }

    /// <summary>Carries on what an interruption left. Does nothing where nothing was begun.</summary>
    /// <returns>True where something was carried to its end.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellation = default) =>
        await new DemoMark(database, clock).ReadAsync(cancellation) == DemoState.Discarding
        && await RunAsync(Viewer.System, cancellation) == DiscardOutcome.Done;

    /// <summary>Nobody trains, scores or applies imports meanwhile.</summary>
    private Task<DiscardOutcome> AloneAsync(Func<CancellationToken, Task<DiscardOutcome>> work, CancellationToken cancellation)
    {
        var exclusive = new ExclusiveWork(database, clock);
        return exclusive.RunAsync(ExclusiveWork.Training, () => { }, training =>
            exclusive.RunAsync(ExclusiveWork.Scoring, () => { }, scoring =>
                exclusive.RunAsync(PendingImports.ApplyLease, () => { }, work, scoring), training), cancellation);
    }

    private async Task<DiscardOutcome> DiscardAsync(Viewer viewer, CancellationToken cancellation)
    {
        // somebody else may have done it while this one waited, and real data may have come since
        if (await new DemoMark(database, clock).ReadAsync(cancellation) is DemoState.None or DemoState.Discarded)
        {
            return DiscardOutcome.NoDemo;
        }

        using (var session = await BulkSession.OpenAsync(database, cancellation))
        {
            var books = new ImportBooks(session, clock);
            var leases = new Leases(session, clock, Leases.NewHolder());
            if (books.Runs(ImportStatus.Staging).Any(run => leases.IsHeld(PendingImports.StagingLease(run))))
            {
                return DiscardOutcome.ImportRuns;
            }
        }

        IReadOnlyList<string> tables;
        await using (var context = database.OpenContext())
        {
            await DemoMark.WriteAsync(context, DemoState.Discarding, clock, cancellation);
            tables = CompanyTables.InOrder(context);
        }

        Committed("begun");
        foreach (var table in tables)
        {
            await using (var context = database.OpenContext())
            {
                await EmptyAsync(context, table, cancellation);
            }

            Committed(table);
        }

        // whatever came between two steps goes with the end; since there is no account any more, nothing can follow
        await using (var context = database.OpenContext())
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
            foreach (var table in tables)
            {
                await EmptyAsync(context, table, cancellation);
            }

            await ForgetColleaguesAsync(context, cancellation);
            await DemoMark.WriteAsync(context, DemoState.Discarded, clock, cancellation);
            await JournalWriter.AppendAsync(context, [new JournalEntry { At = clock.GetUtcNow().UtcDateTime, ByUser = viewer.UserId, ByEmail = viewer.Email, Area = JournalAreas.Setting, Act = "demo_discarded" }], cancellation);
            await context.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        Committed("ended");
        using (var session = await BulkSession.OpenAsync(database, cancellation))
        {
            StagingArea.Of(database).Sweep(new ImportBooks(session, clock).UnfinishedFiles(), session);
        }

        live.Nudge();
        return DiscardOutcome.Done;
    }

    private static async Task EmptyAsync(CustomerSuccessContext context, string table, CancellationToken cancellation)
    {
        if (table == "journal_entry")
        {
            await context.Journal.Where(entry => entry.AccountNo != 0 || !KeptAreas.Contains(entry.Area)).ExecuteDeleteAsync(cancellation);
            return;
        }

        // names of tables come from the model, never from outside
        var sql = $"DELETE FROM \"{table}\"";
        await context.Database.ExecuteSqlRawAsync(sql, cancellation);
    }

    /// <summary>The demo's invented colleagues, and its settings that nobody changed since.</summary>
    private static async Task ForgetColleaguesAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var agents = DemoMark.Colleagues.Select(agent => agent.Email).ToList();
        await context.Users.Where(user => agents.Contains(user.Email!)).ExecuteDeleteAsync(cancellation);
        await context.Settings.Where(setting => setting.Key != DemoMark.Key && setting.ChangedBy == DemoMark.Setter.UserId).ExecuteDeleteAsync(cancellation);
        await context.Settings.Where(setting => setting.Key == NameKey && setting.Value == DemoMark.Company).ExecuteDeleteAsync(cancellation);
    }
}
