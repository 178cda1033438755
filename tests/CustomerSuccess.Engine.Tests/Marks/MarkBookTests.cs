using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Journal;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Marks;

public sealed class MarkBookTests
{
    private static readonly DateOnly Day = new(2026, 4, 1);
    private static readonly Viewer Lead = new("p", "lead@cs.example", new HashSet<string> { Roles.ProductLead }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Marks_are_written_changed_at_the_version_that_was_seen_taken_back_and_brought_back(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var book = new MarkBook(JournalTests.ActsOver(test.Database, TimeProvider.System), test.Database);
        var price = (await book.SaveAsync(Lead, new(null, 0, MarkKind.PriceChange, Day, Day, " 価格改定 ", null), Token)).Value!;
        (price.Title, price.Until, price.Version).Should().Be(("価格改定", null, 1));
        await book.SaveAsync(Lead, new(null, 0, MarkKind.Outage, Day.AddDays(9), Day.AddDays(10), "Outage", "Two days"), Token);
        (await book.ListAsync(Token)).Select(mark => mark.Title).Should().Equal("Outage", "価格改定");

        (await book.SaveAsync(Lead, new(price.MarkId, 1, MarkKind.PriceChange, Day, null, "Price +8 %", null), Token)).Outcome.Should().Be(ActOutcome.Done);
        var late = await book.SaveAsync(Viewer.System, new(price.MarkId, 1, MarkKind.PriceChange, Day, null, "Price +9 %", null), Token);
        (late.Outcome, late.Value!.Title).Should().Be((ActOutcome.Conflict, "Price +8 %"));

        (await book.SetDeletedAsync(Lead, price.MarkId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await book.SetDeletedAsync(Lead, price.MarkId, true, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await book.SaveAsync(Lead, new(price.MarkId, 3, MarkKind.PriceChange, Day, null, "x", null), Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await book.ListAsync(Token)).Should().ContainSingle();
        await book.SetDeletedAsync(Lead, price.MarkId, false, Token);
        (await book.ListAsync(Token)).Should().HaveCount(2);
    }

    [Theory]
    [DatabaseData]
    public async Task An_outage_names_the_accounts_it_hit_and_nothing_else_does(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await using (var context = test.Database.OpenContext())
        {
            for (var no = 1; no <= 4; no++)
            {
                context.Accounts.Add(new Account { AccountNo = no, AccountId = $"A{no}", Name = $"A{no}", NameSort = $"{no}" });
                context.Subscriptions.Add(new Subscription { AccountNo = no, SourceId = 1, FactId = "S", Product = no < 3 ? "Cloud" : "Box", Plan = no % 2 == 0 ? "Team" : "Solo", Mrr = 1, Currency = "USD", StartedOn = Day.AddYears(-1), EndedOn = no == 2 ? Day : null });
            }

            context.SavedSegments.Add(new SavedSegment { SegmentId = "eu", Name = "EU", ConditionJson = "{}" });
            context.SegmentStays.AddRange(new SegmentStay { AccountNo = 3, SegmentId = "eu", EnteredOn = Day }, new SegmentStay { AccountNo = 4, SegmentId = "eu", EnteredOn = Day, LeftOn = Day });
            await context.SaveChangesAsync(Token);
        }

        var book = new MarkBook(JournalTests.ActsOver(test.Database, TimeProvider.System), test.Database);
        var all = MarkReaches(await book.ReachesAsync(Token));
        all.Should().Be("EU | Box Cloud | Solo Team");
        var mark = await SaveAsync(new(null, 0, MarkKind.Outage, Day, Day.AddDays(1), "Down", null) { Reach = MarkReach.Product, ReachOf = "Cloud" });
        (await HitAsync(0)).Should().Equal([1], "2 had left the product by then");
        mark = await SaveAsync(new(mark.MarkId, 1, MarkKind.Outage, Day, Day.AddDays(1), "Down", null) { Reach = MarkReach.Plan, ReachOf = "Team" });
        (await HitAsync(0)).Should().Equal(4);
        mark = await SaveAsync(new(mark.MarkId, 2, MarkKind.Outage, Day, Day.AddDays(1), "Down", null) { Reach = MarkReach.Segment, ReachOf = "eu" });
        (await HitAsync(0)).Should().Equal(3);
        mark = await SaveAsync(new(mark.MarkId, 3, MarkKind.Outage, Day, Day.AddDays(1), "Down", null) { Reach = MarkReach.Accounts, ReachOf = "A1, A2\nA2　A4" });
        (mark.NamedAccounts, mark.ReachOf).Should().Be((3, "A1\nA2\nA4"));
        (await HitAsync(1)).Should().Equal(1, 2, 4);
        (await HitAsync(2)).Should().Equal([1, 2, 4], "a day of calm");
        (await HitAsync(3)).Should().BeEmpty();
        (await book.SaveAsync(Lead, new(mark.MarkId, 4, MarkKind.Outage, Day, null, "Down", null) { Reach = MarkReach.Accounts, ReachOf = "A1 A9" }, Token)).Problems.Should().Contain("reach_of", "unknown:A9");
        (await book.SaveAsync(Lead, new(mark.MarkId, 4, MarkKind.Outage, Day, null, "Down", null) { Reach = MarkReach.Plan }, Token)).Problems.Should().Contain("reach_of", "missing");
        mark = await SaveAsync(new(mark.MarkId, 4, MarkKind.Outage, Day, null, "Down", null));
        (await HitAsync(0)).Should().Equal(1, 2, 3, 4);
        (await SaveAsync(new(mark.MarkId, 5, MarkKind.Release, Day, null, "Down", null) { Reach = MarkReach.Plan, ReachOf = "Team" })).Reach.Should().Be(MarkReach.All);
        (await HitAsync(0)).Should().BeEmpty();

        async Task<Mark> SaveAsync(MarkDraft draft) => (await book.SaveAsync(Lead, draft, Token)).Value!;

        async Task<List<int>> HitAsync(int days)
        {
            await using var context = test.Database.OpenContext();
            var reach = await OutageReach.ReadAsync(context, Day.AddDays(days), OutageCalm.Days, [1, 2, 3, 4], Token);
            return [.. Enumerable.Range(1, 4).Where(account => reach.Of(account) is not null)];
        }

        static string MarkReaches(MarkReaches reaches) => $"{string.Join(' ', reaches.Segments.Select(segment => segment.Name))} | {string.Join(' ', reaches.Products)} | {string.Join(' ', reaches.Plans)}";
    }

    [Fact]
    public async Task Readers_write_none_and_what_is_wrong_is_named_by_field()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var book = new MarkBook(JournalTests.ActsOver(test.Database, TimeProvider.System), test.Database);
        foreach (var role in (string[])[Roles.Csm, Roles.Executive, Roles.ReadOnly])
        {
            var reader = new Viewer("r", "r@cs.example", new HashSet<string> { role }, false);
            (await book.SaveAsync(reader, new(null, 0, MarkKind.Other, Day, null, "x", null), Token)).Outcome.Should().Be(ActOutcome.Forbidden);
            (await book.SetDeletedAsync(reader, "x", true, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        }

        (await book.SaveAsync(Lead, new(null, 0, MarkKind.Other, null, null, " ", new string('x', Mark.LongestNote + 1)), Token)).Problems
            .Should().BeEquivalentTo(new Dictionary<string, string> { ["title"] = "missing", ["day"] = "missing", ["note"] = "too_long" });
        (await book.SaveAsync(Lead, new(null, 0, MarkKind.Other, Day, Day.AddDays(-1), new string('x', Mark.LongestTitle + 1), null), Token)).Problems
            .Should().BeEquivalentTo(new Dictionary<string, string> { ["title"] = "too_long", ["until"] = "before_from" });
        (await book.ListAsync(Token)).Should().BeEmpty();
    }
}
