using System.Collections.Concurrent;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>The queues of the newest finished score run: accounts to keep, and accounts to which more may be sold, by what a minute spent on them is worth.</summary>
public sealed class RiskQueueQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    private readonly WeekPlans _plans = new();

    /// <summary>What a viewer of every account may filter by, owners excepted; a finished run does not change.</summary>
    private readonly ConcurrentDictionary<QueueList, KnownChoices> _choices = [];

    /// <summary>A stretch of a queue as the viewer may see it.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="filter">Which accounts.</param>
    /// <param name="sort">By what.</param>
    /// <param name="descending">True turns the order round; accounts without the figure stay last.</param>
    /// <param name="offset">Rows to pass over, from 0.</param>
    /// <param name="limit">Rows to return, 0–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public Task<RiskQueuePage> PageAsync(Viewer viewer, RiskQueueFilter filter, QueueSort sort, bool descending, int offset, int limit, CancellationToken cancellation = default) =>
        WithRunAsync(viewer, filter, offset, limit, async (context, run, today, settings) =>
        {
            var matching = await MatchingAsync(context, viewer, run, filter, settings, today, cancellation);
            var ordered = QueueSorting.Ordered(matching, filter.List, sort, descending, run.IsFallback).Select(s => s.AccountNo);
            if (filter with { HideHandled = false, List = QueueList.Risk } == new RiskQueueFilter() && !viewer.OwnPortfolioOnly)
            {
                return (await TotalAsync(context, run, filter, today, cancellation), await ordered.Skip(offset).Take(limit).ToListAsync(cancellation));
            }

            // one pass over the run gives both the number and the order; the numbers of the accounts are all that is held
            var all = await ordered.ToListAsync(cancellation);
            return (all.Count, [.. all.Skip(offset).Take(limit)]);
        }, cancellation);

    /// <summary>A stretch of a queue whose rows stand together by groups.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="filter">Which accounts.</param>
    /// <param name="grouping">What the rows of a group have in common.</param>
    /// <param name="groups">The groups in their order, as <see cref="GroupsAsync"/> gave them for the same filter.</param>
    /// <param name="sort">By what within a group.</param>
    /// <param name="descending">True turns that order round.</param>
    /// <param name="offset">Rows to pass over, from 0, through all groups.</param>
    /// <param name="limit">Rows to return, 0–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public Task<RiskQueuePage> GroupedPageAsync(Viewer viewer, RiskQueueFilter filter, QueueGrouping grouping, IReadOnlyList<QueueGroup> groups, QueueSort sort, bool descending, int offset, int limit, CancellationToken cancellation = default) =>
        WithRunAsync(viewer, filter, offset, limit, async (context, run, today, settings) =>
        {
            var matching = await MatchingAsync(context, viewer, run, filter, settings, today, cancellation);
            var accounts = new List<int>(limit);
            var begin = 0;
            foreach (var group in groups)
            {
                var (from, until) = (Math.Max(offset - begin, 0), Math.Min(offset + limit - begin, group.Accounts));
                if (from < until)
                {
                    var own = QueueSorting.In(matching, filter.List, grouping, group.Key, settings);
                    accounts.AddRange(await QueueSorting.Ordered(own, filter.List, sort, descending, run.IsFallback).Select(s => s.AccountNo).Skip(from).Take(until - from).ToListAsync(cancellation));
                }

                begin += group.Accounts;
            }

            return (begin, accounts);
        }, cancellation);

    /// <summary>The groups of a queue with what they come to, the greatest expected loss (or growth) first; bands of health from danger to good. Accounts without the value are the last group.</summary>
    public async Task<IReadOnlyList<QueueGroup>> GroupsAsync(Viewer viewer, RiskQueueFilter filter, QueueGrouping grouping, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        return await ScoreRunQuery.NewestAsync(context, cancellation) is { } run
            ? await QueueSorting.GroupsAsync(await MatchingAsync(context, viewer, run, filter, settings, settings.Today(clock), cancellation), filter.List, grouping, settings, cancellation)
            : [];
    }

    /// <summary>The numbers of the accounts that a filter leaves, in the queue's own order.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="filter">Which accounts.</param>
    /// <param name="except">Accounts to leave out.</param>
    /// <param name="most">Accounts to give at most.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<int>> AccountsAsync(Viewer viewer, RiskQueueFilter filter, IReadOnlyCollection<int> except, int most, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return [];
        }

        var matching = await MatchingAsync(context, viewer, run, filter, settings, settings.Today(clock), cancellation);
        return await QueueSorting.Ordered(matching.Where(s => !except.Contains(s.AccountNo)), filter.List, QueueSort.Rank, false, run.IsFallback).Select(s => s.AccountNo).Take(most).ToListAsync(cancellation);
    }

    /// <summary>Owners, segments, plans and plays that occur among the accounts that the viewer may see, most frequent first.</summary>
    public Task<RiskQueueChoices> ChoicesAsync(Viewer viewer, CancellationToken cancellation = default) => ChoicesAsync(viewer, QueueList.Risk, cancellation);

    /// <summary>The same for one of the lists.</summary>
    public async Task<RiskQueueChoices> ChoicesAsync(Viewer viewer, QueueList list, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new([], [], [], [], []);
        }

        var all = await MatchingAsync(context, viewer, run, new() { List = list }, settings, settings.Today(clock), cancellation);
        var owners = await all.GroupBy(s => s.OwnerEmail).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
        var known = !viewer.OwnPortfolioOnly && _choices.TryGetValue(list, out var kept) && kept.RunId == run.ScoreRunId ? kept.Choices : null;
        if (known is null)
        {
            var plays = await all.GroupBy(s => s.Plays).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
            var kinds = await all.GroupBy(s => new { s.Segment, s.Plan, s.State }).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
            var products = await all.Where(s => s.Products != "").GroupBy(s => s.Products).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
            var sells = (await PlayQuery.ReadAsync(context, cancellation)).ToDictionary(entry => entry.Play.Key, entry => entry.Play.IsUpsell, StringComparer.Ordinal);
            var names = products.Count == 0 ? [] : await context.ProductScores.AsNoTracking().Where(s => s.ScoreRunId == run.ScoreRunId).Select(s => new { s.Product, s.Name }).Distinct().ToDictionaryAsync(s => ProductKey.Listed(s.Product), s => s.Name, cancellation);
            known = new RiskQueueChoices(
                [],
                Counted(kinds.Select(k => (k.Key.Segment, k.Accounts))),
                Counted(kinds.Select(k => (k.Key.Plan, k.Accounts))),
                [.. Counted(plays.SelectMany(p => p.Key.Split('|').Select(play => ((string?)play, p.Accounts)))).Where(play => !sells.TryGetValue(play.Value, out var isUpsell) || isUpsell == (list == QueueList.Opportunities))],
                Counted(kinds.Select(k => ((string?)k.Key.State.ToString(), k.Accounts))))
            {
                Products = [.. Counted(products.SelectMany(p => p.Key.Trim(ProductKey.Separator).Split(ProductKey.Separator).Select(product => ((string?)product, p.Accounts))))
                    .Select(choice => choice with { Name = names.GetValueOrDefault(choice.Value) })],
            };
            if (!viewer.OwnPortfolioOnly)
            {
                _choices[list] = new(run.ScoreRunId, known);
            }
        }

        return known with { SavedSegments = await SavedSegmentsAsync(context, viewer, all, cancellation), Owners = Counted(owners.Select(o => (o.Key ?? RiskQueueFilter.Nobody, o.Accounts))!) };
    }

    /// <summary>Saved segments with how many of their members are in the list, by name.</summary>
    private static async Task<IReadOnlyList<QueueChoice>> SavedSegmentsAsync(CustomerSuccessContext context, Viewer viewer, IQueryable<AccountScore> all, CancellationToken cancellation)
    {
        var segments = await context.SavedSegments.AsNoTracking().Where(segment => segment.DeletedAt == null).Select(segment => new { segment.SegmentId, segment.Name, segment.Accounts }).ToListAsync(cancellation);
        var own = segments.Count == 0 || !viewer.OwnPortfolioOnly ? []
            : await context.SegmentStays.AsNoTracking().Where(stay => stay.LeftOn == null && all.Any(score => score.AccountNo == stay.AccountNo)).GroupBy(stay => stay.SegmentId).Select(members => new { members.Key, Accounts = members.Count() }).ToDictionaryAsync(members => members.Key, members => members.Accounts, cancellation);
        return [.. segments.OrderBy(segment => segment.Name, StringComparer.CurrentCultureIgnoreCase).Select(segment => new QueueChoice(segment.SegmentId, viewer.OwnPortfolioOnly ? own.GetValueOrDefault(segment.SegmentId) : segment.Accounts) { Name = segment.Name })];
    }

    private static IReadOnlyList<QueueChoice> Counted(IEnumerable<(string? Value, int Accounts)> parts) =>
        [.. parts
            .Where(part => !string.IsNullOrEmpty(part.Value))
            .GroupBy(part => part.Value!, StringComparer.Ordinal)
            .Select(group => new QueueChoice(group.Key, group.Sum(part => part.Accounts)))
            .OrderByDescending(choice => choice.Accounts).ThenBy(choice => choice.Value, StringComparer.Ordinal)];

    private async Task<IQueryable<AccountScore>> MatchingAsync(CustomerSuccessContext context, Viewer viewer, ScoreRun run, RiskQueueFilter filter, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        var scores = context.AccountScores.AsNoTracking().Where(s => s.ScoreRunId == run.ScoreRunId);
        var sells = filter.List == QueueList.Opportunities;
        if (sells)
        {
            scores = scores.Where(s => s.OpportunityRank != null);
        }

        if (viewer.OwnPortfolioOnly)
        {
            var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
            scores = scores.Where(s => visible.Contains(s.AccountNo));
        }

        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var key = SortKey.Of(filter.Search);
            scores = scores.Where(s => s.SearchText.Contains(key));
        }

        if (filter.Owner is { } owner)
        {
            scores = owner == RiskQueueFilter.Nobody ? scores.Where(s => s.OwnerEmail == null) : scores.Where(s => s.OwnerEmail == owner);
        }

        if (filter.Segment is { } segment)
        {
            scores = scores.Where(s => s.Segment == segment);
        }

        if (filter.SavedSegment is { } segmentId)
        {
            var members = context.SegmentStays.Where(stay => stay.SegmentId == segmentId && stay.LeftOn == null).Select(stay => stay.AccountNo);
            scores = scores.Where(s => members.Contains(s.AccountNo));
        }

        if (filter.Plan is { } plan)
        {
            scores = scores.Where(s => s.Plan == plan);
        }

        if (filter.Product is { } product)
        {
            var between = ProductKey.Join([product]);
            scores = scores.Where(s => s.Products.Contains(between));
        }

        if (filter.State is { } state)
        {
            scores = scores.Where(s => s.State == state);
        }

        if (filter.Play is { } play)
        {
            var between = $"|{play}|";
            scores = scores.Where(s => s.Plays.Contains(between));
        }

        if (filter.FitsToday || filter.FitsWeek)
        {
            var owners = filter.Owner is { } one ? [one == RiskQueueFilter.Nobody ? null : one] : await WeekPlans.OwnersAsync(context, run, cancellation);
            var plans = await _plans.ReadAsync(context, run, owners, settings, today, cancellation);
            var fitting = plans.Values.SelectMany(plan => plan.Planned).Where(planned => !filter.FitsToday || planned.Value == today).Select(planned => planned.Key).ToList();
            scores = scores.Where(s => fitting.Contains(s.AccountNo));
        }

        if (filter.HideHandled)
        {
            scores = sells ? scores.Where(s => s.UpsellAwayUntil == null || s.UpsellAwayUntil <= today) : scores.Where(s => s.AwayUntil == null || s.AwayUntil <= today);
        }

        return filter.Band switch
        {
            HealthBand.Good => scores.Where(s => s.Health >= settings.HealthGood),
            HealthBand.Watch => scores.Where(s => s.Health >= settings.HealthWatch && s.Health < settings.HealthGood),
            HealthBand.Danger => scores.Where(s => s.Health < settings.HealthWatch),
            _ => scores,
        };
    }

    private async Task<RiskQueuePage> WithRunAsync(Viewer viewer, RiskQueueFilter filter, int offset, int limit, Func<CustomerSuccessContext, ScoreRun, DateOnly, CompanySettings, Task<(int Total, List<int> Accounts)>> find, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new(null, 0, []);
        }

        var today = settings.Today(clock);
        var (total, accounts) = await find(context, run, today, settings);
        return new(ScoreRunQuery.Summary(run), total, await RowsAsync(context, run, accounts, settings, today, cancellation));
    }

    /// <summary>How many accounts an unfiltered list has, by indexes alone.</summary>
    private static async Task<int> TotalAsync(CustomerSuccessContext context, ScoreRun run, RiskQueueFilter filter, DateOnly today, CancellationToken cancellation)
    {
        var scores = context.AccountScores.Where(s => s.ScoreRunId == run.ScoreRunId);
        if (filter.List == QueueList.Opportunities)
        {
            var offered = scores.Where(s => s.OpportunityRank != null);
            return await (filter.HideHandled ? offered.Where(s => s.UpsellAwayUntil == null || s.UpsellAwayUntil <= today) : offered).CountAsync(cancellation);
        }

        return run.Scored + run.Leaving - (filter.HideHandled ? await scores.CountAsync(s => s.AwayUntil > today, cancellation) : 0);
    }

    /// <summary>Rows of some accounts of a run, in the order in which they are named.</summary>
    internal async Task<IReadOnlyList<RiskQueueRow>> RowsAsync(CustomerSuccessContext context, ScoreRun run, List<int> accounts, CompanySettings settings, DateOnly today, CancellationToken cancellation)
    {
        if (accounts.Count == 0)
        {
            return [];
        }

        var scores = await context.AccountScores.AsNoTracking()
            .Where(s => s.ScoreRunId == run.ScoreRunId && accounts.Contains(s.AccountNo))
            .ToDictionaryAsync(s => s.AccountNo, cancellation);
        var drivers = await context.AccountDrivers.AsNoTracking()
            .Where(d => d.ScoreRunId == run.ScoreRunId && accounts.Contains(d.AccountNo))
            .Select(d => new { d.AccountNo, d.ChurnJson, d.UpsellJson })
            .ToDictionaryAsync(d => d.AccountNo, cancellation);
        var ids = await context.Accounts.AsNoTracking()
            .Where(account => accounts.Contains(account.AccountNo))
            .Select(account => new { account.AccountNo, account.AccountId, account.Namespace, account.Industry, account.Region })
            .ToDictionaryAsync(account => account.AccountNo, cancellation);
        var suggestions = await SuggestedTouches.OfAsync(context, run, accounts, today, cancellation);
        var plans = await _plans.ReadAsync(context, run, scores.Values.Select(s => s.OwnerEmail).Distinct(), settings, today, cancellation);
        return
        [
            .. accounts.Where(scores.ContainsKey).Select(no =>
            {
                var (score, account, own) = (scores[no], ids[no], drivers.GetValueOrDefault(no));
                DateOnly? planned = plans[score.OwnerEmail?.ToLowerInvariant() ?? ""].Planned.TryGetValue(no, out var day) ? day : null;
                return Row(score, account.AccountId, account.Namespace, settings, run.AsOf, planned, planned == today, Read(own?.ChurnJson), [.. suggestions[no]]) with
                {
                    Industry = account.Industry,
                    Region = account.Region,
                    UpsellDrivers = Read(own?.UpsellJson),
                };
            }),
        ];
    }

    private static RiskQueueRow Row(AccountScore s, string accountId, string ns, CompanySettings settings, DateOnly asOf, DateOnly? planned, bool fitsToday, IReadOnlyList<Driver> drivers, IReadOnlyList<SuggestedTouch> suggestions) => new(
        s.AccountNo, accountId, ns, s.Name, s.State, s.Segment, s.OwnerEmail, s.Plan, s.Mrr, s.RenewsOn, s.QueueRank,
        s.ChurnProbability, s.RuleScore, s.ExpectedLoss, s.Health, HealthBands.Of(s.Health, settings), s.ValuePerMinute, fitsToday, drivers, suggestions)
    {
        Lifetime = ForecastQuery.Lifetime(s.LifetimeValue, s.LifetimeLower, s.LifetimeUpper),
        RenewalProbability = s.RenewalProbability,
        PlannedOn = planned,
        TopPlay = s.TopPlay,
        UpsellPlay = s.UpsellPlay,
        Dimensions = new HealthPoint { AccountNo = s.AccountNo, AsOf = asOf, Total = s.Health, Adoption = s.Adoption, Engagement = s.Engagement, Support = s.Support, Sentiment = s.Sentiment, Commercial = s.Commercial, Relationship = s.Relationship },
        Product = s.Product,
        LastTouchOn = s.LastTouchOn,
        OpenInquiries = s.OpenInquiries,
        Nps = s.Nps,
        UpsellProbability = s.UpsellProbability,
        Growth = s.Growth,
        OpportunityRank = s.OpportunityRank,
        UpsellValuePerMinute = s.UpsellValuePerMinute,
    };

    private static List<Driver> Read(string? json) => JsonSerializer.Deserialize<List<Driver>>(json ?? "[]") ?? [];

    private sealed record KnownChoices(int RunId, RiskQueueChoices Choices);
}
