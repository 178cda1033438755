using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>
/// Use of the product's features by an account, against its own past and against similar accounts. Of others only quartiles and counts over at least
/// <see cref="PeerComparison.Fewest"/> accounts are told, whoever asks.
/// </summary>
public sealed class FeatureUseQuery(Database database, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>Days that are compared: four weeks, so that weekdays weigh alike.</summary>
    public const int Days = 28;

    /// <summary>Weeks of the curve.</summary>
    public const int Weeks = 13;

    /// <summary>Others with whom an account is compared at most: the nearest by MRR.</summary>
    public const int MostPeers = 100;

    /// <summary>With fewer of the closest kind, a wider kind is taken.</summary>
    private const int EnoughPeers = 10;

    /// <summary>Of the others, how many must have seats for uses to be compared per seat.</summary>
    private const double SeatedShare = 0.8;

    private const int DaysPerYear = 364;

    private sealed record Counter(int AccountNo, int MetricId, DateOnly Day, double Count);

    /// <summary>The sheet; null for an account that the viewer may not see, or where nothing was ever counted of anybody.</summary>
    public async Task<FeatureUseSheet?> FindAsync(Viewer viewer, int accountNo, CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        await using var context = database.OpenContext();
        if (!await context.MaySeeAsync(viewer, accountNo, cancellation)
            || (await context.SourceReaches.AsNoTracking().Where(reach => reach.Record == "usage").ToListAsync(cancellation)).Max(reach => reach.CompleteUntil) is not { } until)
        {
            return null;
        }

        until = until < settings.Today(clock) ? until : settings.Today(clock);
        var own = await CountsAsync(context, [accountNo], until.AddDays(1 - (7 * Weeks)), until, cancellation);
        var yearAgo = await CountsAsync(context, [accountNo], until.AddDays(1 - DaysPerYear - Days), until.AddDays(-DaysPerYear), cancellation);
        var (kind, peers) = await PeersAsync(context, accountNo, cancellation);
        var theirs = peers.Count < PeerComparison.Fewest ? [] : await CountsAsync(context, peers, until.AddDays(1 - Days), until, cancellation);
        var seats = await SeatsAsync(context, [accountNo, .. peers], until, cancellation);
        var perSeat = seats.ContainsKey(accountNo) && peers.Count(seats.ContainsKey) >= SeatedShare * peers.Count;
        var compared = perSeat ? [.. peers.Where(seats.ContainsKey)] : peers;
        double Share(int account, double count) => perSeat ? count / seats[account] : count;

        var names = await context.Metrics.AsNoTracking().ToDictionaryAsync(metric => metric.MetricId, metric => metric.Name, cancellation);
        var byPeer = theirs.GroupBy(counter => (counter.MetricId, counter.AccountNo)).ToDictionary(counters => counters.Key, counters => counters.Sum(counter => counter.Count));
        var features = own.Select(counter => counter.MetricId).Concat(byPeer.Keys.Select(key => key.MetricId)).Distinct().Select(metric =>
        {
            var counters = own.Where(counter => counter.MetricId == metric).ToList();
            double Within(DateOnly from, int days) => counters.Where(counter => counter.Day >= from && counter.Day < from.AddDays(days)).Sum(counter => counter.Count);
            var recent = Within(until.AddDays(1 - Days), Days);
            return new FeatureUse(
                names[metric],
                recent,
                Within(until.AddDays(1 - (2 * Days)), Days),
                yearAgo.Count == 0 ? null : yearAgo.Where(counter => counter.MetricId == metric).Sum(counter => counter.Count),
                [.. Enumerable.Range(0, Weeks).Select(week => Within(until.AddDays(1 - (7 * (Weeks - week))), 7))],
                PeerComparison.Of(Share(accountNo, recent), [.. compared.Select(peer => Share(peer, byPeer.GetValueOrDefault((metric, peer))))]));
        });
        return new(
            until,
            [.. features.OrderByDescending(feature => feature.Recent).ThenByDescending(feature => feature.Weeks.Sum()).ThenByDescending(feature => feature.Comparison?.Using).ThenBy(feature => feature.Metric, StringComparer.Ordinal)],
            compared.Count < PeerComparison.Fewest ? null : kind,
            perSeat)
        {
            PeerCount = compared.Count,
        };
    }

    /// <summary>Counters by day. Of a day and metric, an account's own rows win over those of its people, so that nothing counts twice; sources add up.</summary>
    private static async Task<List<Counter>> CountsAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, DateOnly from, DateOnly until, CancellationToken cancellation)
    {
        var sums = await context.Usage.AsNoTracking()
            .Where(usage => accounts.Contains(usage.AccountNo) && usage.Day >= from && usage.Day <= until)
            .GroupBy(usage => new { usage.AccountNo, usage.Day, usage.MetricId })
            .Select(day => new { day.Key.AccountNo, day.Key.Day, day.Key.MetricId, Own = day.Sum(usage => usage.ContactNo == 0 ? 1 : 0), OfAccount = day.Sum(usage => usage.ContactNo == 0 ? usage.Count : 0), All = day.Sum(usage => usage.Count) })
            .ToListAsync(cancellation);
        return [.. sums.Select(sum => new Counter(sum.AccountNo, sum.MetricId, sum.Day, sum.Own > 0 ? sum.OfAccount : sum.All))];
    }

    /// <summary>Scored accounts like this one in the newest run: the closest kind of which there are enough, the nearest by MRR.</summary>
    private static async Task<(PeerKind Kind, IReadOnlyList<int> Peers)> PeersAsync(CustomerSuccessContext context, int accountNo, CancellationToken cancellation)
    {
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run
            || await context.AccountScores.AsNoTracking().FirstOrDefaultAsync(score => score.ScoreRunId == run.ScoreRunId && score.AccountNo == accountNo, cancellation) is not { } own)
        {
            return (PeerKind.All, []);
        }

        var (least, most) = (own.Mrr / 2, own.Mrr * 2);
        IReadOnlyList<int> found = [];
        foreach (var kind in Enum.GetValues<PeerKind>())
        {
            var others = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.AccountNo != accountNo && score.State == ScoreState.Scored);
            others = kind == PeerKind.All ? others : others.Where(score => score.Segment == own.Segment);
            others = kind == PeerKind.SegmentPlanSize ? others.Where(score => score.Plan == own.Plan) : others;
            others = kind is PeerKind.SegmentPlanSize or PeerKind.SegmentSize ? others.Where(score => score.Mrr >= least && score.Mrr <= most) : others;
            var sizes = await others.Select(score => new { score.AccountNo, score.Mrr }).ToListAsync(cancellation);
            found = [.. sizes.OrderBy(score => Math.Abs(Math.Log((double)(score.Mrr + 1) / (double)(own.Mrr + 1)))).ThenBy(score => score.AccountNo).Take(MostPeers).Select(score => score.AccountNo)];
            if (found.Count >= EnoughPeers)
            {
                return (kind, found);
            }
        }

        return (PeerKind.All, found);
    }

    /// <summary>Seats of the terms that run on a day; accounts without any are left out.</summary>
    private static async Task<Dictionary<int, double>> SeatsAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, DateOnly day, CancellationToken cancellation) =>
        (await context.Subscriptions.AsNoTracking()
            .Where(term => accounts.Contains(term.AccountNo) && term.VoidedBy == null && term.Seats > 0 && term.StartedOn <= day && (term.EndedOn == null || term.EndedOn > day))
            .GroupBy(term => term.AccountNo).Select(own => new { own.Key, Seats = own.Sum(term => term.Seats!.Value) }).ToListAsync(cancellation))
        .ToDictionary(own => own.Key, own => (double)own.Seats);
}
