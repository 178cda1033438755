using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Analytics;

/// <summary>A cohort at an age.</summary>
/// <param name="Accounts">Of the cohort, those that pay then.</param>
/// <param name="Kept">Their MRR at the rates of the cohort's month, so that a currency's fall is no loss.</param>
/// <param name="Mrr">Their MRR at the rates of the month itself: over all cohorts it sums to the company's.</param>
public readonly record struct CohortCell(int Accounts, decimal Kept, decimal Mrr);

/// <summary>Accounts that first paid at the same month end.</summary>
/// <param name="Month">That month end.</param>
/// <param name="Cells">By age in months, from 0 on; as long as the data reach.</param>
public sealed record Cohort(DateOnly Month, IReadOnlyList<CohortCell> Cells)
{
    /// <summary>How many began.</summary>
    public int Accounts => Cells[0].Accounts;

    /// <summary>With how much.</summary>
    public decimal Mrr => Cells[0].Kept;
}

/// <summary>Follows accounts by the month in which they first paid at its end.</summary>
/// <param name="last">The last month end that is known.</param>
/// <param name="rate">Units of the reporting currency for one unit of a currency in the month of a day; throws where it is missing.</param>
public sealed class CohortTally(DateOnly last, Func<string, DateOnly, decimal> rate)
{
    private readonly SortedDictionary<DateOnly, CohortCell[]> _cohorts = [];

    /// <summary>The first month end up to the last one on which an account pays; null for none.</summary>
    public static DateOnly? FirstMonthEnd(MrrTimeline mrr, DateOnly last)
    {
        if (mrr.FirstPayingDay is not { } first)
        {
            return null;
        }

        foreach (var end in MonthEnds.Between(first, last))
        {
            if (mrr.IsPaying(end))
            {
                return end;
            }
        }

        return null;
    }

    public void Add(AccountContracts account)
    {
        if (FirstMonthEnd(account.Mrr, last) is not { } month)
        {
            return;
        }

        var cells = CellsOf(month);
        var (age, end) = (0, month);
        for (; age < cells.Length; age++, end = MonthEnds.OnOrAfter(end.AddDays(1)))
        {
            var at = account.Mrr.IndexOf(end);
            if (account.Mrr.IsPayingFrom(at))
            {
                var movement = MrrMovement.Between(account.Mrr, month, end, rate);
                cells[age] = new(cells[age].Accounts + 1, cells[age].Kept + movement.Start + movement.Change, cells[age].Mrr + movement.End);
            }
        }
    }

    /// <summary>Counts everything in that another tally up to the same month counted.</summary>
    public void Add(CohortTally other)
    {
        foreach (var (month, theirs) in other._cohorts)
        {
            var cells = CellsOf(month);
            for (var age = 0; age < cells.Length; age++)
            {
                cells[age] = new(cells[age].Accounts + theirs[age].Accounts, cells[age].Kept + theirs[age].Kept, cells[age].Mrr + theirs[age].Mrr);
            }
        }
    }

    /// <summary>Every cohort that somebody belongs to, oldest first.</summary>
    public IReadOnlyList<Cohort> Cohorts() => [.. _cohorts.Select(cohort => new Cohort(cohort.Key, cohort.Value))];

    private CohortCell[] CellsOf(DateOnly month)
    {
        if (!_cohorts.TryGetValue(month, out var cells))
        {
            _cohorts.Add(month, cells = new CohortCell[new RetentionPeriod(month, last).Months + 1]);
        }

        return cells;
    }
}
