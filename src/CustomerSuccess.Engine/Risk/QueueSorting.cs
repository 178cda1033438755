using System.Linq.Expressions;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>How the rows of a queue are ordered and put together.</summary>
internal static class QueueSorting
{
    /// <summary>Accounts without the figure come last in either direction; ties go by account number.</summary>
    public static IOrderedQueryable<AccountScore> Ordered(IQueryable<AccountScore> scores, QueueList list, QueueSort sort, bool descending, bool fallback)
    {
        var sells = list == QueueList.Opportunities;
        var ordered = sort switch
        {
            QueueSort.Name => Plain(scores, s => s.NameSort, descending),
            QueueSort.Mrr => Plain(scores, s => s.Mrr, descending),
            QueueSort.ValuePerMinute => sells ? NullsLast(scores, s => s.UpsellValuePerMinute, descending) : Plain(scores, s => s.ValuePerMinute, descending),
            QueueSort.Risk when fallback => Plain(scores, s => s.RuleScore, descending),
            QueueSort.Risk => NullsLast(scores, s => s.ChurnProbability, descending),
            QueueSort.Health => NullsLast(scores, s => s.Health, descending),
            QueueSort.ExpectedLoss => NullsLast(scores, s => s.ExpectedLoss, descending),
            QueueSort.Renewal => NullsLast(scores, s => s.RenewsOn, descending),
            QueueSort.Owner => NullsLast(scores, s => s.OwnerEmail, descending),
            QueueSort.Segment => NullsLast(scores, s => s.Segment, descending),
            QueueSort.Plan => NullsLast(scores, s => s.Plan, descending),
            QueueSort.Product => NullsLast(scores, s => s.Product, descending),
            QueueSort.Minutes => sells ? Plain(scores, s => s.UpsellMinutes, descending) : Plain(scores, s => s.TopMinutes, descending),
            QueueSort.LastTouch => NullsLast(scores, s => s.LastTouchOn, descending),
            QueueSort.OpenInquiries => NullsLast(scores, s => s.OpenInquiries, descending),
            QueueSort.Nps => NullsLast(scores, s => s.Nps, descending),
            QueueSort.Lifetime => NullsLast(scores, s => s.LifetimeValue, descending),
            QueueSort.RenewalProbability => NullsLast(scores, s => s.RenewalProbability, descending),
            QueueSort.Adoption => NullsLast(scores, s => s.Adoption, descending),
            QueueSort.Engagement => NullsLast(scores, s => s.Engagement, descending),
            QueueSort.Support => NullsLast(scores, s => s.Support, descending),
            QueueSort.Sentiment => NullsLast(scores, s => s.Sentiment, descending),
            QueueSort.Commercial => NullsLast(scores, s => s.Commercial, descending),
            QueueSort.Relationship => NullsLast(scores, s => s.Relationship, descending),
            QueueSort.Upsell => NullsLast(scores, s => s.UpsellProbability, descending),
            QueueSort.Growth => NullsLast(scores, s => s.Growth, descending),
            _ when sells => NullsLast(scores, s => s.OpportunityRank, descending),
            _ => NullsLast(scores, s => s.QueueRank, descending),
        };
        return ordered.ThenBy(s => s.AccountNo);
    }

    /// <summary>The accounts of one group.</summary>
    public static IQueryable<AccountScore> In(IQueryable<AccountScore> scores, QueueList list, QueueGrouping grouping, string? key, CompanySettings settings) => grouping switch
    {
        QueueGrouping.Owner => scores.Where(s => s.OwnerEmail == key),
        QueueGrouping.Segment => scores.Where(s => s.Segment == key),
        QueueGrouping.Product => scores.Where(s => s.Product == key),
        QueueGrouping.Band => key switch
        {
            nameof(HealthBand.Good) => scores.Where(s => s.Health >= settings.HealthGood),
            nameof(HealthBand.Watch) => scores.Where(s => s.Health >= settings.HealthWatch && s.Health < settings.HealthGood),
            nameof(HealthBand.Danger) => scores.Where(s => s.Health < settings.HealthWatch),
            _ => scores.Where(s => s.Health == null),
        },
        _ when list == QueueList.Opportunities => scores.Where(s => s.UpsellPlay == key),
        _ => scores.Where(s => s.TopPlay == key),
    };

    public static async Task<IReadOnlyList<QueueGroup>> GroupsAsync(IQueryable<AccountScore> scores, QueueList list, QueueGrouping grouping, CompanySettings settings, CancellationToken cancellation)
    {
        var (sells, good, watch) = (list == QueueList.Opportunities, settings.HealthGood, settings.HealthWatch);
        Expression<Func<AccountScore, string?>> key = grouping switch
        {
            QueueGrouping.Owner => s => s.OwnerEmail,
            QueueGrouping.Segment => s => s.Segment,
            QueueGrouping.Product => s => s.Product,
            QueueGrouping.Band => s => s.Health == null ? null : s.Health >= good ? nameof(HealthBand.Good) : s.Health >= watch ? nameof(HealthBand.Watch) : nameof(HealthBand.Danger),
            _ when sells => s => s.UpsellPlay,
            _ => s => s.TopPlay,
        };
        var grouped = scores.GroupBy(key);
        var groups = sells
            ? await grouped.Select(g => new { g.Key, Accounts = g.Count(), Mrr = g.Sum(s => s.Mrr), Known = g.Count(s => s.Growth != null), Expected = g.Sum(s => s.Growth), Minutes = g.Sum(s => s.UpsellMinutes) }).ToListAsync(cancellation)
            : await grouped.Select(g => new { g.Key, Accounts = g.Count(), Mrr = g.Sum(s => s.Mrr), Known = g.Count(s => s.ExpectedLoss != null), Expected = g.Sum(s => s.ExpectedLoss), Minutes = g.Sum(s => s.TopMinutes) }).ToListAsync(cancellation);
        return
        [
            .. groups.Select(g => new QueueGroup(g.Key, g.Accounts, g.Mrr, g.Known > 0 ? g.Expected ?? 0 : null, g.Minutes))
                .OrderBy(group => group.Key is null)
                .ThenByDescending(group => grouping == QueueGrouping.Band && group.Key is { } band ? (int)Enum.Parse<HealthBand>(band) : 0)
                .ThenByDescending(group => group.Expected ?? 0).ThenByDescending(group => group.Mrr).ThenBy(group => group.Key, StringComparer.Ordinal),
        ];
    }

    private static IOrderedQueryable<AccountScore> Plain<T>(IQueryable<AccountScore> scores, Expression<Func<AccountScore, T>> by, bool descending) =>
        descending ? scores.OrderByDescending(by) : scores.OrderBy(by);

    private static IOrderedQueryable<AccountScore> NullsLast<T>(IQueryable<AccountScore> scores, Expression<Func<AccountScore, T>> by, bool descending)
    {
        var missing = Expression.Lambda<Func<AccountScore, bool>>(Expression.Equal(by.Body, Expression.Constant(null, typeof(T))), by.Parameters);
        var first = scores.OrderBy(missing);
        return descending ? first.ThenByDescending(by) : first.ThenBy(by);
    }
}
