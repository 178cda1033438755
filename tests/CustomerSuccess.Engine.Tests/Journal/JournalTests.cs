using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerSuccess.Engine.Tests.Journal;

public sealed class JournalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    internal static Acts ActsOver(Database database, TimeProvider clock) => new(database, new LiveChanges(database, clock, NullLogger<LiveChanges>.Instance), clock);

    [Theory]
    [DatabaseData]
    public async Task An_act_that_is_refused_or_breaks_leaves_neither_change_nor_entry(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        await AddAccountAsync(test, 1);
        var acts = ActsOver(test.Database, TimeProvider.System);
        async Task<ActResult<Account>> RenameAsync(ActScope act, ActOutcome outcome)
        {
            (await act.LockAccountAsync(1)).Should().BeTrue();
            var account = await act.Context.Accounts.SingleAsync(Token);
            account.Name = "other";
            act.Note(JournalAreas.Account, "changed", 1, "1", new FieldChanges().Note("name", "One", "other"));
            return outcome switch
            {
                ActOutcome.Done => ActResult.Done(account),
                ActOutcome.Conflict => ActResult.Conflict(account),
                _ => throw new InvalidOperationException("broken"),
            };
        }

        (await acts.RunAsync(Viewer.System, act => RenameAsync(act, ActOutcome.Conflict), Token)).Outcome.Should().Be(ActOutcome.Conflict);
        await acts.Invoking(a => a.RunAsync(Viewer.System, act => RenameAsync(act, ActOutcome.Invalid), Token)).Should().ThrowAsync<InvalidOperationException>();
        (await StandsAsync(test)).Should().Be(("One", 0));

        (await acts.RunAsync(Viewer.System, act => RenameAsync(act, ActOutcome.Done), Token)).Holds.Should().BeTrue();
        (await StandsAsync(test)).Should().Be(("other", 1));
        var entry = (await new JournalQuery(test.Database).OfRecordAsync(Viewer.System, 1, JournalAreas.Account, "1", 10, Token)).Should().ContainSingle().Subject;
        FieldChanges.Read(entry.ChangesJson).Should().Equal(new Dictionary<string, FieldChange> { ["name"] = new("One", "other") });
    }

    [Theory]
    [DatabaseData]
    public async Task Many_at_once_are_told_each_once_and_in_order(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        const int People = 8, Each = 5;
        for (var account = 1; account <= People; account++)
        {
            await AddAccountAsync(test, account);
        }

        // one listens in the process that acts, one in another process
        using var here = new LiveChanges(test.Database, TimeProvider.System, NullLogger<LiveChanges>.Instance);
        using var there = new LiveChanges(new Database(test.Database.Options), TimeProvider.System, NullLogger<LiveChanges>.Instance);
        var heard = new[] { new Heard(here, People * Each), new Heard(there, People * Each) };
        await here.StartAsync(Token);
        await there.StartAsync(Token);
        var settings = new SettingsStore(test.Database, TimeProvider.System);
        var judgements = new Judgements(test.Database, new Acts(test.Database, here, TimeProvider.System), settings);

        // what was written before somebody began to follow is not news
        await heard[0].ReadyAsync(judgements);
        await heard[1].ReadyAsync(judgements);
        await Task.WhenAll(Enumerable.Range(1, People).Select(account => Task.Run(
            async () =>
            {
                for (var i = 0; i < Each; i++)
                {
                    (await judgements.RecordAsync(Viewer.System, account, HealthBand.Good, $"told {i}", Token)).Outcome.Should().Be(ActOutcome.Done);
                }
            },
            Token)));

        foreach (var listener in heard)
        {
            var entries = await listener.All.WaitAsync(TimeSpan.FromSeconds(30), Token);
            entries.Select(entry => entry.EntryNo).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
            entries.GroupBy(entry => entry.AccountNo).Select(own => own.Count()).Should().Equal(Enumerable.Repeat(Each, People));
        }

        await here.StopAsync(Token);
        await there.StopAsync(Token);
    }

    [Fact]
    public async Task Who_is_numbered_first_is_committed_first_so_that_followers_miss_nobody()
    {
        Assert.SkipUnless(PostgresServer.IsInstalled, "PostgreSQL is not installed");
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Postgres);
        static JournalEntry Entry(int account) => new() { AccountNo = account, At = DateTime.UnixEpoch, ByUser = "u", Area = JournalAreas.Note, Act = "created" };
        async Task WriteAsync(CustomerSuccessContext context, int account)
        {
            await JournalWriter.AppendAsync(context, [Entry(account)], Token);
            await context.SaveChangesAsync(Token);
        }

        async Task<List<int>> AfterAsync(long read)
        {
            await using var context = test.Database.OpenContext();
            return await context.Journal.Where(entry => entry.EntryNo > read).OrderBy(entry => entry.EntryNo).Select(entry => entry.AccountNo).ToListAsync(Token);
        }

        // one has its number and takes long to commit
        await using var slow = test.Database.OpenContext();
        await using var first = await slow.Database.BeginTransactionAsync(Token);
        await WriteAsync(slow, 1);

        // another wants one meanwhile: it waits rather than come to light before
        await using var quick = test.Database.OpenContext();
        await using var second = await quick.Database.BeginTransactionAsync(Token);
        var write = Task.Run(() => WriteAsync(quick, 2), Token);
        await using (var watch = test.Database.OpenContext())
        {
            while (!write.IsCompleted && (await watch.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'").ToListAsync(Token))[0] == 0)
            {
                await Task.Yield();
            }
        }

        write.IsCompleted.Should().BeFalse("a number that is taken is held to the commit");
        (await AfterAsync(0)).Should().BeEmpty();
        await first.CommitAsync(Token);
        await write;
        (await AfterAsync(0)).Should().Equal(1);
        await second.CommitAsync(Token);
        (await AfterAsync(0)).Should().Equal(1, 2);
        (await AfterAsync(slow.ChangeTracker.Entries<JournalEntry>().Single().Entity.EntryNo)).Should().Equal([2], "who has read the first is told of the second");
    }

    [Fact]
    public void Only_what_changed_is_noted()
    {
        var changes = new FieldChanges().Note("name", "a", "a").Note("phone", null, "03-1234-5678").Note("owner", "甲", "乙");
        FieldChanges.Read(changes.ToString()).Keys.Should().Equal("phone", "owner");
        changes.ToString().Should().Contain("乙", "people read the journal in the database too");
    }

    private static async Task AddAccountAsync(TestDatabase test, int account)
    {
        await using var context = test.Database.OpenContext();
        context.Accounts.Add(new Account { AccountNo = account, AccountId = $"A-{account}", Name = "One", NameSort = "one" });
        await context.SaveChangesAsync(Token);
    }

    private static async Task<(string Name, int Entries)> StandsAsync(TestDatabase test)
    {
        await using var context = test.Database.OpenContext();
        return ((await context.Accounts.AsNoTracking().SingleAsync(Token)).Name, await context.Journal.CountAsync(Token));
    }

    /// <summary>Collects what a listener is told after it has begun to listen.</summary>
    private sealed class Heard
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<IReadOnlyList<JournalEntry>> _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<JournalEntry> _entries = [];

        public Heard(LiveChanges live, int expected) => live.Listen(entries =>
        {
            foreach (var entry in entries)
            {
                if ((entry.ChangesJson ?? "").Contains("Danger", StringComparison.Ordinal))
                {
                    _ready.TrySetResult();
                    continue;
                }

                _entries.Add(entry);
                if (_entries.Count == expected)
                {
                    _all.TrySetResult([.. _entries]);
                }
            }
        });

        public Task<IReadOnlyList<JournalEntry>> All => _all.Task;

        /// <summary>Acts until the listener hears it.</summary>
        public async Task ReadyAsync(Judgements judgements)
        {
            while (!_ready.Task.IsCompleted)
            {
                await judgements.RecordAsync(Viewer.System, 1, HealthBand.Danger, "anybody there?", Token);
                await Task.WhenAny(_ready.Task, Task.Delay(LiveChanges.Interval, Token));
            }
        }
    }
}
