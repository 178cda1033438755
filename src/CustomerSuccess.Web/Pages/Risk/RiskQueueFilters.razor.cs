using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Risk;

/// <summary>What the queue is narrowed to and ordered by, each as a chip that can be taken away.</summary>
public sealed partial class RiskQueueFilters
{
    private static readonly IReadOnlyList<QueueChoice> Bands = [.. Enum.GetNames<HealthBand>().Select(name => new QueueChoice(name, -1))];

    private sealed record Chip(string Label, RiskQueueView Without);

    [Parameter, EditorRequired]
    public RiskQueueView View { get; set; } = default!;

    [Parameter, EditorRequired]
    public RiskQueueChoices Choices { get; set; } = default!;

    /// <summary>How many accounts match; null while that is not known.</summary>
    [Parameter]
    public int? Total { get; set; }

    [Parameter]
    public EventCallback<RiskQueueView> Changed { get; set; }

    private RiskQueueFilter Filter => View.Filter;

    private IEnumerable<Chip> Chips
    {
        get
        {
            Chip Of(string label, string? value, RiskQueueFilter without) =>
                new(value is null ? Text[label] : Text["Chip", Text[label], value], View with { Filter = without });
            if (Filter.Search is { } search)
            {
                yield return Of("Search", search, Filter with { Search = null });
            }

            if (Filter.Owner is { } owner)
            {
                yield return Of("Owner", owner, Filter with { Owner = null });
            }

            if (Filter.Segment is { } segment)
            {
                yield return Of("Segment", segment, Filter with { Segment = null });
            }

            if (Filter.Plan is { } plan)
            {
                yield return Of("Plan", plan, Filter with { Plan = null });
            }

            if (Filter.Band is { } band)
            {
                yield return Of("Health", Text[band.ToString()], Filter with { Band = null });
            }

            if (Filter.Play is { } play)
            {
                yield return Of("Step", Touches.Play(play), Filter with { Play = null });
            }

            if (Filter.State is { } state)
            {
                yield return Of("State", Text[state.ToString()], Filter with { State = null });
            }

            if (Filter.FitsToday)
            {
                yield return Of("FitsToday", null, Filter with { FitsToday = false });
            }

            if (Filter.HideHandled)
            {
                yield return Of("HideHandled", null, Filter with { HideHandled = false });
            }

            if (View.Sort != QueueSort.Rank || View.Descending)
            {
                yield return new(Text["Chip", Text["SortedBy"], Text["Sort" + View.Sort] + (View.Descending ? " ↓" : " ↑")], View with { Sort = QueueSort.Rank, Descending = false });
            }
        }
    }

    private static string? Value(ChangeEventArgs e) => e.Value is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static T? Read<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, out var value) ? value : null;

    private Task SetAsync(RiskQueueFilter filter) => Changed.InvokeAsync(View with { Filter = filter });
}
