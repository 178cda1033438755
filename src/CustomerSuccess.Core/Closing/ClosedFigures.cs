using System.Text.Json;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Core.Closing;

/// <summary>A closed month's figures: how they are added up, written down and compared.</summary>
public static class ClosedFigures
{
    /// <summary>The figures that restatements tell, in the order of the bridge.</summary>
    public static IReadOnlyList<ClosedFigure> All { get; } =
    [
        Money("mrr_start", b => b.Start), Money("new", b => b.New), Money("reactivation", b => b.Reactivation),
        Money("expansion", b => b.Expansion), Money("expansion_price", b => b.ExpansionBy.Price), Money("expansion_seats", b => b.ExpansionBy.Seats), Money("expansion_products", b => b.ExpansionBy.Products), Money("expansion_untold", b => b.ExpansionBy.Untold),
        Money("contraction", b => b.Contraction), Money("contraction_price", b => b.ContractionBy.Price), Money("contraction_seats", b => b.ContractionBy.Seats), Money("contraction_products", b => b.ContractionBy.Products), Money("contraction_untold", b => b.ContractionBy.Untold),
        Money("churn", b => b.Churn), Money("churn_voluntary", b => b.ChurnVoluntary), Money("churn_involuntary", b => b.ChurnInvoluntary), Money("fx", b => b.Fx),
        new("mrr", FigureUnit.Money, f => f.Mrr),
        new("accounts_start", FigureUnit.Count, f => f.AccountsAtStart), new("accounts", FigureUnit.Count, f => f.Accounts),
        Count("accounts_new", b => b.AccountsNew), Count("accounts_reactivated", b => b.AccountsReactivated), Count("accounts_expanded", b => b.AccountsExpanded), Count("accounts_contracted", b => b.AccountsContracted), Count("accounts_churned", b => b.AccountsChurned),
        Share("grr", f => f.Rates?.Gross), Share("nrr", f => f.Rates?.Net), Share("logo_retention", f => f.Rates?.Logo),
        Share("grr_12m", f => f.Yearly?.Gross), Share("nrr_12m", f => f.Yearly?.Net), Share("logo_retention_12m", f => f.Yearly?.Logo),
    ];

    /// <summary>The figures of a month out of its accounts.</summary>
    /// <param name="month">The month.</param>
    /// <param name="accounts">Those that have amounts.</param>
    /// <param name="reasons">Tells who chose to leave.</param>
    /// <param name="historyFrom">The first month end on which any account of the company pays.</param>
    public static RetentionFigures Of(RetentionPeriod month, IEnumerable<ClosedAccount> accounts, ChurnReasons reasons, DateOnly? historyFrom)
    {
        // of a month alone, rates are in the amounts already
        var tally = new RetentionTally([month], (_, _) => 1, reasons, historyFrom);
        foreach (var account in accounts)
        {
            tally.Add(account.Month, account.YearStart, account.YearChange);
        }

        return tally.Figures()[0];
    }

    /// <summary>What differs, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<FigureChange> Between(RetentionFigures before, RetentionFigures after) =>
        [.. All.Select(figure => new FigureChange(figure, figure.Value(before), figure.Value(after))).Where(change => change.Before != change.After)];

    public static string Write(RetentionFigures figures) => JsonSerializer.Serialize(figures);

    public static RetentionFigures Read(string json) => JsonSerializer.Deserialize<RetentionFigures>(json)!;

    private static ClosedFigure Money(string name, Func<MrrBridge, decimal> value) => new(name, FigureUnit.Money, figures => figures.Bridge is { } bridge ? value(bridge) : null);

    private static ClosedFigure Count(string name, Func<MrrBridge, int> value) => new(name, FigureUnit.Count, figures => figures.Bridge is { } bridge ? value(bridge) : null);

    private static ClosedFigure Share(string name, Func<RetentionFigures, double?> value) => new(name, FigureUnit.Share, figures => (decimal?)value(figures));
}

/// <summary>What a figure is measured in.</summary>
public enum FigureUnit
{
    /// <summary>The reporting currency.</summary>
    Money,
    Count,

    /// <summary>0–1, of net revenue more.</summary>
    Share,
}

/// <summary>A figure of a month.</summary>
/// <param name="Name">As files and the command line call it.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Value">Null where it cannot be told, such as a rate over nobody.</param>
public sealed record ClosedFigure(string Name, FigureUnit Unit, Func<RetentionFigures, decimal?> Value);

/// <summary>A figure that became another.</summary>
public sealed record FigureChange(ClosedFigure Figure, decimal? Before, decimal? After)
{
    /// <summary>After less before; null where either cannot be told.</summary>
    public decimal? Difference => After - Before;
}
