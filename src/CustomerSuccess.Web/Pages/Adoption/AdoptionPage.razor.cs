using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Adoption;

/// <summary>Which features are used, and which of them go with staying.</summary>
public sealed partial class AdoptionPage
{
    [Inject]
    private AdoptionViewModel Model { get; set; } = default!;

    protected override string Path => AdoptionView.Path;

    // what is read does not depend on the address
    protected override object? Subject => AdoptionView.Path;

    private string? Answer
    {
        get
        {
            if (!IsReady || Model.Overview is not { Head: { } head } overview)
            {
                return IsReady ? Text["AnswerNone"].Value : null;
            }

            List<AdoptionMetric> keeping = [.. head.Metrics.Where(metric => overview.VerdictOf(metric) == AdoptionVerdict.Keeps).OrderByDescending(metric => metric.Comparison!.Difference)];
            return keeping is not [{ } first, ..] ? Text[overview.Compared == 0 ? "AnswerTooFew" : "AnswerNobody", Format.Count(overview.Compared)].Value
                : Text[keeping.Count == 1 ? "Answer" : "AnswerMany", first.Metric, Format.Percent(first.Comparison!.Kept, 0), Format.Percent(first.Comparison.ControlsKept, 0), Format.Count(head.Followed), Format.Count(keeping.Count - 1)].Value;
        }
    }

    protected override AdoptionView Parse(ListAddress address) => AdoptionView.Parse(address);

    protected override Task ReadAsync(CancellationToken cancellation) => Model.LoadAsync(cancellation);
}
