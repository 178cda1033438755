using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Search;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Ingestion;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static CustomerSuccess.Engine.Tests.Workday;
using SortKey = CustomerSuccess.Core.Accounts.SortKey;

namespace CustomerSuccess.Engine.Tests.Search;

public sealed class SearchTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task What_people_write_is_found_at_once_and_what_they_delete_is_not(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var note = (await day.Notes.WriteAsync(Mori, 1, "来週 ﾀﾞｯｼｭﾎﾞｰﾄﾞの共有方法をご案内", cancellation: Token)).Value!.Note;
        await day.Tasks.CreateAsync(Mori, new TaskDraft { AccountNo = 2, Title = "Send the dashboard guide" }, Token);
        (await HitsAsync(day, "ダッシュボード 共有")).Should().Equal((SearchKinds.Note, 1, note.NoteId));
        (await HitsAsync(day, "dash")).Should().ContainSingle().Which.Kind.Should().Be(SearchKinds.Task);

        (await day.Notes.EditAsync(Mori, 1, note.NoteId, 1, "請求書の件", Token)).Holds.Should().BeTrue();
        (await HitsAsync(day, "ダッシュボード")).Should().BeEmpty("it is not said any more");
        (await HitsAsync(day, "請求")).Should().ContainSingle();
        (await HitsAsync(day, "書")).Should().ContainSingle("one character is enough");
        (await day.Notes.DeleteAsync(Mori, 1, note.NoteId, 2, Token)).Holds.Should().BeTrue();
        (await HitsAsync(day, "請求")).Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Nobody_finds_what_is_of_accounts_that_he_or_she_may_not_see(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await day.Notes.WriteAsync(Mori, 1, "Renewal talk", cancellation: Token);
        await day.Notes.WriteAsync(Mori, 2, "Renewal talk", cancellation: Token);
        (await HitsAsync(day, "renewal")).Select(hit => hit.AccountNo).Should().BeEquivalentTo([1, 2]);
        var query = new SearchQuery(day.Database, day.Settings);
        (await query.FindAsync(Sato, new() { Words = "renewal" }, 10, Token)).Hits.Select(hit => hit.AccountNo).Should().Equal(1);
        (await query.FindAsync(Sato, new() { Words = "renewal", AccountNo = 2 }, 10, Token)).Hits.Should().BeEmpty();
        (await query.FindAsync(Sato with { Email = "nobody@example.com" }, new() { Words = "renewal" }, 10, Token)).Hits.Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Who_is_called_so_comes_first_then_titles_then_texts_and_the_newest_among_equals(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var at = new DateTime(2026, 10, 1, 3, 0, 0, DateTimeKind.Utc);
        await using (var context = test.Database.OpenContext())
        {
            context.AddRange(
                Account(1, "青葉商事グループ"), Account(2, "青葉商事"), Account(3, "Birch"),
                new Contact { AccountNo = 3, ContactNo = 31, ContactId = "P", SourceId = 1, Name = "青葉商事 太郎", NameSort = "x" },
                Ask(3, "old title", "青葉商事について", null, at.AddDays(-20)), Ask(3, "new text", "…", "昨日の青葉商事の件", at), Ask(3, "newer title", "青葉商事の契約", null, at.AddDays(-1)),
                Ask(1, "voided", "青葉商事", null, at, voidedBy: 9),
                new SurveyResponse { AccountNo = 3, SourceId = 1, FactId = "S", Kind = "nps", Score = 3, ScaleMax = 10, RespondedAt = at.AddDays(-3), Comment = "青葉　商事" });
            await context.SaveChangesAsync(Token);
        }

        var query = new SearchQuery(test.Database, new(test.Database, TimeProvider.System));
        async Task<IReadOnlyList<string>> FindAsync(SearchRequest filter, int limit = 100) => [.. (await query.FindAsync(Mori, filter, limit, Token)).Hits.Select(hit => hit.RecordId is "" ? $"account {hit.AccountNo}" : hit.RecordId)];
        (await FindAsync(new() { Words = "青葉商事" })).Should().Equal("account 2", "account 1", "31", "1:newer title", "1:old title", "1:new text");
        (await FindAsync(new() { Words = "アオバ" })).Should().BeEmpty("no reading is known");
        (await FindAsync(new() { Words = "青葉商事", Kinds = [SearchKinds.Inquiry], From = new DateOnly(2026, 9, 30), Until = new DateOnly(2026, 9, 30) })).Should().Equal("1:newer title");
        (await FindAsync(new() { Words = "商事 青葉", Kinds = [SearchKinds.Comment] })).Should().Equal("1:S");
        (await FindAsync(new() { Words = "青葉商事", AccountNo = 3 }, 2)).Should().Equal("31", "1:newer title");
        (await FindAsync(new() { Words = "葉青" })).Should().BeEmpty("pairs must follow one another");
        (await FindAsync(new() { Words = "' OR 1=1 -- \" * ) ( & | ! :* <-> \\" })).Should().BeEmpty();
        (await FindAsync(new() { Words = "青葉商事", Kinds = ["x' | 'knote"] })).Should().BeEmpty();
    }

    [Theory]
    [DatabaseData]
    public async Task Imports_are_followed_and_the_first_fill_finds_what_was_there_before(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var fill = new FillSearch(day.Database, TimeProvider.System, NullLogger<FillSearch>.Instance);
        var import = new Staged(day.Test);
        string name;
        await using (var context = day.Database.OpenContext())
        {
            name = await context.Accounts.Where(a => a.AccountNo == 1).Select(a => a.AccountId).FirstAsync(Token);
            await context.SearchTexts.ExecuteDeleteAsync(Token);
        }

        (await HitsAsync(day, "Account")).Should().BeEmpty();
        await import.ImportAsync("inquiries", Row("T-1", "ログインできない"));
        var query = new SearchQuery(day.Database, day.Settings);
        (await query.FindAsync(Mori, new() { Words = "ログイン" }, 10, Token)).IsComplete.Should().BeFalse();
        (await fill.RunAsync(Token)).Should().BeGreaterThan(1);
        (await HitsAsync(day, "ログイン")).Should().ContainSingle().Which.Kind.Should().Be(SearchKinds.Inquiry);
        (await query.FindAsync(Mori, new() { Words = "ログイン" }, 10, Token)).IsComplete.Should().BeTrue();
        (await fill.RunAsync(Token)).Should().Be(0, "nothing changed");

        await import.ImportAsync("inquiries", Row("T-1", "サインインできない"));
        await fill.RunAsync(Token);
        (await HitsAsync(day, "ログイン")).Should().BeEmpty();
        (await HitsAsync(day, "サインイン")).Should().ContainSingle();
        await import.ImportAsync("inquiries", [.. Row("T-1", "サインインできない"), ("deleted", true)]);
        await fill.RunAsync(Token);
        (await HitsAsync(day, "サインイン")).Should().BeEmpty("a voided fact disappears");

        (string, object?)[] Row(string id, string subject) => [("id", id), ("account_id", name), ("subject", subject), ("opened_at", new DateTime(2024, 6, 1, 0, 0, 0, DateTimeKind.Utc))];
    }

    [Fact]
    public async Task Both_databases_find_the_same()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed");
        await using var sqlite = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        await using var postgres = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        string[] pieces = ["ログイン", "ﾛｸﾞ", "請求書", "茶", "export", "Expo", "03-1234", "株式会社", "é", "👍", "の", " ", "。", "が", "ab", "a"];
        foreach (var database in new[] { sqlite.Database, postgres.Database })
        {
            var random = new Random(5);
            await using var context = database.OpenContext();
            context.AddRange(Account(1, "A"), Account(2, "B"));
            for (var no = 0; no < 400; no++)
            {
                string Words() => string.Concat(Enumerable.Range(0, 1 + random.Next(8)).Select(_ => pieces[random.Next(pieces.Length)]));
                context.Add(Ask(1 + (no % 2), $"T{no}", Words(), Words(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(random.Next(50))));
            }

            await context.SaveChangesAsync(Token);
        }

        var found = 0;
        foreach (var words in pieces.Concat(pieces.Select(piece => "ログ " + piece)).Concat(pieces.Select(piece => piece + "請求")))
        {
            var results = new List<IReadOnlyList<string>>();
            foreach (var database in new[] { sqlite.Database, postgres.Database })
            {
                var result = await new SearchQuery(database, new(database, TimeProvider.System)).FindAsync(Mori, new() { Words = words }, 1_000, Token);
                results.Add([.. result.Hits.Select(hit => hit.RecordId)]);
                found += result.Hits.Count;
            }

            results[0].Should().Equal(results[1], "of «{0}»", words);
        }

        found.Should().BeGreaterThan(1_000);
    }

    private static Account Account(int no, string name) => new() { AccountNo = no, AccountId = $"A{no}", Name = name, NameSort = SortKey.Of(name), SourceId = 1 };

    private static Inquiry Ask(int account, string id, string? subject, string? body, DateTime at, int? voidedBy = null) =>
        new() { AccountNo = account, SourceId = 1, FactId = id, Subject = subject, Body = body, OpenedAt = at, VoidedBy = voidedBy };

    private static async Task<IReadOnlyList<(string Kind, int AccountNo, string RecordId)>> HitsAsync(Workday day, string words) =>
        [.. (await new SearchQuery(day.Database, day.Settings).FindAsync(Mori, new() { Words = words }, 100, Token)).Hits.Select(hit => (hit.Kind, hit.AccountNo, hit.RecordId))];
}
