using System.Globalization;
using System.Text;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Ingestion;

/// <summary>Files to committed rows.</summary>
public sealed class ImportRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(false));
        return path;
    }

    private static ImportRunner Runner(TestDatabase test) =>
        new(test.Database, new SettingsStore(test.Database, TimeProvider.System), new PendingImports(test.Database, TimeProvider.System), TimeProvider.System);

    private static Task<ImportResult> ImportAsync(TestDatabase test, ImportRequest request) =>
        Runner(test).ImportAsync(Viewer.System, request, null, TestContext.Current.CancellationToken);

    [Theory]
    [DatabaseData]
    public async Task Every_row_of_random_files_is_counted_once_and_a_second_import_changes_nothing(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        for (var seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            var accounts = Write("accounts.csv", "account_id,name,segment\n" + Lines(random, 60, r => $"A{r.Next(40)},Name,{(r.Next(2) == 0 ? "smb" : "")}"));
            var subscriptions = Write("subscriptions.csv", "subscription_id,account_id,mrr,started_on,ended_on\n"
                + Lines(random, 200, r => r.Next(10) switch
                {
                    0 => "too,few",
                    1 => $"S{r.Next(50)},A{r.Next(60)},-5,2024-01-01,",
                    2 => $"S{r.Next(50)},A{r.Next(60)},5,2024-01-01,2023-01-01",
                    3 => ",,,,",
                    _ => $"S{r.Next(50)},A{r.Next(60)},{r.Next(100)},2024-01-{r.Next(1, 31)},",
                }));
            var usage = Write("usage.csv", "account_id,day,metric,count,users\n"
                + Lines(random, 900, r => r.Next(12) == 0 ? $"A{r.Next(60)},2024-02-31,login,1," : $"A{r.Next(60)},2024-02-{r.Next(1, 29)},m{r.Next(3)},{r.Next(9)},{(r.Next(2) == 0 ? "" : "3")}"));
            var first = await ImportAsync(test, new ImportRequest([usage, subscriptions, accounts]));
            foreach (var file in first.Files.Select(result => result.File))
            {
                file.RowsRead.Should().Be(file.Inserted + file.Updated + file.Unchanged + file.Rejected + file.Aggregated + file.Ignored, "seed {0}, {1}", seed, file.FileName);
                file.RowsRead.Should().Be(File.ReadLines(Path.Combine(_folder, file.FileName)).Count() - 1);
            }

            first.Files.Select(result => result.File.Record).Should().Equal("accounts", "subscriptions", "usage");
            var state = await StateAsync(test);
            // of rows with one key in one file the last stands: the same file again goes through the same changes and ends where it began
            await ImportAsync(test, new ImportRequest([usage, subscriptions, accounts]));
            (await StateAsync(test)).Should().Equal(state);
        }
    }

    [Theory]
    [DatabaseData]
    public async Task A_dry_run_counts_and_keeps_nothing(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        Write("accounts.csv", "account_id\nA\n");
        Write("subscriptions.csv", "subscription_id,account_id,mrr,started_on\nS1,A,1,2024-01-01\nS1,A,2,2024-01-01\nS2,B,1,2024-01-01\n");
        var dry = await ImportAsync(test, new ImportRequest([_folder]) { DryRun = true });
        dry.IsDryRun.Should().BeTrue();
        var terms = dry.Files[1].File;
        (terms.Inserted, terms.Updated, terms.Rejected).Should().Be((1, 1, 1));
        var import = new Staged(test);
        foreach (var table in new[] { "account", "subscription", "import_run", "import_file", "rejected_row", "account_change", "counter", "lease" })
        {
            (await import.TextsAsync($"SELECT count(*) FROM {table}")).Should().Equal(["0"], "{0} must be empty", table);
        }
    }

    [Theory]
    [DatabaseData]
    public async Task Rejected_rows_come_back_in_their_files_shape_and_mended_they_go_in(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;
        Write("accounts.csv", "顧客ID;会社名\nA;株式会社あ\n", shiftJis);
        var inquiries = Write("inquiries.csv", "問い合わせID;顧客ID;件名;受付日時\nI1;A;\"改行\nと;区切り\";2024-01-02 10:00\nI2;A;\"二月\n末日\";2024-02-31 10:00\n", shiftJis);
        await ImportAsync(test, new ImportRequest([Path.Combine(_folder, "accounts.csv")]) { Encoding = "shift_jis" });
        var rejects = Path.Combine(_folder, "rejects.csv");
        var result = await ImportAsync(test, new ImportRequest([inquiries]) { Encoding = "shift_jis", RejectsFile = rejects });
        (result.Files[0].File.Inserted, result.Files[0].File.Rejected).Should().Be((1, 1));
        (await File.ReadAllTextAsync(rejects, shiftJis, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n")
            .Should().Be("問い合わせID;顧客ID;件名;受付日時\nI2;A;\"二月\n末日\";2024-02-31 10:00\n");
        (await File.ReadAllTextAsync(Path.Combine(_folder, "rejects.reasons.csv"), TestContext.Current.CancellationToken)).Should().Contain("4,受付日時,2024-02-31 10:00,");

        var mended = Write("inquiries.csv", (await File.ReadAllTextAsync(rejects, shiftJis, TestContext.Current.CancellationToken)).Replace("02-31", "02-29", StringComparison.Ordinal), shiftJis);
        (await ImportAsync(test, new ImportRequest([mended]) { Encoding = "shift_jis" })).Files[0].File.Inserted.Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_file_that_cannot_be_read_is_left_untouched_and_the_others_go_in(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        Write("accounts.csv", "account_id\nA\nB\n");
        Write("contacts.csv", "contact_id,account_id\nC1,A\n");
        File.WriteAllBytes(Path.Combine(_folder, "usage.csv"), [.. Encoding.UTF8.GetBytes("account_id,day,metric,count\nA,2024-01-01,x,1\n"), 0, 1, 2, 0]);
        var result = await ImportAsync(test, new ImportRequest([_folder, Path.Combine(_folder, "missing.csv")]));
        result.FailedAny.Should().BeTrue();
        result.Files.ToDictionary(file => file.File.FileName, file => file.File.FailureCode ?? file.File.Inserted.ToString(CultureInfo.InvariantCulture))
            .Should().Equal(new Dictionary<string, string> { ["accounts.csv"] = "2", ["contacts.csv"] = "1", ["usage.csv"] = "file_binary", ["missing.csv"] = "file_missing" });
        (await new Staged(test).TextsAsync("SELECT count(*) FROM usage_day")).Should().Equal("0");
    }

    [Fact]
    public async Task Whoever_may_not_see_imports_sees_none()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var csm = new Viewer("u", "u@example.com", new HashSet<string> { Roles.Csm }, true);
        var query = new ImportsQuery(test.Database, TimeProvider.System);
        await query.Invoking(q => q.ListAsync(csm, 0, 10)).Should().ThrowAsync<UnauthorizedAccessException>();
        await query.Invoking(q => q.RejectedAsync(csm, 1, 0, 10)).Should().ThrowAsync<UnauthorizedAccessException>();
    }

    [Theory]
    [DatabaseData]
    public async Task An_upload_is_previewed_imported_and_listed(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var settings = new SettingsStore(test.Database, TimeProvider.System);
        var upload = new ImportUpload(test.Database, settings, Runner(test), TimeProvider.System);
        using var files = await ImportUpload.ReceiveAsync(Viewer.System, [("../../accounts.csv", new MemoryStream(Encoding.UTF8.GetBytes("account_id,name,tier\nA,Alpha,gold\nB\n")))], TestContext.Current.CancellationToken);
        var request = new ImportRequest(files.Paths);
        var preview = (await upload.PreviewAsync(Viewer.System, request, TestContext.Current.CancellationToken)).Should().ContainSingle().Subject;
        (preview.Name, preview.Record, preview.Encoding, preview.Delimiter).Should().Be(("accounts.csv", "accounts", "utf-8", ","));
        preview.Rows.Should().ContainSingle().Which.Should().Contain(new KeyValuePair<string, string?>("name", "Alpha"));
        preview.Rejected.Should().ContainSingle().Which.ReasonCode.Should().Be("row_ragged");
        (await new Staged(test).TextsAsync("SELECT count(*) FROM account")).Should().Equal("0");

        var result = await upload.ImportAsync(Viewer.System, request, null, TestContext.Current.CancellationToken);
        var query = new ImportsQuery(test.Database, TimeProvider.System);
        var page = await query.ListAsync(Viewer.System, 0, 10, TestContext.Current.CancellationToken);
        page.Total.Should().Be(1);
        page.Rows[0].Files[0].File.Inserted.Should().Be(1);
        using var rejected = new MemoryStream();
        (await query.WriteRejectedAsync(Viewer.System, result.Files[0].File.ImportFileId, rejected, TestContext.Current.CancellationToken)).Should().BeTrue();
        Encoding.UTF8.GetString(rejected.ToArray()).ReplaceLineEndings("\n").Should().Be("account_id,name,tier\nB\n");
    }

    private static string Lines(Random random, int count, Func<Random, string> line) => string.Concat(Enumerable.Range(0, count).Select(_ => line(random) + "\n"));

    private static async Task<List<string>> StateAsync(TestDatabase test)
    {
        var import = new Staged(test);
        return
        [
            .. await import.TextsAsync("SELECT account_no, account_id, name, segment FROM account ORDER BY account_no"),
            .. await import.TextsAsync("SELECT account_no, fact_id, mrr, started_on, ended_on, CASE WHEN voided_by IS NULL THEN 1 ELSE 0 END FROM subscription ORDER BY fact_id, account_no"),
            .. await import.TextsAsync("SELECT account_no, day, metric_id, count, users FROM usage_day ORDER BY account_no, day, metric_id"),
        ];
    }
}
