using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace CustomerSuccess.Web.Pages.Health;

/// <summary>Whether health tells who leaves, and by what weights and bands it is computed.</summary>
public sealed partial class HealthPage
{
    private const string ScoreCommand = "./cs score";

    [Inject]
    private HealthViewModel View { get; set; } = default!;

    private string? Answer => !IsReady ? null
        : View.Tested is not { } study ? Text["AnswerNone"].Value
        : Text["Answer_" + study.Bands.Order, [.. study.Bands.Bands.Select(band => (object)Format.Percent(band.Rate)), Format.Count(study.HorizonDays)]].Value;

    protected override Task ReadAsync(CancellationToken cancellation) => View.LoadAsync(cancellation);

    protected override Task ReadRestAsync(CancellationToken cancellation) => View.LoadPortfolioAsync(cancellation);

    private Task PreviewAsync() => WorkAsync(() => View.PreviewAsync(Leaving));

    private Task SaveAsync(string? comment) => WorkAsync(async () => Told(await View.SaveAsync(comment, Leaving)));

    private Task RestoreAsync(int schemeNo) => WorkAsync(async () => Told(await View.RestoreAsync(schemeNo, Leaving)));

    private Task StudyAsync() => WorkAsync(async () => Told(await View.StudyAsync(Leaving) ? "Studied" : "Busy"));

    private Task ScoreAsync() => WorkAsync(async () => Told(await View.ScoreAsync(Leaving) ? "Scored" : "Busy"));

    private Task AssignAsync((string Metric, string? Product) part) => WorkAsync(async () => Told(await View.AssignAsync(part.Metric, part.Product, Leaving) switch
    {
        ActOutcome.Done or ActOutcome.Unchanged => "Assigned",
        ActOutcome.Conflict => "AssignedElsewhere",
        _ => "NotAssigned",
    }));

    private async Task ReadProductsAsync()
    {
        await View.LoadProductsAsync(Leaving);
        StateHasChanged();
    }

    private void Told(SchemeOutcome outcome) => Told(outcome.ToString(), outcome is SchemeOutcome.Saved or SchemeOutcome.Unchanged);

    private void Told(string key) => Told(key, key is not ("Busy" or "NotAssigned" or "AssignedElsewhere"));

    private void Told(string key, bool holds)
    {
        if (holds)
        {
            Toasts.Tell(Text["Told_" + key]);
        }
        else
        {
            Toasts.Warn(Text["Told_" + key]);
        }
    }
}
