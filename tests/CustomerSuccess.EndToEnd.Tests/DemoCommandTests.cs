using System.Text.Json;

namespace CustomerSuccess.EndToEnd.Tests;

[Collection("Servers, imports and mail of their own: one after the other, beside the demo company")]
public sealed class DemoCommandTests
{
    [Fact]
    public async Task A_demo_company_is_written_and_described_in_json()
    {
        using var folder = new TemporaryFolder();
        var (exit, output, _) = await Cs.RunAsync(folder, "demo", "--accounts", "5", "--months", "6", "--seed", "3", "--out", "company", "--until", "2024-12", "--json");
        exit.Should().Be(0);
        var document = JsonDocument.Parse(output).RootElement;
        document.GetProperty("first").GetString().Should().Be("2024-07-01");
        document.GetProperty("last").GetString().Should().Be("2024-12-31");
        document.GetProperty("files").EnumerateArray().Should().Contain(file => file.GetProperty("path").GetString()!.EndsWith("accounts.csv", StringComparison.Ordinal) && file.GetProperty("rows").GetInt64() == 5);
        File.Exists(Path.Combine(folder.Path, "company", "truth", "truth.csv")).Should().BeTrue();
        File.Exists(Path.Combine(folder.Path, "test.db")).Should().BeFalse("a demo needs no database");
    }

    [Theory]
    [InlineData("demo", "--accounts", "0", "--out", "x")]
    [InlineData("demo", "--accounts", "5")]
    [InlineData("demo", "--out", "x", "--currency", "EUR")]
    [InlineData("demo", "--out", "x", "--until", "2024-13")]
    [InlineData("demo", "--out", "x", "--shift-jis", "nothing")]
    [InlineData("report", "retention", "--from", "2024-13")]
    [InlineData("report", "retention", "--from", "2024-02", "--to", "2024-01")]
    [InlineData("report", "nps", "--format", "xml")]
    public async Task Bad_usage_ends_with_2_and_a_message(params string[] arguments)
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        var (exit, _, errors) = await Cs.RunAsync(folder, arguments);
        exit.Should().Be(2);
        errors.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_report_of_an_empty_company_has_its_header()
    {
        using var folder = await TemporaryFolder.WithDatabaseAsync();
        var (exit, output, _) = await Cs.RunAsync(folder, "report", "retention", "--format", "csv");
        exit.Should().Be(0);
        output.Trim().Should().Be("month,accounts,mrr,mrr_start,new,reactivation,expansion,contraction,churn,fx,accounts_new,accounts_reactivated,accounts_expanded,accounts_contracted,accounts_churned,grr,nrr,logo_retention,grr_12m,nrr_12m,logo_retention_12m");
    }
}
