using System.Globalization;
using System.Runtime.CompilerServices;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Team;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Capacity;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Team;

/// <summary>What CSMs look after, do, and what came of it. Whose a viewer may see is decided here, by <see cref="TeamAccess"/>, before anything is read.</summary>
public sealed class TeamReport(Database database, CompanyBooks books, CapacityQuery capacity, SettingsStore settingsStore, TimeProvider clock)
{
    /// <summary>By the ground of the company's book: two states stand while the later one is being computed.</summary>
    private readonly ConditionalWeakTable<object, Kept> _kept = new();

    /// <summary>Everybody whose outcomes the viewer may see.</summary>
    public async Task<TeamOverview> OverviewAsync(Viewer viewer, CancellationToken cancellation = default)
    {
        var sight = TeamAccess.Of(viewer);
        var today = (await settingsStore.ReadAsync(cancellation)).Today(clock);
        var (from, until) = (today.AddDays(1 - TeamOverview.TouchDays), today);
        if (sight == TeamSight.None)
        {
            return new(sight, [], null, [], null, null, null, from, until, "");
        }

        var book = await books.ForReadersAsync(cancellation);
        await using var context = database.OpenContext();
        var losses = await LossesAsync(context, book, cancellation);
        var own = sight == TeamSight.Own ? viewer.Email!.ToLowerInvariant() : null;
        var loads = own is null ? await capacity.LoadsAsync(viewer, cancellation) : await capacity.OwnAsync(viewer, cancellation) is { } load ? [load] : [];
        // spellings of an address are one colleague
        var byOwner = loads.GroupBy(load => load.Email?.ToLowerInvariant() ?? "", StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
        var touches = await TouchesAsync(context, book, own, from, until, cancellation);
        var names = own is not null ? [own] : byOwner.Keys.Union(losses.ByOwner.Select(same => same.Key)).Union(touches.Keys).OrderBy(name => name.Length == 0).ThenBy(name => name, StringComparer.Ordinal).ToList();
        return new(
            sight, [.. names.Select(name => Row(name, byOwner.GetValueOrDefault(name), touches.GetValueOrDefault(name), [.. losses.ByOwner[name]]))],
            own is null && losses.Windows.Count > 0 ? Outcome(losses.ByOwner.SelectMany(same => same)) : null, losses.Windows, losses.From, losses.Until, losses.KnownOn, from, until, book.Settings.Currency);
    }

    /// <summary>The accounts behind a CSM's figures; none where the viewer may not see that CSM's.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Whose and which.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1–1000.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<TeamAccountPage> AccountsAsync(Viewer viewer, TeamAccountAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        if (!TeamAccess.MaySee(viewer, ask.Owner))
        {
            return new([], 0, 0, 0, "");
        }

        var book = await books.ForReadersAsync(cancellation);
        await using var context = database.OpenContext();
        var owner = ask.Owner?.ToLowerInvariant() ?? "";
        if (ask.Kind == TeamListKind.Touched)
        {
            var today = (await settingsStore.ReadAsync(cancellation)).Today(clock);
            var touched = await TouchedAsync(context, book, owner, today.AddDays(1 - TeamOverview.TouchDays), today, cancellation);
            return new([.. touched.Skip(offset).Take(limit).Select(one => Known(book, one.AccountNo, today) with { Touches = one.Touches, Minutes = one.Minutes })], touched.Count, 0, 0, book.Settings.Currency);
        }

        var rows = (await LossesAsync(context, book, cancellation)).ByOwner[owner].Where(loss => ask.Kind == TeamListKind.Predicted || loss.Share.Observed > 0).OrderByDescending(loss => loss.Share.Observed).ThenByDescending(loss => loss.Share.Expected).ThenBy(loss => loss.AccountNo).ToList();
        return new(
            [.. rows.Skip(offset).Take(limit).Select(loss => Known(book, loss.AccountNo, loss.AsOf) with { AsOf = loss.AsOf, Probability = loss.Probability, Expected = loss.Share.Expected, Observed = loss.Share.Observed, LeftOn = loss.LeftOn, Mrr = loss.Mrr })],
            rows.Count, rows.Sum(loss => loss.Share.Expected), rows.Sum(loss => loss.Share.Observed), book.Settings.Currency);
    }

    private static TeamRow Row(string name, CsmLoad? load, TouchCount? touches, IReadOnlyList<TeamLoss> losses) => new(
        name.Length == 0 ? null : name, load, touches?.Touches ?? 0, touches?.Minutes ?? 0, touches?.Accounts ?? 0, losses.Count == 0 ? null : Outcome(losses), losses.Count, losses.Count(loss => loss.WasHandedOver),
        losses.Sum(loss => loss.Mrr * (decimal)loss.Share.Observed));

    private static RiskAdjusted Outcome(IEnumerable<TeamLoss> losses)
    {
        var (observed, expected, variance) = (0.0, 0.0, 0.0);
        foreach (var loss in losses)
        {
            (observed, expected, variance) = (observed + loss.Share.Observed, expected + loss.Share.Expected, variance + loss.Share.Variance);
        }

        return RiskAdjusted.Of(observed, expected, variance);
    }

    private static TeamAccountRow Known(CompanyBook book, int accountNo, DateOnly day) => book.Entries.TryGetValue(accountNo, out var entry)
        ? new(accountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(day), null, null, null, null, null, null, null, null)
        : new(accountNo, accountNo.ToString(CultureInfo.InvariantCulture), "", "", null, null, null, null, null, null, null, null, null);

    /// <summary>Shares are computed once for a state of the company and the runs that there are.</summary>
    private async Task<TeamLossBook> LossesAsync(CustomerSuccessContext context, CompanyBook book, CancellationToken cancellation)
    {
        var (runs, knownOn) = await TeamLosses.WindowsAsync(context, book, cancellation);
        var key = $"{book.ContractsUntil:O}|{book.Settings.GraceDays}|{knownOn:O}|{string.Join(',', runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{run.ScoreRunId}/{run.ModelId}/{run.Window.AsOf:O}")))}";
        if (_kept.TryGetValue(book.Ground, out var kept) && kept.Runs == key)
        {
            return kept.Losses;
        }

        var losses = await TeamLosses.ReadAsync(context, book, runs, knownOn, cancellation);
        _kept.AddOrUpdate(book.Ground, new(key, losses));
        return losses;
    }

    /// <param name="context">Where to read.</param>
    /// <param name="book">The company.</param>
    /// <param name="own">Whose, in lower case; null for everybody's.</param>
    /// <param name="from">The first day.</param>
    /// <param name="until">The last one.</param>
    /// <param name="cancellation">Ends the query.</param>
    private static async Task<Dictionary<string, TouchCount>> TouchesAsync(CustomerSuccessContext context, CompanyBook book, string? own, DateOnly from, DateOnly until, CancellationToken cancellation)
    {
        var plays = await MinutesOfPlaysAsync(context, cancellation);
        var counts = new Dictionary<string, TouchCount>(StringComparer.Ordinal);
        await foreach (var touch in Touches(context, book, own, from, until).Select(touch => new { touch.OwnerEmail, touch.AccountNo, touch.Play, touch.Minutes }).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var owner = touch.OwnerEmail!.ToLowerInvariant();
            if (!counts.TryGetValue(owner, out var count))
            {
                counts[owner] = count = new();
            }

            count.Add(touch.AccountNo, touch.Minutes ?? plays.GetValueOrDefault(touch.Play ?? ""));
        }

        return counts;
    }

    private static async Task<List<(int AccountNo, int Touches, double Minutes)>> TouchedAsync(CustomerSuccessContext context, CompanyBook book, string owner, DateOnly from, DateOnly until, CancellationToken cancellation)
    {
        var counts = await Touches(context, book, owner, from, until).GroupBy(touch => new { touch.AccountNo, touch.Play, HasMinutes = touch.Minutes != null })
            .Select(own => new { own.Key.AccountNo, own.Key.Play, own.Key.HasMinutes, Touches = own.Count(), Minutes = own.Sum(touch => touch.Minutes ?? 0) }).ToListAsync(cancellation);
        var plays = await MinutesOfPlaysAsync(context, cancellation);
        return
        [
            .. counts.GroupBy(count => count.AccountNo).Select(same => (same.Key, Touches: same.Sum(count => count.Touches), same.Sum(count => count.HasMinutes ? count.Minutes : count.Touches * plays.GetValueOrDefault(count.Play ?? ""))))
                .OrderByDescending(one => one.Touches).ThenBy(one => one.Key),
        ];
    }

    private static IQueryable<Touch> Touches(CustomerSuccessContext context, CompanyBook book, string? own, DateOnly from, DateOnly until)
    {
        var calendar = new CompanyCalendar(book.Settings.TimeZone);
        var (start, end) = (calendar.Start(from), calendar.Start(until.AddDays(1)));
        return context.Touches.AsNoTracking().Where(touch => touch.VoidedBy == null && touch.At >= start && touch.At < end && touch.OwnerEmail != null && (own == null || touch.OwnerEmail.ToLower() == own));
    }

    /// <summary>A touch that names no minutes took what its play takes.</summary>
    private static async Task<Dictionary<string, double>> MinutesOfPlaysAsync(CustomerSuccessContext context, CancellationToken cancellation) =>
        (await PlayQuery.ReadAsync(context, cancellation)).ToDictionary(entry => entry.Play.Key, entry => (double)entry.Play.Minutes, StringComparer.Ordinal);

    private sealed record Kept(string Runs, TeamLossBook Losses);

    private sealed class TouchCount
    {
        private readonly HashSet<int> _accounts = [];

        public int Touches { get; private set; }

        public double Minutes { get; private set; }

        public int Accounts => _accounts.Count;

        public void Add(int accountNo, double minutes)
        {
            _accounts.Add(accountNo);
            (Touches, Minutes) = (Touches + 1, Minutes + minutes);
        }
    }
}
