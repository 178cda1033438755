using System.Globalization;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Pages.Retention;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Lifecycle;

/// <summary>Parts of the page.</summary>
public enum LifecycleTab
{
    Stages,
    Table,
    Deciles,
    Repeats,
    WinBack,
}

/// <summary>What the R × F table is coloured by.</summary>
public enum TableMeasure
{
    Customers,
    Money,
    Next,
}

/// <summary>What the page shows, as its address says it.</summary>
public sealed record LifecycleView
{
    public const string Path = "/lifecycle", PartKey = "part", MonthsKey = "months", MonthKey = "month", MeasureKey = "show", HorizonKey = "horizon";

    private const int DefaultMonths = 12, DefaultHorizon = 90;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public LifecycleTab Part { get; init; }

    public LifecycleScope Scope { get; init; } = LifecycleScope.All;

    /// <summary>Months of stages that are shown: 12, 24 or 36.</summary>
    public int Months { get; init; } = DefaultMonths;

    /// <summary>The month end of the R × F table and the deciles; null for the last.</summary>
    public DateOnly? Month { get; init; }

    public TableMeasure Measure { get; init; }

    /// <summary>Days ahead for which purchases are predicted: 90, 180 or 365.</summary>
    public int Horizon { get; init; } = DefaultHorizon;

    public static LifecycleView Parse(ListAddress address) => new()
    {
        Part = address.Choice<LifecycleTab>(PartKey) ?? LifecycleTab.Stages,
        Scope = ScopeOf(address),
        Months = address[MonthsKey] switch { "24" => 24, "36" => 36, _ => DefaultMonths },
        Month = RetentionView.Month(address[MonthKey]),
        Measure = address.Choice<TableMeasure>(MeasureKey) ?? TableMeasure.Customers,
        Horizon = address[HorizonKey] switch { "180" => 180, "365" => 365, _ => DefaultHorizon },
    };

    /// <summary>The accounts that an address asks for.</summary>
    public static LifecycleScope ScopeOf(ListAddress address) => LifecycleScope.Slices.Aggregate(LifecycleScope.All, (scope, slice) => scope.With(slice, address[RetentionView.Key(slice)]));

    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path) => With(
        ListAddress.Parse(path)
            .With(PartKey, Part == LifecycleTab.Stages ? null : Part.ToString().ToLowerInvariant())
            .With(MonthsKey, Months == DefaultMonths ? null : Months.ToString(Invariant))
            .With(MonthKey, Month?.ToString("yyyy-MM", Invariant))
            .With(MeasureKey, Measure == TableMeasure.Customers ? null : Measure.ToString().ToLowerInvariant())
            .With(HorizonKey, Horizon == DefaultHorizon ? null : Horizon.ToString(Invariant)),
        Scope);

    /// <summary>An address with a scope.</summary>
    public static ListAddress With(ListAddress address, LifecycleScope scope) => LifecycleScope.Slices.Aggregate(address, (so, slice) => so.With(RetentionView.Key(slice), scope[slice]));
}
