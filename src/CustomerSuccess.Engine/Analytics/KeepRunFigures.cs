using System.Text.Json;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>
/// Computes, once a run is finished and its queue worked on, the dear figures that go with it: reasons at the month ends before it, as the model in use sees them,
/// what became of the customers of a year before, and use of the product's features. What was computed by another model goes.
/// </summary>
public sealed class KeepRunFigures(Database database, BuildObservations observations, BuildFeatures features, ModelRegistry models, CompanyBooks books)
{
    /// <summary>Month ends before the run that are looked at.</summary>
    public const int Months = 12;

    /// <summary>Accounts with a value more, at most, make an attribute of customers; with more values it is an id.</summary>
    private const int MostLevels = 40;

    /// <summary>Rows of features that are held at most: of large companies fewer month ends are looked back at, and the others come with time.</summary>
    private const int MostRows = 200_000;

    private static readonly int[] Spans = [12, 6, 3];

    /// <summary>Does what is missing.</summary>
    /// <param name="scoreRunId">A finished run.</param>
    /// <param name="progress">Called with each step.</param>
    /// <param name="cancellation">Ends the work between steps; what is written stays.</param>
    public async Task RunAsync(int scoreRunId, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        ScoreRun run;
        await using (var context = database.OpenContext())
        {
            run = await context.ScoreRuns.AsNoTracking().SingleAsync(r => r.ScoreRunId == scoreRunId, cancellation);
        }

        progress?.Invoke("reasons at earlier month ends");
        await MonthsAsync(run, cancellation);
        progress?.Invoke("who stayed");
        await StaysAsync(run, cancellation);
        progress?.Invoke("use of features");
        if (await AdoptionFigures.OfAsync(run, await books.OpenAsync(cancellation), database, cancellation) is { } adoption)
        {
            await SaveAsync(adoption, cancellation);
        }
    }

    private async Task MonthsAsync(ScoreRun run, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var kept = await context.RunFigures.AsNoTracking().Where(figure => figure.Name == RunFigure.Drivers).Select(figure => new { figure.ScoreRunId, figure.AsOf, figure.ModelId }).ToListAsync(cancellation);
        foreach (var old in kept.Where(figure => figure.ScoreRunId < run.ScoreRunId && (figure.ModelId != run.ChurnModelId || figure.AsOf == run.AsOf || MonthEnds.OnOrAfter(figure.AsOf) != figure.AsOf)))
        {
            await context.RunFigures.Where(figure => figure.Name == RunFigure.Drivers && figure.ScoreRunId == old.ScoreRunId && figure.AsOf == old.AsOf).ExecuteDeleteAsync(cancellation);
        }

        var model = (await models.LoadServingAsync(Target.Churn, cancellation)).Model;
        if (model?.ModelId != run.ChurnModelId)
        {
            return;
        }

        var known = kept.Where(figure => figure.ModelId == run.ChurnModelId).Select(figure => figure.AsOf).ToHashSet();
        List<Observation> rows = [];
        var day = new DateOnly(run.AsOf.Year, run.AsOf.Month, 1).AddDays(-1);
        for (var month = 0; month < Months; month++, day = new DateOnly(day.Year, day.Month, 1).AddDays(-1))
        {
            if (known.Contains(day))
            {
                continue;
            }

            var accounts = (await observations.AtAsync(day, cancellation: cancellation)).Where(account => !account.Leaving).ToList();
            if (accounts.Count == 0 || rows.Count + accounts.Count > MostRows)
            {
                break;
            }

            rows.AddRange(accounts);
        }

        if (rows.Count == 0)
        {
            return;
        }

        rows.Sort(static (a, b) => a.AccountNo != b.AccountNo ? a.AccountNo.CompareTo(b.AccountNo) : a.AsOf.CompareTo(b.AsOf));
        var catalogue = await features.CatalogueAsync(run.AsOf, model?.Model.Encoder.Columns.Select(column => column.Name), cancellation);
        var table = await features.RunAsync(rows, catalogue, cancellation);
        foreach (var month in Enumerable.Range(0, rows.Count).GroupBy(row => rows[row].AsOf).OrderByDescending(month => month.Key))
        {
            int[] own = [.. month];
            await SaveAsync(DriverFigures.OfMonth(run, month.Key, table.Take(own), [.. own.Select(row => (double)(rows[row].Mrr ?? 0))], model?.Model), cancellation);
        }
    }

    private async Task StaysAsync(ScoreRun run, CancellationToken cancellation)
    {
        if (run.ContractsUntil is not { } until)
        {
            return;
        }

        var to = MonthEnds.OnOrBefore(until < run.AsOf ? until : run.AsOf);
        foreach (var span in Spans)
        {
            var from = MonthEnds.OnOrAfter(new DateOnly(to.Year, to.Month, 1).AddMonths(-span));
            var then = await observations.AtAsync(from, cancellation: cancellation);
            if (then.Count == 0)
            {
                continue;
            }

            var still = (await observations.AtAsync(to, cancellation: cancellation)).Select(account => account.AccountNo).ToHashSet();
            var known = await features.CatalogueAsync(from, [], cancellation);
            var attributes = known.Attributes.Where(attribute => attribute.Value is AttributeType.Category or AttributeType.Flag).Select(attribute => FeatureNames.Attribute + attribute.Key).ToHashSet(StringComparer.Ordinal);
            var table = await features.DescribeAsync(then, known, cancellation);
            var columns = table.Columns.Where(column => column.Name is FeatureNames.Plan or FeatureNames.Product || attributes.Contains(column.Name)).Select(Categories).Where(column => column.Levels.Count is >= 1 and <= MostLevels).ToList();
            var sheet = StaySheet.Of(
                new(from, to, [.. columns.Select(column => new StayColumn(column.Name, column.Levels))]),
                table.AccountNo, [.. then.Select(account => (double)(account.Mrr ?? 0))], [.. then.Select(account => still.Contains(account.AccountNo))],
                [.. columns.Select(column => Array.ConvertAll(column.Codes!, code => (float)code))]);
            await SaveAsync(new RunFigure { ScoreRunId = run.ScoreRunId, Name = RunFigure.Stays, AsOf = run.AsOf, HeadJson = JsonSerializer.Serialize(sheet.Head), Sheet = sheet.Pack() }, cancellation);
            return;
        }
    }

    /// <summary>A flag is a category of two values.</summary>
    private static FeatureColumn Categories(FeatureColumn column) => column.Codes is not null
        ? column
        : FeatureColumn.OfCategories(column.Name, Array.ConvertAll(column.Numbers!, number => number switch { 0 => 0, 1 => 1, _ => -1 }), ["false", "true"]);

    /// <summary>Writes a figure in place of the earlier ones of its name, but for reasons, which are kept by month.</summary>
    private async Task SaveAsync(RunFigure figure, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        if (figure.Name == RunFigure.Drivers)
        {
            await context.RunFigures.Where(old => old.ScoreRunId == figure.ScoreRunId && old.Name == figure.Name && old.AsOf == figure.AsOf).ExecuteDeleteAsync(cancellation);
        }
        else
        {
            await context.RunFigures.Where(old => old.Name == figure.Name).ExecuteDeleteAsync(cancellation);
        }

        await context.InsertAllAsync([figure], cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
