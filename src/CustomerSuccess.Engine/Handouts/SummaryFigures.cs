using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Effects;

namespace CustomerSuccess.Engine.Handouts;

/// <summary>Which summary is asked for.</summary>
/// <param name="Grain">How long its period is: a month, a fiscal quarter or a fiscal year.</param>
/// <param name="End">The last day of the period; null for the last one that is over.</param>
public sealed record SummaryAsk(PeriodGrain Grain = PeriodGrain.Month, DateOnly? End = null)
{
    /// <summary>Months of which the running one, at most, is not over when contracts reach no further.</summary>
    public const int ChartMonths = 13;
}

/// <summary>What an executive's summary says, before it is put into words. Figures of a period are as of its end; risks and forecast are as of the newest score run.</summary>
/// <param name="Company">The company's name; empty where nobody set it.</param>
/// <param name="Currency">The reporting currency.</param>
/// <param name="Today">The company's day.</param>
/// <param name="Grain">How long periods are.</param>
public sealed record SummaryFigures(string Company, string Currency, DateOnly Today, PeriodGrain Grain)
{
    /// <summary>The period; null without contracts.</summary>
    public RetentionFigures? Now { get; init; }

    /// <summary>The one before it.</summary>
    public RetentionFigures? Before { get; init; }

    /// <summary>The same a year before.</summary>
    public RetentionFigures? YearAgo { get; init; }

    /// <summary>What was kept in the twelve months up to the end of the period, of the one before, and a year before.</summary>
    public RetentionRates? Kept { get; init; }

    public RetentionRates? KeptBefore { get; init; }

    public RetentionRates? KeptYearAgo { get; init; }

    /// <summary>Up to thirteen months to the period's end, oldest first.</summary>
    public IReadOnlyList<RetentionFigures> Months { get; init; } = [];

    /// <summary>Periods to choose from, newest first.</summary>
    public IReadOnlyList<RetentionPeriod> Periods { get; init; } = [];

    public NetPromoter? Nps { get; init; }

    public NetPromoter? NpsBefore { get; init; }

    public NetPromoter? NpsYearAgo { get; init; }

    /// <summary>Periods in which anybody answered, oldest first.</summary>
    public IReadOnlyList<(RetentionPeriod Period, NetPromoter Score)> NpsCourse { get; init; } = [];

    /// <summary>The newest score run; null before the first.</summary>
    public RunSummary? Run { get; init; }

    /// <summary>Renewals of the coming twelve months; none for a reader of a portfolio alone, since they are the whole company's.</summary>
    public IReadOnlyList<RenewalMonth> Renewals { get; init; } = [];

    /// <summary>Accounts with the largest expected loss.</summary>
    public IReadOnlyList<RiskQueueRow> Risks { get; init; } = [];

    /// <summary>Names of owners by address.</summary>
    public IReadOnlyDictionary<string, string> Owners { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of plays that the company wrote or changed, by key: in English and Japanese.</summary>
    public IReadOnlyDictionary<string, (string? English, string? Japanese)> PlayNames { get; init; } = new Dictionary<string, (string?, string?)>();

    public DriversOverview? Drivers { get; init; }

    /// <summary>Plays of which an effect is measured; null for a reader of a portfolio alone.</summary>
    public IReadOnlyList<PlayEffectRow> Effects { get; init; } = [];

    /// <summary>What happened in the period, oldest first.</summary>
    public IReadOnlyList<Mark> Marks { get; init; } = [];

    /// <summary>True for a reader who sees the own accounts alone.</summary>
    public bool OwnOnly { get; init; }

    /// <summary>The rate without which money of several currencies cannot be added up; null where none is missing.</summary>
    public MissingRateException? MissingRate { get; init; }
}

/// <summary>Who may read the summary: whom the company's figures concern.</summary>
public static class SummaryReaders
{
    public static bool May(Viewer viewer) => viewer.IsIn(Roles.Executive, Roles.ProductLead, Roles.CsManager, Roles.CsOperations, Roles.Administrator, Roles.ReadOnly);
}
