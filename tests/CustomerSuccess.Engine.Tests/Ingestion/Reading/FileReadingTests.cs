using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Reading;

namespace CustomerSuccess.Engine.Tests.Ingestion.Reading;

public sealed class FileReadingTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Accounts_keep_other_columns_as_attributes()
    {
        var sink = _folder.Read("accounts.csv", """
            Account ID,名称,業種,従業員数,Contract Tier,Zip,有効開始日
            A-1,山田商店,小売,"1,200",Gold,00123,2024/4/1
            Ａ－２, 東京商事 ,,,２０２４年５月１日,1000,
            """);
        sink.Rejected.Should().BeEmpty();
        sink.Rows.Should().HaveCount(2);
        sink.Rows[0].Values.Should().Contain("account_id", "A-1").And.Contain("name", "山田商店").And.Contain("employees", 1200L);
        sink.Rows[0].Custom.Should().Equal(new Dictionary<string, string?> { ["Contract Tier"] = "Gold", ["Zip"] = "00123" });
        sink.Rows[0].ValidFrom.Should().Be(new DateOnly(2024, 4, 1));
        sink.Rows[1].Id.Should().Be("A-2");
        sink.Rows[1]["name"].Should().Be("東京商事");
        sink.Rows[1].Present.Should().Contain("industry", "a blank cell clears");
        sink.Rows[1]["industry"].Should().BeNull();
        sink.Rows[1].Present.Should().NotContain("region", "an absent column leaves the value");
        sink.Rows[1].Custom.Should().Contain("Contract Tier", "2024-05-01");
    }

    [Fact]
    public void A_formula_that_failed_is_no_attribute()
    {
        var sink = _folder.Read("accounts.csv", "account_id,name,Contract Tier\nA1,Alpha,#VALUE!\nA2,Beta,#1\n");
        sink.Rejected.Select(row => (row.ReasonCode, row.Column, row.Value)).Should().Equal(("formula_failed", "Contract Tier", "#VALUE!"));
        sink.Rows.Should().ContainSingle().Which.Custom.Should().Contain("Contract Tier", "#1");
    }

    [Fact]
    public void A_price_and_its_interval_give_the_mrr()
    {
        var sink = _folder.Read("契約.csv", """
            契約ID,顧客ID,契約金額,請求間隔,通貨,開始日
            S1,A1,"120,000円",年払い,,2024-04-01
            S2,A1,1000,,JPY,2024-04-01
            S3,A1,,月,JPY,2024-04-01
            S4,A1,1000,fortnight,JPY,2024-04-01
            """);
        sink.Rows.Should().ContainSingle();
        sink.Rows[0]["mrr"].Should().Be(10_000m);
        sink.Rows[0]["currency"].Should().Be("JPY");
        sink.Rows[0].Present.Should().Contain("mrr").And.Contain("currency");
        Codes(sink).Should().Equal("value_required", "value_required", "interval_invalid");
    }

    [Fact]
    public void A_mark_gives_the_currency_of_its_own_row_only()
    {
        var rows = _folder.Read("purchases.csv", "purchase_id,account_id,purchased_on,amount\nP1,A1,2024-04-01,\\500\nP2,A1,2024-04-01,5\nP3,A1,2024-04-01,$5\n").Rows;
        rows.Select(row => row["currency"] ?? "none").Should().Equal("JPY", "none", "USD");
        rows.Select(row => row.Present.Contains("currency")).Should().Equal(true, false, true);
    }

    [Theory]
    [InlineData("started_on", "31-02-2024", "date_invalid")]
    [InlineData("mrr", "-5", "number_too_small")]
    [InlineData("mrr", "12%", "money_invalid")]
    [InlineData("mrr", "", "value_required")]
    [InlineData("seats", "-1", "number_too_small")]
    [InlineData("seats", "1.5", "whole_number_invalid")]
    [InlineData("ended_on", "2024-03-31", "end_before_start")]
    [InlineData("term_ends_on", "2024-03-31", "end_before_start")]
    [InlineData("notice_on", "2024-07-02", "date_in_future")]
    [InlineData("auto_renew", "perhaps", "flag_invalid")]
    [InlineData("currency", "dollars", "currency_invalid")]
    [InlineData("account_id", "#REF!", "formula_failed")]
    [InlineData("subscription_id", "#N/A", "formula_failed")]
    [InlineData("plan", "#NAME?", "formula_failed")]
    [InlineData("mrr", "#DIV/0!", "formula_failed")]
    [InlineData("started_on", "#NUM!", "formula_failed")]
    [InlineData("account_id", "", "value_required")]
    [InlineData("subscription_id", " ", "value_required")]
    public void A_bad_cell_rejects_its_row_and_names_column_value_and_rule(string column, string value, string code)
    {
        string[] headers = ["subscription_id", "account_id", "mrr", "seats", "started_on", "ended_on", "term_ends_on", "notice_on", "auto_renew", "currency", "plan"];
        string[] good = ["S1", "A1", "100", "5", "2024-04-01", "", "", "", "yes", "USD", "#1 plan"];
        var bad = good.Select((cell, i) => headers[i] == column ? value : cell);
        var sink = _folder.Read("subscriptions.csv", $"{string.Join(',', headers)}\n{string.Join(',', bad)}\n{string.Join(',', good)}\n");
        sink.Rows.Should().ContainSingle().Which.Line.Should().Be(3);
        var rejected = sink.Rejected.Should().ContainSingle().Which;
        rejected.ReasonCode.Should().Be(code);
        rejected.Column.Should().Be(column);
        rejected.Value.Should().Be(value);
        rejected.Line.Should().Be(2);
        rejected.RawRow.Should().Be(string.Join(',', bad));
        Sentence(rejected).Should().NotContain("{");
    }

    [Theory]
    [InlineData("11", "", "", "", "score_outside_scale")]
    [InlineData("-1", "", "", "", "score_outside_scale")]
    [InlineData("6", "csat", "", "", "score_outside_scale")]
    [InlineData("6", "csat", "1", "10", null)]
    [InlineData("7", "ces", "", "", null)]
    [InlineData("１０", "", "", "", null)]
    [InlineData("5", "", "10", "1", "scale_invalid")]
    [InlineData("5", "smile", "", "", "choice_invalid")]
    [InlineData("", "", "", "", "value_required")]
    public void A_score_lies_on_its_scale(string score, string kind, string least, string most, string? code)
    {
        var sink = _folder.Read("nps.csv", $"response_id,account_id,score,kind,scale_min,scale_max,responded_at\nR1,A1,{score},{kind},{least},{most},2024-04-01\n");
        Codes(sink).Should().Equal(code is null ? [] : [code]);
    }

    [Fact]
    public void Nps_is_the_kind_that_is_meant_without_a_word()
    {
        var row = _folder.Read("nps.csv", "response_id,account_id,score,responded_at\nR1,A1,9,2024-04-01\n").Rows.Single();
        row.Values.Should().Contain("kind", "nps").And.Contain("scale_min", 0d).And.Contain("scale_max", 10d);
        row["responded_at"].Should().Be(new DateTime(2024, 3, 31, 15, 0, 0, DateTimeKind.Utc), "a day is its midnight in Tokyo");
    }

    [Fact]
    public void An_inquiry_closes_after_it_opened_and_a_day_alone_is_taken_kindly()
    {
        var sink = _folder.Read("inquiries.csv", """
            inquiry_id,account_id,opened_at,closed_at,first_response_at,satisfaction
            T1,A1,2024-04-01 10:00,2024-04-01,,5
            T2,A1,2024-04-02 10:00,2024-04-01,,
            T3,A1,2024-04-02 10:00,,2024-04-02 09:59,
            T4,A1,2024-04-02 10:00,,,6
            T5,A1,2024-07-02 00:00,,,
            T6,A1,2024-07-01 23:59,,,
            """);
        sink.Rows.Select(row => row.Id).Should().Equal("T1", "T6");
        sink.Rows[0]["closed_at"].Should().Be(sink.Rows[0]["opened_at"]);
        sink.Rejected.Select(row => (row.ReasonCode, row.Column)).Should().Equal(
            ("end_before_start", "closed_at"), ("end_before_start", "first_response_at"), ("number_out_of_range", "satisfaction"), ("date_in_future", "opened_at"));
    }

    [Fact]
    public void Agreed_dates_may_lie_ahead_but_facts_may_not()
    {
        var sink = _folder.Read("subscriptions.csv", "subscription_id,account_id,mrr,started_on,ended_on,renews_on\nS1,A1,1,2025-01-01,2026-01-01,2026-01-01\n");
        sink.Rows.Should().ContainSingle();
        _folder.Read("usage.csv", "account_id,day,metric,count\nA1,2024-07-02,m,1\nA1,2024-07-01,m,1\n").Rejected.Should().ContainSingle().Which.ReasonCode.Should().Be("date_in_future");
    }

    [Fact]
    public void Ragged_and_blank_rows_do_not_stop_the_file()
    {
        var sink = _folder.Read("purchases.csv", "purchase_id,account_id,purchased_on,amount\nP1,A1\n\nP2,A1,2024-04-01,5,extra\n,,,\nP3,A1,2024-04-01,5\n");
        sink.Rejected.Select(row => (row.Line, row.ReasonCode)).Should().Equal((2L, "row_ragged"), (4L, "row_ragged"));
        sink.Ignored.Should().Equal((5L, FileReading.BlankRow));
        sink.Rows.Should().ContainSingle().Which.Line.Should().Be(6);
    }

    [Fact]
    public void A_formula_is_data()
    {
        const string formula = "=cmd|' /C calc'!A0";
        var sink = _folder.Read("accounts.csv", $"account_id,name,note\nA1,{formula},{formula}\n");
        sink.Rows.Single()["name"].Should().Be(formula);
        sink.Rows.Single().Custom["note"].Should().Be(formula);
    }

    [Fact]
    public void A_deleted_row_needs_its_key_only()
    {
        var sink = _folder.Read("purchases.csv", "purchase_id,account_id,purchased_on,amount,deleted\nP1,,,,true\nP2,,,,false\n");
        sink.Rows.Should().ContainSingle().Which.IsDeleted.Should().BeTrue();
        sink.Rejected.Should().ContainSingle();
        _folder.Read("inquiries.csv", "inquiry_id,削除\nT1,はい\n").Rows.Single().IsDeleted.Should().BeTrue();
    }

    [Fact]
    public void Rows_without_ids_get_them_from_content_and_occurrence()
    {
        const string header = "account_id,purchased_on,amount\n";
        var first = _folder.Read("purchases.csv", header + "A1,2024-04-01,5\nA1,2024-04-01,5.00\nA2,2024-04-01,5\n").Rows.Select(row => row.Id).ToList();
        first.Should().OnlyHaveUniqueItems();
        var again = _folder.Read("purchases.csv", header + "A2,2024/4/1,5\nA1,2024年4月1日,5\nA1,2024-04-01,5\n").Rows.Select(row => row.Id);
        again.Should().BeEquivalentTo(first, "neither order nor form of the same content matters");
    }

    [Fact]
    public void Composite_keys_name_their_account()
    {
        var rows = _folder.Read("outcomes.csv", "account_id,as_of,churned\nA|1,2024-04-01,1\nA,2024-04-01,0\n").Rows;
        rows.Select(row => row.Id).Should().Equal("A\\|1|2024-04-01", "A|2024-04-01");
    }

    [Theory]
    [InlineData("account_id,day,metric,count\nA1,13-04-2024,m,1\nA1,01-04-2024,m,1\n", 4, 1)]
    [InlineData("account_id,day,metric,count\nA1,01-04-2024,m,1\nA1,04-13-2024,m,1\n", 1, 4)]
    public void The_day_order_is_that_of_all_rows(string text, int month, int date)
    {
        _folder.Read("usage.csv", text).Usage.Select(row => row.Day).Should().Contain(new DateOnly(2024, month, date));
    }

    [Fact]
    public void An_undecided_day_order_is_refused_unless_stated()
    {
        const string text = "account_id,day,metric,count\nA1,05-05-2024,m,1\nA1,01-04-2024,m,1\n";
        var refused = _folder.Refuse("usage.csv", text);
        refused.Code.Should().Be("date_order_ambiguous");
        refused.Args.Should().Contain("line", 3L).And.Contain("column", "day");
        _folder.Read("usage.csv", text, ImportFolder.Options with { DayOrder = DayOrder.MonthFirst }).Usage[1].Day.Should().Be(new DateOnly(2024, 1, 4));
        _folder.Read("usage.csv", "account_id,day,metric,count\nA1,05-05-2024,m,1\n").Usage.Should().ContainSingle("it reads the same in both orders");
    }

    [Fact]
    public void A_contradictory_day_order_is_refused_with_both_lines()
    {
        var refused = _folder.Refuse("usage.csv", "account_id,day,metric,count\nA1,01-02-2024,m,1\nA1,13-04-2024,m,1\nA1,04-13-2024,m,1\n");
        refused.Code.Should().Be("date_order_contradictory");
        refused.Args.Should().Contain("day_first_line", 3L).And.Contain("month_first_line", 4L);
    }

    [Theory]
    [InlineData("accounts.csv", "account_id,name,Name\n", "header_duplicate")]
    [InlineData("accounts.csv", "account_id,name,ＮＡＭＥ\n", "header_duplicate")]
    [InlineData("accounts.csv", "account_id,,name\n", "header_blank")]
    [InlineData("accounts.csv", "name,industry\n", "header_missing_column")]
    [InlineData("accounts.csv", "顧客ID,取引先ID\n", "header_ambiguous")]
    [InlineData("accounts.csv", "account\"_id,name\n", "header_malformed")]
    [InlineData("accounts.csv", "\n\naccount_id\n", "header_blank")]
    [InlineData("accounts.csv", "\n , \n\n", "file_empty")]
    [InlineData("accounts.csv", "", "file_empty")]
    [InlineData("accounts.csv", "\uFEFF", "file_empty")]
    [InlineData("subscriptions.csv", "account_id,mrr,started_on\n", "header_missing_column")]
    [InlineData("subscriptions.csv", "subscription_id,account_id,price,started_on\n", "header_missing_column")]
    [InlineData("mystery.csv", "a,b,c\n", "record_unknown")]
    [InlineData("accounts.csv", "account_id|name|industry\nA1|Alpha|Trade\n", "delimiter_unknown")]
    [InlineData("mystery.csv", "顧客ID、顧客名\nA1、東京商事\n", "delimiter_unknown")]
    public void A_header_that_cannot_be_understood_refuses_the_file(string name, string text, string code)
    {
        var refused = _folder.Refuse(name, text);
        refused.Code.Should().Be(code);
        refused.Message.Should().NotContain("{");
    }

    [Theory]
    [InlineData("Accounts 2024-04.csv", "account_id\n", "accounts")]
    [InlineData("顧客一覧_202404.csv", "顧客ID\n", "accounts")]
    [InlineData("export.csv", "account_id,day,metric,count\n", "usage")]
    [InlineData("export.csv", "契約番号,顧客番号,月額,契約開始日\n", "subscriptions")]
    [InlineData("export.csv", "顧客ID,推奨度,回答日\n", "nps")]
    public void The_record_is_known_by_name_or_header(string name, string text, string record) =>
        new ReadingRun(ImportFolder.Options).Open(_folder.Write(name, text)).Record!.Name.Should().Be(record);

    [Fact]
    public void Columns_nobody_asks_for_are_reported()
    {
        var reading = new ReadingRun(ImportFolder.Options).Open(_folder.Write("usage.csv", "account_id,day,metric,count,weather\n"));
        reading.Columns.Single(column => column.Header == "weather").Use.Should().Be(ColumnUse.Unused);
        reading.HeaderLine.Should().Be("account_id,day,metric,count,weather");
    }

    [Theory]
    [InlineData("", "2024-04-01", "m", "1", "", "value_required", "account_id")]
    [InlineData("A1", "", "m", "1", "", "value_required", "day")]
    [InlineData("A1", "2024-02-30", "m", "1", "", "date_invalid", "day")]
    [InlineData("A1", "2024-04-01", " ", "1", "", "value_required", "metric")]
    [InlineData("A1", "2024-04-01", "m", "", "", "value_required", "count")]
    [InlineData("A1", "2024-04-01", "m", "-1", "", "number_too_small", "count")]
    [InlineData("A1", "2024-04-01", "m", "many", "", "number_invalid", "count")]
    [InlineData("A1", "2024-04-01", "m", "1", "-2", "number_too_small", "users")]
    [InlineData("A1", "2024-04-01", "m", "1", "2.5", "whole_number_invalid", "users")]
    [InlineData("#REF!", "2024-04-01", "m", "1", "", "formula_failed", "account_id")]
    [InlineData("A1", "2024-04-01", " #N/A ", "1", "", "formula_failed", "metric")]
    public void A_bad_counter_is_rejected(string account, string day, string metric, string count, string users, string code, string column)
    {
        var sink = _folder.Read("usage.csv", $"account_id,day,metric,count,users\n{account},{day},{metric},{count},{users}\nA1,2024/4/1,ｍ,\"１，０００\",3\n");
        sink.Rejected.Select(row => (row.ReasonCode, row.Column)).Should().Equal((code, column));
        var good = sink.Usage.Should().ContainSingle().Which;
        (good.AccountId, good.Day, good.Count, good.Users, good.Line).Should().Be(("A1", new DateOnly(2024, 4, 1), 1000d, 3, 3L));
    }

    [Fact]
    public void Text_beyond_its_length_is_rejected_and_its_value_cut()
    {
        var sink = _folder.Read("accounts.csv", $"account_id,name\n{new string('x', 201)},n\nA1,{string.Concat(Enumerable.Repeat("😎", 600))}\n");
        Codes(sink).Should().Equal("text_too_long", "text_too_long");
        sink.Rejected[1].Value!.Length.Should().Be(500);
    }

    [Fact]
    public void Hostile_strings_come_through_as_they_are()
    {
        using var strings = JsonDocument.Parse(File.ReadAllText(ImportFolder.Shared("hostile-strings.json")));
        var values = strings.RootElement.EnumerateArray().Select(element => element.GetString()!).Where(text => !text.Contains('\0')).ToList();
        var text = "account_id,comment,score,responded_at\n" + string.Concat(values.Select(value => $"A1,\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\",5,2024-04-01\n"));
        var sink = _folder.Read("nps.csv", text);
        sink.Rejected.Should().BeEmpty();
        sink.Rows.Select(row => row["comment"]).Should().Equal(values.Select(value => value.Trim() is { Length: > 0 } trimmed ? trimmed : null));
    }

    [Fact]
    public void A_header_beyond_the_limits_is_refused()
    {
        _folder.Refuse("accounts.csv", $"account_id,{new string('h', 201)}\nA1,x\n").Code.Should().Be("header_too_long");
        _folder.Refuse("accounts.csv", "account_id," + string.Join(',', Enumerable.Range(0, 10_000))).Code.Should().Be("too_many_columns");
        var sink = _folder.Read("accounts.csv", "account_id\n" + new string(',', 50_000) + "\nA1\n");
        sink.Rejected.Should().ContainSingle().Which.ReasonCode.Should().Be("row_ragged");
        sink.Rows.Should().ContainSingle("the rest of the file goes on");
    }

    [Fact]
    public void A_file_that_changes_between_check_and_reading_is_refused()
    {
        var reading = new ReadingRun(ImportFolder.Options).Open(_folder.Write("accounts.csv", "\uFEFFaccount_id\nA1\n"));
        reading.Read(new CollectingSink(), TestContext.Current.CancellationToken);
        _folder.Write("accounts.csv", "\uFEFFaccount_id\nA2\n");
        reading.Invoking(file => file.Read(new CollectingSink(), TestContext.Current.CancellationToken)).Should().Throw<UnreadableFileException>().Which.Code.Should().Be("file_changed");
    }

    [Fact]
    public void Usage_that_can_only_be_voided_counts_nothing()
    {
        var sink = _folder.Read("usage.csv", "account_id,day,metric,deleted\nA1,2024-04-01,m,yes\nA1,2024-04-01,m,no\n");
        sink.Usage.Should().ContainSingle().Which.IsDeleted.Should().BeTrue();
        Codes(sink).Should().Equal("value_required");
    }

    [Fact]
    public void Every_code_of_reading_has_a_sentence()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "CustomerSuccess.sln")))
        {
            folder = folder.Parent!;
        }

        var sources = Directory.EnumerateFiles(Path.Combine(folder.FullName, "src", "CustomerSuccess.Engine", "Ingestion", "Reading"), "*.cs").Select(File.ReadAllText);
        var codes = sources.SelectMany(text => Regex.Matches(text, @"(?:new Problem|new UnreadableFileException|Fail|Malformed =|SourceFile.Unreadable|new)\s*\(?""([a-z]+(?:_[a-z]+)+)""").Select(match => match.Groups[1].Value)).Distinct().ToList();
        codes.Should().HaveCountGreaterThan(30);
        codes.Should().BeSubsetOf(Reasons.Codes);
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var reading = new ReadingRun(ImportFolder.Options).Open(_folder.Write("accounts.csv", "account_id\nA1\n"));
        reading.Invoking(file => file.Read(new CollectingSink(), cancelled.Token)).Should().Throw<OperationCanceledException>();
    }

    private static IEnumerable<string> Codes(CollectingSink sink) => sink.Rejected.Select(row => row.ReasonCode);

    private static string Sentence(RejectedRow row) =>
        Reasons.English(row.ReasonCode, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(row.ReasonArgsJson)!.ToDictionary(pair => pair.Key, pair => (object?)pair.Value.ToString()));
}
