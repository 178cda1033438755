using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Risk;

/// <summary>Terms of one account that end in one month.</summary>
/// <param name="Month">The month's last day.</param>
/// <param name="EndsOn">The first of their agreed ends.</param>
/// <param name="Mrr">Reporting currency, at the rates known on the day looked from.</param>
public readonly record struct DueTerms(DateOnly Month, DateOnly EndsOn, decimal Mrr);

/// <summary>Which terms end within a year, as known on a day.</summary>
public static class RenewalTerms
{
    /// <summary>Months ahead that are looked at.</summary>
    public const int Months = 12;

    /// <summary>Paying terms whose agreed end lies after a day, by month; those without an agreed end renew by themselves and are not among them.</summary>
    /// <param name="terms">Of one account, none voided.</param>
    /// <param name="t">The day looked from.</param>
    /// <param name="rate">Units of the reporting currency for one unit of a currency, as known at t.</param>
    public static IReadOnlyList<DueTerms> Of(IEnumerable<Subscription> terms, DateOnly t, Func<string, decimal> rate)
    {
        var last = MonthEnds.OnOrAfter(t.AddMonths(Months));
        return [.. terms
            .Where(term => term.Mrr > 0 && term.StartedOn <= t && !(term.EndedOn <= t) && term.TermEndsOn is { } end && end > t && end <= last)
            .GroupBy(term => MonthEnds.OnOrAfter(term.TermEndsOn!.Value))
            .OrderBy(group => group.Key)
            .Select(group => new DueTerms(group.Key, group.Min(term => term.TermEndsOn!.Value), group.Sum(term => term.Mrr * rate(term.Currency))))];
    }

    /// <summary>Months from a day's month to another's.</summary>
    public static int Ahead(DateOnly t, DateOnly month) => ((month.Year - t.Year) * 12) + month.Month - t.Month;
}
