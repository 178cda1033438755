using System.Threading.Channels;
using CustomerSuccess.Engine.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CustomerSuccess.Engine.Tests.Storage;

/// <summary>Looking on time and when woken, over a clock that stands.</summary>
public sealed class RecurringWorkTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10), Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_looks_after_each_interval_at_once_when_woken_and_again_after_a_look_that_failed()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var stop = new CancellationTokenSource();
        var looks = Channel.CreateUnbounded<bool>();
        Action wake = () => { };
        var count = 0;
        var running = Work(test, "a").RunAsync(
            async (isWoken, held) =>
            {
                await looks.Writer.WriteAsync(isWoken, held);
                if (++count == 2)
                {
                    throw new InvalidOperationException("as when the database is away");
                }
            },
            told =>
            {
                wake = told;
                return looks.Writer.TryWrite(false) ? new Ended(looks.Writer) : throw new InvalidOperationException();
            },
            stop.Token);
        (await NextAsync(looks)).Should().BeFalse("it listens");
        looks.Reader.TryRead(out _).Should().BeFalse("the first look comes after an interval");
        wake();
        (await NextAsync(looks)).Should().BeTrue();
        (await PassAsync(looks)).Should().BeFalse("time passed, and this look fails");
        (await PassAsync(looks)).Should().BeFalse("the next one comes all the same");
        await stop.CancelAsync();
        await running.WaitAsync(Patience, Token);

        // time may have passed twice before a look was heard of: one more look is as right as none
        (await looks.Reader.ReadAllAsync(Token).CountAsync(isWoken => isWoken, Token).AsTask().WaitAsync(Patience, Token)).Should().Be(0, "nobody woke it again, and the listener was ended");
    }

    [Fact]
    public async Task One_at_a_time_looks_in_whatever_process()
    {
        await using var test = await TestDatabase.CreateAsync(DatabaseKind.Sqlite);
        using var stop = new CancellationTokenSource();
        var (inside, most) = (0, 0);
        var looked = Channel.CreateUnbounded<bool>();
        var wakes = new List<Action>();
        async Task LookAsync(bool isWoken, CancellationToken held)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await looked.Writer.WriteAsync(isWoken, held);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
        }

        var both = Enumerable.Range(0, 2).Select(_ => Work(test, "one").RunAsync(
            LookAsync,
            told =>
            {
                wakes.Add(told);
                return new Ended(null);
            },
            stop.Token)).ToArray();
        for (var i = 0; i < 20; i++)
        {
            wakes.ForEach(wake => wake());
            await NextAsync(looked);
        }

        await stop.CancelAsync();
        await Task.WhenAll(both).WaitAsync(Patience, Token);
        most.Should().Be(1);
    }

    private RecurringWork Work(TestDatabase test, string name) => new(test.Database, _clock, NullLogger.Instance, name, Interval);

    private static async Task<bool> NextAsync(Channel<bool> looks) => await looks.Reader.ReadAsync(Token).AsTask().WaitAsync(Patience, Token);

    /// <summary>Lets time pass until there is a look: the loop arms its timer a moment after the look before.</summary>
    private async Task<bool> PassAsync(Channel<bool> looks)
    {
        var next = NextAsync(looks);
        while (!next.IsCompleted)
        {
            _clock.Advance(Interval);
            await Task.Yield();
        }

        return await next;
    }

    private sealed class Ended(ChannelWriter<bool>? writer) : IDisposable
    {
        public void Dispose() => writer?.TryComplete();
    }
}
