using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Core.Features.FeatureNames;

namespace CustomerSuccess.Engine.Features;

/// <summary>
/// Computes features of accounts at any days, in one ordered pass over each kind of fact that yields all days at once.
/// A feature at t sees facts dated up to t and nothing else. All passes see one state of the database.
/// Memory holds the table asked for, one account's facts, and the times of champions.
/// </summary>
public sealed class BuildFeatures(Database database, SettingsStore settings)
{
    /// <summary>Days of use that decide which metrics have features of their own.</summary>
    private const int MetricWindow = 91;

    /// <summary>
    /// The features of a company, fixed by its data up to a day: of its metrics those with the most days of use in the 91 days up to it, by name where equal.
    /// A model is trained and served with one catalogue: fix it on the last training date.
    /// </summary>
    /// <param name="fixedOn">The day.</param>
    /// <param name="features">Names of features that must be in it, such as the columns of a served model: their metrics are taken instead of choosing.</param>
    /// <param name="cancellation">Stops the query.</param>
    public async Task<FeatureCatalogue> CatalogueAsync(DateOnly fixedOn, IEnumerable<string>? features = null, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        return await CatalogueAsync(snapshot, fixedOn, features, cancellation);
    }

    /// <summary>A row for every account at every day.</summary>
    /// <param name="accounts">Internal account numbers; null for all.</param>
    /// <param name="asOf">The days.</param>
    /// <param name="catalogue">What to compute; null for the catalogue fixed on the last of the days.</param>
    /// <param name="cancellation">Stops between buffers and accounts.</param>
    /// <exception cref="InvalidOperationException">A rate to the reporting currency is missing.</exception>
    public async Task<FeatureTable> RunAsync(IReadOnlyList<int>? accounts, IReadOnlyList<DateOnly> asOf, FeatureCatalogue? catalogue = null, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        accounts ??= await snapshot.Context.Accounts.OrderBy(account => account.AccountNo).Select(account => account.AccountNo).ToListAsync(cancellation);
        var (accountNo, days) = FeatureRows.Grid(accounts, [.. asOf.Distinct().Order()]);
        return (await RunAsync(snapshot, accountNo, days, catalogue, withProducts: false, cancellation)).Accounts;
    }

    /// <summary>A row for every observation, in their order.</summary>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{int}?, IReadOnlyList{DateOnly}, FeatureCatalogue?, CancellationToken)"/>
    public async Task<FeatureTable> RunAsync(IReadOnlyList<Observation> observations, FeatureCatalogue? catalogue = null, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        return (await RunAsync(snapshot, [.. observations.Select(o => o.AccountNo)], [.. observations.Select(o => o.AsOf)], catalogue, withProducts: false, cancellation)).Accounts;
    }

    /// <summary>A row for every observation, in their order, and one for every product that its account pays for on its day; no products where contracts name fewer than two.</summary>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{int}?, IReadOnlyList{DateOnly}, FeatureCatalogue?, CancellationToken)"/>
    public async Task<(FeatureTable Accounts, ProductTable? Products)> RunWithProductsAsync(IReadOnlyList<Observation> observations, FeatureCatalogue? catalogue = null, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        return await RunAsync(snapshot, [.. observations.Select(o => o.AccountNo)], [.. observations.Select(o => o.AsOf)], catalogue, withProducts: true, cancellation);
    }

    /// <summary>What every observation's account was by contract and attributes, in their order, without reading what it did; features of use and the like are missing.</summary>
    /// <inheritdoc cref="RunAsync(IReadOnlyList{int}?, IReadOnlyList{DateOnly}, FeatureCatalogue?, CancellationToken)"/>
    public async Task<FeatureTable> DescribeAsync(IReadOnlyList<Observation> observations, FeatureCatalogue catalogue, CancellationToken cancellation = default)
    {
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        int[] accountNo = [.. observations.Select(o => o.AccountNo)];
        DateOnly[] asOf = [.. observations.Select(o => o.AsOf)];
        var columns = new FeatureColumns(catalogue, accountNo, asOf);
        if (accountNo.Length > 0)
        {
            var company = await settings.ReadAsync(cancellation);
            var rates = new CurrencyRates(company.Currency, await snapshot.Context.ExchangeRates.ToListAsync(cancellation));
            var pass = new FeaturePass(snapshot, FeatureRows.Of(accountNo, asOf), columns, rates, company);
            await ContractPass.RunAsync(pass, cancellation);
            await AttributePass.RunAsync(pass, cancellation);
        }

        return columns.ToTable();
    }

    private async Task<(FeatureTable Accounts, ProductTable? Products)> RunAsync(Snapshot snapshot, int[] accountNo, DateOnly[] asOf, FeatureCatalogue? catalogue, bool withProducts, CancellationToken cancellation)
    {
        catalogue ??= await CatalogueAsync(snapshot, asOf.Length > 0 ? asOf.Max() : DateOnly.MaxValue, null, cancellation);
        var columns = new FeatureColumns(catalogue, accountNo, asOf);
        if (accountNo.Length == 0)
        {
            return (columns.ToTable(), null);
        }

        var company = await settings.ReadAsync(cancellation);
        var rates = new CurrencyRates(company.Currency, await snapshot.Context.ExchangeRates.ToListAsync(cancellation));
        var pass = new FeaturePass(snapshot, FeatureRows.Of(accountNo, asOf), columns, rates, company);
        if (withProducts && await CompanyProducts.CatalogueAsync(snapshot.Context, asOf.Max(), cancellation) is { IsSplit: true } products)
        {
            pass.Products = new ProductPass(pass, products, await CompanyProducts.OfMetricsAsync(snapshot.Context, products, cancellation));
        }

        var champions = new ChampionPass(pass);
        var usageFrom = await UsageFromAsync(snapshot, cancellation);
        await champions.RunAsync(cancellation);
        await ContractPass.RunAsync(pass, cancellation);
        pass.Products?.Begin(usageFrom);
        await InquiryPass.RunAsync(pass, champions, cancellation);
        await SurveyPass.RunAsync(pass, champions, cancellation);
        await PaymentPass.RunAsync(pass, cancellation);
        await TouchPass.RunAsync(pass, cancellation);
        await PurchasePass.RunAsync(pass, cancellation);
        await AttributePass.RunAsync(pass, cancellation);
        var metrics = await snapshot.Context.Metrics.ToDictionaryAsync(metric => metric.Name, metric => metric.MetricId, StringComparer.Ordinal, cancellation);
        new UsagePass(pass, champions, usageFrom, metrics).Run(snapshot, cancellation);
        champions.Finish();
        FillUsersPerSeat(columns);
        var table = columns.ToTable();
        return (table, pass.Products?.ToTable(table));
    }

    private static void FillUsersPerSeat(FeatureColumns columns)
    {
        var (users, seats, quotient) = (columns.Numbers(Users28), columns.Numbers(Seats), columns.Numbers(UsersPerSeat));
        for (var row = 0; row < quotient.Length; row++)
        {
            quotient[row] = seats[row] > 0 ? users[row] / seats[row] : double.NaN;
        }
    }

    /// <summary>The first day of usage of the company: one seek for each account rather than a scan of the whole table.</summary>
    private static async Task<DateOnly?> UsageFromAsync(Snapshot snapshot, CancellationToken cancellation)
    {
        var context = snapshot.Context;
        return await context.Accounts
            .Select(account => context.Usage.Where(usage => usage.AccountNo == account.AccountNo).Min(usage => (DateOnly?)usage.Day))
            .MinAsync(cancellation);
    }

    private static async Task<FeatureCatalogue> CatalogueAsync(Snapshot snapshot, DateOnly fixedOn, IEnumerable<string>? features, CancellationToken cancellation)
    {
        var context = snapshot.Context;
        var attributes = (await context.Attributes.Where(attribute => attribute.Record == "accounts").ToListAsync(cancellation))
            .Where(AttributePass.IsFeature).Select(attribute => KeyValuePair.Create(attribute.Name, attribute.Type));
        if (features is not null)
        {
            return new FeatureCatalogue(FeatureCatalogue.MetricsOf(features), attributes);
        }

        var after = fixedOn.DayNumber > MetricWindow ? fixedOn.AddDays(-MetricWindow) : DateOnly.MinValue;
        var used = await (
            from account in context.Accounts
            join usage in context.Usage on account.AccountNo equals usage.AccountNo
            where usage.Day > after && usage.Day <= fixedOn && usage.Count > 0
            group usage by usage.MetricId into metric
            select new { MetricId = metric.Key, Rows = metric.LongCount() }).ToListAsync(cancellation);
        var names = await context.Metrics.ToDictionaryAsync(metric => metric.MetricId, metric => metric.Name, cancellation);
        return new FeatureCatalogue(
            used.Select(metric => (metric.Rows, Name: names[metric.MetricId])).OrderByDescending(metric => metric.Rows).ThenBy(metric => metric.Name, StringComparer.Ordinal)
                .Take(FeatureCatalogue.MostMetrics).Select(metric => metric.Name),
            attributes);
    }
}
