using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Portfolios;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Portfolios;

namespace CustomerSuccess.Web.Pages.Portfolios;

/// <summary>Who is given which accounts: by rules, and by hand-overs.</summary>
public sealed class PortfoliosViewModel(AssignmentRules rules, Handovers handovers, AccountOwners owners, RiskQueueQuery queue, OwnerChoices people, SettingsStore settings, CurrentViewer current, TimeProvider clock)
{
    /// <summary>Accounts or hand-overs that are read at once.</summary>
    public const int PageRows = 20;

    private Viewer? _viewer;

    public CompanySettings Settings { get; private set; } = new();

    public DateOnly Today => Settings.Today(clock);

    public bool MayManage => _viewer?.MayManage == true;

    /// <summary>The viewer's own address, in lower case.</summary>
    public string? Own => _viewer?.Email?.ToLowerInvariant();

    public OwnerChoices People => people;

    public IReadOnlyList<AssignmentRule> Rules { get; private set; } = [];

    public AssignmentPreview Preview { get; private set; } = new([], [], 0);

    /// <summary>What rules can ask for.</summary>
    public RiskQueueChoices Choices { get; private set; } = new([], [], [], [], []);

    public Capped<HandoverEntry> Handovers { get; private set; } = new(0, []);

    public async Task StartAsync(CancellationToken cancellation)
    {
        _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        await people.ReadAsync(cancellation);
    }

    public async Task ReadRulesAsync(CancellationToken cancellation)
    {
        var viewer = await current.GetAsync();
        Rules = await rules.ListAsync(cancellation);
        Preview = await rules.PreviewAsync(viewer, cancellation);
        Choices = await queue.ChoicesAsync(viewer, cancellation);
        await people.ReadAsync(cancellation);
    }

    public async Task<ActResult<AssignmentRule>> SaveAsync(AssignmentRule? rule, AssignmentRuleDraft draft) => rule is null
        ? await rules.AddAsync(await current.GetAsync(), draft)
        : await rules.EditAsync(await current.GetAsync(), rule.RuleId, draft, rule.Version);

    public async Task<ActResult<AssignmentRule>> SetDeletedAsync(AssignmentRule rule, bool isDeleted) => await rules.SetDeletedAsync(await current.GetAsync(), rule.RuleId, isDeleted);

    public async Task MoveAsync(AssignmentRule rule, bool isUp) => await rules.MoveAsync(await current.GetAsync(), rule.RuleId, isUp);

    public async Task<ActResult<OwnersChanged>> RunRulesAsync() => await rules.RunAsync(await current.GetAsync());

    public async Task<ActResult<OwnersChanged>> TakeBackAsync(OwnersChanged changed) => await owners.UndoAsync(await current.GetAsync(), changed.Changed);

    public async Task ReadHandoversAsync(int rows, CancellationToken cancellation) => Handovers = await handovers.ListAsync(await current.GetAsync(), 0, rows, cancellation);

    public async Task<ActResult<HandoverPlan>> PlanAsync(HandoverDraft draft, CancellationToken cancellation) => await handovers.PlanAsync(await current.GetAsync(), draft, cancellation);

    public async Task<ActResult<Handover>> HandOverAsync(HandoverDraft draft) => await handovers.RunAsync(await current.GetAsync(), draft);

    public async Task<HandoverEntry?> FindAsync(string handoverId, CancellationToken cancellation) => await handovers.FindAsync(await current.GetAsync(), handoverId, cancellation);

    public async Task<Capped<AccountBrief>?> BriefsAsync(string handoverId, string? to, int limit, CancellationToken cancellation) => await handovers.BriefsAsync(await current.GetAsync(), handoverId, to, 0, limit, cancellation);

    public async Task<ActResult<Handover>> EndAsync(string handoverId, bool isUndo) => isUndo
        ? await handovers.UndoAsync(await current.GetAsync(), handoverId)
        : await handovers.ReturnAsync(await current.GetAsync(), handoverId);

    /// <summary>True where the viewer may end a hand-over or take it back.</summary>
    public bool MayEnd(Handover handover) => !handover.IsOver && (MayManage || handover.FromEmail == Own);

    /// <summary>Addresses that choices of people offer.</summary>
    public IReadOnlyList<string> Known => [.. people.Sizes.Select(size => size.Email)];

    public Task<IReadOnlyList<FieldChoice>> FindPeopleAsync(string typed, CancellationToken cancellation) => people.FindAsync(typed, cancellation);
}
