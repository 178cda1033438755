using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Health;

/// <summary>What one open page of health shows and does.</summary>
public sealed class HealthViewModel(HealthSchemes schemes, StudyHealth studies, HealthQuery health, ProductQuery products, ProductMetrics metrics, ScoreAccounts scoring, SettingsStore settingsStore, CurrentViewer current)
{
    /// <summary>Moves that a preview lists.</summary>
    public const int MostMoves = 50;

    /// <summary>One study or scoring at a time in this process.</summary>
    private static readonly SemaphoreSlim Turn = new(1, 1);

    public CompanySettings Settings { get; private set; } = new();

    public bool MayChange { get; private set; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HealthScheme> History { get; private set; } = [];

    public HealthScheme? InForce => History.Count > 0 ? History[0] : null;

    public HealthRule Rule => InForce?.Rule() ?? HealthRule.Default;

    public HealthStudy? Study { get; private set; }

    /// <summary>The study where it tested the version in force; null where that changed since.</summary>
    public HealthStudy? Tested => Study?.SchemeNo == (InForce?.SchemeNo ?? 0) ? Study : null;

    /// <summary>What outcomes teach, as a rule with the bands in force; null where there is nothing learned.</summary>
    public HealthRule? Learned => Study?.Learned?.In(Rule);

    public HealthOverview Overview { get; private set; } = new(null, 0, []);

    /// <summary>Null until it was fetched.</summary>
    public IReadOnlyList<PortfolioHealth>? Portfolio { get; private set; }

    /// <summary>By product, largest MRR first; none where contracts name fewer than two.</summary>
    public IReadOnlyList<ProductStanding> Products { get; private set; } = [];

    /// <summary>What is part of which product; read only where there are products.</summary>
    public IReadOnlyList<MetricPart> Metrics { get; private set; } = [];

    /// <summary>True where the reader may say what a metric is part of.</summary>
    public bool MayAssign { get; private set; }

    public HealthDraft Draft { get; private set; } = new(HealthRule.Default);

    /// <summary>What the draft would do; null until it was asked, and again once the draft changed.</summary>
    public HealthPreview? Preview { get; private set; }

    /// <summary>The rule that the draft says; null while it cannot hold.</summary>
    public HealthRule? Drafted => Draft.Rule(Rule);

    public bool IsChanged => Drafted is not { } rule || !rule.SameAs(Rule);

    /// <summary>True where the newest run was made by an earlier version.</summary>
    public bool IsScoreStale => Overview.AsOf is not null && Overview.SchemeNo != (InForce?.SchemeNo ?? 0);

    public async Task LoadAsync(CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        MayChange = HealthSchemes.MayChange(viewer);
        Settings = await settingsStore.ReadAsync(cancellation);
        History = await schemes.HistoryAsync(cancellation);
        Study = await studies.NewestAsync(cancellation);
        Overview = await health.OverviewAsync(viewer, cancellation);
        await LoadProductsAsync(cancellation);
        MayAssign = ProductMetrics.MayChange(viewer);
        ResetDraft();
    }

    public async Task LoadPortfolioAsync(CancellationToken cancellation) => Portfolio = await health.PortfolioAsync(await current.GetAsync(), cancellation);

    public void ResetDraft() => (Draft, Preview) = (new(Rule), null);

    /// <summary>The draft changed: what was previewed holds no longer.</summary>
    public void Touch() => Preview = null;

    public void UseLearned()
    {
        if (Learned is { } learned)
        {
            Draft.SetWeights(learned);
            Preview = null;
        }
    }

    public async Task PreviewAsync(CancellationToken cancellation)
    {
        if (Drafted is { } rule)
        {
            Preview = await health.PreviewAsync(await current.GetAsync(), rule, MostMoves, cancellation);
        }
    }

    /// <summary>Puts the draft in force.</summary>
    public async Task<SchemeOutcome> SaveAsync(string? comment, CancellationToken cancellation)
    {
        if (Drafted is not { } rule)
        {
            return SchemeOutcome.Invalid;
        }

        var result = await schemes.SaveAsync(await current.GetAsync(), rule, comment, InForce?.SchemeNo ?? 0, cancellation);
        await TestAsync(result, cancellation);
        return result.Outcome;
    }

    /// <summary>Says which product a metric is part of; null for none.</summary>
    public async Task<ActOutcome> AssignAsync(string metric, string? product, CancellationToken cancellation)
    {
        var result = await metrics.AssignAsync(await current.GetAsync(), metric, product, Metrics.FirstOrDefault(part => part.Metric == metric), cancellation);
        Metrics = await metrics.ListAsync(cancellation);
        return result.Outcome;
    }

    /// <summary>Reads the products anew, and leaves what is being drafted alone.</summary>
    public async Task LoadProductsAsync(CancellationToken cancellation)
    {
        Products = await products.StandingsAsync(await current.GetAsync(), cancellation);
        Metrics = Products.Count == 0 ? [] : await metrics.ListAsync(cancellation);
    }

    /// <summary>Brings back a version; 0 for equal weights.</summary>
    public async Task<SchemeOutcome> RestoreAsync(int schemeNo, CancellationToken cancellation)
    {
        var result = await schemes.RestoreAsync(await current.GetAsync(), schemeNo, null, cancellation);
        await TestAsync(result, cancellation);
        return result.Outcome;
    }

    /// <summary>Tests health against outcomes anew. False where the viewer may not, or such work is under way.</summary>
    public Task<bool> StudyAsync(CancellationToken cancellation) => InTurnAsync(() => studies.RunAsync(null, cancellation), cancellation);

    /// <summary>Scores all accounts by the version in force. False where the viewer may not, or such work is under way.</summary>
    public Task<bool> ScoreAsync(CancellationToken cancellation) => InTurnAsync(() => scoring.RunAsync(cancellation: cancellation), cancellation);

    /// <summary>A version that has come into force is tested at once; where that has to wait, the page says that it was not.</summary>
    private async Task TestAsync(SchemeResult result, CancellationToken cancellation)
    {
        if (result.Outcome != SchemeOutcome.Saved || !await StudyAsync(cancellation))
        {
            await LoadAsync(cancellation);
        }
    }

    private async Task<bool> InTurnAsync(Func<Task> work, CancellationToken cancellation)
    {
        if (!MayChange || !await Turn.WaitAsync(TimeSpan.Zero, cancellation))
        {
            return false;
        }

        try
        {
            await Task.Run(work, cancellation);
        }
        finally
        {
            Turn.Release();
        }

        await LoadAsync(cancellation);
        await LoadPortfolioAsync(cancellation);
        return true;
    }
}
