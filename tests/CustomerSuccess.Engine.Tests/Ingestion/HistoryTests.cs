using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Ingestion;

/// <summary>What has no date of its own is kept with the day from which it held.</summary>
public sealed class HistoryTests
{
    private const string History = "SELECT d.name, v.valid_from, v.value FROM account_value v JOIN attribute d ON d.attribute_id = v.attribute_id ORDER BY d.name, v.valid_from";

    private static readonly DateOnly January = new(2024, 1, 1);
    private static readonly DateOnly June = new(2024, 6, 1);

    [Theory]
    [DatabaseData]
    public async Task A_value_holds_from_the_day_of_import_and_a_static_one_from_ever(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await new Staged(test) { ImportDay = January }.ImportAsync("accounts", [("account_id", "A"), ("industry", "EdTech"), ("segment", "smb"), ("seats wanted", "12")]);
        await new Staged(test) { ImportDay = June }.ImportAsync("accounts", [("account_id", "A"), ("industry", "EdTech"), ("segment", "enterprise"), ("seats wanted", null)]);
        (await new Staged(test).TextsAsync(History)).Should().Equal(
            "industry|0|EdTech",
            $"seats wanted|{January.DayNumber}|12", $"seats wanted|{June.DayNumber}|",
            $"segment|{January.DayNumber}|smb", $"segment|{June.DayNumber}|enterprise");
        (await new Staged(test).TextsAsync("SELECT segment FROM account")).Should().Equal("enterprise");
        (await new Staged(test).TextsAsync("SELECT type FROM attribute WHERE name = 'seats wanted'")).Should().Equal("Number");
    }

    [Theory]
    [DatabaseData]
    public async Task Rows_of_one_account_with_different_days_are_its_history_in_any_order_and_as_often_as_you_like(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        (string, object?)[][] rows =
        [
            [("account_id", "A"), ("name", "New name"), ("segment", "enterprise"), ("valid_from", June)],
            [("account_id", "A"), ("name", "Old name"), ("segment", "smb"), ("valid_from", January)],
        ];
        var first = (await import.ImportAsync("accounts", rows)).File;
        (first.Inserted, first.Updated).Should().Be((1, 1));
        for (var again = 0; again < 2; again++)
        {
            (await import.ImportAsync("accounts", rows)).File.Unchanged.Should().Be(2);
        }

        (await import.TextsAsync(History)).Should().Equal($"segment|{January.DayNumber}|smb", $"segment|{June.DayNumber}|enterprise");
        (await import.TextsAsync("SELECT name, segment FROM account")).Should().Equal("New name|enterprise");
    }

    [Theory]
    [DatabaseData]
    public async Task A_type_of_a_custom_attribute_is_what_all_its_values_can_be_read_as(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", [("account_id", "A"), ("tier", "1"), ("since", "2024-01-31"), ("vip", "true")]);
        await import.ImportAsync("accounts", [("account_id", "B"), ("tier", "gold"), ("since", "2024-02-29"), ("vip", "false")]);
        (await import.TextsAsync("SELECT name, type FROM attribute WHERE name IN ('tier', 'since', 'vip') ORDER BY name")).Should().Equal("since|Date", "tier|Category", "vip|Flag");
    }

    [Theory]
    [DatabaseData]
    public async Task A_parent_may_stand_after_its_child_and_must_be_known(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        var result = await import.ImportAsync(
            "accounts",
            [("account_id", "Child"), ("parent_account_id", "Parent")],
            [("account_id", "Parent"), ("name", "The parent"), ("parent_account_id", null)],
            [("account_id", "Orphan"), ("parent_account_id", "Nobody")],
            [("account_id", "Self"), ("parent_account_id", "Self")]);
        (result.File.Inserted, result.File.Rejected).Should().Be((2, 2));
        result.RejectedBy.Select(reason => reason.Code).Should().BeEquivalentTo("parent_unknown", "parent_is_itself");
        (await import.TextsAsync("SELECT c.account_id, p.account_id, p.name FROM account_link l JOIN account c ON c.account_no = l.account_no JOIN account p ON p.account_no = l.target_no"))
            .Should().Equal("Child|Parent|The parent");

        await new Staged(test) { ImportDay = Staged.Today.AddDays(1) }.ImportAsync("accounts", [("account_id", "Child"), ("parent_account_id", null)]);
        (await import.TextsAsync("SELECT kind, valid_from, CASE WHEN target_no IS NULL THEN 'none' ELSE 'some' END FROM account_link ORDER BY valid_from"))
            .Should().Equal($"parent|{Staged.Today.DayNumber}|some", $"parent|{Staged.Today.DayNumber + 1}|none");
    }

    [Theory]
    [DatabaseData]
    public async Task A_person_who_changes_account_is_voided_there_and_stands_here(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", [("account_id", "A")], [("account_id", "B")]);
        (string, object?)[] At(string account) => [("id", "C1"), ("contact_id", "C1"), ("account_id", account), ("name", "佐藤"), ("is_champion", true)];
        (await import.ImportAsync("contacts", At("A"))).File.Inserted.Should().Be(1);
        await import.ImportAsync("inquiries", [("id", "I1"), ("account_id", "A"), ("contact_id", "C1"), ("opened_at", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc))]);
        (await import.ImportAsync("contacts", At("B"))).File.Updated.Should().Be(1);
        (await import.ImportAsync("contacts", At("B"))).File.Unchanged.Should().Be(1);
        (await import.TextsAsync("SELECT account_no, contact_no, CASE WHEN voided_by IS NULL THEN 'stands' ELSE 'voided' END FROM contact ORDER BY account_no")).Should().Equal("1|1|voided", "2|2|stands");

        // what the person did at the former account stays there
        (await import.ImportAsync("inquiries", [("id", "I1"), ("account_id", "A"), ("contact_id", "C1"), ("opened_at", new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc))])).File.Unchanged.Should().Be(1);
        (await import.ImportAsync("contacts", [("id", "C1"), ("deleted", true)])).File.Updated.Should().Be(1);
        (await import.TextsAsync("SELECT account_no FROM contact WHERE voided_by IS NULL")).Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Rates_are_kept_by_currency_and_month(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        (string, object?)[] Rate(double rate) => [("id", "x"), ("currency", "JPY"), ("month", January), ("rate", rate)];
        (await import.ImportAsync("rates", Rate(0.007))).File.Inserted.Should().Be(1);
        (await import.ImportAsync("rates", Rate(0.007))).File.Unchanged.Should().Be(1);
        (await import.ImportAsync("rates", Rate(0.008))).File.Updated.Should().Be(1);
        var full = await new Staged(test) { Full = true }.ImportAsync("rates", [("id", "y"), ("currency", "EUR"), ("month", January), ("rate", 1.1)]);
        (full.File.Inserted, full.File.Voided).Should().Be((1, 1));
        (await import.TextsAsync("SELECT currency FROM exchange_rate WHERE voided_by IS NULL")).Should().Equal("EUR");
        (await import.TextsAsync("SELECT earlier_json FROM fact_revision ORDER BY revision_no")).Should().Equal("{\"rate\":0.007}", "{\"voided_by\":null}");
    }
}
