using System.Globalization;
using CustomerSuccess.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CustomerSuccess.Web.Shared.Charts;

/// <summary>Draws a <see cref="Charts.Chart"/> with ApexCharts, with a table of the same values behind it. The only place that knows the chart library.</summary>
public sealed partial class ApexChart : IAsyncDisposable
{
    /// <summary>Kinds of files in which a chart is saved, by the names that they have everywhere.</summary>
    private const string Png = "PNG", Svg = "SVG";

    private ElementReference _canvas;
    private DotNetObjectReference<ApexChart>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _handle;
    private Chart? _shown;
    private bool _undrawn;
    private IReadOnlyList<ChartHappening> _happenings = [];
    private Chart? _read;
    private Chart? _drawn;

    [Parameter, EditorRequired]
    public Chart Chart { get; set; } = default!;

    /// <summary>True where the page shows the chart's numbers beside it; the chart's own table then waits for a chart that cannot be drawn.</summary>
    [Parameter]
    public bool HasTable { get; set; }

    /// <summary>The reader chooses a mark, by a click or, in the table behind the chart, by keyboard; none where nothing is behind the marks.</summary>
    [Parameter]
    public EventCallback<ChartPoint> Chosen { get; set; }

    [Inject]
    private ChartMarks Happened { get; set; } = default!;

    [Inject]
    private ChartGoals Goals { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    [Inject]
    private ILogger<ApexChart> Log { get; set; } = default!;

    /// <summary>The chart with its goals, once they are read.</summary>
    private Chart Drawn => ReferenceEquals(_read, Chart) ? _drawn! : Chart;

    private int Length => Chart.Xs.Count > 0 ? Chart.Xs.Count : Chart.Categories.Count;

    protected override async Task OnParametersSetAsync()
    {
        var chart = Chart;
        if (ReferenceEquals(_read, chart))
        {
            return;
        }

        var happenings = chart.Days.Count == 0 ? [] : await Happened.AlongAsync(chart.Days);
        var drawn = await Goals.WithAsync(chart);
        // meanwhile the page may have another chart, which is read by itself
        if (ReferenceEquals(chart, Chart))
        {
            (_read, _happenings, _drawn) = (chart, happenings, drawn);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (ReferenceEquals(_shown, Chart) || !ReferenceEquals(_read, Chart))
        {
            return;
        }

        _shown = Chart;
        try
        {
            _module ??= await Script.InvokeAsync<IJSObjectReference>("import", "./Shared/Charts/ApexChart.razor.js");
            if (_handle is null)
            {
                _handle = await _module.InvokeAsync<IJSObjectReference>("create", _canvas, Describe(Drawn, _happenings), Chosen.HasDelegate ? _self ??= DotNetObjectReference.Create(this) : null);
            }
            else
            {
                await _handle.InvokeVoidAsync("update", Describe(Drawn, _happenings));
            }
        }
        catch (JSDisconnectedException)
        {
            // the reader has left the page
        }
        catch (JSException error)
        {
            // the table behind the chart says the same
            Log.LogError(error, "A chart could not be drawn");
            _undrawn = true;
            StateHasChanged();
        }
    }

    /// <summary>Called by the module: a mark was clicked.</summary>
    [JSInvokable]
    public Task ChooseAsync(int series, int index) =>
        series >= 0 && series < Chart.Series.Count && index >= 0 && index < Length ? InvokeAsync(() => Chosen.InvokeAsync(new(series, index))) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _self?.Dispose();
        try
        {
            if (_handle is not null)
            {
                await _handle.InvokeVoidAsync("destroy");
                await _handle.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // nothing is left to tidy up in a browser that has gone
        }
    }

    /// <summary>Saves what is shown as a picture with its title and its legend.</summary>
    private async Task SaveAsync(string kind)
    {
        if (_handle is not null)
        {
            await _handle.InvokeVoidAsync("save", kind);
        }
    }

    private string Written(ChartSeries series, int row) => ChartText.Of(series.Values[row], Chart.YFormat) + (series.HasInterval && series.Low[row] is not null && series.High[row] is not null
        ? $" ({ChartText.Of(series.Low[row], Chart.YFormat)} – {ChartText.Of(series.High[row], Chart.YFormat)})"
        : "");

    /// <summary>The chart in plain values; the module turns them into the library's options.</summary>
    private static object Describe(Chart chart, IReadOnlyList<ChartHappening> happenings) => new
    {
        title = chart.Title,
        kind = chart.Kind.ToString(),
        series = chart.Series.Select(series => new { name = series.Name, values = series.Values, kind = (series.Kind ?? chart.Kind).ToString(), colour = series.Colour, dashed = series.Dashed, low = series.HasInterval ? series.Low : null, high = series.HasInterval ? series.High : null }),
        categories = chart.Categories,
        axisLabels = chart.AxisLabels,
        xs = chart.Xs,
        xFormat = chart.XFormat.ToString(),
        yFormat = chart.YFormat.ToString(),
        xTitle = chart.XTitle,
        yTitle = chart.YTitle,
        yMin = chart.YMin,
        yMax = chart.YMax,
        xMin = chart.XMin,
        xMax = chart.XMax,
        stacked = chart.Stacked,
        height = chart.Height,
        marks = chart.Marks.Select(mark => new { value = mark.Value, label = mark.Label }),
        events = chart.Events.Concat(happenings.Select(happened => new ChartEvent(happened.At, happened.Sign))).Select(happened => new { at = happened.At, label = happened.Label }),
        culture = CultureInfo.CurrentCulture.Name,
    };
}
