using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>What a list or a picture is narrowed by: a search, choices and switches, each that is set as a chip that takes it away, and how much is left.</summary>
public sealed partial class FilterBar
{
    private const string On = "1", Until = "–";

    [Parameter, EditorRequired]
    public IReadOnlyList<Filter> Filters { get; set; } = [];

    /// <summary>How much is left; null while that is not known.</summary>
    [Parameter]
    public int? Total { get; set; }

    /// <summary>How much is left, in words; null prints the number alone.</summary>
    [Parameter]
    public Func<int, string>? CountText { get; set; }

    [Parameter]
    public EventCallback<FilterChange> Changed { get; set; }

    /// <summary>All are to be taken away.</summary>
    [Parameter]
    public EventCallback Cleared { get; set; }

    /// <summary>The order in words, as a chip; null for none.</summary>
    [Parameter]
    public string? Sort { get; set; }

    [Parameter]
    public EventCallback SortCleared { get; set; }

    /// <summary>Buttons at the end.</summary>
    [Parameter]
    public RenderFragment? Tools { get; set; }

    private static string Labelled(FilterChoice choice) => choice.Count is { } count ? $"{choice.Label} ({Format.Count(count)})" : choice.Label;

    /// <summary>A stretch by its place among those that are offered; all days for what is none.</summary>
    private Task ChooseAsync(PeriodFilter period, string? place) =>
        int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && chosen < period.Choices.Count ? Changed.InvokeAsync(period.Change(period.Choices[chosen].From, period.Choices[chosen].To)) : TakeAwayAsync(period);

    private Task TakeAwayAsync(Filter filter) => filter is PeriodFilter period ? Changed.InvokeAsync(period.Change(null, null)) : SetAsync(filter.Key, null);

    private Task SetAsync(string key, string? value) => Changed.InvokeAsync(new(key, value));
}
