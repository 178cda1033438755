using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>What a list or a picture is narrowed by: a search, choices and switches, each that is set as a chip that takes it away, and how much is left.</summary>
public sealed partial class FilterBar : IDisposable
{
    private const string On = "1";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private CancellationTokenSource? _typing;

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

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    public void Dispose()
    {
        _typing?.Cancel();
        _typing?.Dispose();
    }

    private static string Labelled(FilterChoice choice) => choice.Count is { } count ? $"{choice.Label} ({Format.Count(count)})" : choice.Label;

    private static string? Words(ChangeEventArgs e) => e.Value is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>Searches when the reader pauses.</summary>
    private async Task TypedAsync(string key, ChangeEventArgs e)
    {
        if (_typing is not null)
        {
            await _typing.CancelAsync();
            _typing.Dispose();
        }

        var typing = _typing = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, Clock, typing.Token);
            await SetAsync(key, Words(e));
        }
        catch (OperationCanceledException)
        {
            // the reader types on, or has left
        }
    }

    private async Task SetAsync(string key, string? value)
    {
        if (_typing is not null)
        {
            await _typing.CancelAsync();
        }

        var now = Filters.FirstOrDefault(filter => filter.Key == key);
        if ((now is ToggleFilter toggle ? toggle.On ? On : null : (now as SearchFilter)?.Value ?? (now as ChoiceFilter)?.Value) != value)
        {
            await Changed.InvokeAsync(new(key, value));
        }
    }
}
