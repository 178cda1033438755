using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Ingestion.Applying;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Ingestion;

/// <summary>An import that ends at a transaction boundary, or within a transaction, is carried to its end by whoever opens the database next.</summary>
public sealed class CrashTests
{
    private sealed class CrashException : Exception;

    [Theory]
    [DatabaseData]
    public async Task Facts_cut_off_at_any_transaction_are_carried_to_their_end(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", [("account_id", "A")], [("account_id", "B")]);
        var record = ImportContract.Find("purchases")!;
        for (var crash = 0; ; crash++)
        {
            var run = await import.HandOverAsync(record, sink =>
            {
                for (var i = 0; i < 1300; i++)
                {
                    var row = new CheckedRow(record) { Line = i + 2, FactId = $"{crash}-{i}" };
                    void Set(string column, object value) => (row.Values[record.IndexOf(column)], row.Present[record.IndexOf(column)]) = (value, true);
                    Set("account_id", i % 100 == 7 ? "unknown" : i % 2 == 0 ? "A" : "B");
                    Set("purchased_on", new DateOnly(2024, 1, 1).AddDays(i % 100));
                    Set("amount", 1m * i);
                    sink.Accept(row, new Staged.Text($"row {i}"));
                    if (i % 500 == 3)
                    {
                        sink.Reject(new RejectedRow { Line = i + 10_000, ReasonCode = "date_invalid", RawRow = $"bad {i}" });
                    }
                }
            });
            var crashed = await CrashAsync(test.Database, run, crash);
            await new PendingImports(test.Database, TimeProvider.System).FinishAsync(TestContext.Current.CancellationToken);

            var file = (await import.ResultAsync(run)).File;
            (file.Status, file.RowsRead, file.Inserted, file.Updated, file.Unchanged, file.Rejected).Should().Be((ImportStatus.Done, 1303, 1287, 0, 0, 16), "after crash {0}", crash);
            (await import.TextsAsync($"SELECT count(*) FROM purchase WHERE import_file_id = {file.ImportFileId}")).Should().Equal("1287");
            (await import.TextsAsync($"SELECT count(*), min(reject_no), max(reject_no) FROM rejected_row WHERE import_file_id = {file.ImportFileId}")).Should().Equal("16|1|16");
            (await import.TextsAsync("SELECT status FROM import_run WHERE status <> 'Done'")).Should().BeEmpty();
            if (!crashed)
            {
                crash.Should().BeGreaterThan(3, "the file must take several transactions");
                return;
            }
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Usage_cut_off_at_any_transaction_is_carried_to_its_end(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", [.. Enumerable.Range(0, 50).Select(i => new (string, object?)[] { ("account_id", $"A{i}") })]);
        const int Rows = 70_000;
        for (var crash = 0; ; crash++)
        {
            var metric = $"m{crash}";
            var run = await import.HandOverAsync(ImportContract.Find("usage")!, sink =>
            {
                for (var i = 0; i < Rows; i++)
                {
                    // every 1,000th counter stands twice in the file, the second time with another value
                    var n = i % 1000 == 999 ? i - 1 : i;
                    sink.Accept(new CheckedUsage(i + 2, "", $"A{n % 50}", new DateOnly(2020, 1, 1).AddDays(n / 50), metric, null, i, null, false), new Staged.Text("row"));
                }
            });
            var crashed = await CrashAsync(test.Database, run, crash);
            await new PendingImports(test.Database, TimeProvider.System).FinishAsync(TestContext.Current.CancellationToken);

            var file = (await import.ResultAsync(run)).File;
            (file.Status, file.Inserted, file.Updated, file.Rejected).Should().Be((ImportStatus.Done, Rows - (Rows / 1000), Rows / 1000, 0), "after crash {0}", crash);
            (await import.TextsAsync($"SELECT count(*) FROM usage_day WHERE import_file_id = {file.ImportFileId}")).Should().Equal($"{Rows - (Rows / 1000)}");
            (await import.TextsAsync($"SELECT count(*) FROM fact_revision WHERE replaced_by = {file.ImportFileId}")).Should().Equal($"{Rows / 1000}");
            if (!crashed)
            {
                crash.Should().BeGreaterThan(2);
                return;
            }
        }
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_still_being_read_is_given_up_untouched(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        int fileId;
        using (var session = await BulkSession.OpenAsync(test.Database, TestContext.Current.CancellationToken))
        {
            var books = new ImportBooks(session, TimeProvider.System);
            var run = books.OpenRun(books.SourceOf("files", null), null, "test", "{}", _ => { });
            fileId = books.OpenFile(run, "accounts.csv");
            using var writer = await StagingArea.Of(test.Database).OpenWriterAsync(fileId, CancellationToken.None);
            writer.Append(BlockKind.Rows, 0, [1, 2, 3]);
        }

        (await new PendingImports(test.Database, TimeProvider.System).FinishAsync(TestContext.Current.CancellationToken)).Should().Be(1);

        var import = new Staged(test);
        (await import.TextsAsync("SELECT status, failure_code FROM import_file")).Should().Equal("Failed|interrupted");
        (await import.TextsAsync("SELECT status FROM import_run")).Should().Equal("Failed");
        if (kind == DatabaseKind.Sqlite)
        {
            Directory.EnumerateFiles(Path.GetDirectoryName(test.Database.Options.Path)!, "*-staging-*").Should().BeEmpty();
        }
        else
        {
            (await import.TextsAsync("SELECT block_no FROM staged_block")).Should().BeEmpty();
        }
    }

    [Theory]
    [DatabaseData]
    public async Task What_a_living_process_reads_or_applies_is_left_to_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var session = await BulkSession.OpenAsync(test.Database, TestContext.Current.CancellationToken);
        var books = new ImportBooks(session, TimeProvider.System);
        var living = new Leases(session, TimeProvider.System, Leases.NewHolder());
        books.OpenRun(books.SourceOf("files", null), null, "test", "{}", id => living.TryTake(PendingImports.StagingLease(id)));
        var applying = await new Staged(test).HandOverAsync(ImportContract.Find("accounts")!, _ => { });
        living.TryTake("imports").Should().BeTrue();

        (await new PendingImports(test.Database, TimeProvider.System).FinishAsync(TestContext.Current.CancellationToken)).Should().Be(0);
        books.StatusOf(applying).Should().Be(ImportStatus.Applying);
        new Leases(session, TimeProvider.System, Leases.NewHolder()).TryTake("imports").Should().BeFalse();

        living.Release("imports");
        (await new PendingImports(test.Database, TimeProvider.System).FinishAsync(TestContext.Current.CancellationToken)).Should().Be(1);
        books.StatusOf(applying).Should().Be(ImportStatus.Done);
    }

    [Theory]
    [DatabaseData]
    public async Task A_lease_ends_with_its_time_or_its_process(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using var session = await BulkSession.OpenAsync(test.Database, TestContext.Current.CancellationToken);
        var clock = new Clock();
        var elsewhere = new Leases(session, clock, "another-machine|1|1|x");
        var here = new Leases(session, clock, Leases.NewHolder());
        elsewhere.TryTake("imports").Should().BeTrue();
        here.TryTake("imports").Should().BeFalse();
        clock.Now += Leases.Length + TimeSpan.FromSeconds(1);
        here.TryTake("imports").Should().BeTrue();
        elsewhere.Renew("imports").Should().BeFalse("whoever lost the right must not commit");

        here.Release("imports");
        new Leases(session, clock, $"{Environment.MachineName}|{int.MaxValue}|1|x").TryTake("imports").Should().BeTrue();
        here.TryTake("imports").Should().BeTrue("the holder's process does not live");
    }

    /// <summary>Applies until the given transaction: even numbers end before its commit, odd ones after it. False where the run came to its end before.</summary>
    private static async Task<bool> CrashAsync(Database database, int run, int crash)
    {
        using var session = await BulkSession.OpenAsync(database);
        var file = new ImportBooks(session, TimeProvider.System).Files(run, ImportStatus.Applying)[0].Id;
        var transactions = 0;
        var apply = new ApplyRun(database, session, new Tables(database), TimeProvider.System)
        {
            Budget = TimeSpan.Zero,
            BeforeCommit = () =>
            {
                if (crash == transactions * 2)
                {
                    throw new CrashException();
                }
            },
            AfterCommit = _ =>
            {
                if (crash == (transactions++ * 2) + 1)
                {
                    throw new CrashException();
                }
            },
        };
        try
        {
            using var applier = new FileApplier(session, StagingArea.Of(database), apply, file);
            applier.Apply(CancellationToken.None);
            return false;
        }
        catch (CrashException)
        {
            return true;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2024, 7, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
