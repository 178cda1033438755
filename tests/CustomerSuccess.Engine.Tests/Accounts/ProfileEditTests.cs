using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Ingestion;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Accounts;

/// <summary>What people change of accounts and of people there, and what imports make of that.</summary>
public sealed class ProfileEditTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task A_change_holds_from_today_with_its_history_and_its_author(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await ImportAsync(day, -100, ("account_id", "A-1"), ("segment", "smb"), ("industry", "EdTech"), ("employees", 40), ("tier", "1"));
        var before = (await day.Accounts.FindAsync(Sato, 1, Token))!;
        before.Fields.Single(field => field.Name == "tier").Should().Be(new ProfileField("tier", FieldType.Number, "1") { IsCustom = true, MaxLength = 1000 });

        var result = await day.Accounts.EditAsync(Sato, 1, [new("segment", "smb", " mid "), new("employees", "40", "１，２００"), new("name", "青葉製作所", "青葉ホールディングス"), new("tier", "1", "2"), new("created_on", null, "令和6年4月1日")], Token);
        result.Outcome.Should().Be(ActOutcome.Done);
        (result.Value!["segment"], result.Value["employees"], result.Value["tier"], result.Value["created_on"]).Should().Be(("mid", "1200", "2", "2024-04-01"));
        result.Value.Fields.Single(field => field.Name == "segment").Should().BeEquivalentTo(new { IsOwnWord = true, Imported = "smb" });
        await using (var context = day.Database.OpenContext())
        {
            var account = await context.Accounts.AsNoTracking().SingleAsync(known => known.AccountNo == 1, Token);
            (account.Segment, account.Employees, account.NameSort).Should().Be(("mid", 1200, Core.Accounts.SortKey.Of("青葉ホールディングス")));
            (await context.AccountChanges.SingleAsync(change => change.AccountNo == 1, Token)).EarliestDay.Should().BeOnOrBefore(Today);
        }

        (await ValuesAsync(day, "segment")).Should().Equal($"{Today.AddDays(-100).DayNumber}|smb", $"{Today.DayNumber}|mid");
        (await ValuesAsync(day, "created_on")).Should().Equal("0|2024-04-01");
        var entry = (await day.Journal.OfRecordAsync(Sato, 1, JournalAreas.Account, null, 10, Token)).Should().ContainSingle().Subject;
        FieldChanges.Read(entry.ChangesJson).Should().HaveCount(5).And.Contain("employees", new FieldChange("40", "1200"));
        (await day.Accounts.PastAsync(Sato, 1, "segment", 10, Token)).Should().Equal(
            new FieldPast(Today, day.Clock.GetUtcNow().UtcDateTime, "smb", "mid", "sato@example.com"), new FieldPast(Today.AddDays(-100), null, null, "smb", null));
    }

    [Theory]
    [DatabaseData]
    public async Task Two_who_change_one_field_see_each_other_and_two_fields_do_not_collide(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (await day.Accounts.EditAsync(Sato, 1, [new("phone", null, "03-1111-2222")], Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Accounts.EditAsync(Mori, 1, [new("address", null, "東京都")], Token)).Outcome.Should().Be(ActOutcome.Done);
        var late = await day.Accounts.EditAsync(Manager, 1, [new("address", "東京都", "大阪府"), new("phone", null, "06-0000-0000")], Token);
        (late.Outcome, late.Value!["phone"], late.Value["address"]).Should().Be((ActOutcome.Conflict, "03-1111-2222", "東京都"));
        (await day.Accounts.EditAsync(Manager, 1, [new("phone", null, "03-1111-2222")], Token)).Outcome.Should().Be(ActOutcome.Unchanged, "both want the same");
    }

    [Theory]
    [DatabaseData]
    public async Task What_breaks_a_rule_is_named_by_field_and_changes_nothing(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var problems = (await day.Accounts.EditAsync(Sato, 1, [new("name", "青葉製作所", " "), new("employees", null, "many"), new("created_on", null, "31.31.2024"), new("segment", null, new string('x', 1001)), new("shoe size", null, "42"), new("phone", null, "03")], Token)).Problems;
        problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["name"] = "missing", ["employees"] = "not_a_number", ["created_on"] = "not_a_date", ["segment"] = "too_long", ["shoe size"] = "unknown" });
        (await day.Accounts.EditAsync(Sato, 1, [new("owner_email", "sato@example.com", "nobody")], Token)).Problems["owner_email"].Should().Be("not_an_address");
        (await day.Accounts.EditAsync(Mori, 1, [new("owner_email", "sato@example.com", "mori@example.com")], Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Accounts.EditAsync(Reader, 1, [new("phone", null, "1")], Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Accounts.EditAsync(Sato, 2, [new("phone", null, "1")], Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Accounts.FindAsync(Sato, 2, Token)).Should().BeNull();
        (await day.Accounts.FindAsync(Sato, 1, Token))!["phone"].Should().BeNull();

        (await day.Accounts.EditAsync(Sato, 1, [new("owner_email", "sato@example.com", "Mori@example.com")], Token)).Outcome.Should().Be(ActOutcome.Done, "who owns an account hands it over");
        (await day.Accounts.FindAsync(Sato, 1, Token)).Should().BeNull("it is not hers to see any more");
    }

    [Theory]
    [DatabaseData]
    public async Task A_source_that_says_the_same_again_does_not_undo_a_change_and_one_with_news_does(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (string, object?)[] row = [("account_id", "A-1"), ("name", "Aoba"), ("phone", "03-1"), ("segment", "smb"), ("tier", "gold"), ("address", null)];
        await ImportAsync(day, -10, row);
        await day.Accounts.EditAsync(Sato, 1, [new("name", "Aoba", "青葉"), new("phone", "03-1", "03-2"), new("segment", "smb", "mid"), new("tier", "gold", "silver"), new("address", null, "東京都")], Token);

        (await ImportAsync(day, 1, row)).Unchanged.Should().Be(1, "the source has no news");
        await StandsAsync(day, ("name", "青葉"), ("phone", "03-2"), ("segment", "mid"), ("tier", "silver"), ("address", "東京都"));

        // the source has caught up with one field and has news of two
        (await ImportAsync(day, 2, ("account_id", "A-1"), ("name", "Aoba"), ("phone", "03-2"), ("segment", "enterprise"), ("tier", "bronze"), ("address", null))).Updated.Should().Be(1);
        await StandsAsync(day, ("name", "青葉"), ("phone", "03-2"), ("segment", "enterprise"), ("tier", "bronze"), ("address", "東京都"));
        var profile = (await day.Accounts.FindAsync(Manager, 1, Token))!;
        profile.Fields.Where(field => field.IsOwnWord).Select(field => field.Name).Should().Equal("name", "address");
        (await day.Accounts.PastAsync(Manager, 1, "segment", 10, Token)).Select(past => past.Value).Should().Equal("enterprise", "mid", "smb");

        // from now on the source's word stands where it had news
        await ImportAsync(day, 3, ("account_id", "A-1"), ("phone", "03-3"), ("segment", "smb"), ("tier", "gold"));
        await StandsAsync(day, ("name", "青葉"), ("phone", "03-3"), ("segment", "smb"), ("tier", "gold"), ("address", "東京都"));
    }

    [Theory]
    [DatabaseData]
    public async Task A_row_with_an_earlier_day_of_validity_is_history_and_one_with_a_later_day_holds(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (string, object?)[] june = [("account_id", "A-1"), ("segment", "smb"), ("phone", "03-1"), ("valid_from", Today.AddDays(-30))];
        await ImportAsync(day, -20, june);
        await day.Accounts.EditAsync(Sato, 1, [new("segment", "smb", "mid"), new("phone", "03-1", "03-2")], Token);
        await ImportAsync(day, 5, june, [("account_id", "A-1"), ("segment", "tiny"), ("phone", "03-0"), ("valid_from", Today.AddDays(-60))]);
        await StandsAsync(day, ("phone", "03-2"), ("segment", "mid"));
        (await ValuesAsync(day, "segment")).Should().Equal($"{Today.AddDays(-60).DayNumber}|tiny", $"{Today.AddDays(-30).DayNumber}|smb", $"{Today.DayNumber}|mid");

        await ImportAsync(day, 12, [("account_id", "A-1"), ("segment", "smb"), ("phone", "03-9"), ("valid_from", Today.AddDays(10))]);
        await StandsAsync(day, ("phone", "03-9"), ("segment", "smb"));
    }

    [Theory]
    [DatabaseData]
    public async Task A_change_back_to_what_the_source_says_is_no_word_of_ours_any_more(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await ImportAsync(day, -10, ("account_id", "A-1"), ("phone", "03-1"));
        await day.Accounts.EditAsync(Sato, 1, [new("phone", "03-1", "03-2")], Token);
        (await day.Accounts.EditAsync(Sato, 1, [new("phone", "03-2", "03-1")], Token)).Value!.Fields.Should().OnlyContain(field => !field.IsOwnWord);
        await ImportAsync(day, 1, ("account_id", "A-1"), ("phone", "03-5"));
        (await day.Accounts.FindAsync(Sato, 1, Token))!["phone"].Should().Be("03-5");
    }

    [Theory]
    [DatabaseData]
    public async Task A_person_is_added_changed_marked_as_left_and_taken_back(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var added = await day.People.AddAsync(Sato, 1, new Dictionary<string, string?> { ["name"] = "鈴木 花子", ["email"] = "hanako@example.co.jp", ["is_champion"] = "はい", ["department"] = "" }, Token);
        added.Outcome.Should().Be(ActOutcome.Done);
        var no = added.Value!.No;
        (added.Value["is_champion"], added.Value["department"], added.Value["opt_out_email"]).Should().Be(("true", null, "false"));
        added.Value.Fields.Should().OnlyContain(field => !field.IsOwnWord);
        (await day.People.EditAsync(Sato, 1, no, [new("left_on", null, "2024-06-30"), new("title", null, "部長")], Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.People.EditAsync(Sato, 1, no, [new("left_on", "2024-06-30", null)], Token)).Value!["left_on"].Should().BeNull();
        (await day.People.PastAsync(Sato, 1, no, "left_on", 10, Token)).Select(past => past.Value).Should().Equal(null, "2024-06-30");

        (await day.People.RemoveAsync(Sato, 1, no, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.People.FindAsync(Sato, 1, no, Token)).Should().BeNull();
        (await day.People.RestoreAsync(Sato, 1, no, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.People.FindAsync(Sato, 1, no, Token)).Should().NotBeNull();
        (await day.People.RemoveAsync(Sato, 1, 7, Token)).Outcome.Should().Be(ActOutcome.Forbidden, "a source names him");
    }

    [Theory]
    [DatabaseData]
    public async Task Whom_a_source_names_keeps_what_was_changed_here_when_the_file_comes_again(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (string, object?)[] row = [("id", "P-7"), ("contact_id", "P-7"), ("account_id", "A-1"), ("name", "田中 一郎"), ("title", "課長"), ("is_champion", false), ("opt_out_email", null), ("left_on", null)];
        var import = new Staged(day.Test) { ImportDay = Today.AddDays(-10) };
        await import.ImportAsync("contacts", row);
        await using var context = day.Database.OpenContext();
        var no = await context.Contacts.Where(contact => contact.ContactId == "P-7" && contact.AccountNo == 1 && contact.VoidedBy == null).OrderByDescending(contact => contact.ContactNo).Select(contact => contact.ContactNo).FirstAsync(Token);
        (await day.People.EditAsync(Sato, 1, no, [new("is_champion", "false", "true"), new("title", "課長", "部長"), new("opt_out_email", "false", "true"), new("left_on", null, "2024-06-28")], Token)).Outcome.Should().Be(ActOutcome.Done);

        (await new Staged(day.Test) { ImportDay = Today.AddDays(1) }.ImportAsync("contacts", row)).File.Unchanged.Should().Be(1);
        var stands = (await day.People.FindAsync(Sato, 1, no, Token))!;
        (stands["is_champion"], stands["title"], stands["opt_out_email"], stands["left_on"]).Should().Be(("true", "部長", "true", "2024-06-28"));
        row[4] = ("title", "本部長");
        (await new Staged(day.Test) { ImportDay = Today.AddDays(2) }.ImportAsync("contacts", row)).File.Updated.Should().Be(1);
        stands = (await day.People.FindAsync(Sato, 1, no, Token))!;
        (stands["is_champion"], stands["title"], stands["left_on"]).Should().Be(("true", "本部長", "2024-06-28"));
    }

    [Theory]
    [DatabaseData]
    public async Task Nobody_reports_to_himself_however_far_up(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        async Task<(int No, string Id)> AddAsync(string name)
        {
            var no = (await day.People.AddAsync(Sato, 1, new Dictionary<string, string?> { ["name"] = name }, Token)).Value!.No;
            await using var context = day.Database.OpenContext();
            return (no, await context.Contacts.Where(contact => contact.ContactNo == no).Select(contact => contact.ContactId).SingleAsync(Token));
        }

        var (a, aId) = await AddAsync("a");
        var (b, bId) = await AddAsync("b");
        var (c, cId) = await AddAsync("c");
        (await day.People.EditAsync(Sato, 1, a, [new("reports_to", null, bId)], Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.People.EditAsync(Sato, 1, b, [new("reports_to", null, cId)], Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.People.EditAsync(Sato, 1, c, [new("reports_to", null, aId)], Token)).Problems["reports_to"].Should().Be("circle");
        (await day.People.EditAsync(Sato, 1, c, [new("reports_to", null, cId)], Token)).Problems["reports_to"].Should().Be("circle");
        (await day.People.EditAsync(Sato, 1, c, [new("reports_to", null, "nobody")], Token)).Problems["reports_to"].Should().Be("unknown");
        (await day.People.EditAsync(Sato, 1, c, [new("email", null, "a@b"), new("left_on", null, "2024-07-02")], Token)).Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["email"] = "not_an_address", ["left_on"] = "after_today" });
        (await day.People.AddAsync(Sato, 1, new Dictionary<string, string?>(), Token)).Problems["name"].Should().Be("missing");
    }

    /// <summary>Imports so many days after the workday began, or before it.</summary>
    private static async Task<ImportFile> ImportAsync(Workday day, int after, params (string, object?)[][] rows)
    {
        if (after > 0)
        {
            day.Clock.SetUtcNow(new DateTimeOffset(Today.AddDays(after).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        }

        return (await new Staged(day.Test) { ImportDay = Today.AddDays(after) }.ImportAsync("accounts", rows)).File;
    }

    private static Task<ImportFile> ImportAsync(Workday day, int after, params (string, object?)[] row) => ImportAsync(day, after, [row]);

    private static async Task<IEnumerable<string>> ValuesAsync(Workday day, string attribute) =>
        await new Staged(day.Test).TextsAsync($"SELECT v.valid_from, v.value FROM account_value v JOIN attribute d ON d.attribute_id = v.attribute_id WHERE v.account_no = 1 AND d.name = '{attribute}' ORDER BY v.valid_from");

    private static async Task StandsAsync(Workday day, params (string Field, string? Value)[] expected)
    {
        var profile = (await day.Accounts.FindAsync(Manager, 1, Token))!;
        expected.Select(field => (field.Field, profile[field.Field])).Should().Equal(expected);
    }
}
