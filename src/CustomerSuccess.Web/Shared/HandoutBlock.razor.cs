using CustomerSuccess.Core.Documents;
using CustomerSuccess.Web.Shared.Charts;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared;

/// <summary>Shows a piece of a document as pages show such things.</summary>
public sealed partial class HandoutBlock
{
    private ChartBlock? _drawn;
    private Chart? _chart;

    [Parameter, EditorRequired]
    public DocumentBlock Block { get; set; } = default!;

    /// <summary>The address of what is behind a mark of a chart; null for nothing.</summary>
    [Parameter]
    public Func<ChartBlock, ChartPoint, string?>? Behind { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private EventCallback<ChartPoint> Down => Behind is { } behind && Block is ChartBlock { Key.Length: > 0 } chart ? EventCallback.Factory.Create<ChartPoint>(this, point => Open(behind(chart, point))) : default;

    protected override void OnParametersSet()
    {
        if (Block is ChartBlock block && !ReferenceEquals(block, _drawn))
        {
            (_drawn, _chart) = (block, Drawn(block));
        }
    }

    private void Open(string? address)
    {
        if (address is not null)
        {
            Navigation.NavigateTo(address);
        }
    }

    private static Chart Drawn(ChartBlock block) => new()
    {
        // a band about bars is read as a curve of its own: what has an interval is a line here
        Kind = block.Kind == DocumentChartKind.Bars && block.Series.All(series => series.Low.Count == 0) ? ChartKind.Bar : ChartKind.Line,
        YMin = block.Kind == DocumentChartKind.Bars && block.Series.Any(series => series.Low.Count > 0) ? 0 : null,
        Title = block.Title,
        YTitle = block.Unit,
        YFormat = block.Format switch { DocumentChartFormat.Percent => ChartFormat.Percent, DocumentChartFormat.Score => ChartFormat.Score, _ => ChartFormat.Number },
        Categories = block.Categories,
        Days = block.Days,
        Series = [.. block.Series.Select((series, i) => new ChartSeries(series.Name, series.Values, Colour: i + 1) { Low = series.Low, High = series.High })],
    };

    private static string? LinkOf(TableBlock table, IReadOnlyList<string> row)
    {
        for (var i = 0; i < table.Links.Count; i++)
        {
            if (ReferenceEquals(table.Rows[i], row))
            {
                return table.Links[i];
            }
        }

        return null;
    }
}
