using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion;
using CustomerSuccess.Engine.Ingestion.Presets;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components.Forms;

namespace CustomerSuccess.Web.Pages.Imports;

/// <summary>Where an upload stands.</summary>
public enum UploadState
{
    /// <summary>Nothing was chosen yet.</summary>
    Choosing,

    /// <summary>Files are on their way to the server's disk.</summary>
    Receiving,

    /// <summary>Their first rows are being read.</summary>
    Looking,

    /// <summary>The preview is shown; nothing has been imported.</summary>
    Ready,
    Importing,

    /// <summary>Nothing was taken; the reason is told.</summary>
    Failed,
}

/// <summary>What was chosen besides the files.</summary>
public sealed record UploadOptions
{
    /// <summary>Name of a preset; empty for files in the contract's own shape.</summary>
    public string Preset { get; init; } = "";

    public DateOnly? CompleteUntil { get; init; }

    /// <summary>Name of a record; empty where names and headers tell.</summary>
    public string Record { get; init; } = "";

    /// <summary>Empty for detection.</summary>
    public string Encoding { get; init; } = "";

    public DayOrder DayOrder { get; init; }

    public bool CreateAccounts { get; init; }
}

/// <summary>Takes files to the server's disk, shows their first rows, and imports them. An import that has begun goes on when the page is left.</summary>
public sealed class UploadViewModel(ImportUpload upload, CurrentViewer current, TimeProvider clock, ILogger<UploadViewModel> log) : IDisposable
{
    /// <summary>Bytes of the largest file that is taken.</summary>
    public const long LargestFile = 4L << 30;

    /// <summary>Files that are taken at once.</summary>
    public const int MostFiles = 100;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    private TimeProvider Clock { get; } = clock;

    private UploadedFiles? _files;
    private CancellationTokenSource? _running;
    private bool _isLeft;
    private long _drawn;

    /// <summary>Names of the presets that may be chosen.</summary>
    public static IReadOnlyList<string> Presets => PresetCatalogue.Names;

    public UploadState State { get; private set; }

    public UploadOptions Options { get; private set; } = new();

    /// <summary>The file on its way, while receiving.</summary>
    public string? Receiving { get; private set; }

    public IReadOnlyList<ImportPreview> Previews { get; private set; } = [];

    /// <summary>How far the import is; null before the first report.</summary>
    public ImportProgress? Progress { get; private set; }

    /// <summary>A key of the page's resources.</summary>
    public string? Failure { get; private set; }

    /// <summary>What the engine says of it; null where it says nothing.</summary>
    public string? FailureDetail { get; private set; }

    /// <summary>True where at least one file could be imported.</summary>
    public bool MayImport => State == UploadState.Ready && Previews.Any(preview => preview is { Failure: null, Record: not null });

    /// <summary>Something changed that the page shows; may come from any thread.</summary>
    public event Action? Changed;

    public async Task ReceiveAsync(IReadOnlyList<IBrowserFile> files)
    {
        Discard();
        using var running = Begin(UploadState.Receiving);
        try
        {
            _files = await ImportUpload.ReceiveAsync(await current.GetAsync(), Open(files, running.Token), running.Token);
        }
        catch (OperationCanceledException)
        {
            State = UploadState.Choosing;
            return;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail("ReceiveFailed", error);
            return;
        }
        finally
        {
            (_running, Receiving) = (null, null);
            Tell();
        }

        await LookAsync();
    }

    /// <summary>Takes other options and reads the first rows again.</summary>
    public async Task ChangeAsync(UploadOptions options)
    {
        Options = options;
        if (_files is not null && State is UploadState.Ready or UploadState.Failed)
        {
            await LookAsync();
        }
    }

    /// <summary>Imports what the preview shows.</summary>
    /// <returns>The run's number; null where it did not come to its end.</returns>
    public async Task<int?> ImportAsync()
    {
        var viewer = await current.GetAsync();
        Progress = null;
        using var running = Begin(UploadState.Importing);
        var files = _files!;
        try
        {
            var result = await upload.ImportAsync(viewer, Request(files), new Reports(this), running.Token);
            State = UploadState.Choosing;
            return result.Run.ImportRunId;
        }
        catch (OperationCanceledException)
        {
            Fail("ImportCancelled", null);
            return null;
        }
        catch (FormatException error)
        {
            Fail("OptionsWrong", error);
            return null;
        }
        catch (Exception error)
        {
            log.LogError(error, "An import did not come to its end");
            Fail("ImportFailed", null);
            return null;
        }
        finally
        {
            _running = null;
            if (State == UploadState.Choosing || _isLeft)
            {
                Drop();
            }

            Tell();
        }
    }

    /// <summary>Ends what is under way. Files that are already being applied are carried to their end all the same.</summary>
    public void Cancel() => _running?.Cancel();

    /// <summary>Lets the uploaded files go.</summary>
    public void Discard()
    {
        Drop();
        (State, Failure, FailureDetail, Progress) = (UploadState.Choosing, null, null, null);
    }

    /// <summary>The page was left: nothing is kept but an import that has begun.</summary>
    public void Dispose()
    {
        _isLeft = true;
        if (State != UploadState.Importing)
        {
            _running?.Cancel();
            Drop();
        }
    }

    private async Task LookAsync()
    {
        using var running = Begin(UploadState.Looking);
        (Failure, FailureDetail) = (null, null);
        Tell();
        try
        {
            Previews = await upload.PreviewAsync(await current.GetAsync(), Request(_files!), running.Token);
            State = UploadState.Ready;
        }
        catch (OperationCanceledException)
        {
            Discard();
        }
        catch (FormatException error)
        {
            Fail("OptionsWrong", error);
        }
        finally
        {
            _running = null;
            Tell();
        }
    }

    private CancellationTokenSource Begin(UploadState state)
    {
        (State, Failure, FailureDetail) = (state, null, null);
        return _running = new CancellationTokenSource();
    }

    private void Fail(string key, Exception? error) => (State, Failure, FailureDetail) = (UploadState.Failed, key, error?.Message);

    private void Drop()
    {
        _files?.Dispose();
        (_files, Previews) = (null, []);
    }

    private void Tell() => Changed?.Invoke();

    private IEnumerable<(string Name, Stream Content)> Open(IReadOnlyList<IBrowserFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            Receiving = file.Name;
            Tell();
            using var content = file.OpenReadStream(LargestFile, cancellation);
            yield return (file.Name, content);
        }
    }

    private ImportRequest Request(UploadedFiles files) => new(files.Paths)
    {
        Preset = Options.Preset.Length > 0 ? Options.Preset : null,
        CompleteUntil = Options.CompleteUntil,
        Record = Options.Record.Length > 0 ? Options.Record : null,
        Encoding = Options.Encoding.Length > 0 ? Options.Encoding : null,
        DayOrder = Options.DayOrder,
        CreateAccounts = Options.CreateAccounts ? true : null,
    };

    private sealed class Reports(UploadViewModel owner) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            var phaseChanged = owner.Progress?.Phase != value.Phase;
            owner.Progress = value;
            if (phaseChanged || owner.Clock.GetElapsedTime(owner._drawn) >= Redraw)
            {
                owner._drawn = owner.Clock.GetTimestamp();
                owner.Tell();
            }
        }
    }

}
