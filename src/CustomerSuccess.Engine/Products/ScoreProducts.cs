using System.Text.Json;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

/// <summary>The models of dropped products that serve: one over all, and those of single products.</summary>
/// <param name="Pooled">Null where there is none.</param>
/// <param name="Own">By product.</param>
/// <param name="Damaged">Versions that were refused, with the reason.</param>
internal sealed record ProductModels(ChampionModel? Pooled, IReadOnlyDictionary<string, ChampionModel> Own, IReadOnlyList<DamagedModel> Damaged)
{
    public IEnumerable<ChampionModel> All => Own.Values.Prepend(Pooled!).Where(model => model is not null);

    /// <summary>The model that speaks of a product; null where none does.</summary>
    public ChampionModel? For(string product) => Own.GetValueOrDefault(product) ?? Pooled;

    /// <summary>Only models that predict within the same window as the account's probability, which they are added to.</summary>
    public static async Task<ProductModels> LoadAsync(ModelRegistry models, CompanySettings settings, CancellationToken cancellation)
    {
        bool Fits(ChampionModel model) => model.Card.Definition == new CardDefinition(settings.LeadDays, settings.HorizonDays, settings.GraceDays);
        var pooled = await models.LoadServingAsync(Target.ProductChurn, null, cancellation);
        List<DamagedModel> damaged = [.. pooled.Damaged];
        var own = new Dictionary<string, ChampionModel>(StringComparer.Ordinal);
        foreach (var product in await models.ProductsAsync(cancellation))
        {
            var serving = await models.LoadServingAsync(Target.ProductChurn, product, cancellation);
            damaged.AddRange(serving.Damaged);
            if (serving.Model is { } model && Fits(model))
            {
                own[product] = model;
            }
        }

        return new(pooled.Model is { } all && Fits(all) ? all : null, own, damaged);
    }
}

/// <summary>Scores the products of a run's accounts: health, risk, expected loss. It is done after the accounts', whose probability it builds on.</summary>
internal sealed class ScoreProducts(Database database, ProductModels models)
{
    private const int BlockRows = 4096;

    /// <summary>Reasons that are kept for a product.</summary>
    private const int MostDrivers = 5;

    /// <summary>Writes the scores and the day's points of products, and names each account's products in its score.</summary>
    /// <param name="run">The run, not finished yet.</param>
    /// <param name="table">Features of products as of the run's day.</param>
    /// <param name="scores">The accounts' scores, in the order of their rows.</param>
    /// <param name="inputs">Weights of health.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Rows of the table that each model was asked for.</returns>
    public async Task<IReadOnlyList<(ChampionModel Model, int[] Rows)>> RunAsync(ScoreRun run, ProductTable table, AccountScore[] scores, HealthInputs inputs, CancellationToken cancellation)
    {
        var (points, payers) = inputs.ProductsNow(table);
        var (rules, reader) = (RuleScore.Of(table.Table), new FeatureReader(table.Table));
        var products = new ProductScore[table.Rows];
        for (var row = 0; row < products.Length; row++)
        {
            var product = table.Catalogue.Products[table.Product[row]];
            var renews = reader.Number(FeatureNames.DaysToRenewal, row);
            products[row] = new ProductScore
            {
                ScoreRunId = run.ScoreRunId,
                AccountNo = table.Table.AccountNo[row],
                Product = product.Key,
                Name = product.Name,
                State = reader.Number(FeatureNames.NoticeShare, row) > 1 - 1e-9 ? ScoreState.Leaving : ScoreState.Scored,
                Mrr = (decimal)reader.Number(FeatureNames.Mrr, row),
                RenewsOn = double.IsNaN(renews) ? null : table.Table.AsOf[row].AddDays((int)renews),
                Told = table.Told[row],
                Payers = payers[row],
            };
            products[row].Set(points[row].ToHealth());
        }

        var asked = Ask(table, products, scores, reader);
        for (var row = 0; row < products.Length; row++)
        {
            Settle(products[row], scores[table.AccountRow[row]], reader.Number(FeatureNames.ProductsPaid, row), rules[row], () => JsonSerializer.Serialize(Drivers.OfRules(reader, row, _noReference).Take(MostDrivers), Driver.Json));
        }

        foreach (var own in Enumerable.Range(0, products.Length).GroupBy(row => table.AccountRow[row]))
        {
            scores[own.Key].Products = ProductKey.Join(own.Select(row => products[row].Product));
        }

        await WriteAsync(run.AsOf, products, points, cancellation);
        return asked;
    }

    /// <summary>Rule drivers of products are told without a typical value.</summary>
    private static readonly Dictionary<string, double> _noReference = [];

    /// <summary>Asks the models about products that an account may drop while it stays: it pays for several, and notice was given for neither it nor the product.</summary>
    private List<(ChampionModel Model, int[] Rows)> Ask(ProductTable table, ProductScore[] products, AccountScore[] scores, FeatureReader reader)
    {
        List<(ChampionModel Model, int[] Rows)> asked = [];
        var open = Enumerable.Range(0, products.Length).Where(row =>
            reader.Number(FeatureNames.ProductsPaid, row) > 1 && products[row].State == ScoreState.Scored && scores[table.AccountRow[row]].State == ScoreState.Scored);
        var parts = new ThemeParts([.. table.Table.Columns.Select(column => column.Name)]);
        foreach (var group in open.GroupBy(row => table.Product[row]))
        {
            if (models.For(products[group.First()].Product) is not { } model)
            {
                continue;
            }

            // what is typical is typical of the product
            int[] rows = [.. group];
            var medians = Drivers.Medians(table.Table.Take(rows));
            for (var from = 0; from < rows.Length; from += BlockRows)
            {
                int[] block = rows[from..Math.Min(rows.Length, from + BlockRows)];
                var part = table.Table.Take(block);
                var (predictions, own) = (model.Model.Predict(part), new FeatureReader(part));
                for (var i = 0; i < block.Length; i++)
                {
                    var product = products[block[i]];
                    (product.ModelId, product.DropProbability) = (model.ModelId, predictions[i].Probability);
                    product.DriversJson = JsonSerializer.Serialize(Drivers.Of(part, i, predictions[i].Points, medians, parts, own).Take(MostDrivers), Driver.Json);
                }
            }

            asked.Add((model, rows));
        }

        return [.. asked.GroupBy(own => own.Model.ModelId).Select(own => (own.First().Model, own.SelectMany(part => part.Rows).Order().ToArray()))];
    }

    private void Settle(ProductScore product, AccountScore account, double paid, double rule, Func<string> ruleDrivers)
    {
        var leaves = account.ChurnProbability;
        if (product.State == ScoreState.Leaving)
        {
            (product.Basis, product.ExpectedLoss) = (ProductRiskBasis.Notice, ProductRisk.ExpectedLoss(leaves, 1, product.Mrr));
            return;
        }

        product.RuleScore = rule;
        if (leaves is not { } p)
        {
            product.Basis = ProductRiskBasis.RuleScore;
            product.DriversJson = ruleDrivers();
            return;
        }

        product.Basis = product.DropProbability is not null ? (models.Own.ContainsKey(product.Product) ? ProductRiskBasis.OwnModel : ProductRiskBasis.PooledModel)
            : paid > 1 ? ProductRiskBasis.Account
            : ProductRiskBasis.OnlyProduct;
        product.Probability = ProductRisk.Lost(p, product.DropProbability ?? 0);
        product.ExpectedLoss = ProductRisk.ExpectedLoss(p, product.DropProbability, product.Mrr);
    }

    private async Task WriteAsync(DateOnly day, ProductScore[] products, ProductHealthPoint[] points, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        foreach (var some in products.Chunk(BlockRows))
        {
            await using var part = await context.Database.BeginTransactionAsync(cancellation);
            await context.InsertAllAsync(some, cancellation);
            await part.CommitAsync(cancellation);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        await context.ProductHealthPoints.Where(point => point.AsOf == day).ExecuteDeleteAsync(cancellation);
        await context.InsertAllAsync(points, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
