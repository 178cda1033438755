namespace CustomerSuccess.Web.Startup;

public enum StepStatus
{
    Waiting,
    Running,
    Done,
    Failed,
}

/// <summary>A step before the application is ready.</summary>
/// <param name="Code">Its label in the resources of the preparing page.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Detail">What it is at, such as a file's name and a row count; null where there is nothing to say.</param>
public sealed record PreparationStep(string Code, StepStatus Status, string? Detail);

/// <summary>How far the preparation is; written by it, read by the page that waits.</summary>
public sealed class PreparationProgress
{
    private readonly Lock _gate = new();
    private List<PreparationStep> _steps = [];
    private string? _error;
    private bool _ready;

    /// <summary>The steps, the error that stopped them (null where none did), and whether the application may be used.</summary>
    public (IReadOnlyList<PreparationStep> Steps, string? Error, bool IsReady) Read()
    {
        lock (_gate)
        {
            return ([.. _steps], _error, _ready);
        }
    }

    internal void Plan(IEnumerable<string> codes)
    {
        lock (_gate)
        {
            _steps = [.. codes.Select(code => new PreparationStep(code, StepStatus.Waiting, null))];
        }
    }

    internal void Report(string code, StepStatus status, string? detail = null)
    {
        lock (_gate)
        {
            var at = _steps.FindIndex(step => step.Code == code);
            _steps[at] = new PreparationStep(code, status, detail);
        }
    }

    internal void Fail(string code, string error)
    {
        lock (_gate)
        {
            var at = _steps.FindIndex(step => step.Code == code);
            _steps[at] = _steps[at] with { Status = StepStatus.Failed };
            _error = error;
        }
    }

    internal void Finish()
    {
        lock (_gate)
        {
            _ready = true;
        }
    }
}
