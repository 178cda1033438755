using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Usage of one account by week. Of a day and metric, the account's own rows win over those of its people, so that nothing counts twice; sources add up.</summary>
internal static class AccountUsage
{
    private readonly record struct Counter(DateOnly Day, int MetricId, int OwnRows, double Own, double OfPeople);

    public static async Task<WeeklyUsage> ByWeekAsync(CustomerSuccessContext context, int account, DateOnly until, int weeks, int metrics, CancellationToken cancellation)
    {
        var from = until.AddDays(1 - (7 * weeks));
        var byMetric = new Dictionary<int, double[]>();
        // the database adds up what people did: they have ten rows for one of the account
        var rows = context.Usage.AsNoTracking()
            .Where(u => u.AccountNo == account && u.Day >= from && u.Day <= until)
            .GroupBy(u => new { u.Day, u.MetricId })
            .Select(day => new Counter(day.Key.Day, day.Key.MetricId, day.Sum(u => u.ContactNo == 0 ? 1 : 0), day.Sum(u => u.ContactNo == 0 ? u.Count : 0), day.Sum(u => u.ContactNo == 0 ? 0 : u.Count)))
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (!byMetric.TryGetValue(row.MetricId, out var counts))
            {
                byMetric.Add(row.MetricId, counts = new double[weeks]);
            }

            counts[(row.Day.DayNumber - from.DayNumber) / 7] += row.OwnRows > 0 ? row.Own : row.OfPeople;
        }

        var ids = byMetric.Keys.ToList();
        var names = await context.Metrics.AsNoTracking().Where(m => ids.Contains(m.MetricId)).ToDictionaryAsync(m => m.MetricId, m => m.Name, cancellation);
        var strongest = byMetric.OrderByDescending(pair => pair.Value.Sum()).ThenBy(pair => names[pair.Key], StringComparer.Ordinal).ToList();
        return new(
            [.. Enumerable.Range(0, weeks).Select(week => from.AddDays(7 * week))],
            [.. strongest.Take(metrics).Select(pair => new MetricWeeks(names[pair.Key], pair.Value))],
            strongest.Count <= metrics ? null : [.. Enumerable.Range(0, weeks).Select(week => strongest.Skip(metrics).Sum(pair => pair.Value[week]))]);
    }
}
