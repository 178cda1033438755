using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>Usage of one account by week. Of a day and metric, the account's own rows win over those of its people, so that nothing counts twice; sources add up.</summary>
internal static class AccountUsage
{
    private readonly record struct Counter(DateOnly Day, int MetricId, bool IsPerson, double Count);

    public static async Task<WeeklyUsage> ByWeekAsync(CustomerSuccessContext context, int account, DateOnly until, int weeks, int metrics, CancellationToken cancellation)
    {
        var from = until.AddDays(1 - (7 * weeks));
        var byMetric = new Dictionary<int, double[]>();
        var (day, metric, isPerson) = (DateOnly.MinValue, 0, false);
        // in the order of the key: the account's own row (contact 0) comes before those of people
        var rows = context.Usage.AsNoTracking()
            .Where(u => u.AccountNo == account && u.Day >= from && u.Day <= until)
            .OrderBy(u => u.Day).ThenBy(u => u.MetricId).ThenBy(u => u.ContactNo).ThenBy(u => u.SourceId)
            .Select(u => new Counter(u.Day, u.MetricId, u.ContactNo != 0, u.Count))
            .AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (row.Day != day || row.MetricId != metric)
            {
                (day, metric, isPerson) = (row.Day, row.MetricId, row.IsPerson);
            }

            if (row.IsPerson != isPerson)
            {
                continue;
            }

            if (!byMetric.TryGetValue(metric, out var counts))
            {
                byMetric.Add(metric, counts = new double[weeks]);
            }

            counts[(day.DayNumber - from.DayNumber) / 7] += row.Count;
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
