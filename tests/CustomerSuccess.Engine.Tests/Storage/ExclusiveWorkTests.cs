using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Storage;

/// <summary>Two owners that want to do what one may do at a time. Owners differ as processes do: by their holder's name.</summary>
public sealed class ExclusiveWorkTests
{
    private const string Name = "count the stars";
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2024, 7, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task The_second_waits_for_the_first_and_says_so(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        var work = new ExclusiveWork(test.Database, _clock);
        TaskCompletionSource begun = new(), end = new(), waits = new();
        var atOnce = 0;
        async Task<int> CountAsync(int result, Task until)
        {
            Interlocked.Increment(ref atOnce).Should().Be(1);
            begun.TrySetResult();
            await until;
            Interlocked.Decrement(ref atOnce);
            return result;
        }

        var first = work.RunAsync(Name, () => Assert.Fail("nobody is before it"), _ => CountAsync(1, end.Task), Token);
        await begun.Task;
        var second = work.RunAsync(Name, waits.SetResult, _ => CountAsync(2, Task.CompletedTask), Token);
        await waits.Task;
        (await work.TryRunAsync(Name, _ => Task.FromResult(7), Token)).Should().Be(0, "somebody is at it");
        (await work.TryRunAsync("something else", _ => Task.FromResult(7), Token)).Should().Be(7);

        // twice as long as a lease holds: it is renewed meanwhile
        for (var i = 0; i < 60; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            second.IsCompleted.Should().BeFalse();
            if (i % 10 == 9)
            {
                await RenewedAsync(test.Database);
            }
        }

        end.SetResult();
        (await first).Should().Be(1);
        while (!second.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await second).Should().Be(2);
        (await work.TryRunAsync(Name, _ => Task.FromResult(7), Token)).Should().Be(7, "the right was given back");
    }

    [Theory]
    [DatabaseData]
    public async Task A_holder_whose_process_is_gone_holds_nobody_up(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        using (var session = await BulkSession.OpenAsync(test.Database, Token))
        {
            new Leases(session, _clock, $"{Environment.MachineName}|{int.MaxValue}|1|gone").TryTake(Name).Should().BeTrue();
        }

        (await new ExclusiveWork(test.Database, _clock).RunAsync(Name, () => Assert.Fail("a dead process is not waited for"), _ => Task.FromResult(3), Token)).Should().Be(3);
    }

    [Theory]
    [DatabaseData]
    public async Task Whoever_lost_the_right_is_stopped_and_told(DatabaseKind kind)
    {
        await using var test = await TestDatabase.CreateAsync(kind);
        TaskCompletionSource begun = new();
        var work = new ExclusiveWork(test.Database, _clock).RunAsync<int>(Name, () => { }, async stop =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return 1;
        }, Token);
        await begun.Task;
        using (var session = await BulkSession.OpenAsync(test.Database, Token))
        {
            session.Execute("UPDATE lease SET holder = 'another machine|1|1|x' WHERE name = @name", ("@name", Name)).Should().Be(1);
        }

        while (!work.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await FluentActions.Awaiting(() => work).Should().ThrowAsync<InvalidOperationException>().WithMessage("*took this work over*");
        using var after = await BulkSession.OpenAsync(test.Database, Token);
        after.Query("SELECT holder FROM lease", reader => reader.GetString(0)).Should().Equal("another machine|1|1|x");
    }

    [Fact]
    public async Task Work_that_fails_or_is_cancelled_gives_the_right_back()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        var work = new ExclusiveWork(test.Database, _clock);
        await FluentActions.Awaiting(() => work.RunAsync<int>(Name, () => { }, _ => throw new FormatException("bad"), Token)).Should().ThrowAsync<FormatException>();
        using var cancelled = new CancellationTokenSource();
        await FluentActions.Awaiting(() => work.RunAsync<int>(Name, () => { }, async stop =>
        {
            await cancelled.CancelAsync();
            stop.ThrowIfCancellationRequested();
            return 1;
        }, cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        (await work.TryRunAsync(Name, _ => Task.FromResult(7), Token)).Should().Be(7);
    }

    /// <summary>Returns once the lease holds for longer than half its length from now.</summary>
    private async Task RenewedAsync(Database database)
    {
        using var session = await BulkSession.OpenAsync(database, Token);
        var half = _clock.GetUtcNow().AddSeconds(Leases.Length.TotalSeconds / 2).ToUnixTimeMilliseconds();
        while (session.Query("SELECT expires_at FROM lease WHERE name = @name", reader => reader.GetInt64(0), ("@name", Name)) is not [var expires] || expires < half)
        {
            await Task.Yield();
        }
    }
}
