using System.Threading.Channels;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Outreach;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Mail.Sending;

/// <summary>A message that a worker has taken on.</summary>
internal sealed record Claim(int AccountNo, string MailId);

/// <summary>
/// Keeps the books of one worker: before a message is handed over it is written down that it will be, and afterwards what the server said. Both wait for the commit.
/// A worker that dies leaves exactly those messages open that were being handed over. Whatever its connections want to write at one moment goes into one transaction.
/// </summary>
internal sealed class MailBook(Database database, LiveChanges live, TimeProvider clock, string worker)
{
    private const int MostAtOnce = 64;

    /// <summary>Others are waited for no longer than this, and no longer than a write takes.</summary>
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(25);

    /// <summary>Progress of many messages is told this often at most.</summary>
    private static readonly TimeSpan TellProgress = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, DateTime> _planned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _progress = new(StringComparer.Ordinal);
    private readonly Dictionary<Claim, long> _handedOver = [];
    private TimeSpan _writing;
    private TimeSpan _handing;
    private long _progressTold;
    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>What was done since the worker began.</summary>
    public SendTally Tally { get; } = new();

    private sealed record Turn(Claim? Finished, Delivery? Delivery, Claim? Starting, TaskCompletionSource<bool> Committed);

    /// <summary>Writes down how one message ended and that the next one begins; either may be missing.</summary>
    /// <returns>True where the next one may be handed over now; false where it may not, which is then written down as well.</returns>
    public Task<bool> TurnAsync(Claim? finished, Delivery? delivery, Claim? starting)
    {
        var turn = new Turn(finished, delivery, starting, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _turns.Writer.TryWrite(turn) ? turn.Committed.Task : Task.FromException<bool>(new InvalidOperationException("The books are closed."));
    }

    /// <summary>No more turns come; <see cref="KeepAsync"/> ends when all are written.</summary>
    public void Close() => _turns.Writer.TryComplete();

    /// <summary>Writes until the books are closed. A database that is away for a while is waited for: what the server has taken must not be forgotten.</summary>
    public async Task KeepAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        var batch = new List<Turn>();
        while (await MoreAsync(cancellation))
        {
            batch.Clear();
            Take(batch);
            await GatherAsync(batch, cancellation);
            var wait = TimeSpan.FromMilliseconds(100);
            while (true)
            {
                try
                {
                    var began = clock.GetTimestamp();
                    var may = await WriteAsync(batch, cancellation);
                    _writing = clock.GetElapsedTime(began);
                    for (var i = 0; i < batch.Count; i++)
                    {
                        if (may[i])
                        {
                            _handedOver[batch[i].Starting!] = clock.GetTimestamp();
                        }

                        batch[i].Committed.SetResult(may[i]);
                    }

                    break;
                }
                catch (Exception error) when (error is System.Data.Common.DbException or DbUpdateException or InvalidOperationException or TimeoutException && !cancellation.IsCancellationRequested)
                {
                    failed(error);
                    await Task.Delay(wait, clock, cancellation);
                    wait = wait < TimeSpan.FromSeconds(5) ? wait * 2 : wait;
                }
            }
        }
    }

    private void Take(List<Turn> batch)
    {
        while (batch.Count < MostAtOnce && _turns.Reader.TryRead(out var turn))
        {
            if (turn.Finished is { } finished && _handedOver.Remove(finished, out var since))
            {
                _handing = (0.8 * _handing) + (0.2 * clock.GetElapsedTime(since));
            }

            batch.Add(turn);
        }
    }

    /// <summary>
    /// Waits for the connections that are handing something over, where the server answers sooner than the books are written: one transaction for several of them takes hardly longer
    /// than one for one. It waits for half of them alone, so that the server has the others' messages to take while the books are written. A server that is further away is not waited for.
    /// </summary>
    private async Task GatherAsync(List<Turn> batch, CancellationToken cancellation)
    {
        var patience = _writing < LongestGathering ? _writing : LongestGathering;
        if (batch.Count == 0 || _handedOver.Count == 0 || _handing > patience || patience <= TimeSpan.Zero)
        {
            return;
        }

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(patience);
        try
        {
            while (batch.Count < _handedOver.Count && batch.Count < MostAtOnce && await _turns.Reader.WaitToReadAsync(soon.Token))
            {
                Take(batch);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // whoever has not come yet comes with the next ones
        }
    }

    /// <summary>Waits for turns. While progress is still to be told, only so long: an empty batch then tells it.</summary>
    private async Task<bool> MoreAsync(CancellationToken cancellation)
    {
        if (_progress.Count == 0)
        {
            return await _turns.Reader.WaitToReadAsync(cancellation);
        }

        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(TellProgress);
        try
        {
            await _turns.Reader.WaitToReadAsync(soon.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // nothing came: time to tell
        }

        return true;
    }

    private async Task<bool[]> WriteAsync(List<Turn> batch, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var claims = batch.SelectMany(turn => new[] { turn.Finished, turn.Starting }).OfType<Claim>().ToList();
        var starting = batch.Select(turn => turn.Starting).OfType<Claim>().ToList();
        if (starting.Count > 0)
        {
            await ContactGate.LockAsync(context, cancellation);
        }

        // by the settings of this moment: a limit that was just set holds for the very next message, and one that was lifted for none
        var settings = await SettingsStore.ReadAsync(context, cancellation);
        var page = new BookPage(context, settings, now, new SendTally(), _planned, cancellation);
        if (claims.Count > 0)
        {
            await page.ReadAsync(claims, worker);
        }

        foreach (var turn in batch.Where(turn => turn.Finished is not null))
        {
            await page.FinishAsync(turn.Finished!, turn.Delivery!);
        }

        var may = await page.StartAsync(starting);
        await context.SaveChangesAsync(cancellation);
        _progress.UnionWith(page.Progress);
        var tells = _progress.Count > 0 && (batch.Count == 0 || clock.GetElapsedTime(_progressTold) >= TellProgress);
        if (tells)
        {
            page.Journal.AddRange(_progress.Select(origin => page.Entry(0, "progress", origin)));
        }

        if (page.Journal.Count > 0)
        {
            await JournalWriter.AppendAsync(context, page.Journal, cancellation);
            await context.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        Tally.Add(page.Tally);
        if (tells)
        {
            _progress.Clear();
            _progressTold = clock.GetTimestamp();
        }

        if (page.Journal.Count > 0)
        {
            live.Nudge();
        }

        return [.. batch.Select(turn => turn.Starting is { } claim && may.Contains(claim))];
    }
}
