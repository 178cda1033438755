using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>The reasons at a month end.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Part">Of all accounts, or of the segment looked at.</param>
/// <param name="Themes">The reasons of its totals.</param>
public sealed record DriverMonth(DateOnly AsOf, DriverPart Part, IReadOnlyList<string> Themes)
{
    /// <summary>What a reason puts at stake as a share of MRR; null where the month knows no such reason, or no MRR.</summary>
    public double? ShareOf(string theme) => Part.Mrr > 0 && Part.Totals.FirstOrDefault(total => total.Theme == theme) is { } total ? total.AtStake / Part.Mrr : null;
}

/// <summary>Who stayed by one attribute.</summary>
/// <param name="Attribute">The feature's name.</param>
/// <param name="IsAcquisition">True where its name says that it tells where customers come from.</param>
/// <param name="Parts">By value, most customers first; they add up to the whole.</param>
public sealed record StayTable(string Attribute, bool IsAcquisition, IReadOnlyList<StayPart> Parts);

/// <summary>What makes customers leave, and who stays.</summary>
/// <param name="Run">The newest score run; null before the first.</param>
/// <param name="Part">The reasons over the accounts looked at; null where the run was made before reasons were kept.</param>
/// <param name="Segments">By segment over all accounts that the reader may see.</param>
/// <param name="Shapes">Of the whole company.</param>
/// <param name="BorneOut">Reasons that later data bore out; null where nothing is known.</param>
/// <param name="Months">Oldest first, the run's own day last; none for a reader who sees a portfolio alone.</param>
/// <param name="StaysFrom">The day whose customers were followed; null where nothing is known yet.</param>
/// <param name="StaysTo">Until when.</param>
/// <param name="Stays">By attribute, acquisition first.</param>
public sealed record DriversOverview(
    RunSummary? Run, DriverPart? Part, IReadOnlyList<DriverPart> Segments, IReadOnlyList<FeatureShape> Shapes, IReadOnlyList<string>? BorneOut, IReadOnlyList<DriverMonth> Months,
    DateOnly? StaysFrom, DateOnly? StaysTo, IReadOnlyList<StayTable> Stays)
{
    /// <summary>Reasons that put anything at stake, most first.</summary>
    public IReadOnlyList<DriverTotal> Ranked => Part is null ? [] : [.. Part.Totals.Where(total => total.AtStake > 0).OrderByDescending(total => total.AtStake).ThenBy(total => total.Theme, StringComparer.Ordinal)];
}

/// <summary>By what accounts of a reason are ordered, greatest first.</summary>
public enum DriverSort
{
    /// <summary>Points × MRR.</summary>
    Stake,
    Points,
    Mrr,
    Probability,
}

/// <summary>Which accounts of a day are listed.</summary>
/// <param name="Theme">The reason; null for all accounts.</param>
/// <param name="AsOf">A month end that is kept; null for the newest run's day.</param>
public sealed record DriverAccountsAsk(string? Theme = null, DateOnly? AsOf = null)
{
    /// <summary>Accounts whose risk it raises by at least <see cref="DriverTally.Least"/>; all that it raises or lowers at all otherwise.</summary>
    public bool RaisedOnly { get; init; }

    /// <summary>Accounts whose risk it lowers, in place of those it raises.</summary>
    public bool Lowered { get; init; }

    /// <summary>A segment; <see cref="RetentionScope.Unknown"/> for none; null for all.</summary>
    public string? Segment { get; init; }

    /// <summary>A shaped feature, whose values are to lie in an interval or to be a level.</summary>
    public string? Feature { get; init; }

    /// <summary>The place of the interval or level, from 0; −1 for accounts without a value.</summary>
    public int? Place { get; init; }

    /// <summary>The bar of its density in which values are to lie, from 0.</summary>
    public int? Bar { get; init; }

    public DriverSort Sort { get; init; }

    /// <summary>The least first.</summary>
    public bool Ascending { get; init; }
}

/// <summary>An account with what one reason does to it.</summary>
/// <param name="Points">Probability points of the reason; rule points / 100 where rules score; null where no reason was asked for.</param>
/// <param name="AtStake">Points × MRR.</param>
/// <param name="Probability">Of leaving within the horizon; null where rules score.</param>
/// <param name="Value">Of the feature asked for; null where missing, or for a category.</param>
public sealed record DriverAccount(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, double Mrr, double? Probability, double? Points, double? AtStake, double? Value);

/// <summary>Which of the followed customers are listed.</summary>
/// <param name="Attribute">The feature's name.</param>
/// <param name="Value">Its value; null for those without one.</param>
/// <param name="Stayed">True for who stayed, false for who left, null for both.</param>
public sealed record StayAsk(string Attribute, string? Value, bool? Stayed);

/// <summary>A followed customer.</summary>
public sealed record StayAccount(int AccountNo, string AccountId, string Namespace, string Name, string? Value, double Mrr, bool Stayed);

/// <summary>A stretch of a list.</summary>
/// <param name="Rows">In the order asked for.</param>
/// <param name="Total">Accounts of the whole list.</param>
/// <param name="Mrr">Their MRR.</param>
/// <param name="AtStake">What the reason puts at stake among them; null where none was asked for.</param>
public sealed record AccountStretch<T>(IReadOnlyList<T> Rows, int Total, double Mrr, double? AtStake);
