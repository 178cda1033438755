using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Models;

/// <summary>The trained models of one target, and the one that is looked at.</summary>
public sealed class ModelsViewModel(ModelRegistry registry, BacktestQuery backtests, WatchModels watch, SettingsStore settingsStore, CurrentViewer current)
{
    private const int MostReports = 100;

    private readonly Dictionary<(Target, string?), string?> _former = [];
    private readonly Dictionary<(Target, string?), ServingModel> _serving = [];
    private IReadOnlyList<RegisteredModel> _all = [];
    private IReadOnlyList<ModelEvent> _events = [];
    private IReadOnlyList<WatchedModel> _watched = [];

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
        _events = await registry.EventsAsync(cancellation: cancellation);
        _watched = await watch.ListAsync(most: MostReports, cancellation: cancellation);
        MayChange = (await current.GetAsync()).IsIn(Roles.Administrator, Roles.CsOperations);
        foreach (var kind in _all.Select(model => (model.Target, model.Product)).Distinct())
        {
            _former[kind] = await registry.FormerAsync(kind.Target, kind.Product, cancellation);
            _serving[kind] = await registry.LoadServingAsync(kind.Target, kind.Product, cancellation);
        }
    }

    /// <summary>Looks at a target's model: the one of a version, else the newest training, which says what holds now.</summary>
    public void Show(Target target, string? version)
    {
        Target = target;
        // of products, the model of all of them says most
        Shown = Versions.FirstOrDefault(model => model.Version == version) ?? Versions.FirstOrDefault(model => model.Product is null) ?? (Versions is [var newest, ..] ? newest : null);
    }

    /// <summary>True where models of dropped products were trained.</summary>
    public bool HasProducts => _all.Any(model => model.Target == Target.ProductChurn);

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
    public RegisteredModel? Champion => Versions.FirstOrDefault(model => model.Status == ModelStatus.Champion && model.Product == Shown?.Product);

    /// <summary>True where the reader may change which model is in use.</summary>
    public bool MayChange { get; private set; }

    /// <summary>What became of the target's models, the newest first.</summary>
    public IReadOnlyList<ModelEvent> Events => [.. _events.Where(happened => happened.Target == Target)];

    /// <summary>The newest report on the target; null where there is none.</summary>
    public WatchedModel? Watched => _watched.FirstOrDefault(watched => watched.Target == Target);

    /// <summary>Reports on the target that raised an alarm, the newest first.</summary>
    public IReadOnlyList<WatchedModel> Alarms => [.. _watched.Where(watched => watched.Target == Target && watched.Level == WatchLevel.Alarm)];

    /// <summary>The version that was in use before; null where there is none.</summary>
    public string? Former => _former.GetValueOrDefault((Target, Shown?.Product));

    /// <summary>What serves the target, with what was refused as damaged.</summary>
    public ServingModel? Serving => _serving.GetValueOrDefault((Target, Shown?.Product));

    /// <summary>The model that is looked at, where it may be put in use; else null.</summary>
    public RegisteredModel? Challenger => Shown is { Status: ModelStatus.Challenger or ModelStatus.Retired, Verdict: Verdict.Skilled } shown && shown.Version != Former ? shown : null;

    /// <summary>Puts a version in use and reads everything again.</summary>
    public async Task PromoteAsync(string version, CancellationToken cancellation)
    {
        await registry.PromoteAsync(await current.GetAsync(), Target, version, cancellation);
        await ReloadAsync(version, cancellation);
    }

    /// <summary>Puts a former version in use again and reads everything again.</summary>
    public async Task RollBackAsync(string version, CancellationToken cancellation)
    {
        await registry.RollBackAsync(await current.GetAsync(), Target, version, cancellation);
        await ReloadAsync(version, cancellation);
    }

    private async Task ReloadAsync(string version, CancellationToken cancellation)
    {
        await LoadAsync(cancellation);
        Show(Target, version);
    }
}
