using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>By what figures of retention can be told apart.</summary>
public enum RetentionSlice
{
    Segment,
    Plan,
    Owner,
    Region,

    /// <summary>The fiscal year in which the account first paid at a month end.</summary>
    Start,
}

/// <summary>Which accounts are looked at; null for all. What an account is may change: it is taken at a period's start, of an account that does not pay then at its end.</summary>
/// <param name="Segment">A segment; <see cref="Unknown"/> for accounts of which none was known then.</param>
/// <param name="Plan">The plan that is paid most for.</param>
/// <param name="Owner">An owner's address in lower case.</param>
/// <param name="Region">A region.</param>
/// <param name="Start">The year in which the fiscal year of the account's start begins.</param>
public sealed record RetentionScope(string? Segment = null, string? Plan = null, string? Owner = null, string? Region = null, string? Start = null)
{
    /// <summary>Stands for what was not known.</summary>
    public const string Unknown = "-";

    private static readonly RetentionSlice[] Slices = Enum.GetValues<RetentionSlice>();

    public static RetentionScope All { get; } = new();

    public bool IsAll => this == All;

    /// <summary>The value that the scope asks for; null for any.</summary>
    public string? this[RetentionSlice slice] => slice switch
    {
        RetentionSlice.Segment => Segment,
        RetentionSlice.Plan => Plan,
        RetentionSlice.Owner => Owner,
        RetentionSlice.Region => Region,
        _ => Start,
    };

    /// <summary>The scope narrowed to a value of a slice.</summary>
    public RetentionScope With(RetentionSlice slice, string? value) => slice switch
    {
        RetentionSlice.Segment => this with { Segment = value },
        RetentionSlice.Plan => this with { Plan = value },
        RetentionSlice.Owner => this with { Owner = value },
        RetentionSlice.Region => this with { Region = value },
        _ => this with { Start = value },
    };

    /// <summary>What an account is on a day.</summary>
    internal static string ValueOf(BookEntry entry, RetentionSlice slice, DateOnly day, int fiscalStart) => slice switch
    {
        RetentionSlice.Segment => entry.Segment.On(day),
        RetentionSlice.Plan => entry.Contracts.PlanOn(day),
        RetentionSlice.Owner => entry.Owner.On(day),
        RetentionSlice.Region => entry.Region.On(day),
        _ => entry.FirstMonthEnd is { } first ? RetentionPeriod.FiscalYear(first, fiscalStart).ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
    } ?? Unknown;

    /// <summary>The day of a period on which is read what an account is.</summary>
    internal static DateOnly DayOf(BookEntry entry, RetentionPeriod period) => entry.Contracts.Mrr.IsPaying(period.Start) ? period.Start : period.End;

    /// <summary>True where an account is among those looked at on a day.</summary>
    internal bool Has(BookEntry entry, DateOnly day, int fiscalStart)
    {
        foreach (var slice in Slices)
        {
            if (this[slice] is { } asked && ValueOf(entry, slice, day, fiscalStart) != asked)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same over a period.</summary>
    internal bool Has(BookEntry entry, RetentionPeriod period, int fiscalStart) => IsAll || Has(entry, DayOf(entry, period), fiscalStart);
}
