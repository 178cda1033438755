using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Risk;

/// <summary>The risk queue: accounts of the newest finished score run, by what a minute spent on them is worth.</summary>
public sealed class RiskQueueQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>What a viewer of every account may filter by; a finished run does not change.</summary>
    private KnownChoices? _choices;

    /// <summary>A stretch of the queue as the viewer may see it.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="filter">Which accounts.</param>
    /// <param name="sort">By what.</param>
    /// <param name="descending">True turns the order round; accounts without the figure stay last.</param>
    /// <param name="offset">Rows to pass over, from 0.</param>
    /// <param name="limit">Rows to return, 0–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<RiskQueuePage> PageAsync(Viewer viewer, RiskQueueFilter filter, QueueSort sort, bool descending, int offset, int limit, CancellationToken cancellation = default)
    {
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
        var handled = filter.HideHandled ? await SuggestedTouches.HandledAsync(context, run, today, cancellation) : [];
        var matching = Matching(context, viewer, run, filter, settings, handled);
        var ordered = Ordered(matching, sort, descending, run.IsFallback).Select(s => s.AccountNo);
        int total;
        List<int> accounts;
        if (filter with { HideHandled = false } == new RiskQueueFilter() && !viewer.OwnPortfolioOnly)
        {
            total = run.Scored + run.Leaving;
            if (handled.Count > 0)
            {
                total -= await context.AccountScores.CountAsync(s => s.ScoreRunId == run.ScoreRunId && handled.Contains(s.AccountNo), cancellation);
            }

            accounts = await ordered.Skip(offset).Take(limit).ToListAsync(cancellation);
        }
        else
        {
            // one pass over the run gives both the number and the order; the numbers of the accounts are all that is held
            var all = await ordered.ToListAsync(cancellation);
            total = all.Count;
            accounts = [.. all.Skip(offset).Take(limit)];
        }

        return new(ScoreRunQuery.Summary(run), total, await RowsAsync(context, run, accounts, settings, today, cancellation));
    }

    /// <summary>Owners, segments, plans and plays that occur among the accounts that the viewer may see, most frequent first.</summary>
    public async Task<RiskQueueChoices> ChoicesAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return new([], [], [], [], []);
        }

        if (!viewer.OwnPortfolioOnly && _choices is { } known && known.RunId == run.ScoreRunId)
        {
            return known.Choices;
        }

        var all = Matching(context, viewer, run, new(), settings, []);
        var owners = await all.GroupBy(s => s.OwnerEmail).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
        var plays = await all.GroupBy(s => s.Plays).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
        var products = await all.Where(s => s.Products != "").GroupBy(s => s.Products).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
        var names = products.Count == 0 ? [] : await context.ProductScores.AsNoTracking().Where(s => s.ScoreRunId == run.ScoreRunId).Select(s => new { s.Product, s.Name }).Distinct().ToDictionaryAsync(s => ProductKey.Listed(s.Product), s => s.Name, cancellation);
        var kinds = await all.GroupBy(s => new { s.Segment, s.Plan, s.State }).Select(group => new { group.Key, Accounts = group.Count() }).ToListAsync(cancellation);
        var choices = new RiskQueueChoices(
            Counted(owners.Select(o => (o.Key, o.Accounts))),
            Counted(kinds.Select(k => (k.Key.Segment, k.Accounts))),
            Counted(kinds.Select(k => (k.Key.Plan, k.Accounts))),
            Counted(plays.SelectMany(p => p.Key.Split('|').Select(play => ((string?)play, p.Accounts)))),
            Counted(kinds.Select(k => ((string?)k.Key.State.ToString(), k.Accounts))))
        {
            Products = [.. Counted(products.SelectMany(p => p.Key.Trim(ProductKey.Separator).Split(ProductKey.Separator).Select(product => ((string?)product, p.Accounts))))
                .Select(choice => choice with { Name = names.GetValueOrDefault(choice.Value) })],
        };
        if (!viewer.OwnPortfolioOnly)
        {
            _choices = new(run.ScoreRunId, choices);
        }

        return choices;
    }

    private static IReadOnlyList<QueueChoice> Counted(IEnumerable<(string? Value, int Accounts)> parts) =>
        [.. parts
            .Where(part => !string.IsNullOrEmpty(part.Value))
            .GroupBy(part => part.Value!, StringComparer.Ordinal)
            .Select(group => new QueueChoice(group.Key, group.Sum(part => part.Accounts)))
            .OrderByDescending(choice => choice.Accounts).ThenBy(choice => choice.Value, StringComparer.Ordinal)];

    private static IQueryable<AccountScore> Matching(CustomerSuccessContext context, Viewer viewer, ScoreRun run, RiskQueueFilter filter, CompanySettings settings, IReadOnlyList<int> handled)
    {
        var scores = context.AccountScores.AsNoTracking().Where(s => s.ScoreRunId == run.ScoreRunId);
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
            scores = scores.Where(s => s.OwnerEmail == owner);
        }

        if (filter.Segment is { } segment)
        {
            scores = scores.Where(s => s.Segment == segment);
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

        if (filter.FitsToday)
        {
            scores = scores.Where(s => s.FitsToday);
        }

        if (handled.Count > 0)
        {
            scores = scores.Where(s => !handled.Contains(s.AccountNo));
        }

        return filter.Band switch
        {
            HealthBand.Good => scores.Where(s => s.Health >= settings.HealthGood),
            HealthBand.Watch => scores.Where(s => s.Health >= settings.HealthWatch && s.Health < settings.HealthGood),
            HealthBand.Danger => scores.Where(s => s.Health < settings.HealthWatch),
            _ => scores,
        };
    }

    private static IOrderedQueryable<AccountScore> Ordered(IQueryable<AccountScore> scores, QueueSort sort, bool descending, bool fallback)
    {
        var ordered = sort switch
        {
            QueueSort.Name => descending ? scores.OrderByDescending(s => s.NameSort) : scores.OrderBy(s => s.NameSort),
            QueueSort.Mrr => descending ? scores.OrderByDescending(s => s.Mrr) : scores.OrderBy(s => s.Mrr),
            QueueSort.ValuePerMinute => descending ? scores.OrderByDescending(s => s.ValuePerMinute) : scores.OrderBy(s => s.ValuePerMinute),
            QueueSort.Risk when fallback => descending ? scores.OrderByDescending(s => s.RuleScore) : scores.OrderBy(s => s.RuleScore),
            QueueSort.Risk => descending
                ? scores.OrderBy(s => s.ChurnProbability == null).ThenByDescending(s => s.ChurnProbability)
                : scores.OrderBy(s => s.ChurnProbability == null).ThenBy(s => s.ChurnProbability),
            QueueSort.Health => descending
                ? scores.OrderBy(s => s.Health == null).ThenByDescending(s => s.Health)
                : scores.OrderBy(s => s.Health == null).ThenBy(s => s.Health),
            QueueSort.ExpectedLoss => descending
                ? scores.OrderBy(s => s.ExpectedLoss == null).ThenByDescending(s => s.ExpectedLoss)
                : scores.OrderBy(s => s.ExpectedLoss == null).ThenBy(s => s.ExpectedLoss),
            QueueSort.Renewal => descending
                ? scores.OrderBy(s => s.RenewsOn == null).ThenByDescending(s => s.RenewsOn)
                : scores.OrderBy(s => s.RenewsOn == null).ThenBy(s => s.RenewsOn),
            _ => descending
                ? scores.OrderBy(s => s.QueueRank == null).ThenByDescending(s => s.QueueRank)
                : scores.OrderBy(s => s.QueueRank == null).ThenBy(s => s.QueueRank),
        };
        return ordered.ThenBy(s => s.AccountNo);
    }

    private static async Task<IReadOnlyList<RiskQueueRow>> RowsAsync(CustomerSuccessContext context, ScoreRun run, List<int> accounts, CompanySettings settings, DateOnly today, CancellationToken cancellation)
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
            .ToDictionaryAsync(d => d.AccountNo, d => d.ChurnJson, cancellation);
        var ids = await context.Accounts.AsNoTracking()
            .Where(account => accounts.Contains(account.AccountNo))
            .Select(account => new { account.AccountNo, account.AccountId, account.Namespace })
            .ToDictionaryAsync(account => account.AccountNo, cancellation);
        var suggestions = await SuggestedTouches.OfAsync(context, run, accounts, today, cancellation);
        return [.. accounts.Select(no => Row(scores[no], drivers.GetValueOrDefault(no, "[]"), ids[no].AccountId, ids[no].Namespace, settings, [.. suggestions[no]]))];
    }

    private static RiskQueueRow Row(AccountScore s, string driversJson, string accountId, string ns, CompanySettings settings, IReadOnlyList<SuggestedTouch> suggestions) => new(
        s.AccountNo, accountId, ns, s.Name, s.State, s.Segment, s.OwnerEmail, s.Plan, s.Mrr, s.RenewsOn, s.QueueRank,
        s.ChurnProbability, s.RuleScore, s.ExpectedLoss, s.Health, HealthBands.Of(s.Health, settings), s.ValuePerMinute, s.FitsToday,
        JsonSerializer.Deserialize<List<Driver>>(driversJson) ?? [], suggestions)
    {
        Lifetime = ForecastQuery.Lifetime(s.LifetimeValue, s.LifetimeLower, s.LifetimeUpper),
        RenewalProbability = s.RenewalProbability,
    };

    private sealed record KnownChoices(int RunId, RiskQueueChoices Choices);
}
