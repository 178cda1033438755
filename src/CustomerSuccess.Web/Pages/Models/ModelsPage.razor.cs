using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Models;

/// <summary>How good the predictions are, shown from the models' cards.</summary>
public sealed partial class ModelsPage : IDisposable
{
    private const string TrainCommand = "./cs train";

    private readonly CancellationTokenSource _life = new();
    private bool _loading = true;
    private bool _failed;

    /// <summary><c>churn</c> or <c>upsell</c>.</summary>
    [SupplyParameterFromQuery(Name = "target")]
    public string? TargetKey { get; set; }

    /// <summary>The version that is looked at; absent for the newest.</summary>
    [SupplyParameterFromQuery(Name = "version")]
    public string? Version { get; set; }

    /// <summary>The past month that is looked into, such as <c>2025-06</c>; absent for none.</summary>
    [SupplyParameterFromQuery(Name = "month")]
    public string? Month { get; set; }

    [Inject]
    private ModelsViewModel View { get; set; } = default!;

    [Inject]
    private ILogger<ModelsPage> Log { get; set; } = default!;

    private Target Target => TargetKey == "upsell" ? Target.Upsell : Target.Churn;

    private string? Answer => _loading || _failed ? null
        : View.Shown is { } shown ? ModelWords.Verdict(shown.Card, Text)
        : Text["AnswerEmpty"].Value;

    private IReadOnlyList<LinkTabs.Tab> Tabs => [new("churn", Text["Churn"], "/models"), new("upsell", Text["Upsell"], "/models?target=upsell")];

    protected override Task OnInitializedAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        if (!_loading && !_failed)
        {
            try
            {
                await ShowAsync();
            }
            catch (OperationCanceledException) when (_life.IsCancellationRequested)
            {
                // the reader has left
            }
        }
    }

    private Task ShowAsync()
    {
        View.Show(Target, Version);
        return View.LookIntoAsync(DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? MonthEnds.OnOrAfter(month) : null, _life.Token);
    }

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
            await ShowAsync();
            _loading = false;
        }
        catch (OperationCanceledException) when (_life.IsCancellationRequested)
        {
            // the reader has left
        }
        catch (Exception error)
        {
            Log.LogError(error, "The models could not be read");
            (_loading, _failed) = (false, true);
        }
    }

    private async Task PromoteAsync(string version)
    {
        await View.PromoteAsync(version, _life.Token);
        StateHasChanged();
    }

    private async Task RollBackAsync(string version)
    {
        await View.RollBackAsync(version, _life.Token);
        StateHasChanged();
    }
}
