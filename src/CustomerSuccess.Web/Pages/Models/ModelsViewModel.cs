using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Models;

/// <summary>The trained models of one target, and the one that is looked at.</summary>
public sealed class ModelsViewModel(ModelRegistry registry, BacktestQuery backtests, SettingsStore settingsStore, CurrentViewer current)
{
    private IReadOnlyList<RegisteredModel> _all = [];

    public CompanySettings Settings { get; private set; } = new();

    /// <summary>What is looked at.</summary>
    public Target Target { get; private set; }

    /// <summary>Models of the target, the newest first.</summary>
    public IReadOnlyList<RegisteredModel> Versions => [.. _all.Where(model => model.Target == Target)];

    /// <summary>The model that is looked at; null where nothing was trained for the target.</summary>
    public RegisteredModel? Shown { get; private set; }

    public async Task LoadAsync(CancellationToken cancellation)
    {
        Settings = await settingsStore.ReadAsync(cancellation);
        _all = await registry.ListAsync(cancellation: cancellation);
    }

    /// <summary>Looks at a target's model: the one of a version, else the newest training, which says what holds now.</summary>
    public void Show(Target target, string? version)
    {
        Target = target;
        Shown = Versions.FirstOrDefault(model => model.Version == version) ?? (Versions is [var newest, ..] ? newest : null);
    }

    /// <summary>The past month end that is looked into; null for none.</summary>
    public DateOnly? Month { get; private set; }

    /// <summary>Its accounts, by rank; null where no month is looked into.</summary>
    public IReadOnlyList<PastAccount>? Past { get; private set; }

    /// <summary>Fetches the accounts of a past month for the model that is looked at.</summary>
    public async Task LookIntoAsync(DateOnly? month, CancellationToken cancellation)
    {
        (Month, Past) = (null, null);
        if (month is { } asOf && Shown is { Card.Hindsight: not null } shown)
        {
            Past = await backtests.RunAsync(await current.GetAsync(), shown.ModelId, asOf, cancellation);
            Month = asOf;
        }
    }

    /// <summary>The model in use for the target; null where there is none.</summary>
    public RegisteredModel? Champion => Versions.FirstOrDefault(model => model.Status == ModelStatus.Champion);
}
