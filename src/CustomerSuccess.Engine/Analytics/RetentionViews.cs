using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>What can be asked for: values that occur, most accounts first.</summary>
/// <param name="Values">By slice.</param>
public sealed record RetentionChoices(IReadOnlyDictionary<RetentionSlice, IReadOnlyList<string>> Values);

/// <summary>Retention by period.</summary>
/// <param name="Currency">The reporting currency.</param>
/// <param name="FiscalStart">The month in which fiscal years begin.</param>
/// <param name="Last">The last month end that contracts reach; null without contracts.</param>
/// <param name="ContractsUntil">The day up to which they are complete.</param>
/// <param name="Periods">Oldest first.</param>
/// <param name="Months">Each month of the same time, with what was kept of the MRR twelve months before.</param>
/// <param name="Year">The trailing twelve months up to the last month; null without contracts.</param>
/// <param name="Choices">What can be asked for.</param>
public sealed record RetentionOverview(string Currency, int FiscalStart, DateOnly? Last, DateOnly? ContractsUntil, IReadOnlyList<RetentionFigures> Periods, IReadOnlyList<RetentionFigures> Months, RetentionFigures? Year, RetentionChoices Choices);

/// <summary>The figures of the accounts of one value.</summary>
/// <param name="Value">A segment, plan, address, region or year; <see cref="RetentionScope.Unknown"/> where it was not known.</param>
/// <param name="Figures">Of the period asked for.</param>
public sealed record RetentionPart(string Value, RetentionFigures Figures);

/// <summary>Why accounts left.</summary>
/// <param name="Reason">As the source says it; null where nobody said.</param>
/// <param name="Will">Whether they chose to.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Mrr">What they paid at the period's start.</param>
public sealed record ReasonPart(string? Reason, ChurnWill Will, int Accounts, decimal Mrr);

/// <summary>How long customers stay.</summary>
/// <param name="Points">By month of their life, from 0 on, as far as at least <see cref="LeastAtRisk"/> were watched.</param>
/// <param name="Customers">How many were watched.</param>
/// <param name="Left">Of these, left.</param>
/// <param name="MedianMonths">The month by which half have left; null where the curve stays above.</param>
/// <param name="WatchedUntil">The day up to which leaving is known.</param>
/// <param name="GraceDays">Days without MRR that are no churn yet.</param>
public sealed record SurvivalView(IReadOnlyList<SurvivalPoint> Points, int Customers, int Left, double? MedianMonths, DateOnly? WatchedUntil, int GraceDays)
{
    /// <summary>Below so many at risk the curve is not drawn on.</summary>
    public const int LeastAtRisk = 10;
}

/// <summary>The bridge of a period against the contract rows.</summary>
/// <param name="Figures">The bridge.</param>
/// <param name="StartByRows">MRR at the start, summed by the database over contract rows.</param>
/// <param name="EndByRows">MRR at the end, likewise.</param>
/// <param name="StartRows">How many rows were paid at the start.</param>
/// <param name="EndRows">At the end.</param>
public sealed record RetentionCheck(RetentionFigures Figures, decimal StartByRows, decimal EndByRows, int StartRows, int EndRows)
{
    /// <summary>Start and movements less the end by the contract rows: 0 where the bridge closes.</summary>
    public decimal Difference => Figures.Bridge is { } b ? b.Start + b.New + b.Reactivation + b.Expansion - b.Contraction - b.Churn + b.Fx - EndByRows : Figures.Mrr - EndByRows;

    /// <summary>The bridge's start less the start by the contract rows.</summary>
    public decimal StartDifference => (Figures.Bridge?.Start ?? StartByRows) - StartByRows;
}

/// <summary>Which movements are listed.</summary>
public enum MovementKind
{
    /// <summary>Everybody who pays at the start or at the end.</summary>
    All,

    /// <summary>Who pays at the start.</summary>
    Start,
    New,
    Reactivation,
    Expansion,
    Contraction,
    Churn,

    /// <summary>Whose MRR rates moved.</summary>
    Fx,

    /// <summary>Who pays at the end.</summary>
    End,
}

/// <summary>Which part of an expansion or a contraction is listed.</summary>
public enum SplitPart
{
    Price,
    Seats,
    Products,
    Untold,
}

/// <summary>By what movements are ordered.</summary>
public enum MovementSort
{
    /// <summary>By the size of the change.</summary>
    Change,
    Name,
    Start,
    End,
}

/// <summary>Which accounts and movements are asked for.</summary>
/// <param name="Period">Between which month ends.</param>
/// <param name="Scope">Which accounts.</param>
public sealed record MovementAsk(RetentionPeriod Period, RetentionScope Scope)
{
    public MovementKind Kind { get; init; }

    /// <summary>Only movements that have something of this part; null for any.</summary>
    public SplitPart? Part { get; init; }

    /// <summary>Only those who left for this reason; <see cref="RetentionScope.Unknown"/> for none given; null for any.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those who first paid at this month end; null for any.</summary>
    public DateOnly? Cohort { get; init; }

    /// <summary>Accounts that left in this month of their life (from 1 on), whenever that was: the period is then not asked for.</summary>
    public int? Life { get; init; }

    /// <summary>True for the movements of a closed month as they stood when it was closed; of a period that does not stand closed, those of today.</summary>
    public bool AsClosed { get; init; }

    public MovementSort Sort { get; init; }

    public bool Descending { get; init; } = true;
}

/// <summary>An account and its movement.</summary>
public sealed record MovementRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, string? Owner, MrrMovementKind Kind, decimal Start, decimal Change, MrrSplit Split, decimal Fx, decimal End, string? Reason, ChurnWill? Will, DateOnly? LeftOn);

/// <summary>A stretch of movements.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Start">Σ MRR at the start, over the whole list.</param>
/// <param name="Change">Σ change.</param>
/// <param name="Fx">Σ effect of rates.</param>
/// <param name="End">Σ MRR at the end.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record MovementPage(IReadOnlyList<MovementRow> Rows, int Total, decimal Start, decimal Change, decimal Fx, decimal End, string Currency);
