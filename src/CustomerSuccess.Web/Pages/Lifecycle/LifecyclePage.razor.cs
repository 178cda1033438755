using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Lifecycle;

/// <summary>Where customers stand in their lives, whether there are more or fewer of them, and why.</summary>
public sealed partial class LifecyclePage
{
    [Inject]
    private LifecycleViewModel Model { get; set; } = default!;

    protected override string Path => LifecycleView.Path;

    private StageMonth? Now => Model.Overview is { Months: { Count: > 0 } months } ? months[^1] : null;

    private string? Answer => !IsReady ? null
        : Model.Overview is not { } overview || Now is not { } now ? Text["AnswerNone"].Value
        : overview.Months.Count < 2 ? Text["AnswerYoung", Format.Count(now.Active), Format.Day(now.End)].Value
        : Text["Answer", Format.Count(now.Active), Format.Day(now.End), LifecycleWords.WithSign(now.Active - now.ActiveBefore), Format.Count(now.Came), Format.Count(now.WonBack), Format.Count(now.Lost)].Value + " " + Verdict(overview);

    private IReadOnlyList<LinkTabs.Tab> Tabs =>
    [
        .. Enum.GetValues<LifecycleTab>().Where(part => part != LifecycleTab.Repeats || View.Part == part || Model.Overview is { HasPurchases: true })
            .Select(part => new LinkTabs.Tab(part.ToString().ToLowerInvariant(), Text["Part_" + part], (View with { Part = part }).ToAddress())),
    ];

    protected override LifecycleView Parse(ListAddress address) => LifecycleView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(View, cancellation);

    /// <summary>What the numbers mean: the alarm before all, else the flow that is out of the ordinary.</summary>
    private string Verdict(LifecycleOverview overview) =>
        overview.Indicators is { Count: > 0 } indicators && indicators[^1].IsAlarm ? Text["VerdictAlarm"]
        : overview.Diagnosis is not { } diagnosis ? Text["VerdictUnknown"]
        : diagnosis.Lost is { IsReal: true, Deviation: > 0 } ? Text["VerdictLost"]
        : diagnosis.Came is { IsReal: true, Deviation: < 0 } ? Text["VerdictCame"]
        : diagnosis.WonBack is { IsReal: true, Deviation: < 0 } ? Text["VerdictWonBack"]
        : Text["VerdictUsual"];

    private string Count(int accounts) => Text["ActiveCount", Format.Count(accounts)];

    private string File => View.Address(LifecycleView.Path + "/export.csv").ToString();
}
