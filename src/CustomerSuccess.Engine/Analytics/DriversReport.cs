using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>What makes customers leave, by what it puts at stake, and who stays. Everything dear was computed with the score run; here it is read and narrowed down.</summary>
public sealed class DriversReport(Database database, KeptSheets sheets)
{
    private static readonly string[] AcquisitionWords = ["acquisition", "source", "channel", "referral", "campaign", "lead_", "獲得", "流入", "経路", "媒体", "紹介"];

    /// <summary>The newest run's reasons, their course, and who stayed.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="segment">Whose reasons; <see cref="RetentionScope.Unknown"/> for accounts of no segment, null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<DriversOverview> OverviewAsync(Viewer viewer, string? segment = null, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new(null, null, [], [], null, [], null, null, []);
        }

        var visible = await sheets.VisibleAsync(viewer, cancellation);
        var heads = (await context.RunFigures.AsNoTracking().Where(figure => figure.Name == RunFigure.Drivers && figure.ModelId == run.ChurnModelId && figure.AsOf <= run.AsOf)
            .OrderBy(figure => figure.AsOf).ThenBy(figure => figure.ScoreRunId).Select(figure => new { figure.ScoreRunId, figure.AsOf, figure.HeadJson }).ToListAsync(cancellation))
            .GroupBy(figure => figure.AsOf).Select(same => same.Last()).Select(figure => (figure.ScoreRunId, figure.AsOf, Head: JsonSerializer.Deserialize<DriverHead>(figure.HeadJson)!)).ToList();
        var head = heads.FirstOrDefault(figure => figure.AsOf == run.AsOf && figure.ScoreRunId == run.ScoreRunId).Head;
        var (whole, parts) = (head?.Whole, head?.Parts ?? []);
        if (visible is not null && await SheetAsync(run.ScoreRunId, run.AsOf, cancellation) is { } sheet)
        {
            bool Counts(int row) => visible.Contains(sheet.Accounts[row]);
            (whole, parts) = (DriverTally.Of(sheet, Counts), DriverTally.BySegment(sheet, Counts));
        }

        var (from, to, stays) = await StaysAsync(context, visible, cancellation);
        return new(
            ScoreRunQuery.Summary(run), segment is null ? whole : parts.FirstOrDefault(part => Is(part.Segment, segment)), parts, head?.Shapes ?? [], head?.BorneOut,
            visible is not null ? [] : [.. heads.Select(figure => (figure.AsOf, Part: segment is null ? figure.Head.Whole : figure.Head.Parts.FirstOrDefault(part => Is(part.Segment, segment)), figure.Head.Themes)).Where(month => month.Part is not null).Select(month => new DriverMonth(month.AsOf, month.Part!, month.Themes))],
            from, to, stays);
    }

    /// <summary>The accounts behind a mark.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the stretch, 1–1000.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<AccountStretch<DriverAccount>> AccountsAsync(Viewer viewer, DriverAccountsAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        Check(offset, limit);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new([], 0, 0, null);
        }

        var asOf = ask.AsOf ?? run.AsOf;
        var from = await context.RunFigures.Where(figure => figure.Name == RunFigure.Drivers && figure.ModelId == run.ChurnModelId && figure.AsOf == asOf).MaxAsync(figure => (int?)figure.ScoreRunId, cancellation);
        if (from is not { } number || await SheetAsync(number, asOf, cancellation) is not { } sheet)
        {
            return new([], 0, 0, null);
        }

        var visible = await sheets.VisibleAsync(viewer, cancellation);
        var theme = ask.Theme is null ? -1 : sheet.Head.Themes.ToList().IndexOf(ask.Theme);
        var shape = ask.Feature is null ? -1 : sheet.Head.Shapes.ToList().FindIndex(shape => shape.Feature == ask.Feature);
        if ((ask.Theme is not null && theme < 0) || (ask.Feature is not null && shape < 0))
        {
            return new([], 0, 0, null);
        }

        double Points(int row) => theme < 0 ? 0 : sheet.Points(theme)[row];
        int[] rows = [.. Enumerable.Range(0, sheet.Rows).Where(row =>
            visible?.Contains(sheet.Accounts[row]) != false
            && (ask.Segment is null || Is(sheet.Segment(row), ask.Segment))
            && (theme < 0 || (ask.Lowered ? Points(row) < 0 : ask.RaisedOnly ? Points(row) >= DriverTally.Least : shape >= 0 || Points(row) > 0))
            && (shape < 0 || ask.Place is null || PlaceOf(sheet.Head.Shapes[shape], sheet.Values(shape)[row]) == ask.Place)
            && (shape < 0 || ask.Bar is null || sheet.Head.Shapes[shape].BarOf(sheet.Values(shape)[row]) == ask.Bar))];
        var sign = ask.Lowered ? -1 : 1;
        double Key(int row) => ask.Sort switch { DriverSort.Mrr => sheet.Mrr[row], DriverSort.Points => sign * Points(row), DriverSort.Probability => sheet.Probability(row), _ => theme < 0 ? sheet.Probability(row) * sheet.Mrr[row] : sign * Points(row) * sheet.Mrr[row] };
        var sorted = (ask.Ascending ? rows.OrderBy(Key) : rows.OrderByDescending(Key)).ThenBy(row => sheet.Accounts[row]);
        int[] shown = [.. sorted.Skip(offset).Take(limit)];
        var names = await sheets.NamesAsync(viewer, [.. shown.Select(row => sheet.Accounts[row])], cancellation);
        return new(
            [
                .. shown.Where(row => names.ContainsKey(sheet.Accounts[row])).Select(row =>
                {
                    var (id, space, name) = names[sheet.Accounts[row]];
                    var value = shape < 0 || sheet.Head.Shapes[shape].Curve is null ? float.NaN : sheet.Values(shape)[row];
                    return new DriverAccount(
                        sheet.Accounts[row], id, space, name, sheet.Segment(row), sheet.Mrr[row], run.IsFallback ? null : sheet.Probability(row),
                        theme < 0 ? null : Points(row), theme < 0 || run.IsFallback ? null : Points(row) * sheet.Mrr[row], float.IsFinite(value) ? value : null);
                }),
            ],
            rows.Length, rows.Sum(row => sheet.Mrr[row]), theme < 0 || run.IsFallback ? null : rows.Sum(row => Points(row) * sheet.Mrr[row]));
    }

    /// <summary>The followed customers behind a share.</summary>
    /// <inheritdoc cref="AccountsAsync"/>
    public async Task<AccountStretch<StayAccount>> StaysAsync(Viewer viewer, StayAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        Check(offset, limit);
        await using var context = database.OpenContext();
        if (await StaySheetAsync(context, cancellation) is not { } sheet || sheet.Head.Attributes.ToList().FindIndex(attribute => attribute.Name == ask.Attribute) is not (>= 0 and var attribute))
        {
            return new([], 0, 0, null);
        }

        var visible = await sheets.VisibleAsync(viewer, cancellation);
        int[] rows = [.. Enumerable.Range(0, sheet.Rows)
            .Where(row => visible?.Contains(sheet.Accounts[row]) != false && sheet.Value(attribute, row) == ask.Value && (ask.Stayed is null || sheet.Stayed(row) == ask.Stayed))
            .OrderByDescending(row => sheet.Mrr[row]).ThenBy(row => sheet.Accounts[row])];
        int[] shown = [.. rows.Skip(offset).Take(limit)];
        var names = await sheets.NamesAsync(viewer, [.. shown.Select(row => sheet.Accounts[row])], cancellation);
        return new(
            [.. shown.Where(row => names.ContainsKey(sheet.Accounts[row])).Select(row => names[sheet.Accounts[row]] is var (id, space, name) ? new StayAccount(sheet.Accounts[row], id, space, name, sheet.Value(attribute, row), sheet.Mrr[row], sheet.Stayed(row)) : null!)],
            rows.Length, rows.Sum(row => sheet.Mrr[row]), null);
    }

    /// <summary>The place of a value among the intervals or levels of a shape; −1 where it is missing.</summary>
    private static int PlaceOf(FeatureShape shape, float value) =>
        shape.Curve is { } curve ? AccumulatedEffect.IntervalOf(curve.Edges, value) : float.IsFinite(value) ? (int)value : -1;

    private static bool Is(string? segment, string asked) => (segment ?? RetentionScope.Unknown) == asked;

    private static void Check(int offset, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
    }

    private Task<DriverSheet?> SheetAsync(int run, DateOnly asOf, CancellationToken cancellation) =>
        sheets.ReadAsync(run, RunFigure.Drivers, asOf, (head, sheet) => new DriverSheet(JsonSerializer.Deserialize<DriverHead>(head)!, sheet), cancellation);

    private async Task<StaySheet?> StaySheetAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        await context.RunFigures.Where(figure => figure.Name == RunFigure.Stays).OrderByDescending(figure => figure.ScoreRunId).Select(figure => new { figure.ScoreRunId, figure.AsOf }).FirstOrDefaultAsync(cancellation) is { } newest
            ? await sheets.ReadAsync(newest.ScoreRunId, RunFigure.Stays, newest.AsOf, (head, sheet) => new StaySheet(JsonSerializer.Deserialize<StayHead>(head)!, sheet), cancellation)
            : null;

    private async Task<(DateOnly? From, DateOnly? To, IReadOnlyList<StayTable> Stays)> StaysAsync(CustomerSuccessContext context, HashSet<int>? visible, CancellationToken cancellation)
    {
        if (await context.RunFigures.Where(figure => figure.Name == RunFigure.Stays).OrderByDescending(figure => figure.ScoreRunId).Select(figure => figure.HeadJson).FirstOrDefaultAsync(cancellation) is not { } json)
        {
            return (null, null, []);
        }

        var head = JsonSerializer.Deserialize<StayHead>(json)!;
        var parts = visible is not null && await StaySheetAsync(context, cancellation) is { } sheet
            ? [.. Enumerable.Range(0, head.Attributes.Count).Select(place => sheet.Parts(place, row => visible.Contains(sheet.Accounts[row])))]
            : head.Parts;
        var tables = head.Attributes.Zip(parts, (attribute, values) => new StayTable(attribute.Name, AcquisitionWords.Any(word => attribute.Name.Contains(word, StringComparison.OrdinalIgnoreCase)), values));
        return (head.From, head.To, [.. tables.Where(table => table.Parts.Count > 0).OrderByDescending(table => table.IsAcquisition)]);
    }
}
