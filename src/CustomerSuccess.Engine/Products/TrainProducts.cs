using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Products;

/// <summary>What is known when models of dropped products are trained.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Company">The settings.</param>
/// <param name="Rule">Lead, horizon and grace.</param>
/// <param name="Known">Accounts at month ends with their labels.</param>
/// <param name="KnownUntil">The day up to which facts were known.</param>
/// <param name="MayKeepLeak">True for columns that may be learned from although they give the outcome away.</param>
/// <param name="IsScreened">True for columns that must show evidence of their own where outcomes are few.</param>
/// <param name="Capacity">Accounts that CSMs can contact at each as-of date, of the share that was drawn.</param>
internal sealed record ProductTraining(TrainRequest Request, CompanySettings Company, LabelRule Rule, IReadOnlyList<Observation> Known, DateOnly KnownUntil, Func<string, bool> MayKeepLeak, Func<string, bool> IsScreened, Func<double, Task<double>> Capacity)
{
    /// <summary>True where no target was trained before it, so that predictions have the file to themselves.</summary>
    public bool IsFirst { get; init; }
}

/// <summary>Registers what was trained, and says what became of it.</summary>
internal delegate Task<TrainReport> Decide(LabelledTable data, TrainingTask task, TrainedModel trained, ChampionContest? general, CancellationToken cancellation);

/// <summary>
/// Learns which products are dropped by accounts that stay: one model over all products, the product among its features,
/// and one of its own for each product with enough outcomes, which serves where it beats the other on the same later rows.
/// Rows are products of accounts that pay for more than one.
/// </summary>
internal sealed class TrainProducts(Database database, BuildFeatures features, ModelRegistry registry, TimeProvider clock)
{
    /// <summary>Rows that are read at most: beyond, whole accounts are drawn.</summary>
    private const int MostRows = 400_000;

    /// <returns>One report for each model; none where contracts name fewer than two products, or nobody pays for two.</returns>
    public async Task<IReadOnlyList<TrainReport>> RunAsync(ProductTraining asked, Decide decide, Action<string> progress, CancellationToken cancellation)
    {
        var labelled = (await ProductObservations.OfAsync(database, asked.Company, asked.Known, asked.Rule, cancellation)).Where(product => product.Products > 1 && product.Dropped is not null).ToList();
        if (labelled.Count == 0)
        {
            return [];
        }

        var share = Math.Min(1, (double)MostRows / labelled.Count);
        if (share < 1)
        {
            var seed = new TrainingPlan().Seed;
            labelled = [.. labelled.Where(product => SeededRandom.Of(seed, product.AccountNo).NextUInt64() < share * ulong.MaxValue)];
        }

        progress($"products: Computing features of {labelled.Count.ToString("N0", CultureInfo.InvariantCulture)} products of accounts");
        var (data, rowProducts) = await ReadAsync(labelled, asked, cancellation);
        List<TrainReport> reports = [];
        var pooled = await FitAsync(data, rowProducts, null, asked, share, progress, cancellation);
        if (asked.Request.PredictionsPath is { } path && pooled.Trained.Scores is { } scores)
        {
            await WritePredictionsAsync(asked.IsFirst ? path : $"{path}.product_churn.csv", data, rowProducts, scores, cancellation);
        }

        reports.Add(await decide(data, pooled.Task, pooled.Trained, null, cancellation));
        var general = await registry.LoadTestedChampionAsync(Target.ProductChurn, cancellation);
        foreach (var product in rowProducts.DistinctBy(product => product.Key).OrderBy(product => product.Key, StringComparer.Ordinal))
        {
            int[] rows = [.. Enumerable.Range(0, data.Rows).Where(row => rowProducts[row].Key == product.Key)];
            var split = TimeSplit.Of([.. rows.Select(row => data.Table.AsOf[row])], asked.Rule.Span, asked.Request.TestFrom);
            if (product.Key == ProductKey.Unnamed || rows.Length == data.Rows || Verdicts.AreTooFew(data.OutcomesIn(split.Train.Select(r => rows[r])), data.OutcomesIn(split.Test.Select(r => rows[r]))))
            {
                continue;
            }

            var own = Take(data, rows);
            var (task, trained) = await FitAsync(own, [.. rows.Select(row => rowProducts[row])], product, asked, share, progress, cancellation);
            var contest = general is not { } all || trained.Scores is null ? null : ChampionContest.Of(all.Registered, all.Tested, own, task, trained);
            reports.Add(await decide(own, task, trained, contest, cancellation));
        }

        return reports;
    }

    private async Task<(LabelledTable Data, IReadOnlyList<Product> Products)> ReadAsync(List<ProductObservation> labelled, ProductTraining asked, CancellationToken cancellation)
    {
        // which metrics have columns of their own must not be known from the test
        var split = TimeSplit.Of([.. labelled.Select(product => product.AsOf)], asked.Rule.Span, asked.Request.TestFrom);
        var fixedOn = split.Train.Length > 0 ? split.Train.Max(r => labelled[r].AsOf) : labelled.Min(product => product.AsOf);
        var wanted = labelled.Select(product => (product.AccountNo, product.AsOf)).ToHashSet();
        Observation[] accounts = [.. asked.Known.Where(account => wanted.Contains((account.AccountNo, account.AsOf)))];
        var table = (await features.RunWithProductsAsync(accounts, await features.CatalogueAsync(fixedOn, null, cancellation), cancellation)).Products!;
        var row = Enumerable.Range(0, table.Rows).ToDictionary(r => (table.Table.AccountNo[r], table.Table.AsOf[r], table.KeyOf(r)));
        ProductObservation[] known = [.. labelled
            .Where(product => row.ContainsKey((product.AccountNo, product.AsOf, product.Product)))
            .OrderBy(product => product.AsOf).ThenBy(product => product.AccountNo).ThenBy(product => product.Product, StringComparer.Ordinal)];
        int[] rows = [.. known.Select(product => row[(product.AccountNo, product.AsOf, product.Product)])];
        var numbers = new Dictionary<(int, string, DateOnly?), int>();
        var events = known.Select(product =>
        {
            if (product.Dropped != true)
            {
                return -1;
            }

            var key = (product.AccountNo, product.Product, product.EndedOn);
            return numbers.TryGetValue(key, out var number) ? number : numbers[key] = numbers.Count;
        });
        var data = new LabelledTable(table.Table.Take(rows), [.. known.Select(product => product.Dropped == true)], [.. events], [.. known.Select(_ => 1.0)]);
        return (asked.Request.ShuffleSeed is { } seed ? data.Shuffle(seed) : data, [.. rows.Select(r => table.Catalogue.Products[table.Product[r]])]);
    }

    private async Task<(TrainingTask Task, TrainedModel Trained)> FitAsync(LabelledTable data, IReadOnlyList<Product> products, Product? own, ProductTraining asked, double share, Action<string> progress, CancellationToken cancellation)
    {
        var word = own is null ? "products" : own.Name;
        var task = new TrainingTask(
            Target.ProductChurn,
            await registry.NextVersionAsync(Target.ProductChurn, asked.KnownUntil, cancellation),
            asked.KnownUntil,
            new CardDefinition(asked.Rule.LeadDays, asked.Rule.HorizonDays, asked.Rule.GraceDays),
            asked.Request.TestFrom,
            await asked.Capacity(share),
            RuleScore.Of,
            asked.Request.ShuffleSeed,
            clock.GetUtcNow().UtcDateTime)
        {
            Budget = asked.Request.Budget ?? asked.Company.TrainingBudget,
            StopSearch = asked.Request.StopSearch,
            MayKeepLeak = asked.Request.KeepLeaks ? _ => true : asked.MayKeepLeak,
            IsScreened = asked.IsScreened,
        };
        var trained = await Task.Run(() => ModelTraining.Run(data, task, text => progress($"{word}: {text}"), cancellation), cancellation);
        trained = trained with { Card = trained.Card with { SampledShare = share, Product = own?.Name } };
        return (task, own is null ? JudgedWithin(data, products, trained) : trained);
    }

    /// <summary>A model of all products is judged by how well it tells accounts of one product apart: that products differ needs no model.</summary>
    private static TrainedModel JudgedWithin(LabelledTable data, IReadOnlyList<Product> products, TrainedModel trained)
    {
        var seed = new TrainingPlan().Seed;
        var within = trained.Scores is null ? null : WithinProducts.Of(data, products, trained.Scores, seed);
        var verdict = trained.Card.Verdict == Verdict.Skilled && within is not null ? within.Verdict : trained.Card.Verdict;
        return trained with
        {
            Card = trained.Card with { Products = CardProduct.Of(data, products, trained.Scores, seed), WithinProducts = within, Verdict = verdict, ServedHash = verdict == Verdict.Skilled ? trained.Card.ServedHash : null },
            Served = verdict == Verdict.Skilled ? trained.Served : null,
        };
    }

    private static LabelledTable Take(LabelledTable data, int[] rows) =>
        new(data.Table.Take(rows), [.. rows.Select(r => data.Labels[r])], [.. rows.Select(r => data.Events[r])], [.. rows.Select(r => data.Weights[r])]);

    private async Task WritePredictionsAsync(string path, LabelledTable data, IReadOnlyList<Product> products, TestScores scores, CancellationToken cancellation)
    {
        await using var context = database.OpenContext();
        var ids = await context.Accounts.Select(a => new { a.AccountNo, a.AccountId }).ToDictionaryAsync(a => a.AccountNo, a => a.AccountId, cancellation);
        await File.WriteAllLinesAsync(path, ["account_id,product,as_of,label,probability", .. scores.Rows.Select((r, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{Quoted(ids[data.Table.AccountNo[r]])},{Quoted(products[r].Name)},{data.Table.AsOf[r]:yyyy-MM-dd},{(data.Labels[r] ? 1 : 0)},{scores.Model[i]:R}"))], cancellation);
    }

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
