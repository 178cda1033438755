using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Team;

namespace CustomerSuccess.Engine.Team;

/// <summary>A time whose losses are told, with the score run that predicted them at its beginning.</summary>
/// <param name="Window">From when to when.</param>
/// <param name="Accounts">Accounts with a prediction.</param>
/// <param name="Unpredicted">Accounts that were scored then without one.</param>
/// <param name="Losses">Of the accounts with a prediction, those that left.</param>
public sealed record TeamWindow(LossWindow Window, int Accounts, int Unpredicted, int Losses)
{
    /// <summary>True where nobody saw the probabilities then: they are a backtest's, by models that knew no more than that day did.</summary>
    public bool IsBacktest { get; init; }
}

/// <summary>What a CSM looks after, does, and what came of it.</summary>
/// <param name="Email">In lower case; null for accounts that are nobody's.</param>
/// <param name="Load">Portfolio and work of the coming week; null where there is none now.</param>
/// <param name="Touches">Touches of the last days.</param>
/// <param name="TouchMinutes">Their minutes.</param>
/// <param name="AccountsTouched">Accounts that they were with.</param>
/// <param name="Outcome">Losses against those expected; null where no window tells anything of this CSM.</param>
/// <param name="Predictions">Accounts with a prediction, each counted once a window.</param>
/// <param name="HandedOver">Of these, accounts that had another owner, too.</param>
/// <param name="MrrLost">MRR at the windows' beginning of accounts that left, by shares, reporting currency.</param>
public sealed record TeamRow(string? Email, CsmLoad? Load, int Touches, double TouchMinutes, int AccountsTouched, RiskAdjusted? Outcome, int Predictions, int HandedOver, decimal MrrLost);

/// <summary>Portfolios, work and outcomes.</summary>
/// <param name="Sight">Whose the viewer sees.</param>
/// <param name="Rows">By address, nobody's last: there is no order of merit.</param>
/// <param name="Whole">All accounts together; null where the viewer sees the own ones alone, or nothing is known.</param>
/// <param name="Windows">The times that outcomes are told of, oldest first.</param>
/// <param name="From">The first day of the time asked for; null without contracts.</param>
/// <param name="Until">Its last day: losses are known up to it.</param>
/// <param name="KnownOn">The day on which the next window can be told; null where no run waits for it.</param>
/// <param name="TouchesFrom">The first day of touches.</param>
/// <param name="TouchesUntil">The last one.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record TeamOverview(TeamSight Sight, IReadOnlyList<TeamRow> Rows, RiskAdjusted? Whole, IReadOnlyList<TeamWindow> Windows, DateOnly? From, DateOnly? Until, DateOnly? KnownOn, DateOnly TouchesFrom, DateOnly TouchesUntil, string Currency)
{
    /// <summary>Days that touches are counted for.</summary>
    public const int TouchDays = 90;

    /// <summary>Days of the time asked for in which no prediction tells what was to be expected.</summary>
    public int DaysUntold => From is { } from && Until is { } until ? Math.Max(0, until.DayNumber - from.DayNumber + 1 - Windows.Sum(window => window.Window.HorizonDays)) : 0;
}

/// <summary>Which accounts are listed.</summary>
public enum TeamListKind
{
    /// <summary>With a prediction, window by window.</summary>
    Predicted,

    /// <summary>Of these, those that left.</summary>
    Lost,

    /// <summary>With a touch in the last days.</summary>
    Touched,
}

/// <summary>Which accounts are asked for.</summary>
/// <param name="Owner">Whose, an address in lower case; null for nobody's.</param>
/// <param name="Kind">Which of them.</param>
public sealed record TeamAccountAsk(string? Owner, TeamListKind Kind);

/// <summary>An account behind a CSM's figures.</summary>
/// <param name="AsOf">The window's beginning; null for touches.</param>
/// <param name="Probability">Predicted then, 0–1.</param>
/// <param name="Expected">The CSM's share of the expected loss.</param>
/// <param name="Observed">Of the observed one.</param>
/// <param name="LeftOn">When it left; null where it stayed.</param>
/// <param name="Mrr">At the window's beginning, or today for touches, reporting currency.</param>
/// <param name="Touches">Touches of the last days.</param>
/// <param name="Minutes">Their minutes.</param>
public sealed record TeamAccountRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, DateOnly? AsOf, double? Probability, double? Expected, double? Observed, DateOnly? LeftOn, decimal? Mrr, int? Touches, double? Minutes);

/// <summary>A stretch of accounts.</summary>
/// <param name="Rows">Most expected first; of touches the most touched.</param>
/// <param name="Total">Rows of the whole list.</param>
/// <param name="Expected">Σ over the whole list.</param>
/// <param name="Observed">Likewise.</param>
/// <param name="Currency">The reporting currency.</param>
public sealed record TeamAccountPage(IReadOnlyList<TeamAccountRow> Rows, int Total, double Expected, double Observed, string Currency);
