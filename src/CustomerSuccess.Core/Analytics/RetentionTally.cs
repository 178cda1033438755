using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>Adds up retention by period, account by account. No account is kept, so any number of them can be counted.</summary>
/// <param name="periods">The periods to report, by their ends.</param>
/// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day; throws where it is missing.</param>
/// <param name="reasons">Tells who chose to leave; null where nobody asks.</param>
/// <param name="historyFrom">The first month end on which any account of the company pays, where a part of the company is counted; null for the first of those that are counted.</param>
public sealed class RetentionTally(IReadOnlyList<RetentionPeriod> periods, Func<string, DateOnly, decimal> rate, ChurnReasons? reasons = null, DateOnly? historyFrom = null)
{
    private readonly RetentionPeriod[] _years = [.. periods.Select(period => RetentionPeriod.Trailing12(period.End))];
    private readonly Boundaries _days = new(periods);
    private readonly Sums[] _sums = [.. periods.Select(period => new Sums { HasHistory = historyFrom <= period.Start })];

    /// <summary>Adds up by month.</summary>
    /// <param name="months">Month ends to report, ascending.</param>
    /// <param name="rate">As above.</param>
    public RetentionTally(IReadOnlyList<DateOnly> months, Func<string, DateOnly, decimal> rate)
        : this([.. months.Select(RetentionPeriod.Month)], rate)
    {
    }

    /// <summary>Counts one account.</summary>
    /// <param name="account">Its contracts.</param>
    /// <param name="belongs">Whether the account is among those that are looked at in a period, since what it is may change; null counts it in every one.</param>
    public void Add(AccountContracts account, Func<RetentionPeriod, bool>? belongs = null)
    {
        var mrr = account.Mrr;
        if (mrr.FirstPayingDay is not { } first)
        {
            return;
        }

        Span<int> changes = stackalloc int[_days.Count];
        _days.Walk(mrr, changes);
        for (var i = 0; i < _sums.Length; i++)
        {
            var period = periods[i];
            if (first > period.End)
            {
                continue;
            }

            var (start, end, yearStart) = _days[i];

            var sums = _sums[i];
            if (belongs is null || belongs(period))
            {
                if (!sums.HasHistory && first <= period.Start)
                {
                    sums.HasHistory = mrr.PaidAtMonthEndBefore(period.Start.AddDays(1));
                }

                sums.Count(AccountMovement.Of(account, period, MrrMovement.Between(mrr, period.Start, changes[start], period.End, changes[end], rate), rate), reasons);
            }

            if (mrr.IsPayingFrom(changes[yearStart]) && _years[i] is var year && (belongs is null || belongs(year)))
            {
                sums.Year.Count(MrrMovement.Between(mrr, year.Start, changes[yearStart], year.End, changes[end], rate), mrr.IsPayingFrom(changes[end]));
            }
        }
    }

    /// <summary>Counts an account whose movement is known already. Only where there is one period.</summary>
    /// <param name="moved">Its movement in the period.</param>
    /// <param name="yearStart">Its MRR twelve months before the period's end; 0 where it did not pay then.</param>
    /// <param name="yearChange">What became of that since, at the rates of then.</param>
    public void Add(in AccountMovement moved, decimal yearStart, decimal yearChange)
    {
        var sums = _sums.Single();
        sums.Count(moved, reasons);
        if (yearStart != 0)
        {
            sums.Year.Count(new MrrMovement(MrrMovementKind.None, yearStart, yearChange, 0, yearStart + yearChange), moved.Pays);
        }
    }

    /// <summary>Counts everything in that another tally of the same periods counted.</summary>
    public void Add(RetentionTally other)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i].Add(other._sums[i]);
        }
    }

    /// <summary>The figures of every period.</summary>
    public IReadOnlyList<RetentionFigures> Figures() => [.. periods.Select((period, i) => _sums[i].Of(period))];

    /// <summary>The figures by month.</summary>
    public IReadOnlyList<RetentionMonth> Months() => [.. Figures().Select(f => new RetentionMonth(f.Period.End, f.Accounts, f.Mrr, f.Bridge, f.Rates, f.Yearly))];

    /// <summary>The days at which periods and their years begin and end, each once, so that an account's changes are walked along once.</summary>
    private sealed class Boundaries
    {
        private readonly DateOnly[] _days;
        private readonly (int Start, int End, int YearStart)[] _places;

        public Boundaries(IReadOnlyList<RetentionPeriod> periods)
        {
            _days = [.. periods.SelectMany(period => new[] { period.Start, period.End, RetentionPeriod.Trailing12(period.End).Start }).Distinct().Order()];
            _places = [.. periods.Select(period => (PlaceOf(period.Start), PlaceOf(period.End), PlaceOf(RetentionPeriod.Trailing12(period.End).Start)))];
        }

        public int Count => _days.Length;

        public (int Start, int End, int YearStart) this[int period] => _places[period];

        public void Walk(MrrTimeline mrr, Span<int> changes) => mrr.IndexesOf(_days, changes);

        private int PlaceOf(DateOnly day) => Array.BinarySearch(_days, day);
    }

    private sealed class Kept
    {
        private decimal _start;
        private decimal _kept;
        private decimal _end;
        private int _stayed;

        public int Accounts { get; private set; }

        public RetentionRates? Rates => _start == 0 ? null : new((double)(_kept / _start), (double)(_end / _start), (double)_stayed / Accounts);

        public void Count(in MrrMovement movement, bool pays)
        {
            var end = movement.Start + movement.Change;
            _start += movement.Start;
            _kept += Math.Min(end, movement.Start);
            _end += end;
            Accounts++;
            _stayed += pays ? 1 : 0;
        }

        public void Add(Kept other)
        {
            (_start, _kept, _end) = (_start + other._start, _kept + other._kept, _end + other._end);
            (Accounts, _stayed) = (Accounts + other.Accounts, _stayed + other._stayed);
        }
    }

    private sealed class Sums
    {
        private readonly decimal[] _change = new decimal[6];
        private readonly int[] _moved = new int[6];
        private readonly decimal[] _left = new decimal[3];
        private readonly int[] _leavers = new int[3];
        private readonly Kept _period = new();
        private int _accounts;
        private decimal _mrr;
        private decimal _start;
        private decimal _fx;
        private MrrSplit _expansion;
        private MrrSplit _contraction;

        public bool HasHistory { get; set; }

        public Kept Year { get; } = new();

        public void Count(in AccountMovement moved, ChurnReasons? reasons)
        {
            var movement = moved.Mrr;
            _accounts += moved.Pays ? 1 : 0;
            _mrr += movement.End;
            _start += movement.Start;
            _fx += movement.Fx;
            _change[(int)movement.Kind] += movement.Change;
            _moved[(int)movement.Kind]++;
            switch (movement.Kind)
            {
                case MrrMovementKind.Expansion:
                    _expansion += moved.Split;
                    break;
                case MrrMovementKind.Contraction:
                    _contraction += -moved.Split;
                    break;
                case MrrMovementKind.Churn when reasons is not null:
                    _left[(int)reasons.Of(moved.Reason)] -= movement.Change;
                    _leavers[(int)reasons.Of(moved.Reason)]++;
                    break;
            }

            if (moved.Paid)
            {
                _period.Count(movement, moved.Pays);
            }
        }

        public void Add(Sums other)
        {
            HasHistory |= other.HasHistory;
            (_accounts, _mrr, _start, _fx) = (_accounts + other._accounts, _mrr + other._mrr, _start + other._start, _fx + other._fx);
            (_expansion, _contraction) = (_expansion + other._expansion, _contraction + other._contraction);
            for (var kind = 0; kind < _change.Length; kind++)
            {
                (_change[kind], _moved[kind]) = (_change[kind] + other._change[kind], _moved[kind] + other._moved[kind]);
            }

            for (var will = 0; will < _left.Length; will++)
            {
                (_left[will], _leavers[will]) = (_left[will] + other._left[will], _leavers[will] + other._leavers[will]);
            }

            _period.Add(other._period);
            Year.Add(other.Year);
        }

        public RetentionFigures Of(RetentionPeriod period) =>
            new(period, _accounts, _mrr, _period.Accounts, HasHistory ? Bridge() : null, HasHistory ? _period.Rates : null, Year.Accounts, Year.Rates);

        private MrrBridge Bridge() => new(
            _start,
            _change[(int)MrrMovementKind.New],
            _change[(int)MrrMovementKind.Reactivation],
            _change[(int)MrrMovementKind.Expansion],
            -_change[(int)MrrMovementKind.Contraction],
            -_change[(int)MrrMovementKind.Churn],
            _fx)
        {
            AccountsNew = _moved[(int)MrrMovementKind.New],
            AccountsReactivated = _moved[(int)MrrMovementKind.Reactivation],
            AccountsExpanded = _moved[(int)MrrMovementKind.Expansion],
            AccountsContracted = _moved[(int)MrrMovementKind.Contraction],
            AccountsChurned = _moved[(int)MrrMovementKind.Churn],
            ExpansionBy = _expansion,
            ContractionBy = _contraction,
            ChurnVoluntary = _left[(int)ChurnWill.Voluntary],
            ChurnInvoluntary = _left[(int)ChurnWill.Involuntary],
            AccountsVoluntary = _leavers[(int)ChurnWill.Voluntary],
            AccountsInvoluntary = _leavers[(int)ChurnWill.Involuntary],
        };
    }
}
