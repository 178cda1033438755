using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Models;

/// <summary>How good the predictions are, shown from the models' cards.</summary>
public sealed partial class ModelsPage
{
    private const string TrainCommand = "./cs train";

    /// <summary><c>churn</c>, <c>upsell</c> or <c>product_churn</c>.</summary>
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

    private Target Target => TargetKey switch { "upsell" => Target.Upsell, "product_churn" => Target.ProductChurn, _ => Target.Churn };

    private string? Answer => !IsReady ? null
        : View.Shown is { } shown ? ModelWords.Verdict(shown.Card, Text)
        : Text["AnswerEmpty"].Value;

    // products have models only where contracts name two
    private IReadOnlyList<LinkTabs.Tab> Tabs =>
    [
        new("churn", Text["Churn"], "/models"),
        new("upsell", Text["Upsell"], "/models?target=upsell"),
        .. View.HasProducts || Target == Target.ProductChurn ? [new LinkTabs.Tab("product_churn", Text["ProductChurn"], "/models?target=product_churn")] : Array.Empty<LinkTabs.Tab>(),
    ];

    private static bool HasPast(RegisteredModel shown) => shown.Card is { Hindsight.Months.Count: > 0 } or { Forecast: not null };

    private IReadOnlyList<SectionNav.Section> Sections(RegisteredModel shown) =>
    [
        new("verdict", Text["Section_verdict"]),
        .. shown.Card.Metrics is null ? (IEnumerable<SectionNav.Section>)[] :
        [
            new("accuracy", Text["Section_accuracy"]),
            .. HasPast(shown) ? (IEnumerable<SectionNav.Section>)[new("past", Text["Section_past"])] : [],
            new("inside", Text["Section_inside"]),
        ],
        new("versions", Text["Section_versions"]),
    ];

    protected override Task ReadAsync(CancellationToken cancellation) => View.LoadAsync(cancellation);

    protected override Task ChooseAsync(CancellationToken cancellation)
    {
        View.Show(Target, Version);
        return View.LookIntoAsync(DateOnly.TryParseExact(Month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? MonthEnds.OnOrAfter(month) : null, cancellation);
    }

    private async Task PromoteAsync(string version)
    {
        await View.PromoteAsync(version, Leaving);
        StateHasChanged();
    }

    private async Task RollBackAsync(string version)
    {
        await View.RollBackAsync(version, Leaving);
        StateHasChanged();
    }
}
