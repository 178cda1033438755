using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

/// <summary>Health and risk by product, as the newest finished run says.</summary>
public sealed class ProductQuery(Database database, SettingsStore settingsStore)
{
    /// <summary>Every product over the accounts that the viewer may see, largest MRR first; none where contracts name fewer than two.</summary>
    public async Task<IReadOnlyList<ProductStanding>> StandingsAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var (good, watch) = (settings.HealthGood, settings.HealthWatch);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return [];
        }

        var scores = context.ProductScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId);
        if (viewer.OwnPortfolioOnly)
        {
            var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
            scores = scores.Where(score => visible.Contains(score.AccountNo));
        }

        var parts = await scores.GroupBy(score => new { score.Product, score.Name, score.Basis }).Select(own => new
        {
            own.Key,
            Accounts = own.Count(),
            Mrr = own.Sum(score => score.Mrr),
            Healthy = own.Count(score => score.Health != null),
            Sum = own.Sum(score => score.Health ?? 0),
            Good = own.Sum(score => score.Health >= good ? 1 : 0),
            Watch = own.Sum(score => score.Health >= watch && score.Health < good ? 1 : 0),
            Danger = own.Sum(score => score.Health < watch ? 1 : 0),
            Loss = own.Sum(score => score.ExpectedLoss ?? 0),
        }).ToListAsync(cancellation);
        return [.. parts.GroupBy(part => part.Key.Product).Select(own => new ProductStanding(
                own.Key,
                own.First().Key.Name,
                own.Sum(part => part.Accounts),
                own.Where(part => part.Key.Basis == ProductRiskBasis.Notice).Sum(part => part.Accounts),
                own.Sum(part => part.Mrr),
                own.Sum(part => part.Healthy) is > 0 and var healthy ? own.Sum(part => part.Sum) / healthy : null,
                own.Sum(part => part.Good),
                own.Sum(part => part.Watch),
                own.Sum(part => part.Danger),
                run.IsFallback ? null : own.Sum(part => part.Loss),
                own.Select(part => (ProductRiskBasis?)part.Key.Basis).FirstOrDefault(basis => basis is ProductRiskBasis.OwnModel or ProductRiskBasis.PooledModel or ProductRiskBasis.Account or ProductRiskBasis.RuleScore)))
            .OrderByDescending(product => product.Mrr).ThenBy(product => product.Product, StringComparer.Ordinal)];
    }

    /// <summary>The products of an account; null for an account that the viewer may not see.</summary>
    public async Task<AccountProducts?> OfAccountAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (!await context.Accounts.VisibleTo(viewer).AnyAsync(account => account.AccountNo == accountNo, cancellation))
        {
            return null;
        }

        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new([], null, null);
        }

        var scores = await context.ProductScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.AccountNo == accountNo).ToListAsync(cancellation);
        var leaves = await context.AccountScores.Where(score => score.ScoreRunId == run.ScoreRunId && score.AccountNo == accountNo).Select(score => score.ChurnProbability).FirstOrDefaultAsync(cancellation);
        var monthEnd = new DateOnly(run.AsOf.Year, run.AsOf.Month, 1).AddDays(-1);
        var before = await context.ProductHealthPoints.AsNoTracking().Where(point => point.AccountNo == accountNo && point.AsOf == monthEnd).ToDictionaryAsync(point => point.Product, point => point.Total, cancellation);
        var model = scores.Select(score => score.ModelId).FirstOrDefault(id => id is not null);
        return new(
            [.. scores.OrderByDescending(score => score.Mrr).ThenBy(score => score.Product, StringComparer.Ordinal).Select(score => new AccountProduct(
                score,
                HealthBands.Of(score.Health, settings),
                before.GetValueOrDefault(score.Product),
                JsonSerializer.Deserialize<List<Driver>>(score.DriversJson) ?? [])
            {
                DroppedAlone = leaves is { } p && score.DropProbability is { } dropped ? ProductRisk.DroppedAlone(p, dropped) : null,
            })],
            ProductLoss.Of(leaves, [.. scores.Select(score => (score.Mrr, score.DropProbability, score.Basis == ProductRiskBasis.Notice))]),
            model is null ? null : await context.Models.Where(m => m.ModelId == model).Select(m => m.Version).FirstOrDefaultAsync(cancellation));
    }
}
