using CustomerSuccess.Core.Goals;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Web.Shared.Wording;

namespace CustomerSuccess.Web.Shared.Charts;

/// <summary>Which measure a line draws: goals for it are drawn beside it.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Scope">The accounts that the line speaks of; only goals for the same ones belong to it.</param>
/// <param name="Factor">By what the measure's values are multiplied on the chart, such as −1 where losses are drawn below zero.</param>
public sealed record ChartMeasure(GoalMeasure Measure, GoalScope Scope, double Factor = 1);

/// <summary>Goals along the days of a chart: the way to each target of a measure that the chart draws. Charts of one page share one reading.</summary>
public sealed class ChartGoals(GoalQuery goals, CurrentViewer current, GoalWords words, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private Task<IReadOnlyList<Goal>>? _read;
    private DateTimeOffset _readAt;

    /// <summary>The chart with a dashed line for each goal; the same chart where it has none.</summary>
    public async ValueTask<Chart> WithAsync(Chart chart)
    {
        if (chart.Days.Count == 0 || chart.Series.All(series => series.Measure is null))
        {
            return chart;
        }

        var now = clock.GetUtcNow();
        if (_read is not { IsFaulted: false } || now - _readAt > Fresh)
        {
            (_read, _readAt) = (StandingAsync(), now);
        }

        return With(chart, await _read, words);
    }

    /// <summary>The chart with the goals among these that belong to it.</summary>
    internal static Chart With(Chart chart, IReadOnlyList<Goal> goals, GoalWords words)
    {
        var lines = new List<ChartSeries>();
        foreach (var (series, at) in chart.Series.Select((series, at) => (series, at)))
        {
            foreach (var goal in goals.Where(goal => series.Measure is { } drawn && goal.Measure == drawn.Measure && goal.Scope == drawn.Scope))
            {
                var path = goal.Path;
                IReadOnlyList<double?> values = [.. chart.Days.Select(day => path.On(day) * series.Measure!.Factor)];
                if (values.Any(value => value is not null))
                {
                    lines.Add(new ChartSeries(words.GoalLine(goal), values, ChartKind.Line, series.Colour ?? (at % 7) + 1, Dashed: true));
                }
            }
        }

        if (lines.Count == 0)
        {
            return chart;
        }

        var drawn = lines.SelectMany(line => line.Values).OfType<double>().ToList();
        return chart with
        {
            Series = [.. chart.Series, .. lines],
            YMin = chart.YMin is { } low ? Math.Min(low, drawn.Min()) : null,
            YMax = chart.YMax is { } high ? Math.Max(high, drawn.Max()) : null,
        };
    }

    private async Task<IReadOnlyList<Goal>> StandingAsync() => await current.FindAsync() is { } viewer ? await goals.StandingAsync(viewer) : [];
}
