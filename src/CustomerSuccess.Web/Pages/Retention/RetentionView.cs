using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>Parts of the page.</summary>
public enum RetentionTab
{
    Bridge,
    Slices,
    Cohorts,
    Survival,
    Reasons,
    Check,
    Closed,
}

/// <summary>What the page shows, as its address says it.</summary>
public sealed record RetentionView
{
    public const string Path = "/retention", PartKey = "part", GrainKey = "by", MonthsKey = "months", ArrKey = "arr", SliceKey = "slice", MrrKey = "mrr", PeriodKey = "period", FiguresKey = "figures", ClosedValue = "closed";

    /// <summary>Stands for all months there are.</summary>
    private const string All = "all";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public RetentionTab Part { get; init; }

    public RetentionScope Scope { get; init; } = RetentionScope.All;

    public PeriodGrain Grain { get; init; }

    /// <summary>How far back, as the address says it; null for the grain's own.</summary>
    public string? Months { get; init; }

    /// <summary>True where money is a year's.</summary>
    public bool Arr { get; init; }

    /// <summary>True where closed months are shown as they were closed; else as they are today, with what differs marked.</summary>
    public bool AsClosed { get; init; }

    public RetentionSlice Slice { get; init; }

    /// <summary>True where cohorts are followed by MRR, false by accounts.</summary>
    public bool ByMrr { get; init; }

    /// <summary>The period that slices, reasons and the check are about; null for the trailing twelve months.</summary>
    public RetentionPeriod? Period { get; init; }

    /// <summary>Months back that are asked for; null for all.</summary>
    public int? MonthsBack => Months switch
    {
        null => Grain switch { PeriodGrain.Month => 12, PeriodGrain.Quarter => 24, _ => null },
        All => null,
        { } text => int.Parse(text, Invariant),
    };

    /// <summary>A year's money is twelve months'.</summary>
    public int Factor => Arr ? 12 : 1;

    public static RetentionView Parse(ListAddress address) => new()
    {
        Part = address.Choice<RetentionTab>(PartKey) ?? RetentionTab.Bridge,
        Scope = ScopeOf(address),
        Grain = address.Choice<PeriodGrain>(GrainKey) ?? PeriodGrain.Month,
        Months = address[MonthsKey] is "12" or "24" or "36" or All ? address[MonthsKey] : null,
        Arr = address[ArrKey] == "1",
        AsClosed = address[FiguresKey] == ClosedValue,
        Slice = address.Choice<RetentionSlice>(SliceKey) ?? RetentionSlice.Segment,
        ByMrr = address[MrrKey] == "1",
        Period = PeriodOf(address[PeriodKey]),
    };

    /// <summary>The accounts that an address asks for.</summary>
    public static RetentionScope ScopeOf(ListAddress address) =>
        Enum.GetValues<RetentionSlice>().Aggregate(RetentionScope.All, (scope, slice) => scope.With(slice, address[Key(slice)]));

    /// <summary>A slice's key in addresses.</summary>
    public static string Key(RetentionSlice slice) => slice.ToString().ToLowerInvariant();

    /// <summary>A period as addresses write it: the months of its ends, such as <c>2025-06_2026-06</c>.</summary>
    public static string Write(RetentionPeriod period) => string.Create(Invariant, $"{period.Start:yyyy-MM}_{period.End:yyyy-MM}");

    /// <summary>A period out of an address; null for what is none.</summary>
    public static RetentionPeriod? PeriodOf(string? text) =>
        text?.Split('_') is [var start, var end] && Month(start) is { } from && Month(end) is { } to && from < to ? new(from, to) : null;

    /// <summary>The end of a month as addresses write it, such as <c>2026-06</c>; null for what is none.</summary>
    public static DateOnly? Month(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", Invariant, DateTimeStyles.None, out var month) ? MonthEnds.OnOrAfter(month) : null;

    /// <summary>The address of the page with this view.</summary>
    public string ToAddress() => Address(Path).ToString();

    /// <summary>The view at another path, such as that of a file.</summary>
    public ListAddress Address(string path)
    {
        var address = ListAddress.Parse(path)
            .With(PartKey, Part == RetentionTab.Bridge ? null : Part.ToString().ToLowerInvariant())
            .With(GrainKey, Grain == PeriodGrain.Month ? null : Grain.ToString().ToLowerInvariant())
            .With(MonthsKey, Months)
            .With(ArrKey, Arr ? "1" : null)
            .With(FiguresKey, AsClosed ? ClosedValue : null)
            .With(SliceKey, Slice == RetentionSlice.Segment ? null : Key(Slice))
            .With(MrrKey, ByMrr ? "1" : null)
            .With(PeriodKey, Period is { } period ? Write(period) : null);
        return With(address, Scope);
    }

    /// <summary>An address with a scope.</summary>
    public static ListAddress With(ListAddress address, RetentionScope scope) =>
        Enum.GetValues<RetentionSlice>().Aggregate(address, (so, slice) => so.With(Key(slice), scope[slice]));
}
