using System.Text;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Ingestion;

/// <summary>Files that say which product a row is about.</summary>
public sealed class ProductColumnsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cs-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [DatabaseData]
    public async Task A_metric_belongs_to_the_product_that_its_rows_name_and_its_earlier_counters_too(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await ImportAsync(test, "accounts", "account_id\nA\n");
        await ImportAsync(test, "usage", "account_id,day,metric,count\nA,2024-02-01,logins,3\nA,2024-02-01,pings,1\n");
        (await MetricsAsync(test)).Should().Equal("logins|", "pings|");

        var again = await ImportAsync(test, "利用状況", "顧客ID,日付,機能,回数,製品\nA,2024-02-01,logins,3,Core\nA,2024-02-02,logins,4,ＣＯＲＥ\nA,2024-02-02,scans,5,アーカイブ\nA,2024-02-02,pings,2,\n");
        (await MetricsAsync(test)).Should().Equal("logins|Core", "pings|", "scans|アーカイブ");
        (again.Files[0].File.Unchanged, again.Files[0].File.Inserted).Should().Be((1, 3), "the counter that was there is the same counter");

        await ImportAsync(test, "usage", "account_id,day,metric,count\nA,2024-02-03,logins,5\n");
        (await MetricsAsync(test)).Should().Equal("logins|Core", "pings|", "scans|アーカイブ");
        (await CountersAsync(test)).Should().Equal("logins|3", "logins|4", "logins|5", "pings|1", "pings|2", "scans|5");
    }

    [Theory]
    [DatabaseData]
    public async Task One_name_counted_of_two_products_is_two_metrics_each_time(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await ImportAsync(test, "accounts", "account_id\nA\n");
        const string rows = "account_id,day,metric,count,product\nA,2024-02-01,logins,3,Core\nA,2024-02-01,logins,4,Archive\nA,2024-02-02,logins,5,archive\n";
        await ImportAsync(test, "usage", rows);
        var again = await ImportAsync(test, "usage", rows);
        again.Files[0].File.Unchanged.Should().Be(3);
        (await MetricsAsync(test)).Should().Equal("logins|Core", "logins (Archive)|Archive");
        (await CountersAsync(test)).Should().Equal("logins|3", "logins (Archive)|4", "logins (Archive)|5");
    }

    [Theory]
    [DatabaseData]
    public async Task Inquiries_and_answers_may_name_a_product(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await ImportAsync(test, "accounts", "account_id\nA\n");
        await ImportAsync(test, "inquiries", "inquiry_id,account_id,opened_at,product_name\nQ1,A,2024-02-01,Archive\nQ2,A,2024-02-02,\n");
        await ImportAsync(test, "nps", "回答ID,顧客ID,スコア,回答日,サービス名\nR1,A,9,2024-02-01,アーカイブ\nR2,A,3,2024-02-02,\n");
        var import = new Staged(test);
        (await import.TextsAsync("SELECT fact_id, product FROM inquiry ORDER BY fact_id")).Should().Equal("Q1|Archive", "Q2|");
        (await import.TextsAsync("SELECT fact_id, product FROM survey_response ORDER BY fact_id")).Should().Equal("R1|アーカイブ", "R2|");
        var again = await ImportAsync(test, "inquiries", "inquiry_id,account_id,opened_at\nQ1,A,2024-02-01\n");
        again.Files[0].File.Unchanged.Should().Be(1, "a column that is absent leaves what is known");
    }

    [Fact]
    public async Task A_preset_gives_a_whole_file_its_product()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await ImportAsync(test, "accounts", "account_id\nA\n");
        var preset = Path.Combine(_folder, "archive.json");
        await File.WriteAllTextAsync(preset, """{ "source": "archive", "description": "the archive's own log", "files": [{ "files": "log*.csv", "record": "usage", "constants": { "product": "Archive", "count": "1" }, "aggregate": { "users": "max" } }] }""", TestContext.Current.CancellationToken);
        var file = Path.Combine(_folder, "log.csv");
        await File.WriteAllTextAsync(file, "account_id,day,event\nA,2024-02-01,scan\nA,2024-02-01,scan\n", TestContext.Current.CancellationToken);
        var result = await RunAsync(test, new ImportRequest([file]) { Preset = preset });
        result.FailedAny.Should().BeFalse();
        (await MetricsAsync(test)).Should().Equal("scan|Archive");
        (await CountersAsync(test)).Should().Equal("scan|2");
    }

    [Theory]
    [InlineData("logins", null, "logins")]
    [InlineData("logins", "", "logins")]
    [InlineData("logins", "Core", "logins\u001FCore")]
    [InlineData("a\u001Fb", null, "a\u001Fb\u001F")]
    [InlineData("a\u001Fb", "c\u001Fd", "a\u001Fb\u001Fc d")]
    public void A_metric_and_its_product_are_one_text_and_come_apart_again(string metric, string? product, string key)
    {
        MetricKey.Of(metric, product).Should().Be(key);
        MetricKey.Split(key).Should().Be((metric, string.IsNullOrEmpty(product) ? null : product.Replace('\u001F', ' ')));
    }

    private async Task<ImportResult> ImportAsync(TestDatabase test, string name, string text)
    {
        var path = Path.Combine(_folder, $"{name}.csv");
        await File.WriteAllTextAsync(path, text, new UTF8Encoding(false), TestContext.Current.CancellationToken);
        var result = await RunAsync(test, new ImportRequest([path]));
        result.Files.Should().OnlyContain(file => file.File.FailureCode == null && file.File.Rejected == 0);
        return result;
    }

    private static Task<ImportResult> RunAsync(TestDatabase test, ImportRequest request) =>
        new ImportRunner(test.Database, new SettingsStore(test.Database, TimeProvider.System), new PendingImports(test.Database, TimeProvider.System), TimeProvider.System)
            .ImportAsync(Viewer.System, request, null, TestContext.Current.CancellationToken);

    private static Task<List<string>> MetricsAsync(TestDatabase test) => new Staged(test).TextsAsync("SELECT name, product FROM metric ORDER BY metric_id");

    private static Task<List<string>> CountersAsync(TestDatabase test) => new Staged(test).TextsAsync("SELECT m.name, u.count FROM usage_day u JOIN metric m ON m.metric_id = u.metric_id ORDER BY m.metric_id, u.count");
}
