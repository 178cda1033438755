using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Web.Api;

namespace CustomerSuccess.Web.Tests.Api;

/// <summary>Past queues as a file that a spreadsheet opens.</summary>
public sealed class PastQueuesTests
{
    private static readonly DateOnly MonthEnd = new(2024, 3, 31);

    [Fact]
    public async Task The_file_has_a_row_for_each_account_in_the_notation_of_imports()
    {
        PastAccount[] rows =
        [
            new PastAccount(1, "A-1", "株式会社青葉", MonthEnd, 1, 3, true, 0.12345678, 1200.5m, new DateOnly(2024, 5, 2)),
            new PastAccount(2, "A-2", "Smith, \"Blue\" & Co", MonthEnd, 40, 2, false, 0.5, null, null),
        ];
        (await CsvText.OfAsync(table => PastQueues.WriteAsync(table, rows, TestContext.Current.CancellationToken))).Should().Be(
            "\uFEFFas_of,rank,risk_rank,listed,account_id,name,probability,mrr,left_on\r\n"
            + "2024-03-31,1,3,1,A-1,株式会社青葉,0.123457,1200.5,2024-05-02\r\n"
            + "2024-03-31,40,2,0,A-2,\"Smith, \"\"Blue\"\" & Co\",0.5,,\r\n");
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("plain = fine", "plain = fine")]
    public async Task A_name_that_a_spreadsheet_would_run_is_disarmed(string name, string written) =>
        (await CsvText.OfAsync(table => PastQueues.WriteAsync(table, [new PastAccount(1, "A", name, MonthEnd, 1, 1, true, 0.1, 1, null)], TestContext.Current.CancellationToken))).Split("\r\n")[1].Should().Be($"2024-03-31,1,1,1,A,{written},0.1,1,");
}
