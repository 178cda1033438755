namespace CustomerSuccess.Core.Demo;

/// <summary>What is simulated. Equal plans give equal companies.</summary>
/// <param name="Accounts">How many customers there ever are; 55 % of them from the start, the others come over time.</param>
/// <param name="Months">How many months the files cover.</param>
/// <param name="Seed">Where all randomness comes from.</param>
public sealed record DemoPlan(int Accounts, int Months, int Seed)
{
    /// <summary>Any day of the last month covered.</summary>
    public DateOnly Until { get; init; } = new(2026, 9, 30);

    /// <summary><c>USD</c>, or <c>JPY</c> with prices a hundred times as high and a file of rates to USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Products sold, 1–3: the core product, and add-ons that some customers buy. The customers live the same lives whichever it is.</summary>
    public int Products { get; init; } = 3;

    /// <summary>
    /// True for a company with a feature that truly keeps customers, <c>automation</c>: whoever takes it up, large or small, leaves less often from then on for every reason, and all others more often.
    /// Beside it stands the API, which only large customers use and which keeps nobody. False leaves every file as it is without.
    /// </summary>
    public bool Automation { get; init; }

    /// <summary>The first day covered.</summary>
    public DateOnly First => StartOf(0);

    /// <summary>The last day covered.</summary>
    public DateOnly Last => StartOf(Months).AddDays(-1);

    /// <summary>The first day of a month counted from the first one covered.</summary>
    public DateOnly StartOf(int month) => new DateOnly(Until.Year, Until.Month, 1).AddMonths(month - Months + 1);

    /// <summary>The month in which a day lies, counted from the first one covered.</summary>
    public int MonthOf(DateOnly day) => ((day.Year - First.Year) * 12) + day.Month - First.Month;
}
