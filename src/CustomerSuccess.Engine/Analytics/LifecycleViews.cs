using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>By what customers of the lifecycle can be told apart: what they are on the day looked at.</summary>
/// <param name="Segment">A segment; <see cref="RetentionScope.Unknown"/> where none is known; null for all.</param>
/// <param name="Owner">An owner's address in lower case.</param>
/// <param name="Region">A region.</param>
public sealed record LifecycleScope(string? Segment = null, string? Owner = null, string? Region = null)
{
    public static LifecycleScope All { get; } = new();

    /// <summary>Slices that the scope knows.</summary>
    public static IReadOnlyList<RetentionSlice> Slices { get; } = [RetentionSlice.Segment, RetentionSlice.Owner, RetentionSlice.Region];

    public string? this[RetentionSlice slice] => slice switch { RetentionSlice.Segment => Segment, RetentionSlice.Owner => Owner, _ => Region };

    public LifecycleScope With(RetentionSlice slice, string? value) => slice switch
    {
        RetentionSlice.Segment => this with { Segment = value },
        RetentionSlice.Owner => this with { Owner = value },
        _ => this with { Region = value },
    };

    /// <summary>True where an account is among those looked at.</summary>
    internal bool Has(BookEntry entry, DateOnly day)
    {
        foreach (var slice in Slices)
        {
            if (this[slice] is { } asked && RetentionScope.ValueOf(entry, slice, day, 1) != asked)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Whence and whither customers went between two month ends.</summary>
public enum StageChoice
{
    /// <summary>Was no customer yet.</summary>
    Nobody,
    New,
    Regular,
    Loyal,
    Reactivated,
    Lapsed,

    /// <summary>Any stage but lapsed.</summary>
    Active,
}

/// <summary>The stages of customers by month, with what follows from them.</summary>
/// <param name="ByContracts">True where active is who pays; else who bought within the set days.</param>
/// <param name="Currency">Of all money.</param>
/// <param name="Months">The month ends shown with the one before them, oldest first; empty where nobody was ever a customer.</param>
/// <param name="Diagnosis">Of the last month; null where too few months lie before it.</param>
/// <param name="Indicators">Of every month computed that has one three months before.</param>
/// <param name="Alarms">Earlier spells of alarm of which it is known what followed.</param>
/// <param name="Followed">Of these, followed by less money.</param>
/// <param name="HasPurchases">True where anything was ever bought.</param>
/// <param name="ActiveUntil">The last day of use or purchases; null for none.</param>
/// <param name="NewDays">Days of a new customer.</param>
/// <param name="ActiveDays">Days after a purchase for which a customer is active.</param>
/// <param name="LoyalScore">The least score of a loyal one.</param>
/// <param name="Choices">What there is to narrow by.</param>
public sealed record LifecycleOverview(
    bool ByContracts, string Currency, IReadOnlyList<StageMonth> Months, CustomerDiagnosis? Diagnosis, IReadOnlyList<LeadingIndicator> Indicators, int Alarms, int Followed,
    bool HasPurchases, DateOnly? ActiveUntil, int NewDays, int ActiveDays, int LoyalScore, IReadOnlyDictionary<RetentionSlice, IReadOnlyList<string>> Choices)
{
    /// <summary>The last month end; null without customers.</summary>
    public DateOnly? Last => Months.Count == 0 ? null : Months[^1].End;
}

/// <summary>A cell of the R × F table with what moved since the month end before.</summary>
/// <param name="R">Recency score, 1–5.</param>
/// <param name="F">Frequency score, 1–5.</param>
/// <param name="Customers">In it now.</param>
/// <param name="Money">Theirs.</param>
/// <param name="CustomersBefore">In it a month before.</param>
/// <param name="MoneyBefore">Theirs.</param>
/// <param name="Entered">In it now and not a month before.</param>
/// <param name="Left">In it a month before and not now.</param>
public sealed record RfmTableCell(int R, int F, int Customers, decimal Money, int CustomersBefore, decimal MoneyBefore, int Entered, int Left);

/// <summary>What became of the customers of a cell in the days after earlier days on which they stood in it.</summary>
/// <param name="R">Recency score.</param>
/// <param name="F">Frequency score.</param>
/// <param name="Customers">Customers at those days of whom it is known; one may count at each of them.</param>
/// <param name="Kept">Of these, who stayed, or bought again.</param>
/// <param name="Rate">Kept / customers; null for none.</param>
/// <param name="Lower">Lower end of its 95 % Wilson interval.</param>
/// <param name="Upper">Upper end.</param>
public sealed record RfmNextCell(int R, int F, int Customers, int Kept, double? Rate, double? Lower, double? Upper);

/// <summary>The R × F table.</summary>
/// <param name="Day">The month end.</param>
/// <param name="Before">The month end before.</param>
/// <param name="ByPurchases">True for purchases, false for days of use and MRR.</param>
/// <param name="Cells">Every cell, by R and then F, highest first.</param>
/// <param name="Next">What came next, in the same order.</param>
/// <param name="NextDays">The earlier days that were looked at, newest first; empty where none lies far enough back.</param>
/// <param name="Within">Days after them.</param>
public sealed record RfmTable(DateOnly Day, DateOnly Before, bool ByPurchases, IReadOnlyList<RfmTableCell> Cells, IReadOnlyList<RfmNextCell> Next, IReadOnlyList<DateOnly> NextDays, int Within)
{
    /// <summary>Below so many customers a share says too little.</summary>
    public const int LeastCustomers = 10;

    public int Customers => Cells.Sum(cell => cell.Customers);

    public decimal Money => Cells.Sum(cell => cell.Money);
}

/// <summary>What became of a customer in the days after a day.</summary>
public enum NextFate
{
    /// <summary>Too little time has passed to know, or there was nothing to lose.</summary>
    Unknown,

    /// <summary>Stayed, or bought again.</summary>
    Kept,

    /// <summary>Left, or bought nothing.</summary>
    Gone,
}

/// <summary>Customers of an equal share of the chance to buy.</summary>
/// <param name="Repeats">Repeat purchases so far; the last group is of as many or more.</param>
/// <param name="IsLast">True for that group.</param>
/// <param name="Customers">How many.</param>
/// <param name="Alive">Mean probability that they still buy; of a test, null.</param>
/// <param name="Expected">Purchases expected of all of them.</param>
/// <param name="Actual">Purchases that they made in the days of a test; null for what lies ahead.</param>
public sealed record RepeatGroup(int Repeats, bool IsLast, int Customers, double? Alive, double Expected, int? Actual);

/// <summary>Repeat purchases and how they go on.</summary>
/// <param name="Day">Up to which purchases are looked at.</param>
/// <param name="Customers">Who had bought by then.</param>
/// <param name="Steps">From one purchase to the next.</param>
/// <param name="FirstBuyers">By month of the first purchase.</param>
/// <param name="Intervals">Days between purchases; null where nobody bought twice.</param>
/// <param name="Fit">The model; null where there are too few customers.</param>
/// <param name="Horizon">Days ahead that are predicted.</param>
/// <param name="Ahead">Expected purchases by repeats so far.</param>
/// <param name="Test">The model fitted on purchases up to a month end at least as many days before, held against what then happened; empty where it could not be fitted.</param>
/// <param name="TestDay">That month end.</param>
public sealed record RepeatView(DateOnly Day, int Customers, IReadOnlyList<NextPurchase> Steps, IReadOnlyList<FirstBuyers> FirstBuyers, PurchaseIntervals? Intervals, BgNbdFit? Fit, int Horizon, IReadOnlyList<RepeatGroup> Ahead, IReadOnlyList<RepeatGroup> Test, DateOnly? TestDay);

/// <summary>Lapsed customers by how long they have been gone.</summary>
/// <param name="FromDays">Gone for so many days.</param>
/// <param name="ToDays">Up to so many; null for any longer.</param>
/// <param name="Customers">How many.</param>
/// <param name="Money">A year's money that they brought.</param>
/// <param name="Worth">Money to be expected back within a year; null where the past tells no chance.</param>
/// <param name="Chance">Mean chance to come back within a year, or that they still buy; null likewise.</param>
public sealed record LapsedGroup(int FromDays, int? ToDays, int Customers, decimal Money, decimal? Worth, double? Chance);

/// <summary>Lapsed customers and what they are worth.</summary>
/// <param name="Day">The month end.</param>
/// <param name="ByContracts">True where the chance is that of customers who lapsed before; else the model's of repeat purchases.</param>
/// <param name="Spells">How often a customer has lapsed, so far; of contracts.</param>
/// <param name="Returns">Of these, how often it came back.</param>
/// <param name="Groups">By how long they are gone.</param>
public sealed record WinBackView(DateOnly Day, bool ByContracts, int Spells, int Returns, IReadOnlyList<LapsedGroup> Groups)
{
    /// <summary>Below so many watched customers the past tells no chance.</summary>
    public const int LeastWatched = 20;
}

/// <summary>Which accounts are listed.</summary>
/// <param name="Month">The month end.</param>
/// <param name="Scope">Among whom.</param>
public sealed record LifecycleAccountAsk(DateOnly Month, LifecycleScope Scope)
{
    /// <summary>The stage at the month end; null for any, and for accounts that are no customers.</summary>
    public StageChoice? To { get; init; }

    /// <summary>The stage at the month end before; null for any.</summary>
    public StageChoice? From { get; init; }

    /// <summary>Recency score; null for any.</summary>
    public int? R { get; init; }

    /// <summary>Frequency score; null for any.</summary>
    public int? F { get; init; }

    /// <summary>1–10; null for any.</summary>
    public int? Decile { get; init; }

    /// <summary>Of a cell: <c>true</c> for who entered it since the month end before, <c>false</c> for who left it; null for who is in it.</summary>
    public bool? Entered { get; init; }

    /// <summary>Customers at earlier days with what came next, in place of the month end's.</summary>
    public bool Next { get; init; }

    /// <summary>What came next; null for any that is known.</summary>
    public NextFate? Fate { get; init; }

    /// <summary>Customers who had bought on at least so many days by the month end; null for any.</summary>
    public int? LeastPurchases { get; init; }

    /// <summary>On at most so many days; null for any.</summary>
    public int? MostPurchases { get; init; }

    /// <summary>Whose first purchase lies in the month of this end; null for any.</summary>
    public DateOnly? FirstBought { get; init; }

    /// <summary>Who bought the second time within so many days of the first; null for any.</summary>
    public int? RepeatedWithin { get; init; }

    /// <summary>True where the list asks how often customers bought.</summary>
    public bool OfPurchases => LeastPurchases is not null || MostPurchases is not null || FirstBought is not null || RepeatedWithin is not null;

    /// <summary>Lapsed customers with what they are worth.</summary>
    public bool WinBack { get; init; }

    /// <summary>Of these, gone for at least so many days; null for any.</summary>
    public int? GoneFrom { get; init; }

    /// <summary>Of these, gone for less than so many days; null for any.</summary>
    public int? GoneTo { get; init; }

    public LifecycleSort Sort { get; init; }

    public bool Descending { get; init; } = true;
}

/// <summary>By what accounts are ordered.</summary>
public enum LifecycleSort
{
    Money,
    Name,
    Recency,
    Frequency,
    Worth,
    Gone,
}

/// <summary>A customer of the lifecycle.</summary>
/// <param name="Stage">At the month end; null for none.</param>
/// <param name="Before">At the month end before.</param>
/// <param name="Money">MRR, or purchases of the trailing 365 days; of a lapsed contract customer asked for with its worth, the MRR when it left.</param>
/// <param name="Score">Recency, frequency and money; null where the account never did anything.</param>
/// <param name="Decile">1–10; null likewise.</param>
public sealed record LifecycleRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? Owner, CustomerStage? Stage, CustomerStage? Before, decimal Money, RfmScore? Score, int? Decile)
{
    /// <summary>The earlier day that the row is about; null for the month end.</summary>
    public DateOnly? Day { get; init; }

    public NextFate Fate { get; init; }

    /// <summary>The day on which a lapsed contract customer left, or on which one last bought.</summary>
    public DateOnly? LeftOn { get; init; }

    /// <summary>Why it left, as the source says it.</summary>
    public string? Reason { get; init; }

    /// <summary>Of contracts, the chance that it comes back within a year; of purchases, that it still buys; 0–1. Null where the past tells none.</summary>
    public double? Chance { get; init; }

    /// <summary>Money to be expected of it within a year.</summary>
    public decimal? Worth { get; init; }
}

/// <summary>A stretch of accounts.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Accounts">Customers in it.</param>
/// <param name="Money">Theirs.</param>
/// <param name="Currency">Of all money.</param>
public sealed record LifecycleList(IReadOnlyList<LifecycleRow> Rows, int Total, int Accounts, decimal Money, string Currency);
