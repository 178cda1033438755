using CustomerSuccess.Core.Activity;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Reports;

/// <summary>What a score run says of an account.</summary>
internal readonly record struct RunOf(double? Health, decimal ExpectedLoss, bool IsScored);

/// <summary>The newest score run.</summary>
/// <param name="ScoreRunId">Which.</param>
/// <param name="AsOf">Its day.</param>
/// <param name="Currency">Of its money.</param>
/// <param name="HasLoss">True where a model foretold.</param>
/// <param name="Accounts">By account number.</param>
internal sealed record RunBook(int ScoreRunId, DateOnly AsOf, string Currency, bool HasLoss, IReadOnlyDictionary<int, RunOf> Accounts);

/// <summary>Every account's health at month ends and on the day of a run.</summary>
/// <param name="ScoreRunId">The run up to which.</param>
/// <param name="Days">0–100 by day and account number.</param>
/// <param name="IsWhole">False while the past is still being filled in after the run.</param>
internal sealed record HealthBook(int ScoreRunId, IReadOnlyDictionary<DateOnly, Dictionary<int, double>> Days, bool IsWhole);

/// <summary>What reports need beside the company's books: touches, and the newest score run.</summary>
public sealed class ReportBooks : IDisposable
{
    private readonly Database _database;
    private readonly AccountShelf<DateOnly[]> _touches;
    private RunBook? _run;
    private HealthBook? _health;
    private volatile Tuple<string, IReadOnlyDictionary<int, string[]>>? _stays;

    public ReportBooks(Database database)
    {
        _database = database;
        _touches = new(database, (_, book, _) => Task.FromResult(book.Settings.TimeZone), TouchesAsync, (one, other) => one.AsSpan().SequenceEqual(other));
    }

    public void Dispose()
    {
        _touches.Dispose();
    }

    /// <summary>The days of every account's touches.</summary>
    internal Task<Shelf<DateOnly[]>> TouchesAsync(CompanyBook book, CancellationToken cancellation) => _touches.ForAsync(book, cancellation);

    /// <summary>By account, the saved segments that it is in.</summary>
    /// <param name="context">Where to read.</param>
    /// <param name="stamp">Tells the state of the segments: their members change with nothing but a counting.</param>
    /// <param name="segments">Those that there are.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal async Task<IReadOnlyDictionary<int, string[]>> StaysAsync(CustomerSuccessContext context, string stamp, IReadOnlySet<string> segments, CancellationToken cancellation)
    {
        if (_stays is not { } known || known.Item1 != stamp)
        {
            var texts = segments.ToDictionary(id => id, StringComparer.Ordinal);
            var stays = await context.SegmentStays.Where(stay => stay.LeftOn == null).Select(stay => new { stay.AccountNo, stay.SegmentId }).ToListAsync(cancellation);
            _stays = known = Tuple.Create(stamp, (IReadOnlyDictionary<int, string[]>)stays.Where(stay => texts.ContainsKey(stay.SegmentId)).GroupBy(stay => stay.AccountNo)
                .ToDictionary(own => own.Key, own => own.Select(stay => texts[stay.SegmentId]).Distinct().ToArray()));
        }

        return known.Item2;
    }

    /// <summary>The newest run; null before the first.</summary>
    internal async Task<RunBook?> RunAsync(CancellationToken cancellation)
    {
        await using var context = _database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return null;
        }

        if (_run is not { } known || known.ScoreRunId != run.ScoreRunId)
        {
            var scores = await context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId).Select(score => new { score.AccountNo, score.Health, score.ExpectedLoss, score.State }).ToListAsync(cancellation);
            _run = known = new(run.ScoreRunId, run.AsOf, ScoreRunQuery.SettingsOf(run).Currency, !run.IsFallback,
                scores.ToDictionary(score => score.AccountNo, score => new RunOf(score.Health, score.ExpectedLoss ?? 0, score.State == Core.Risk.ScoreState.Scored)));
        }

        return known;
    }

    /// <summary>Health at month ends, for as long as the run stands after which it was filled in. The run's figures are kept after that.</summary>
    internal async Task<HealthBook> HealthAsync(RunBook run, CancellationToken cancellation)
    {
        if (_health is not { IsWhole: true } known || known.ScoreRunId != run.ScoreRunId)
        {
            await using var context = _database.OpenContext();
            var isWhole = await context.RunFigures.AnyAsync(figure => figure.ScoreRunId == run.ScoreRunId, cancellation);
            var earliest = run.AsOf.AddMonths(-Core.Reports.ReportDefinition.MostMonths);
            var points = context.HealthPoints.AsNoTracking().Where(point => point.Total != null && point.AsOf >= earliest && point.AsOf <= run.AsOf).Select(point => new { point.AccountNo, point.AsOf, Total = point.Total!.Value });
            var days = new Dictionary<DateOnly, Dictionary<int, double>>();
            await foreach (var point in points.AsAsyncEnumerable().WithCancellation(cancellation))
            {
                // beside month ends only the run's own day is told
                if (point.AsOf == run.AsOf || point.AsOf.AddDays(1).Day == 1)
                {
                    (days.TryGetValue(point.AsOf, out var day) ? day : days[point.AsOf] = []).Add(point.AccountNo, point.Total);
                }
            }

            _health = known = new(run.ScoreRunId, days, isWhole);
        }

        return known;
    }

    private static async Task<Dictionary<int, DateOnly[]>> TouchesAsync(Snapshot snapshot, CompanyBook book, string zone, int[]? which, CancellationToken cancellation)
    {
        var calendar = new CompanyCalendar(zone);
        var rows = await snapshot.Context.Touches.Where(touch => touch.VoidedBy == null && (which == null || which.Contains(touch.AccountNo))).Select(touch => new { touch.AccountNo, touch.At }).ToListAsync(cancellation);
        return rows.GroupBy(row => row.AccountNo).ToDictionary(own => own.Key, own => own.Select(row => calendar.Day(row.At)).ToArray());
    }
}
