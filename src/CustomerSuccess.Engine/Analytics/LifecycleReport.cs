using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Where customers stand in their lives, whither they move, who buys again, and who is behind each figure.</summary>
/// <remarks>Scores are against all customers, whoever looks. Each method throws <see cref="MissingRateException"/> where a rate to the reporting currency is missing.</remarks>
public sealed class LifecycleReport(CompanyBooks books, ActivityBooks activities)
{
    /// <summary>Months to a goal.</summary>
    private const int GoalMonths = 12;

    /// <summary>Repeats by which customers are grouped; the last group holds those with more, too.</summary>
    private const int MostRepeats = 7;

    /// <summary>Days by which lapsed customers are told apart.</summary>
    private static readonly int[] GoneDays = [0, 91, 183, 366, 731];

    /// <summary>Stages by month, the alarm and the diagnosis.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="scope">Which accounts, by what they are at the last month end.</param>
    /// <param name="months">How many months are shown, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    public Task<LifecycleOverview> OverviewAsync(Viewer viewer, LifecycleScope scope, int months, CancellationToken cancellation = default) =>
        RunAsync(viewer, $"lifecycle|{scope}|{months}", (customers, places) => Overview(customers, places, scope, months), cancellation);

    /// <summary>The R × F table of a month end, with what moved since the one before and what came next; null where nobody ever did anything.</summary>
    public Task<RfmTable> TableAsync(Viewer viewer, LifecycleScope scope, DateOnly month, CancellationToken cancellation = default) =>
        RunAsync(viewer, $"rf|{scope}|{month:O}", (customers, places) => Table(customers, places, scope, month), cancellation);

    /// <summary>Deciles at a month end. Of a scope, its customers in the deciles of all.</summary>
    public Task<IReadOnlyList<Decile>> DecilesAsync(Viewer viewer, LifecycleScope scope, DateOnly month, CancellationToken cancellation = default) =>
        RunAsync(viewer, $"deciles|{scope}|{month:O}", (customers, places) =>
        {
            var sheet = customers.Scores(month);
            return sheet.DecilesOf(Inside(customers, places, scope, month));
        }, cancellation);

    /// <summary>Who buys again, after how long, and how often in the days ahead.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="scope">Which accounts.</param>
    /// <param name="day">Up to which purchases are looked at; null for the last that they reach.</param>
    /// <param name="horizon">Days ahead, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>Null where nobody ever bought anything.</returns>
    public async Task<RepeatView?> RepeatsAsync(Viewer viewer, LifecycleScope scope, DateOnly? day, int horizon, CancellationToken cancellation = default) =>
        (await RunAsync(viewer, $"repeats|{scope}|{day:O}|{horizon}", (customers, places) => new Found<RepeatView>(Repeats(customers, places, scope, day ?? customers.Activity.LastMonth, horizon)), cancellation)).Value;

    /// <summary>Every customer's purchases as the BG/NBD model counts them, by account id.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="day">Up to which; null for the last month end that purchases reach.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<PurchaseOutlook>> SummariesAsync(Viewer viewer, DateOnly? day, CancellationToken cancellation = default)
    {
        var (customers, places, _) = await OpenAsync(viewer, "summaries", cancellation);
        return (day ?? customers.Activity.LastMonth) is not { } until ? [] :
        [
            .. from place in places
               let summary = customers.ActivityOf(place)?.Purchases?.SummaryOn(until)
               where summary is not null
               orderby customers.Company.Accounts[place].AccountId
               select new PurchaseOutlook(customers.Company.Accounts[place].AccountId, summary.Value),
        ];
    }

    /// <summary>Which lapsed customers are worth winning back, at the last month end; null without customers.</summary>
    public async Task<WinBackView?> WinBackAsync(Viewer viewer, LifecycleScope scope, CancellationToken cancellation = default) =>
        (await RunAsync(viewer, $"winback|{scope}", (customers, places) => new Found<WinBackView>(WinBack(customers, places, scope)), cancellation)).Value;

    /// <summary>The accounts behind a figure.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which ones.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<LifecycleList> AccountsAsync(Viewer viewer, LifecycleAccountAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var (customers, places, key) = await OpenAsync(viewer, $"lives|{ask}", cancellation);
        var rows = await Task.Run(() => customers.Activity.Figures.List(key, () => LifecycleRows.Of(customers, [.. Inside(customers, places, ask.Scope, ask.Month)], ask)), cancellation);
        var accounts = rows.Select(row => row.AccountNo).Distinct().Count();
        return new([.. rows.Skip(offset).Take(limit)], rows.Count, accounts, rows.Sum(row => row.Money), customers.Company.Settings.Currency);
    }

    /// <summary>The earlier days at which customers are followed, newest first.</summary>
    internal static IReadOnlyList<DateOnly> NextDays(CustomerBook customers, DateOnly month)
    {
        if (customers.KnownUntil is not { } known)
        {
            return [];
        }

        var settings = customers.Company.Settings;
        var last = known.AddDays(-settings.HorizonDays - (customers.ByContracts ? settings.GraceDays : 0));
        last = last < month ? last : month;
        var first = customers.ByContracts ? customers.Company.FirstTerm : customers.Activity.Accounts.Values.Min(activity => activity.Purchases is { Days.Count: > 0 } bought ? bought.Days[0] : (DateOnly?)null);
        // before that nobody could stand anywhere
        return PastDays.Of(last, settings.HorizonDays, first);
    }

    /// <summary>What became of an account in the horizon after a day.</summary>
    internal static NextFate FateOf(CustomerBook customers, int place, DateOnly day)
    {
        var settings = customers.Company.Settings;
        if (customers.ByContracts)
        {
            return customers.Company.ContractsUntil is not { } known ? NextFate.Unknown : NpsFates.Of(customers.Company.Accounts[place].Contracts.Mrr, day, settings.HorizonDays, known, settings.GraceDays) switch
            {
                NpsFate.Stayed => NextFate.Kept,
                NpsFate.Left => NextFate.Gone,
                _ => NextFate.Unknown,
            };
        }

        return customers.ActivityOf(place)?.Purchases is not { } purchases || day.AddDays(settings.HorizonDays) > customers.KnownUntil ? NextFate.Unknown
            : purchases.Between(day, day.AddDays(settings.HorizonDays)).Count > 0 ? NextFate.Kept
            : NextFate.Gone;
    }

    /// <summary>The model fitted on all customers' purchases up to a day; null where there are too few.</summary>
    internal static BgNbdFit? Fitted(CustomerBook customers, DateOnly day) =>
        customers.Activity.Own.Figure($"bgnbd|{day:O}", () => new Found<BgNbdFit>(BgNbdFit.Of([.. customers.Activity.Accounts.OrderBy(one => one.Key).Select(one => one.Value.Purchases?.SummaryOn(day)).OfType<PurchaseSummary>()]))).Value;

    /// <summary>Places of the accounts that are looked at.</summary>
    private static IEnumerable<int> Inside(CustomerBook customers, IReadOnlyList<int> places, LifecycleScope scope, DateOnly day) =>
        scope == LifecycleScope.All ? places : places.Where(place => scope.Has(customers.Company.Accounts[place], day));

    private static LifecycleOverview Overview(CustomerBook customers, IReadOnlyList<int> places, LifecycleScope scope, int months)
    {
        var settings = customers.Company.Settings;
        LifecycleOverview Of(IReadOnlyList<StageMonth> shown, CustomerDiagnosis? diagnosis, IReadOnlyList<LeadingIndicator> indicators, (int Alarms, int Followed) history) => new(
            customers.ByContracts, settings.Currency, shown, diagnosis, indicators, history.Alarms, history.Followed, customers.Activity.ByPurchases, customers.Activity.Last,
            settings.LifecycleNewDays, settings.LifecycleActiveDays, settings.LifecycleLoyalScore, Choices(customers, places));
        if (customers.Last is not { } last)
        {
            return Of([], null, [], default);
        }

        // rates come from the twelve months before the last one
        var back = Math.Max(months, CustomerDiagnosis.MostMonths + 1);
        var ends = MonthEnds.Between(last.AddDays(1).AddMonths(-back - 1), last).TakeLast(back + 1).ToArray();
        var inside = Inside(customers, places, scope, last).ToList();
        Parallel.ForEach(ends, end => customers.Stages(end));
        var all = new List<StageMonth>();
        for (var i = 0; i < ends.Length; i++)
        {
            var (now, before) = (customers.Stages(ends[i]), i == 0 ? null : customers.Stages(ends[i - 1]));
            var month = new StageMonth(ends[i]);
            foreach (var place in inside)
            {
                if (now[place] is { } stage)
                {
                    month.Add(before?[place], stage, now.MoneyOf(place));
                }
            }

            all.Add(month);
        }

        // months before the first customer say nothing
        var lived = all.SkipWhile(month => month.Active + month.Lapsed == 0).ToList();
        var money = lived.Select(month => new CustomersAndMoney(month.End, month.Active, month.Money)).ToList();
        return Of(
            [.. lived.TakeLast(months + 1)],
            // the goal is the whole company's
            CustomerDiagnosis.Of(lived, settings.LifecycleGoal == 0 || inside.Count < customers.Company.Accounts.Count ? null : settings.LifecycleGoal, GoalMonths), LeadingIndicator.Of(money), LeadingIndicator.History(money));
    }

    private static RfmTable Table(CustomerBook customers, IReadOnlyList<int> places, LifecycleScope scope, DateOnly month)
    {
        var before = new DateOnly(month.Year, month.Month, 1).AddDays(-1);
        Parallel.Invoke(() => customers.Scores(month), () => customers.Scores(before));
        var (now, then) = (customers.Scores(month), customers.Scores(before));
        var cells = new (int Customers, decimal Money, int CustomersBefore, decimal MoneyBefore, int Entered, int Left)[5, 5];
        var inside = Inside(customers, places, scope, month).ToList();
        foreach (var place in inside)
        {
            var (score, former) = (now.CellOf(place), then.CellOf(place));
            var moved = score.R != former.R || score.F != former.F;
            if (score.R > 0)
            {
                ref var cell = ref cells[score.R - 1, score.F - 1];
                cell.Customers++;
                cell.Money += score.Money;
                cell.Entered += moved ? 1 : 0;
            }

            if (former.R > 0)
            {
                ref var cell = ref cells[former.R - 1, former.F - 1];
                cell.CustomersBefore++;
                cell.MoneyBefore += former.Money;
                cell.Left += moved ? 1 : 0;
            }
        }

        var days = NextDays(customers, month);
        Parallel.ForEach(days, day => customers.Scores(day));
        var next = new (int Known, int Kept)[5, 5];
        foreach (var day in days)
        {
            var sheet = customers.Scores(day);
            foreach (var place in inside)
            {
                if (sheet.CellOf(place) is { R: > 0 } score && FateOf(customers, place, day) is var fate and not NextFate.Unknown)
                {
                    ref var cell = ref next[score.R - 1, score.F - 1];
                    cell.Known++;
                    cell.Kept += fate == NextFate.Kept ? 1 : 0;
                }
            }
        }

        var order = from r in Enumerable.Range(1, 5).Reverse() from f in Enumerable.Range(1, 5).Reverse() select (R: r, F: f);
        return new(
            month, before, customers.Activity.ByPurchases,
            [.. order.Select(at => Cell(at.R, at.F, cells[at.R - 1, at.F - 1]))], [.. order.Select(at => NextCell(at.R, at.F, next[at.R - 1, at.F - 1]))], days, customers.Company.Settings.HorizonDays);
    }

    private static RfmTableCell Cell(int r, int f, (int Customers, decimal Money, int CustomersBefore, decimal MoneyBefore, int Entered, int Left) cell) =>
        new(r, f, cell.Customers, cell.Money, cell.CustomersBefore, cell.MoneyBefore, cell.Entered, cell.Left);

    private static RfmNextCell NextCell(int r, int f, (int Known, int Kept) cell)
    {
        if (cell.Known == 0)
        {
            return new(r, f, 0, 0, null, null, null);
        }

        var (lower, upper) = TestCurves.Wilson(cell.Kept, cell.Known);
        return new(r, f, cell.Known, cell.Kept, (double)cell.Kept / cell.Known, lower, upper);
    }

    private static RepeatView? Repeats(CustomerBook customers, IReadOnlyList<int> places, LifecycleScope scope, DateOnly? asked, int horizon)
    {
        if (asked is not { } day)
        {
            return null;
        }

        var isWhole = places.Count == customers.Company.Accounts.Count;
        var (bought, steps, byMonth, intervals) = customers.Activity.Figures.Figure(isWhole ? $"occasions|{scope}|{day:O}" : null, () =>
        {
            var some = Inside(customers, places, scope, day).Select(customers.ActivityOf).Select(activity => activity?.Purchases).OfType<PurchaseHistory>().Where(purchases => purchases.CountUntil(day) > 0).ToList();
            var occasions = some.Select(purchases => purchases.OccasionsUntil(day)).ToList();
            return Tuple.Create(some, RepeatPurchases.Steps(occasions, day), RepeatPurchases.ByMonth(occasions, day, RepeatPurchases.ShortDays), RepeatPurchases.Intervals(occasions));
        });
        var fit = Fitted(customers, day);
        // a month end, so that its customers can be listed
        var before = MonthEnds.OnOrBefore(day.AddDays(-horizon));
        var test = Fitted(customers, before);
        return new(
            day, bought.Count, steps, byMonth, intervals, fit, horizon,
            fit is null ? [] : Groups(fit.Model, bought, day, horizon, null), test is null ? [] : Groups(test.Model, bought, before, day.DayNumber - before.DayNumber, day), test is null ? null : before);
    }

    private static List<RepeatGroup> Groups(BgNbd model, IReadOnlyList<PurchaseHistory> bought, DateOnly day, int horizon, DateOnly? until)
    {
        var groups = new (int Customers, double Alive, double Expected, int Actual)[MostRepeats + 1];
        foreach (var purchases in bought)
        {
            if (purchases.SummaryOn(day) is { } summary)
            {
                ref var group = ref groups[Math.Min(summary.Frequency, MostRepeats)];
                group.Customers++;
                group.Alive += model.ProbabilityAlive(summary);
                group.Expected += model.Expected(summary, horizon / PurchaseSummary.DaysPerWeek);
                group.Actual += until is { } end ? purchases.OccasionsUntil(end).Count - summary.Frequency - 1 : 0;
            }
        }

        return [.. groups.Select((group, repeats) => new RepeatGroup(repeats, repeats == MostRepeats, group.Customers, group.Customers == 0 || until is not null ? null : group.Alive / group.Customers, group.Expected, until is null ? null : group.Actual)).Where(group => group.Customers > 0)];
    }

    private static WinBackView? WinBack(CustomerBook customers, IReadOnlyList<int> places, LifecycleScope scope)
    {
        if (customers.Last is not { } day)
        {
            return null;
        }

        var lapsed = LapsedCustomers.Of(customers);
        var inside = Inside(customers, places, scope, day).Select(place => lapsed.Of(place)).OfType<LapsedCustomer>().ToList();
        var groups = GoneDays.Select((from, i) =>
        {
            int? to = i + 1 < GoneDays.Length ? GoneDays[i + 1] : null;
            var some = inside.Where(one => one.GoneDays >= from && !(one.GoneDays >= to)).ToList();
            var known = some.Where(one => one.Chance is not null).ToList();
            return new LapsedGroup(from, to, some.Count, some.Sum(one => one.YearMoney), known.Count == 0 ? null : known.Sum(one => one.Worth!.Value), known.Count == 0 ? null : known.Average(one => one.Chance!.Value));
        });
        return new(day, customers.ByContracts, lapsed.Spells, lapsed.Returns, [.. groups]);
    }

    private static Dictionary<RetentionSlice, IReadOnlyList<string>> Choices(CustomerBook customers, IReadOnlyList<int> places)
    {
        var day = customers.Last ?? DateOnly.MaxValue;
        return LifecycleScope.Slices.ToDictionary(slice => slice, slice => (IReadOnlyList<string>)
        [
            .. places.Select(place => RetentionScope.ValueOf(customers.Company.Accounts[place], slice, day, 1)).Where(value => value != RetentionScope.Unknown)
                .GroupBy(value => value).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Key).Take(100),
        ]);
    }

    private async Task<T> RunAsync<T>(Viewer viewer, string figure, Func<CustomerBook, IReadOnlyList<int>, T> compute, CancellationToken cancellation)
        where T : class
    {
        var (customers, places, key) = await OpenAsync(viewer, figure, cancellation);
        return await Task.Run(() => customers.Activity.Figures.Figure(key, () => compute(customers, places)), cancellation);
    }

    private async Task<(CustomerBook Customers, IReadOnlyList<int> Places, string? Key)> OpenAsync(Viewer viewer, string figure, CancellationToken cancellation)
    {
        var (book, accounts, key) = await books.ForAsync(viewer, figure, cancellation);
        var activity = await activities.ForAsync(book, cancellation);
        var customers = activity.Figures.Figure("customers", () => new CustomerBook(book, activity));
        var everybody = activity.Figures.Figure("places", () => new Found<int[]>([.. Enumerable.Range(0, book.Accounts.Count)])).Value!;
        if (key is not null)
        {
            return (customers, everybody, key);
        }

        var own = accounts.Select(entry => entry.AccountNo).ToHashSet();
        return (customers, [.. everybody.Where(place => own.Contains(book.Accounts[place].AccountNo))], key);
    }

    /// <summary>A figure that may be missing, kept all the same.</summary>
    private sealed record Found<T>(T? Value);
}
