using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Presets;
using CustomerSuccess.Engine.Ingestion.Reading;
using CustomerSuccess.Engine.Tests.Ingestion.Reading;

namespace CustomerSuccess.Engine.Tests.Ingestion.Presets;

public sealed class PresetTests : IDisposable
{
    private readonly ImportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_product_ships_presets_that_hold_together()
    {
        PresetCatalogue.Names.Should().Contain(["cdnow", "fight-churn", "ravenstack"]);
        PresetCatalogue.Names.Select(PresetCatalogue.Find).Should().OnlyContain(preset => preset.Source.Length > 0);
    }

    [Theory]
    [InlineData("""{ "files": [] }""", "source")]
    [InlineData("""{ "source": "s", "files": [] }""", "files is empty")]
    [InlineData("""{ "source": "s", "colour": 1, "files": [] }""", "colour")]
    [InlineData("""{ "source": "s", "time_zone": "Mars", "files": [] }""", "Mars")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "planets" } ] }""", "planets")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "accounts", "columns": { "a": "colour" } } ] }""", "no column colour")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "accounts", "columns": { "a": "name", "b": "name" } } ] }""", "name is given twice")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "accounts", "ignored_columns": { "a": " " } } ] }""", "needs a reason")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "accounts", "aggregate": {} } ] }""", "only usage")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "subscriptions", "constants": { "mrr": "much" } } ] }""", "much")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "inquiries", "derived": { "closed_at": { "from": "a", "plus": "b", "unit": "moons" } } } ] }""", "moons")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "usage", "join": { "column": "a", "record": "planets" } } ] }""", "planets")]
    [InlineData("""{ "source": "s", "files": [ { "files": "*", "record": "usage", "constants": { "users": "1" } } ] }""", "metric, count and product only")]
    [InlineData("not json", "invalid")]
    public void A_preset_that_does_not_hold_together_is_refused_with_what_is_wrong(string json, string part) =>
        new Action(() => PresetCatalogue.Parse("test", json)).Should().Throw<PresetException>().Which.Message.Should().Contain(part);

    [Theory]
    [InlineData("no-such")]
    [InlineData("../../etc/passwd")]
    [InlineData("none.json")]
    public void A_preset_that_does_not_exist_is_refused(string name) =>
        new Action(() => PresetCatalogue.Find(name)).Should().Throw<PresetException>();

    [Fact]
    public void Raw_events_are_summed_over_files_and_joined_to_their_account()
    {
        var preset = PresetCatalogue.Parse("test", """
            {
              "source": "shop", "own_namespace": true, "inclusive_ends": true,
              "files": [
                { "files": "terms.csv", "record": "subscriptions", "columns": { "sub": "subscription_id", "from": "started_on", "to": "ended_on" } },
                { "files": "events-*.csv", "record": "usage", "columns": { "when": "day", "what": "metric" }, "constants": { "count": "1" },
                  "join": { "column": "sub", "record": "subscriptions" }, "aggregate": {},
                  "ignored_rows": [ { "column": "what", "values": ["test", "debug"], "reason": "made by ourselves" } ] }
              ],
              "ignored_files": { "*.txt": "notes" }
            }
            """);
        var options = ImportFolder.Options with { Preset = preset, FindAccount = (record, id) => record == "subscriptions" && id == "S-old" ? "A9" : null };
        var run = new ReadingRun(options);
        var sink = new CollectingSink();
        _folder.Write("terms.csv", "sub,account_id,mrr,from,to\nS1,A1,5,2024-01-01,2024-01-31\nS2,A1,5,2024-02-01,2024-01-31\n");
        _folder.Write("events-1.csv", "sub,when,what\nS1,2024-04-01 10:00,login\nS1,2024-04-01 11:00,login\nS1,2024-04-01,TEST\nS0,2024-04-01,login\n");
        _folder.Write("events-2.csv", "sub,when,what\nS1,2024-04-01 12:00,login\nS-old,2024-04-01,login\n");
        _folder.Write("read.txt", "x\ny\nz");
        _folder.Write("other.bin", [0, 1, 2]);
        foreach (var name in new[] { "terms.csv", "events-1.csv", "events-2.csv", "read.txt", "other.bin" })
        {
            run.Open(new SourceFile(Path.Combine(_folder.Path, name))).Read(sink, TestContext.Current.CancellationToken);
        }

        sink.Rows.Single()["ended_on"].Should().Be(new DateOnly(2024, 2, 1), "the last paid day is the thirty-first");
        sink.Rows.Single().Namespace.Should().Be("shop");
        sink.Rejected.Select(row => (row.ReasonCode, row.Column)).Should().Equal(("end_before_start", "to"), ("join_not_found", "sub"));
        sink.Ignored.Select(row => row.Reason).Should().Equal("made by ourselves", "notes", "notes");
        sink.AggregatedRows.Should().Be(4);
        sink.Usage.Should().BeEmpty();
        run.Aggregation.Emit(sink, TestContext.Current.CancellationToken);
        sink.Usage.Select(row => (row.Namespace, row.AccountId, row.Metric, row.Count)).Should().Equal(("shop", "A1", "login", 3d), ("shop", "A9", "login", 1d));
    }

    [Fact]
    public void Raw_events_of_unknown_accounts_are_rejected_and_those_taken_back_do_not_count()
    {
        var preset = PresetCatalogue.Parse("test", """{ "source": "s", "files": [ { "files": "*.csv", "record": "usage", "aggregate": { "users": "sum" } } ] }""");
        var run = new ReadingRun(ImportFolder.Options with { Preset = preset });
        var sink = new CollectingSink { UnknownAccounts = { "A2" } };
        var file = _folder.Write("a.csv", "account_id,day,metric,count,users,deleted\nA1,2024-04-01,m,2,1,\nA1,2024-04-01,m,3,1,yes\nA2,2024-04-01,m,4,1,\nA1,2024-04-01,m,5,2,no\n");
        run.Open(file).Read(sink, TestContext.Current.CancellationToken);
        sink.Rejected.Should().ContainSingle().Which.ReasonCode.Should().Be("account_unknown");
        sink.Rejected[0].RawRow.Should().Be("A2,2024-04-01,m,4,1,");
        sink.AggregatedRows.Should().Be(3);
        run.Aggregation.Emit(sink, TestContext.Current.CancellationToken);
        sink.Usage.Select(row => (row.AccountId, row.Count, row.Users)).Should().Equal(("A1", 7d, 3));
    }

    [Fact]
    public void Files_that_the_preset_does_not_name_are_ignored_with_a_code()
    {
        var reading = new ReadingRun(ImportFolder.Options with { Preset = PresetCatalogue.Find("cdnow") }).Open(_folder.Write("notes.csv", "a,b\n1,2\n\n3,4\n"));
        reading.IgnoredReason.Should().Be(Preset.NotNamed);
        var sink = new CollectingSink();
        reading.Read(sink, TestContext.Current.CancellationToken);
        sink.Ignored.Should().HaveCount(2);
    }

    [Fact]
    public void A_column_that_the_preset_needs_must_be_there()
    {
        var preset = PresetCatalogue.Find("ravenstack");
        var refused = _folder.Refuse("ravenstack_feature_usage.csv", "usage_date,feature_name,usage_count\n", ImportFolder.Options with { Preset = preset });
        refused.Code.Should().Be("header_missing_column");
        refused.Message.Should().Contain("subscription_id");
    }

    [Fact]
    public void RavenStack_is_read_whole()
    {
        var (sinks, run) = ReadAll("ravenstack");
        sinks.ToDictionary(pair => pair.Key, pair => pair.Value.Total).Should().Equal(new Dictionary<string, long>
        {
            ["ravenstack_accounts.csv"] = 500,
            ["ravenstack_subscriptions.csv"] = 5_000,
            ["ravenstack_supports_ticket.csv"] = 2_000,
            ["ravenstack_feature_usage.csv"] = 25_000,
            ["folds.csv"] = 500,
            ["ravenstack_churn_events.csv"] = 600,
        });
        sinks.Values.SelectMany(sink => sink.Rejected).Should().BeEmpty();
        sinks["ravenstack_feature_usage.csv"].AggregatedRows.Should().Be(25_000);
        sinks["ravenstack_churn_events.csv"].Ignored.Should().HaveCount(600);
        var counters = new CollectingSink();
        run.Aggregation.Emit(counters, TestContext.Current.CancellationToken);
        counters.Usage.Should().HaveCount(24_981);

        var account = sinks["ravenstack_accounts.csv"].Rows[0];
        account.Values.Should().Contain("account_id", "A-2e4581").And.Contain("name", "Company_0").And.Contain("created_on", new DateOnly(2024, 10, 16));
        account.Custom.Should().Equal(new Dictionary<string, string?> { ["referral_source"] = "partner" });
        sinks["ravenstack_subscriptions.csv"].Rows.Should().Contain(row => (decimal)row["mrr"]! == 0m, "trials are kept");
        var ticket = sinks["ravenstack_supports_ticket.csv"].Rows[0];
        ((DateTime)ticket["first_response_at"]! - (DateTime)ticket["opened_at"]!).Should().Be(TimeSpan.FromMinutes(74));
        ((DateTime)ticket["closed_at"]! - (DateTime)ticket["opened_at"]!).Should().Be(TimeSpan.FromHours(27));
    }

    [Fact]
    public void Fight_churn_is_read_whole()
    {
        var (sinks, _) = ReadAll("social-small", "fight-churn");
        sinks.ToDictionary(pair => pair.Key, pair => pair.Value.Total).Should().Equal(new Dictionary<string, long>
        {
            ["account.csv"] = 2_125,
            ["subscription.csv"] = 16_452,
            ["event_daily.csv.gz"] = 1_577_550,
            ["truth.csv"] = 14_640,
        });
        sinks.Values.SelectMany(sink => sink.Rejected).Should().BeEmpty();
        sinks["subscription.csv"].Rows.Select(row => row.Id).Should().OnlyHaveUniqueItems();
        sinks["truth.csv"].Ignored.Should().HaveCount(14_640);
    }

    [Fact]
    public void Cdnow_is_read_whole_and_equal_rows_are_separate_purchases()
    {
        var (sinks, _) = ReadAll("cdnow");
        var purchases = sinks["cdnow.csv"];
        purchases.Rows.Should().HaveCount(69_659);
        purchases.Rows.Select(row => row.Id).Should().OnlyHaveUniqueItems();
        purchases.Rows[0].Values.Should().Contain("account_id", "00001").And.Contain("amount", 11.77m).And.Contain("currency", "USD");
        sinks["cdnow-sample-summary.csv"].Ignored.Should().HaveCount(2_357);
    }

    private static (Dictionary<string, CollectingSink> Sinks, ReadingRun Run) ReadAll(string folder, string? preset = null)
    {
        var options = ImportFolder.Options with { Preset = PresetCatalogue.Find(preset ?? folder), Today = new DateOnly(2026, 1, 1) };
        var run = new ReadingRun(options);
        var order = ImportContract.Records.ToList();
        var readings = SourceFile.Expand([ImportFolder.Shared(folder)]).Select(run.Open).OrderBy(file => file.Record is null ? -1 : order.IndexOf(file.Record)).ToList();
        var sinks = new Dictionary<string, CollectingSink>();
        foreach (var reading in readings)
        {
            reading.Read(sinks[reading.File.Name] = new CollectingSink(), TestContext.Current.CancellationToken);
        }

        return (sinks, run);
    }
}
