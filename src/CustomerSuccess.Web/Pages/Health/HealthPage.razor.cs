using CustomerSuccess.Core.Health;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace CustomerSuccess.Web.Pages.Health;

/// <summary>Whether health tells who leaves, and by what weights and bands it is computed.</summary>
public sealed partial class HealthPage : IDisposable
{
    private const string ScoreCommand = "./cs score";

    private readonly CancellationTokenSource _life = new();
    private bool _loading = true;
    private bool _failed;
    private bool _working;

    [Inject]
    private HealthViewModel View { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private ILogger<HealthPage> Log { get; set; } = default!;

    private string? Answer => _loading || _failed ? null
        : View.Tested is not { } study ? Text["AnswerNone"].Value
        : Text["Answer_" + study.Bands.Order, [.. study.Bands.Bands.Select(band => (object)Format.Percent(band.Rate)), Format.Count(study.HorizonDays)]].Value;

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
    }

    private async Task LoadAsync()
    {
        (_loading, _failed) = (true, false);
        try
        {
            await View.LoadAsync(_life.Token);
            _loading = false;
            StateHasChanged();
            await View.LoadPortfolioAsync(_life.Token);
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Log.LogError(error, "Health could not be read");
            (_loading, _failed) = (false, true);
        }
    }

    private Task PreviewAsync() => WorkAsync(() => View.PreviewAsync(_life.Token));

    private Task SaveAsync(string? comment) => WorkAsync(async () => Told(await View.SaveAsync(comment, _life.Token)));

    private Task RestoreAsync(int schemeNo) => WorkAsync(async () => Told(await View.RestoreAsync(schemeNo, _life.Token)));

    private Task StudyAsync() => WorkAsync(async () => Told(await View.StudyAsync(_life.Token) ? "Studied" : "Busy"));

    private Task ScoreAsync() => WorkAsync(async () => Told(await View.ScoreAsync(_life.Token) ? "Scored" : "Busy"));

    private async Task WorkAsync(Func<Task> work)
    {
        _working = true;
        StateHasChanged();
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Log.LogError(error, "Health could not be changed");
            Snackbar.Add(Text["WorkFailed"], Severity.Error);
        }
        finally
        {
            _working = false;
        }
    }

    private void Told(SchemeOutcome outcome) => Snackbar.Add(Text["Told_" + outcome], outcome is SchemeOutcome.Saved or SchemeOutcome.Unchanged ? Severity.Normal : Severity.Warning);

    private void Told(string key) => Snackbar.Add(Text["Told_" + key], key == "Busy" ? Severity.Warning : Severity.Normal);
}
