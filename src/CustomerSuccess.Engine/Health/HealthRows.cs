using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Products;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Health;

/// <summary>Accounts at past month ends, with their health of that day and what became of them.</summary>
/// <param name="Rows">By account, then by day.</param>
/// <param name="Share">Share of accounts that were read: every account, or every n-th of a large company.</param>
/// <param name="Label">What counts as having left.</param>
internal sealed record LabelledHealth(IReadOnlyList<HealthRow> Rows, double Share, LabelRule Label);

/// <summary>Joins the history of health with what the contracts say happened next.</summary>
public sealed class HealthRows(Database database, SettingsStore settingsStore)
{
    /// <summary>Rows that are held at most: beyond, every n-th account is read.</summary>
    private const int MostRows = 150_000;

    internal async Task<LabelledHealth> ReadAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var label = LabelRule.Of(settings);
        await using var snapshot = await Snapshot.OpenAsync(database, cancellation);
        var context = snapshot.Context;
        var contracts = (await AsOfDates.ReachesAsync(snapshot, cancellation)).Contracts;
        if (contracts is not { } known || known.DayNumber < label.Span)
        {
            return new([], 1, label);
        }

        var last = known.AddDays(-label.Span);
        var days = (await context.HealthPoints.Where(point => point.AsOf <= last).GroupBy(point => point.AsOf).Select(day => new { day.Key, Rows = day.Count() }).ToListAsync(cancellation))
            .Where(day => MonthEnds.OnOrAfter(day.Key) == day.Key).ToDictionary(day => day.Key, day => day.Rows);
        if (days.Count == 0)
        {
            return new([], 1, label);
        }

        var every = (int)Math.Max(1, Math.Ceiling((double)days.Values.Sum() / MostRows));
        DateOnly[] monthEnds = [.. days.Keys.Order()];
        var points = (await context.HealthPoints.Where(point => monthEnds.Contains(point.AsOf) && point.AccountNo % every == 0).ToListAsync(cancellation))
            .ToLookup(point => point.AccountNo);
        var rates = new CurrencyRates(settings.Currency, await context.ExchangeRates.ToListAsync(cancellation));
        List<HealthRow> rows = [];
        List<Subscription> terms = [];
        await foreach (var term in context.Subscriptions.Where(term => term.VoidedBy == null && term.AccountNo % every == 0).OrderBy(term => term.AccountNo).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (terms.Count > 0 && terms[0].AccountNo != term.AccountNo)
            {
                rows.AddRange(Of(terms, points, label, known, rates));
                terms = [];
            }

            terms.Add(term);
        }

        if (terms.Count > 0)
        {
            rows.AddRange(Of(terms, points, label, known, rates));
        }

        return new(rows, 1.0 / every, label);
    }

    /// <summary>The bands of products tested in the same way.</summary>
    internal async Task<IReadOnlyList<ProductBands>> TestProductsAsync(HealthRule rule, CancellationToken cancellation) =>
        await ProductRows.TestAsync(database, await settingsStore.ReadAsync(cancellation), rule, cancellation);

    private static IEnumerable<HealthRow> Of(List<Subscription> terms, ILookup<int, HealthPoint> points, LabelRule label, DateOnly known, CurrencyRates rates)
    {
        var account = terms[0].AccountNo;
        if (!points.Contains(account))
        {
            yield break;
        }

        var mrr = MrrTimeline.Of(terms);
        var churns = mrr.ChurnEvents(label.GraceDays);
        foreach (var point in points[account].OrderBy(point => point.AsOf))
        {
            decimal Rate(string currency) => rates.KnownOn(currency, point.AsOf);
            if (label.At(account, terms, mrr, churns, point.AsOf, known, Rate) is { Churned: { } churned } observation)
            {
                var kept = mrr.On(point.AsOf.AddDays(label.LeadDays + label.HorizonDays), Rate);
                yield return new(point, point.Segment, churned, observation.ChurnEventOn, observation.Mrr, observation.Mrr is { } then ? Math.Min(then, kept) : null);
            }
        }
    }
}
