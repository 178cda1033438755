using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>A line of the bridge.</summary>
/// <param name="Key">Its words.</param>
/// <param name="Kind">Whose accounts are behind it; null for a ratio.</param>
/// <param name="Part">Which part of a movement; null for all of it.</param>
/// <param name="Level">0 for a line of the bridge, 1 for what it consists of.</param>
/// <param name="Value">Out of a period: money with its sign, a count, or a share; null where there is none.</param>
/// <param name="IsMoney">True for money.</param>
/// <param name="Write">Writes what is no money.</param>
public sealed record BridgeLine(string Key, MovementKind? Kind, SplitPart? Part, int Level, Func<RetentionFigures, decimal?> Value, bool IsMoney, Func<decimal?, string>? Write = null)
{
    /// <summary>The lines, from start to end and the ratios after them. Lines that are 0 in every period and merely break another down are left out.</summary>
    public static IReadOnlyList<BridgeLine> Of(IReadOnlyList<RetentionFigures> periods) =>
        [.. All.Where(line => line.Level == 0 || periods.Any(period => line.Value(period) is not (null or 0)))];

    private static IReadOnlyList<BridgeLine> All { get; } =
    [
        Money("Start", MovementKind.Start, b => b.Start),
        Money("New", MovementKind.New, b => b.New),
        Money("Reactivation", MovementKind.Reactivation, b => b.Reactivation),
        Money("Expansion", MovementKind.Expansion, b => b.Expansion),
        Money("Price", MovementKind.Expansion, b => b.ExpansionBy.Price, SplitPart.Price),
        Money("Seats", MovementKind.Expansion, b => b.ExpansionBy.Seats, SplitPart.Seats),
        Money("Products", MovementKind.Expansion, b => b.ExpansionBy.Products, SplitPart.Products),
        Money("Untold", MovementKind.Expansion, b => b.ExpansionBy.Untold, SplitPart.Untold),
        Money("Contraction", MovementKind.Contraction, b => -b.Contraction),
        Money("Price", MovementKind.Contraction, b => -b.ContractionBy.Price, SplitPart.Price),
        Money("Seats", MovementKind.Contraction, b => -b.ContractionBy.Seats, SplitPart.Seats),
        Money("Products", MovementKind.Contraction, b => -b.ContractionBy.Products, SplitPart.Products),
        Money("Untold", MovementKind.Contraction, b => -b.ContractionBy.Untold, SplitPart.Untold),
        Money("Churn", MovementKind.Churn, b => -b.Churn),
        Breakdown("Voluntary", b => -b.ChurnVoluntary),
        Breakdown("Involuntary", b => -b.ChurnInvoluntary),
        Breakdown("ReasonUntold", b => -(b.Churn - b.ChurnVoluntary - b.ChurnInvoluntary)),
        Money("Fx", MovementKind.Fx, b => b.Fx),
        new("End", MovementKind.End, null, 0, period => period.Mrr, true),
        new("Accounts", MovementKind.End, null, 0, period => period.Accounts, false, Whole),
        Share("Nrr", period => period.Rates?.Net),
        Share("Grr", period => period.Rates?.Gross),
        Share("Logo", period => period.Rates?.Logo),
        Share("Nrr12", period => period.Yearly?.Net),
        Share("Grr12", period => period.Yearly?.Gross),
        Share("Logo12", period => period.Yearly?.Logo),
        new("Quick", null, null, 0, period => (decimal?)period.Bridge?.QuickRatio, false, value => Format.Number((double?)value, 2)),
        Share("Upsell", period => period.Bridge?.UpsellRate),
        Share("CrossSell", period => period.Bridge?.CrossSellRate),
    ];

    private static BridgeLine Money(string key, MovementKind kind, Func<MrrBridge, decimal> value, SplitPart? part = null) =>
        new(key, kind, part, part is null ? 0 : 1, period => period.Bridge is { } bridge ? value(bridge) : null, true);

    private static BridgeLine Breakdown(string key, Func<MrrBridge, decimal> value) => new(key, null, null, 1, period => period.Bridge is { } bridge ? value(bridge) : null, true);

    private static BridgeLine Share(string key, Func<RetentionFigures, double?> value) => new(key, null, null, 0, period => (decimal?)value(period), false, share => Format.Percent((double?)share));

    private static string Whole(decimal? value) => value is { } count ? Format.Count((long)count) : Format.Missing;
}
