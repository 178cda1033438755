using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Views;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Risk;
using CustomerSuccess.Engine.Tests.Storage;

namespace CustomerSuccess.Engine.Tests.Views;

public sealed class SavedViewsTests
{
    private static readonly Viewer Me = ScoredCompany.Csm("me@example.com");
    private static readonly Viewer You = ScoredCompany.Csm("you@example.com");
    private static readonly Viewer Boss = ScoredCompany.Manager("boss@example.com");
    private static readonly Viewer Reader = new("r", "r@example.com", new HashSet<string> { Roles.ReadOnly }, false);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task Own_views_are_ones_own_and_shared_ones_everybodys_to_see_and_a_managers_to_change(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var views = new ScoredCompany(test).Views;
        var own = (await views.AddAsync(Me, QueueList.Risk, " 今週の更新 😀 ", "sort=renewal", isShared: false, Token)).Value!;
        var shared = (await views.AddAsync(Me, QueueList.Risk, "Danger", "health=danger", isShared: true, Token)).Value!;
        await views.AddAsync(Me, QueueList.Opportunities, "Seats", "play=add_seats", isShared: true, Token);

        (await NamesAsync(Me)).Should().Equal("Danger", "今週の更新 😀");
        (await NamesAsync(You)).Should().Equal("Danger");
        (await views.ListAsync(You, QueueList.Risk, Token)).Single().MayChange.Should().BeFalse();
        (await views.EditAsync(You, shared.ViewId, name: "mine", cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await views.EditAsync(You, own.ViewId, name: "mine", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound, "what is not shared is not there for others");
        (await views.EditAsync(Boss, shared.ViewId, query: "health=watch", seen: 1, cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        var conflict = await views.EditAsync(Me, shared.ViewId, query: "health=good", seen: 1, cancellation: Token);
        (conflict.Outcome, conflict.Value!.Query).Should().Be((ActOutcome.Conflict, "health=watch"));
        (await views.AddAsync(Reader, QueueList.Risk, "all", "", isShared: true, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await views.AddAsync(Reader, QueueList.Risk, "mine alone", "", isShared: false, Token)).Outcome.Should().Be(ActOutcome.Done);

        (await views.SetDeletedAsync(Me, shared.ViewId, true, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await views.SetDeletedAsync(Me, shared.ViewId, true, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await NamesAsync(You)).Should().BeEmpty();
        await views.SetDeletedAsync(Me, shared.ViewId, false, Token);
        (await NamesAsync(You)).Should().Equal("Danger");

        async Task<IEnumerable<string>> NamesAsync(Viewer viewer) => (await views.ListAsync(viewer, QueueList.Risk, Token)).Select(entry => entry.View.Name);
    }

    [Theory]
    [DatabaseData]
    public async Task The_first_view_and_the_order_are_each_readers_own(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var views = new ScoredCompany(test).Views;
        var ids = new List<string>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            ids.Add((await views.AddAsync(Boss, QueueList.Risk, name, "", isShared: true, Token)).Value!.ViewId);
        }

        await views.MoveAsync(Me, QueueList.Risk, ids[2], isUp: true, Token);
        await views.SetDefaultAsync(Me, QueueList.Risk, ids[1], Token);
        (await views.MoveAsync(Me, QueueList.Risk, ids[0], isUp: true, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await views.ListAsync(Me, QueueList.Risk, Token)).Select(entry => (entry.View.Name, entry.IsDefault)).Should().Equal(("a", false), ("c", false), ("b", true));
        (await views.ListAsync(You, QueueList.Risk, Token)).Select(entry => (entry.View.Name, entry.IsDefault)).Should().Equal(("a", false), ("b", false), ("c", false));
        (await views.SetDefaultAsync(Me, QueueList.Risk, "no such", Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await views.FindAsync(You, QueueList.Risk, "B", Token))!.View.ViewId.Should().Be(ids[1]);

        var wrong = await views.AddAsync(Me, QueueList.Risk, " ", new string('x', SavedView.LongestQuery + 1), isShared: false, Token);
        wrong.Problems.Should().BeEquivalentTo(new Dictionary<string, string> { ["name"] = "missing", ["query"] = "too_long" });
    }
}
