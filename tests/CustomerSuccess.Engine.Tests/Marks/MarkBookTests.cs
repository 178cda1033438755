using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Marks;
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
