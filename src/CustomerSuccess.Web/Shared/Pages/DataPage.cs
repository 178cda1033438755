using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Pages;

/// <summary>
/// A page that reads before it shows: once its circuit stands, and anew whenever its <see cref="Subject"/> changes. What it
/// reads is cancelled when the reader leaves; a failure is logged and shown with a way to try again (<see cref="PageState"/>).
/// </summary>
public abstract class DataPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _life = new();
    private CancellationTokenSource? _reading;
    private (object? Subject, bool Known) _asked;

    /// <summary>True until what the page shows has been read.</summary>
    public bool Loading { get; private set; } = true;

    /// <summary>True where it could not be read.</summary>
    public bool Failed { get; private set; }

    /// <summary>True while an act runs: its buttons are disabled, a second act waits for the first.</summary>
    public bool Working { get; private set; }

    /// <summary>True where the page can show what it read.</summary>
    public bool IsReady => !Loading && !Failed;

    [Inject]
    protected Toasts Toasts { get; set; } = default!;

    [Inject]
    private ILoggerFactory Logs { get; set; } = default!;

    [Inject]
    private IStringLocalizer<DataPage> Words { get; set; } = default!;

    /// <summary>Cancelled when the reader leaves the page.</summary>
    protected CancellationToken Leaving => _life.Token;

    /// <summary>What the address asks for, compared by value: another subject is read anew. Null for a page with one subject.</summary>
    protected virtual object? Subject => null;

    /// <summary>Reads what the page needs before it can show anything.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellation);

    /// <summary>Chooses, out of what was read, what the address asks for. Called after reading and whenever the address changes.</summary>
    protected virtual Task ChooseAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Reads what may come after the first picture.</summary>
    protected virtual Task ReadRestAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Reads everything anew, as at the first time.</summary>
    public Task LoadAsync() => LoadAsync(isQuiet: false);

    /// <summary>Reads everything anew while what was read stays in sight. Where that fails it stays so, and the log says why.</summary>
    public Task ReadInSightAsync() => LoadAsync(isQuiet: IsReady);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_life.IsCancellationRequested)
        {
            _life.Cancel();
            _life.Dispose();
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            return;
        }

        if (!_asked.Known || !Equals(_asked.Subject, Subject))
        {
            _asked = (Subject, true);
            await LoadAsync();
        }
        else if (IsReady)
        {
            try
            {
                await ChooseAsync(Leaving);
            }
            catch (OperationCanceledException) when (_life.IsCancellationRequested)
            {
                // the reader has left
            }
            catch (Exception error)
            {
                Fail(error);
            }
        }
    }

    /// <summary>Shows the page as failed. The reader learns that it failed, the log why.</summary>
    protected void Fail(Exception error)
    {
        Logs.CreateLogger(GetType()).LogError(error, "{Page} could not be read", GetType().Name);
        (Loading, Failed) = (false, true);
        StateHasChanged();
    }

    /// <summary>Carries out an act of the reader's. While it runs another is not begun; where it fails a toast says so and the page stays as it is.</summary>
    protected async Task WorkAsync(Func<Task> work)
    {
        if (Working)
        {
            return;
        }

        Working = true;
        StateHasChanged();
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (UnauthorizedAccessException error)
        {
            Logs.CreateLogger(GetType()).LogWarning(error, "An act on {Page} was refused", GetType().Name);
            Toasts.Warn(Words["NotAllowed"]);
        }
        catch (Exception error)
        {
            Logs.CreateLogger(GetType()).LogError(error, "An act on {Page} failed", GetType().Name);
            Toasts.Fail(Words["NotDone"]);
        }
        finally
        {
            Working = false;
            if (!_life.IsCancellationRequested)
            {
                StateHasChanged();
            }
        }
    }

    private async Task LoadAsync(bool isQuiet)
    {
        // the circuit has gone: nobody reads any more
        if (_life.IsCancellationRequested)
        {
            return;
        }

        var reading = CancellationTokenSource.CreateLinkedTokenSource(_life.Token);
        if (_reading is { } former)
        {
            await former.CancelAsync();
        }

        _reading = reading;
        if (!isQuiet)
        {
            (Loading, Failed) = (true, false);
            StateHasChanged();
        }

        try
        {
            await ReadAsync(reading.Token);
            await ChooseAsync(reading.Token);
            reading.Token.ThrowIfCancellationRequested();
            Loading = false;
            StateHasChanged();
            await ReadRestAsync(reading.Token);
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            // the reader has left, or asks for something else
        }
        catch (Exception error)
        {
            // a read that was given up fails for nobody
            if (!ReferenceEquals(_reading, reading))
            {
                return;
            }

            if (isQuiet)
            {
                Logs.CreateLogger(GetType()).LogWarning(error, "{Page} could not be read anew", GetType().Name);
            }
            else
            {
                Fail(error);
            }
        }
        finally
        {
            if (ReferenceEquals(_reading, reading))
            {
                _reading = null;
            }

            reading.Dispose();
        }
    }
}
