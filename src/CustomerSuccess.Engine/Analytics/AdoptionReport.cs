using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Which features keep customers. Everything dear was computed with the score run; here it is read and narrowed down.</summary>
public sealed class AdoptionReport(Database database, KeptSheets sheets, SettingsStore settings)
{
    public async Task<AdoptionOverview> OverviewAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var currency = (await settings.ReadAsync(cancellation)).Currency;
        await using var context = database.OpenContext();
        if (await context.RunFigures.AsNoTracking().Where(figure => figure.Name == RunFigure.Adoption).OrderByDescending(figure => figure.ScoreRunId).Select(figure => figure.HeadJson).FirstOrDefaultAsync(cancellation) is not { } json)
        {
            return new(null, null, currency);
        }

        var head = JsonSerializer.Deserialize<AdoptionHead>(json)!;
        if (await sheets.VisibleAsync(viewer, cancellation) is { } visible && await SheetAsync(context, cancellation) is { } sheet)
        {
            return new(head, AdoptionTally.Of(sheet, row => visible.Contains(sheet.Accounts[row])), currency);
        }

        return new(head, head.Whole, currency);
    }

    /// <summary>The customers behind a mark.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the stretch, 1–1000.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<AccountStretch<AdoptionAccount>> AccountsAsync(Viewer viewer, AdoptionAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        await using var context = database.OpenContext();
        if (await SheetAsync(context, cancellation) is not { } sheet)
        {
            return new([], 0, 0, null);
        }

        int PlaceOf(string? name) => name is null ? -1 : sheet.Head.Metrics.ToList().FindIndex(metric => metric.Metric == name);
        var (metric, other) = (PlaceOf(ask.Metric), PlaceOf(ask.With));
        if (metric < 0 || (ask.With is not null && other < 0))
        {
            return new([], 0, 0, null);
        }

        var visible = await sheets.VisibleAsync(viewer, cancellation);
        int[] rows = [.. Enumerable.Range(0, sheet.Rows).Where(row => visible?.Contains(sheet.Accounts[row]) != false && Has(sheet, ask, metric, row) && (other < 0 || sheet.Uses28(other, row)))];
        double Key(int row) => ask.Sort switch { AdoptionSort.Mrr => sheet.Mrr[row], AdoptionSort.Users => sheet.Users(metric, row), _ => sheet.Uses(metric, row) };
        int[] shown = [.. (ask.Ascending ? rows.OrderBy(Key) : rows.OrderByDescending(Key)).ThenBy(row => sheet.Accounts[row]).Skip(offset).Take(limit)];
        var names = await sheets.NamesAsync(viewer, [.. shown.Select(row => sheet.Accounts[row])], cancellation);
        return new(
            [
                .. shown.Where(row => names.ContainsKey(sheet.Accounts[row])).Select(row =>
                {
                    var (id, space, name) = names[sheet.Accounts[row]];
                    var delay = sheet.Delay(metric, row);
                    return new AdoptionAccount(sheet.Accounts[row], id, space, name, sheet.Mrr[row], sheet.Uses(metric, row), sheet.Users(metric, row), float.IsNaN(delay) || delay >= AdoptionSheet.Never ? null : (int)delay);
                }),
            ],
            rows.Length, rows.Sum(row => sheet.Mrr[row]), null);
    }

    private static bool Has(AdoptionSheet sheet, AdoptionAsk ask, int metric, int row)
    {
        if (ask.MonthsAgo is { } months)
        {
            return months is >= 0 and < AdoptionSheet.Months && sheet.UsedIn(metric, row, months);
        }

        var (delay, compared) = (sheet.Delay(metric, row), sheet.Compared(metric, row));
        return ask.Group switch
        {
            AdoptionGroup.Using => sheet.Uses28(metric, row),
            AdoptionGroup.NotUsing => sheet.Uses(metric, row) == 0 && sheet.IsCustomer(row),
            AdoptionGroup.Soon => delay <= 30,
            AdoptionGroup.Later => delay is > 30 and <= AdoptionSheet.FirstDays,
            AdoptionGroup.Never => delay > AdoptionSheet.FirstDays,
            AdoptionGroup.MatchedUsers => (compared & (ComparedAs.UserKept | ComparedAs.UserLeft)) != 0,
            AdoptionGroup.MatchedOthers => (compared & (ComparedAs.OtherKept | ComparedAs.OtherLeft)) != 0,
            AdoptionGroup.UsersLeft => (compared & ComparedAs.UserLeft) != 0,
            _ => (compared & ComparedAs.OtherLeft) != 0,
        };
    }

    private async Task<AdoptionSheet?> SheetAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        await context.RunFigures.Where(figure => figure.Name == RunFigure.Adoption).OrderByDescending(figure => figure.ScoreRunId).Select(figure => new { figure.ScoreRunId, figure.AsOf }).FirstOrDefaultAsync(cancellation) is { } newest
            ? await sheets.ReadAsync(newest.ScoreRunId, RunFigure.Adoption, newest.AsOf, (head, sheet) => new AdoptionSheet(JsonSerializer.Deserialize<AdoptionHead>(head)!, sheet), cancellation)
            : null;
}
