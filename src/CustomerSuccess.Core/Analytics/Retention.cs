using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>Recurring revenue at a month's end and what moved it since the end of the month before. Money in the reporting currency. Start + New + Reactivation + Expansion − Contraction − Churn + Fx = Mrr, always.</summary>
public sealed record MrrBridge(decimal Start, decimal New, decimal Reactivation, decimal Expansion, decimal Contraction, decimal Churn, decimal Fx)
{
    public int AccountsNew { get; init; }

    public int AccountsReactivated { get; init; }

    public int AccountsExpanded { get; init; }

    public int AccountsContracted { get; init; }

    public int AccountsChurned { get; init; }
}

/// <summary>Shares of what was there at a period's start that are there at its end, over the accounts paying at the start; at the start's rates, so that a currency's fall is no churn.</summary>
/// <param name="Gross">Σ min(end, start) / Σ start, 0–1.</param>
/// <param name="Net">Σ end / Σ start, 0 or more.</param>
/// <param name="Logo">Accounts still paying / accounts paying at the start, 0–1.</param>
public sealed record RetentionRates(double Gross, double Net, double Logo);

/// <summary>A month's retention figures.</summary>
/// <param name="Month">The month's last day.</param>
/// <param name="Accounts">Accounts paying on it.</param>
/// <param name="Mrr">Their MRR.</param>
/// <param name="Bridge">Null where no account had ever paid at an earlier month end: the first month has levels only.</param>
/// <param name="Monthly">Against the month before; null where nobody paid then.</param>
/// <param name="Yearly">Against twelve months before; null where nobody paid then.</param>
public sealed record RetentionMonth(DateOnly Month, int Accounts, decimal Mrr, MrrBridge? Bridge, RetentionRates? Monthly, RetentionRates? Yearly);

/// <summary>Adds up retention by month, account by account. No account is kept, so any number of them can be counted.</summary>
/// <param name="months">Month ends to report, ascending.</param>
/// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day; throws where it is missing.</param>
public sealed class RetentionTally(IReadOnlyList<DateOnly> months, Func<string, DateOnly, decimal> rate)
{
    private readonly Sums[] _sums = [.. months.Select(_ => new Sums())];

    /// <summary>Counts one account.</summary>
    public void Add(MrrTimeline mrr)
    {
        if (mrr.FirstPayingDay is not { } first)
        {
            return;
        }

        for (var i = 0; i < months.Count; i++)
        {
            var end = months[i];
            if (first > end)
            {
                continue;
            }

            var sums = _sums[i];
            var start = MonthEnds.OnOrBefore(new DateOnly(end.Year, end.Month, 1).AddDays(-1));
            if (first <= start)
            {
                sums.HasHistory |= mrr.PaidAtMonthEndBefore(end);
            }

            var movement = MrrMovement.Between(mrr, start, end, rate);
            sums.Count(movement, mrr.IsPaying(start), mrr.IsPaying(end));
            var yearBefore = MonthEnds.OnOrAfter(end.AddMonths(-12));
            if (first <= yearBefore && mrr.IsPaying(yearBefore))
            {
                sums.Year.Count(MrrMovement.Between(mrr, yearBefore, end, rate), mrr.IsPaying(end));
            }
        }
    }

    /// <summary>The figures of every month.</summary>
    public IReadOnlyList<RetentionMonth> Months() => [.. months.Select((month, i) => _sums[i].Of(month))];

    private sealed class Kept
    {
        private decimal _start;
        private decimal _kept;
        private decimal _end;
        private int _accounts;
        private int _stayed;

        public void Count(in MrrMovement movement, bool pays)
        {
            var end = movement.Start + movement.Change;
            _start += movement.Start;
            _kept += Math.Min(end, movement.Start);
            _end += end;
            _accounts++;
            _stayed += pays ? 1 : 0;
        }

        public RetentionRates? Rates => _start == 0 ? null : new((double)(_kept / _start), (double)(_end / _start), (double)_stayed / _accounts);
    }

    private sealed class Sums
    {
        private int _accounts;
        private decimal _mrr;
        private decimal _start;
        private decimal _fx;
        private readonly decimal[] _change = new decimal[6];
        private readonly int[] _moved = new int[6];
        private readonly Kept _month = new();

        public bool HasHistory { get; set; }

        public Kept Year { get; } = new();

        public void Count(in MrrMovement movement, bool paid, bool pays)
        {
            _accounts += pays ? 1 : 0;
            _mrr += movement.End;
            _start += movement.Start;
            _fx += movement.Fx;
            _change[(int)movement.Kind] += movement.Change;
            _moved[(int)movement.Kind]++;
            if (paid)
            {
                _month.Count(movement, pays);
            }
        }

        public RetentionMonth Of(DateOnly month) => new(month, _accounts, _mrr, HasHistory ? Bridge() : null, HasHistory ? _month.Rates : null, Year.Rates);

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
        };
    }
}
