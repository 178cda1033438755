using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Ingestion;

public sealed class ApplyingTests
{
    private static (string, object?)[] Term(string id, string account, decimal mrr, DateOnly? ended = null, DateOnly? started = null) =>
        [("id", id), ("account_id", account), ("mrr", mrr), ("currency", "USD"), ("started_on", started ?? new DateOnly(2024, 1, 1)), ("ended_on", ended)];

    private static (string, object?)[] Account(string id, params (string, object?)[] more) => [("id", id), ("account_id", id), ("name", $"Name {id}"), .. more];

    private static void Counted(ImportFileResult result, long inserted = 0, long updated = 0, long unchanged = 0, long rejected = 0)
    {
        var file = result.File;
        (file.Inserted, file.Updated, file.Unchanged, file.Rejected).Should().Be((inserted, updated, unchanged, rejected));
        file.Status.Should().Be(ImportStatus.Done);
        file.RowsRead.Should().Be(file.Inserted + file.Updated + file.Unchanged + file.Rejected + file.Aggregated + file.Ignored);
    }

    [Theory]
    [DatabaseData]
    public async Task The_same_rows_again_change_nothing(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        Counted(await import.ImportAsync("accounts", Account("A", ("industry", "EdTech"), ("tier", "gold")), Account("B")), inserted: 2);
        Counted(await import.ImportAsync("subscriptions", Term("S1", "A", 10.5m), Term("S2", "B", 20m)), inserted: 2);
        var changes = await import.TextsAsync("SELECT account_no, change_no, earliest_day FROM account_change ORDER BY account_no");

        Counted(await new Staged(test) { ImportDay = Staged.Today.AddDays(30) }.ImportAsync("accounts", Account("A", ("industry", "EdTech"), ("tier", "gold")), Account("B")), unchanged: 2);
        Counted(await import.ImportAsync("subscriptions", Term("S1", "A", 10.5m), Term("S2", "B", 20m)), unchanged: 2);

        (await import.TextsAsync("SELECT account_no, change_no, earliest_day FROM account_change ORDER BY account_no")).Should().Equal(changes);
        (await import.TextsAsync("SELECT account_no FROM fact_revision")).Should().BeEmpty();
        (await import.TextsAsync("SELECT mrr FROM subscription ORDER BY fact_id")).Should().Equal("105000", "200000");
    }

    [Theory]
    [DatabaseData]
    public async Task An_update_keeps_the_earlier_values_with_the_file_that_brought_them(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"));
        var first = await import.ImportAsync("subscriptions", Term("S1", "A", 10m));
        var second = await import.ImportAsync("subscriptions", Term("S1", "A", 12m, ended: new DateOnly(2024, 5, 1)));
        Counted(second, updated: 1);
        (await import.TextsAsync("SELECT record, fact_key, brought_by, replaced_by, earlier_json FROM fact_revision"))
            .Should().Equal($"subscriptions|1:S1|{first.File.ImportFileId}|{second.File.ImportFileId}|{{\"ended_on\":null,\"mrr\":10}}");
    }

    [Theory]
    [DatabaseData]
    public async Task An_absent_column_leaves_and_a_blank_clears_unless_set_otherwise(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"));
        await import.ImportAsync("subscriptions", [.. Term("S1", "A", 10m), ("plan", "Pro"), ("product", "X")]);
        Counted(await import.ImportAsync("subscriptions", [.. Term("S1", "A", 10m)]), unchanged: 1);
        Counted(await new Staged(test) { BlankClears = false }.ImportAsync("subscriptions", [.. Term("S1", "A", 10m), ("plan", null)]), unchanged: 1);
        Counted(await import.ImportAsync("subscriptions", [.. Term("S1", "A", 10m), ("plan", null)]), updated: 1);
        (await import.TextsAsync("SELECT plan, product FROM subscription")).Should().Equal("|X");
    }

    [Theory]
    [DatabaseData]
    public async Task A_fact_that_changes_account_is_voided_there_and_stands_here(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"), Account("B"));
        await import.ImportAsync("subscriptions", Term("S1", "A", 10m));
        Counted(await import.ImportAsync("subscriptions", Term("S1", "B", 10m)), updated: 1);
        (await import.TextsAsync("SELECT account_no, CASE WHEN voided_by IS NULL THEN 'stands' ELSE 'voided' END FROM subscription ORDER BY account_no")).Should().Equal("1|voided", "2|stands");
        Counted(await import.ImportAsync("subscriptions", Term("S1", "B", 10m)), unchanged: 1);

        Counted(await import.ImportAsync("subscriptions", Term("S1", "A", 10m)), updated: 1);
        (await import.TextsAsync("SELECT account_no, CASE WHEN voided_by IS NULL THEN 'stands' ELSE 'voided' END FROM subscription ORDER BY account_no")).Should().Equal("1|stands", "2|voided");
    }

    [Theory]
    [DatabaseData]
    public async Task A_deleted_row_voids_its_fact_and_a_later_row_brings_it_back(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"));
        await import.ImportAsync("subscriptions", Term("S1", "A", 10m));
        Counted(await import.ImportAsync("subscriptions", [("id", "S1"), ("deleted", true)], [("id", "S9"), ("deleted", true)]), updated: 1, unchanged: 1);
        (await import.TextsAsync("SELECT fact_id FROM subscription WHERE voided_by IS NULL")).Should().BeEmpty();
        Counted(await import.ImportAsync("subscriptions", Term("S1", "A", 10m)), updated: 1);
        (await import.TextsAsync("SELECT fact_id FROM subscription WHERE voided_by IS NULL")).Should().Equal("S1");
    }

    [Theory]
    [DatabaseData]
    public async Task A_full_file_voids_what_it_lacks_but_no_account_and_no_ended_term(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"), Account("B"));
        await import.ImportAsync("subscriptions", Term("S1", "A", 1m), Term("S2", "A", 2m), Term("S3", "B", 3m, ended: new DateOnly(2024, 2, 1)));
        var full = new Staged(test) { Full = true };
        var terms = await full.ImportAsync("subscriptions", Term("S1", "A", 1m));
        Counted(terms, unchanged: 1);
        terms.File.Voided.Should().Be(1);
        (await import.TextsAsync("SELECT fact_id FROM subscription WHERE voided_by IS NULL ORDER BY fact_id")).Should().Equal("S1", "S3");

        Counted(await full.ImportAsync("accounts", Account("A")), unchanged: 1);
        (await import.TextsAsync("SELECT account_id FROM account WHERE unlisted ORDER BY account_id".Replace("WHERE unlisted", kind == DatabaseKind.Sqlite ? "WHERE unlisted = 1" : "WHERE unlisted", StringComparison.Ordinal))).Should().Equal("B");
        Counted(await import.ImportAsync("accounts", Account("B")), updated: 1);
    }

    [Theory]
    [DatabaseData]
    public async Task A_full_file_with_rejected_rows_voids_nothing_and_says_so(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"));
        await import.ImportAsync("subscriptions", Term("S1", "A", 1m), Term("S2", "A", 2m));
        var full = await new Staged(test) { Full = true }.ImportAsync("subscriptions", Term("S1", "A", 1m), Term("S2", "unknown", 2m));
        Counted(full, unchanged: 1, rejected: 1);
        full.File.Voided.Should().Be(0);
        full.File.NotesJson.Should().Contain("full_not_applied");
    }

    [Theory]
    [DatabaseData]
    public async Task Rows_of_unknown_accounts_are_rejected_unless_they_are_to_be_created(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        var result = await import.ImportAsync("subscriptions", Term("S1", "A", 1m));
        Counted(result, rejected: 1);
        result.RejectedBy.Should().ContainSingle().Which.Should().Be(new RejectedReason("account_unknown", "account_id", 1) { First = new(2, "A", "No account has this id. Import the account first, or ask for unknown accounts to be created.") });
        (await import.TextsAsync("SELECT line, value, raw_row FROM rejected_row")).Should().Equal("2|A|line 2");
        Counted(await new Staged(test) { CreateAccounts = true }.ImportAsync("subscriptions", Term("S1", "A", 1m)), inserted: 1);
        (await import.TextsAsync("SELECT account_id, name FROM account")).Should().Equal("A|A");
    }

    [Theory]
    [DatabaseData]
    public async Task A_term_that_would_end_before_it_starts_is_rejected_even_where_its_start_came_earlier(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"));
        await import.ImportAsync("subscriptions", Term("S1", "A", 1m));
        var result = await import.ImportAsync("subscriptions", [("id", "S1"), ("ended_on", new DateOnly(2023, 1, 1))], [("id", "S2"), ("account_id", "A"), ("ended_on", new DateOnly(2023, 1, 1))]);
        result.RejectedBy.Select(reason => reason.Code).Should().BeEquivalentTo("end_before_start", "value_required");
    }

    [Theory]
    [DatabaseData]
    public async Task Usage_of_the_same_key_is_replaced_and_that_of_another_source_stands_beside_it(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"), Account("B"));
        await import.ImportAsync("contacts", [("id", "C1"), ("contact_id", "C1"), ("account_id", "A")]);
        var day = new DateOnly(2024, 3, 1);
        CheckedUsage[] rows =
        [
            new(2, "", "B", day, "login", null, 4, 2, false),
            new(3, "", "A", day, "login", "C1", 1, null, false),
            new(4, "", "A", day, "login", null, 5, 1, false),
            new(5, "", "A", day, "login", null, 6, 1, false),
            new(6, "", "Z", day, "login", null, 6, 1, false),
            new(7, "", "B", day, "login", "C1", 6, 1, false),
        ];
        var first = await import.ImportUsageAsync(rows);
        Counted(first, inserted: 3, updated: 1, rejected: 2);
        first.RejectedBy.Select(reason => reason.Code).Should().BeEquivalentTo("account_unknown", "contact_unknown");
        (await import.TextsAsync("SELECT raw_row FROM rejected_row ORDER BY line")).Should().Equal("line 6", "line 7");

        Counted(await import.ImportUsageAsync(rows[0], rows[1], rows[3]), unchanged: 3);
        Counted(await new Staged(test) { Source = "other" }.ImportUsageAsync(rows[0]), inserted: 1);
        (await import.TextsAsync("SELECT account_no, contact_no, source_id, count, users FROM usage_day ORDER BY account_no, contact_no, source_id"))
            .Should().Equal("1|0|1|6|1", "1|1|1|1|", "2|0|1|4|2", "2|0|2|4|2");
        (await import.TextsAsync("SELECT earlier_json FROM fact_revision")).Should().Equal("{\"count\":5}");
        (await import.TextsAsync("SELECT record, latest FROM source_reach WHERE record = 'usage' AND source_id = 1")).Should().Equal($"usage|{day.DayNumber}");
    }

    [Theory]
    [DatabaseData]
    public async Task Ends_agreed_in_advance_do_not_tell_how_far_contracts_reach(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"));
        await import.ImportAsync("subscriptions", Term("S1", "A", 1m, ended: new DateOnly(2024, 6, 1)), Term("S2", "A", 1m, started: new DateOnly(2025, 1, 1)));
        const string Sql = "SELECT latest, stated FROM source_reach WHERE record = 'subscriptions'";
        (await import.TextsAsync(Sql)).Should().Equal($"{new DateOnly(2024, 1, 1).DayNumber}|");
        var stated = new DateOnly(2024, 5, 1);
        await new Staged(test) { CompleteUntil = stated }.ImportAsync("subscriptions", Term("S3", "A", 1m));
        (await import.TextsAsync(Sql)).Should().Equal($"{new DateOnly(2024, 1, 1).DayNumber}|{stated.DayNumber}");
        await import.ImportAsync("subscriptions", Term("S4", "A", 1m, started: new DateOnly(2024, 6, 20)));
        (await import.TextsAsync(Sql)).Should().Equal($"{new DateOnly(2024, 6, 20).DayNumber}|");
    }

    [Theory]
    [DatabaseData]
    public async Task Every_change_notes_the_account_and_its_earliest_day(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var import = new Staged(test);
        await import.ImportAsync("accounts", Account("A"), Account("B"));
        const string Sql = "SELECT account_no, change_no, earliest_day FROM account_change ORDER BY account_no";
        var day = Staged.Today.DayNumber;
        (await import.TextsAsync(Sql)).Should().Equal($"1|1|{day}", $"2|2|{day}");
        await import.ImportAsync("subscriptions", Term("S1", "B", 1m), Term("S2", "B", 1m, started: new DateOnly(2023, 4, 1)));
        (await import.TextsAsync(Sql)).Should().Equal($"1|1|{day}", $"2|3|{new DateOnly(2023, 4, 1).DayNumber}");
    }
}
