using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Closing;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Retention as executives ask for it: by period, by what accounts are, by start, and who is behind each figure. Every figure comes from <see cref="AccountMovement"/>, account by account.</summary>
/// <remarks>Each method throws <see cref="MissingRateException"/> where a rate to the reporting currency is missing.</remarks>
public sealed class RetentionReport(Database database, CompanyBooks books)
{
    /// <summary>Retention by period.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="scope">Which accounts.</param>
    /// <param name="grain">How long periods are.</param>
    /// <param name="months">How many months back from the last one periods lie, whole periods of it; null for all there are.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<RetentionOverview> OverviewAsync(Viewer viewer, RetentionScope scope, PeriodGrain grain, int? months, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"overview|{scope}|{grain}|{months}", cancellation, token => OverviewAsync(viewer, scope, grain, months, token));
        return await Task.Run(() => book.Lasting(key, () => Overview(book, accounts, scope, grain, months, key)), cancellation);
    }

    /// <summary>Month by month, as <see cref="RetentionQuery"/> has it.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="from">A day of the first month.</param>
    /// <param name="to">A day of the last one.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<RetentionMonth>> MonthsAsync(Viewer viewer, DateOnly from, DateOnly to, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"months|{from:O}|{to:O}", cancellation);
        return await Task.Run(() => book.Lasting(key, () =>
        {
            DateOnly[] months = [.. MonthEnds.Between(from, MonthEnds.OnOrAfter(to))];
            var whole = new RetentionTally(months, book.Rates.On);
            foreach (var part in book.Sums(key, accounts, some =>
            {
                var tally = new RetentionTally(months, book.Rates.On);
                foreach (var entry in some)
                {
                    tally.Add(entry.Contracts);
                }

                return tally;
            }))
            {
                whole.Add(part);
            }

            return whole.Months();
        }), cancellation);
    }

    /// <summary>The same accounts and figures by a slice, largest MRR at the start first. They sum to the whole.</summary>
    public async Task<IReadOnlyList<RetentionPart>> PartsAsync(Viewer viewer, RetentionScope scope, RetentionSlice by, RetentionPeriod period, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"parts|{scope}|{by}|{period}", cancellation, token => PartsAsync(viewer, scope, by, period, token));
        return await Task.Run(() => book.Lasting(key, () => Parts(book, accounts, scope, by, period)), cancellation);
    }

    /// <summary>Cohorts by the month in which they first paid at its end, oldest first. Of a scope, what accounts were in that month.</summary>
    public async Task<IReadOnlyList<Cohort>> CohortsAsync(Viewer viewer, RetentionScope scope, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"cohorts|{scope}", cancellation, token => CohortsAsync(viewer, scope, token));
        return book.LastMonth is not { } last ? [] : await Task.Run(() => book.Lasting(key, () =>
        {
            var whole = new CohortTally(last, book.Rates.On);
            foreach (var part in book.Sums(key is null ? null : $"{key}|{last:O}", accounts, some =>
            {
                var tally = new CohortTally(last, book.Rates.On);
                foreach (var entry in some)
                {
                    if (scope.IsAll || (entry.FirstMonthEnd is { } first && scope.Has(entry, first, book.Settings.FiscalStartMonth)))
                    {
                        tally.Add(entry.Contracts);
                    }
                }

                return tally;
            }))
            {
                whole.Add(part);
            }

            return whole.Cohorts();
        }), cancellation);
    }

    /// <summary>How long customers stay, from their first paying day to their first churn event. Of a scope, what they were on that day.</summary>
    public async Task<SurvivalView> SurvivalAsync(Viewer viewer, RetentionScope scope, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"survival|{scope}", cancellation);
        return book.ContractsUntil is not { } known ? new([], 0, 0, null, null, book.Settings.GraceDays) : await Task.Run(() => book.Lasting(key, () =>
        {
            var curve = new SurvivalCurve();
            var left = 0;
            foreach (var entry in accounts)
            {
                if (CustomerLife.Of(entry.Contracts.Mrr, known, book.Settings.GraceDays) is { } life && (scope.IsAll || scope.Has(entry, life.Start, book.Settings.FiscalStartMonth)))
                {
                    curve.Add(life.Months, life.Left);
                    left += life.Left ? 1 : 0;
                }
            }

            var points = curve.At(Enumerable.Range(0, 1200).Select(month => (double)month)).TakeWhile(point => point.AtRisk >= SurvivalView.LeastAtRisk).ToList();
            return new SurvivalView(points, curve.Count, left, curve.Median(), known.AddDays(-book.Settings.GraceDays), book.Settings.GraceDays);
        }), cancellation);
    }

    /// <summary>Why those left who paid at the period's start and do not at its end, most MRR first.</summary>
    public async Task<IReadOnlyList<ReasonPart>> ReasonsAsync(Viewer viewer, RetentionScope scope, RetentionPeriod period, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"reasons|{scope}|{period}", cancellation);
        return await Task.Run(() => book.Lasting(key, () =>
        {
            var reasons = book.Reasons();
            return Movements(book, accounts, scope, period).Where(moved => moved.Movement.Mrr.Kind == MrrMovementKind.Churn).GroupBy(moved => Named(moved.Movement.Reason))
                .Select(same => new ReasonPart(same.Key, reasons.Of(same.Key), same.Count(), -same.Sum(moved => moved.Movement.Mrr.Change)))
                .OrderByDescending(part => part.Mrr).ThenBy(part => part.Reason, StringComparer.Ordinal).ToList();
        }), cancellation);
    }

    /// <summary>A period's bridge over every account that the viewer may see, against sums over contract rows that the database makes.</summary>
    public async Task<RetentionCheck> CheckAsync(Viewer viewer, RetentionPeriod period, CancellationToken cancellation = default)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, $"check|{period}", cancellation);
        var figures = await Task.Run(() => book.Lasting(key, () => Tally(book, accounts, RetentionScope.All, [period], key).Figures()[0]), cancellation);
        await using var context = database.OpenContext();
        var (start, startRows) = await ByRowsAsync(context, viewer, book, period.Start, cancellation);
        var (end, endRows) = await ByRowsAsync(context, viewer, book, period.End, cancellation);
        return new(figures, start, end, startRows, endRows);
    }

    /// <summary>The accounts behind a figure, with their movements.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which ones.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<MovementPage> MovementsAsync(Viewer viewer, MovementAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var closed = ask.AsClosed ? await ClosedAsync(viewer, ask, cancellation) : null;
        var (book, accounts, key) = await books.ForAsync(viewer, $"movements|{ask}|{closed?.MonthCloseId}", cancellation, token => MovementsAsync(viewer, ask, offset, limit, token));
        var rows = await Task.Run(() => book.LastingList(key, () => Rows(book, accounts, ask, closed?.Accounts)), cancellation);
        return new([.. rows.Skip(offset).Take(limit)], rows.Count, rows.Sum(row => row.Start), rows.Sum(row => row.Change), rows.Sum(row => row.Fx), rows.Sum(row => row.End), book.Settings.Currency);
    }

    private static RetentionOverview Overview(CompanyBook book, IReadOnlyList<BookEntry> accounts, RetentionScope scope, PeriodGrain grain, int? months, string? key)
    {
        var settings = book.Settings;
        if (book is not { FirstTerm: { } firstTerm, LastMonth: { } last } || firstTerm > last)
        {
            return new(settings.Currency, settings.FiscalStartMonth, null, book.ContractsUntil, [], [], null, Choices(book, accounts, key));
        }

        var from = months is { } back && last.AddMonths(1 - back) is var earliest && earliest > firstTerm ? new DateOnly(earliest.Year, earliest.Month, 1) : firstTerm;
        var periods = RetentionPeriod.Between(grain, settings.FiscalStartMonth, from, last).ToList();
        var monthly = grain == PeriodGrain.Month ? periods : [.. RetentionPeriod.Between(PeriodGrain.Month, settings.FiscalStartMonth, from, last)];
        var year = RetentionPeriod.Trailing12(last);
        List<RetentionPeriod> all = [.. periods, .. grain == PeriodGrain.Month ? [] : monthly, year];
        var figures = Tally(book, accounts, scope, all, key is null ? null : $"{key}|{from:O}|{last:O}").Figures();
        return new(
            settings.Currency, settings.FiscalStartMonth, last, book.ContractsUntil, [.. figures.Take(periods.Count)],
            grain == PeriodGrain.Month ? [.. figures.Take(periods.Count)] : [.. figures.Skip(periods.Count).Take(monthly.Count)], figures[^1], Choices(book, accounts, key));
    }

    private static List<RetentionPart> Parts(CompanyBook book, IReadOnlyList<BookEntry> accounts, RetentionScope scope, RetentionSlice by, RetentionPeriod period)
    {
        var tallies = new Dictionary<string, RetentionTally>(StringComparer.Ordinal);
        var history = accounts.Min(entry => entry.FirstMonthEnd);
        var fiscal = book.Settings.FiscalStartMonth;
        foreach (var entry in accounts)
        {
            if (entry.Contracts.Mrr.FirstPayingDay is not { } first || first > period.End || !scope.Has(entry, period, fiscal))
            {
                continue;
            }

            var value = RetentionScope.ValueOf(entry, by, RetentionScope.DayOf(entry, period), fiscal);
            if (!tallies.TryGetValue(value, out var tally))
            {
                tallies.Add(value, tally = new RetentionTally([period], book.Rates.On, book.Reasons(), history));
            }

            tally.Add(entry.Contracts, asked => asked == period);
        }

        return [.. tallies.Select(tally => new RetentionPart(tally.Key, tally.Value.Figures()[0])).Where(part => part.Figures.AccountsAtStart > 0 || part.Figures.Accounts > 0)
            .OrderByDescending(part => part.Figures.Bridge?.Start ?? part.Figures.Mrr).ThenBy(part => part.Value, StringComparer.Ordinal)];
    }

    /// <param name="book">The company.</param>
    /// <param name="accounts">Those that the viewer sees.</param>
    /// <param name="scope">Which of them.</param>
    /// <param name="periods">The periods to report.</param>
    /// <param name="key">Names scope and periods; null where the accounts are a viewer's own.</param>
    private static RetentionTally Tally(CompanyBook book, IReadOnlyList<BookEntry> accounts, RetentionScope scope, IReadOnlyList<RetentionPeriod> periods, string? key)
    {
        var first = accounts.Min(entry => entry.FirstMonthEnd);
        RetentionTally New() => new(periods, book.Rates.On, book.Reasons(), first);
        var whole = New();
        foreach (var part in book.Sums(key is null ? null : $"{key}|{first:O}", accounts, some =>
        {
            var tally = New();
            foreach (var entry in some)
            {
                tally.Add(entry.Contracts, scope.IsAll ? null : period => scope.Has(entry, period, book.Settings.FiscalStartMonth));
            }

            return tally;
        }))
        {
            whole.Add(part);
        }

        return whole;
    }

    /// <summary>The amounts of the period as closed; null where it does not stand closed, or the viewer sees a portfolio alone.</summary>
    private async Task<(string MonthCloseId, IReadOnlyList<ClosedAccount> Accounts)?> ClosedAsync(Viewer viewer, MovementAsk ask, CancellationToken cancellation)
    {
        if (viewer.OwnPortfolioOnly || ask.Period.Months != 1)
        {
            return null;
        }

        await using var context = database.OpenContext();
        return await MonthCloses.SheetAsync(context, ask.Period.End, cancellation);
    }

    private static IEnumerable<(BookEntry Entry, AccountMovement Movement)> Movements(CompanyBook book, IReadOnlyList<BookEntry> accounts, RetentionScope scope, RetentionPeriod period) =>
        from entry in accounts
        where entry.Contracts.Mrr.FirstPayingDay <= period.End && scope.Has(entry, period, book.Settings.FiscalStartMonth)
        select (entry, AccountMovement.Between(entry.Contracts, period, book.Rates.On));

    private static List<MovementRow> Rows(CompanyBook book, IReadOnlyList<BookEntry> accounts, MovementAsk ask, IReadOnlyList<ClosedAccount>? closed)
    {
        var reasons = book.Reasons();
        var rows = (ask.Life is { } life ? Lives(book, accounts, ask.Scope, life, reasons) : (closed is null ? Movements(book, accounts, ask.Scope, ask.Period) : AsClosed(book, closed, ask)).Where(moved => Asked(ask, moved.Entry, moved.Movement)).Select(moved => Row(moved.Entry, moved.Movement, ask.Period, reasons))).ToList();
        IOrderedEnumerable<MovementRow> By<T>(Func<MovementRow, T> key, IComparer<T>? comparer = null) => ask.Descending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
        var sorted = ask.Sort switch
        {
            MovementSort.Name => By(row => book.Entries[row.AccountNo].NameSort, StringComparer.Ordinal),
            MovementSort.Start => By(row => row.Start),
            MovementSort.End => By(row => row.End),
            _ => By(row => Math.Abs(Part(ask, row))),
        };
        return [.. sorted.ThenBy(row => row.AccountNo)];
    }

    private static IEnumerable<(BookEntry Entry, AccountMovement Movement)> AsClosed(CompanyBook book, IReadOnlyList<ClosedAccount> closed, MovementAsk ask) =>
        from account in closed
        where book.Entries.ContainsKey(account.AccountNo)
        let entry = book.Entries[account.AccountNo]
        where ask.Scope.Has(entry, ask.Period, book.Settings.FiscalStartMonth)
        select (entry, account.Month);

    private static decimal Part(MovementAsk ask, MovementRow row) => ask.Kind == MovementKind.Fx ? row.Fx : ask.Part switch
    {
        SplitPart.Price => row.Split.Price,
        SplitPart.Seats => row.Split.Seats,
        SplitPart.Products => row.Split.Products,
        SplitPart.Untold => row.Split.Untold,
        _ => row.Change,
    };

    private static bool Asked(MovementAsk ask, BookEntry entry, in AccountMovement moved) =>
        ask.Kind switch
        {
            MovementKind.All => moved.Paid || moved.Pays || ask.Cohort is not null,
            MovementKind.Start => moved.Paid,
            MovementKind.End => moved.Pays,
            MovementKind.Fx => moved.Mrr.Fx != 0,
            var kind => moved.Mrr.Kind.ToString() == kind.ToString(),
        }
        && (ask.Part is not { } part || part switch { SplitPart.Price => moved.Split.Price, SplitPart.Seats => moved.Split.Seats, SplitPart.Products => moved.Split.Products, _ => moved.Split.Untold } != 0)
        && (ask.Reason is not { } reason || (Named(moved.Reason) ?? RetentionScope.Unknown) == reason)
        && (ask.Cohort is not { } cohort || entry.FirstMonthEnd == cohort);

    private static MovementRow Row(BookEntry entry, in AccountMovement moved, RetentionPeriod period, ChurnReasons reasons)
    {
        var day = RetentionScope.DayOf(entry, period);
        var churned = moved.Mrr.Kind == MrrMovementKind.Churn;
        return new(
            entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(day), entry.Owner.On(day), moved.Mrr.Kind, moved.Mrr.Start, moved.Mrr.Change, moved.Split, moved.Mrr.Fx, moved.Mrr.End,
            Named(moved.Reason), churned ? reasons.Of(moved.Reason) : null, churned ? entry.Contracts.Terms.Where(term => term.Mrr > 0 && term.EndedOn <= period.End).Max(term => term.EndedOn) : null);
    }

    /// <summary>Those who left in a month of their life, each with the MRR of its last paying day, at the rate of that day.</summary>
    private static IEnumerable<MovementRow> Lives(CompanyBook book, IReadOnlyList<BookEntry> accounts, RetentionScope scope, int month, ChurnReasons reasons)
    {
        foreach (var entry in accounts)
        {
            if (CustomerLife.Of(entry.Contracts.Mrr, book.ContractsUntil ?? default, book.Settings.GraceDays) is { Left: true } life && life.LeftInMonth == month && (scope.IsAll || scope.Has(entry, life.Start, book.Settings.FiscalStartMonth)))
            {
                var last = life.End.AddDays(-1);
                var mrr = entry.Contracts.Mrr.On(last, currency => book.Rates.On(currency, last));
                var reason = Named(entry.Contracts.LeftBecause(life.End));
                yield return new(entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(last), entry.Owner.On(last), MrrMovementKind.Churn, mrr, -mrr, default, 0, 0, reason, reasons.Of(reason), life.End);
            }
        }
    }

    private static string? Named(string? reason) => string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();

    /// <summary>The same for every overview of the whole company.</summary>
    private static RetentionChoices Choices(CompanyBook book, IReadOnlyList<BookEntry> accounts, string? key) => book.Lasting(key is null ? null : "choices", () => Choices(book, accounts));

    private static RetentionChoices Choices(CompanyBook book, IReadOnlyList<BookEntry> accounts)
    {
        var day = book.LastMonth ?? DateOnly.MaxValue;
        return new(Enum.GetValues<RetentionSlice>().ToDictionary(slice => slice, slice =>
        {
            var values = accounts.Where(entry => entry.FirstMonthEnd <= day).GroupBy(entry => RetentionScope.ValueOf(entry, slice, day, book.Settings.FiscalStartMonth)).Where(same => same.Key != RetentionScope.Unknown);
            return (IReadOnlyList<string>)(slice == RetentionSlice.Start
                ? [.. values.Select(same => same.Key).OrderDescending(StringComparer.Ordinal)]
                : [.. values.OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Key).Take(100)]);
        }));
    }

    /// <summary>MRR on a day out of the contract rows, summed by the database.</summary>
    private static async Task<(decimal Mrr, int Rows)> ByRowsAsync(CustomerSuccessContext context, Viewer viewer, CompanyBook book, DateOnly day, CancellationToken cancellation)
    {
        var sums = await context.Subscriptions.OfAccountsVisibleTo(context, viewer)
            .Where(term => term.VoidedBy == null && term.StartedOn <= day && (term.EndedOn == null || term.EndedOn > day))
            .GroupBy(term => term.Currency).Select(same => new { Currency = same.Key, Mrr = same.Sum(term => term.Mrr), Rows = same.Count() }).ToListAsync(cancellation);
        return (sums.Sum(sum => sum.Mrr == 0 ? 0 : sum.Mrr * book.Rates.On(sum.Currency, day)), sums.Sum(sum => sum.Rows));
    }
}
