using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Capacity;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Tasks;

namespace CustomerSuccess.Core.Workday;

/// <summary>What a day's work consists of: one colleague's, or a team's.</summary>
public sealed record DaySheet
{
    /// <summary>Whose day it is.</summary>
    public required DayScope Scope { get; init; }

    /// <summary>The company's day.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Colleagues whose day the viewer may look at: owners of accounts by address, in lower case; empty where it is only the viewer's own.</summary>
    public IReadOnlyList<string> People { get; init; } = [];

    /// <summary>The score run behind it; null where nothing has been scored.</summary>
    public RunSummary? Run { get; init; }

    /// <summary>Minutes of today: of a team their sum. Null where nothing has been scored.</summary>
    public WorkDay? Time { get; init; }

    /// <summary>The absence that covers today; null where there is none, and for a team.</summary>
    public Absence? Away { get; init; }

    /// <summary>What is to be done today, in its order.</summary>
    public IReadOnlyList<DayTouch> Touches { get; init; } = [];

    /// <summary>Touches that fit into today, shown or not.</summary>
    public int TouchesPlanned { get; init; }

    /// <summary>Customers whose contract has ended and whom a play would win back for more than it costs; their minutes are not among the day's.</summary>
    public DayWinBacks WinBacks { get; init; } = DayWinBacks.None;

    /// <summary>The viewer's own goals whose monthly review is due, on the own day and on the team's, where executives arrive.</summary>
    public IReadOnlyList<DayReview> Reviews { get; init; } = [];

    public DayRenewals Renewals { get; init; } = DayRenewals.None;

    public DayInquiries Inquiries { get; init; } = DayInquiries.None;

    public DayMoves Moves { get; init; } = DayMoves.None;

    /// <summary>What customers said, those who wait first, then the latest.</summary>
    public IReadOnlyList<DayVoice> Voices { get; init; } = [];

    public DayTasks Tasks { get; init; } = DayTasks.None;

    /// <summary>Where colleagues call the viewer, newest first; empty on somebody else's day.</summary>
    public IReadOnlyList<DayMention> Mentions { get; init; } = [];

    /// <summary>Everybody's load, who is over the capacity first; of a team's day only.</summary>
    public IReadOnlyList<CsmLoad> Team { get; init; } = [];
}

/// <summary>A goal of the viewer's that wants its monthly review.</summary>
/// <param name="GoalId">Which goal.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kind">KGI or KPI.</param>
/// <param name="Month">The month to be reviewed.</param>
/// <param name="DueOn">The day by which the goal is to be reached.</param>
public sealed record DayReview(string GoalId, string Title, GoalKind Kind, DateOnly Month, DateOnly DueOn);

/// <summary>Why a touch stands on a day.</summary>
public enum DayTouchWhy
{
    /// <summary>It was snoozed, and its day has come.</summary>
    Back,

    /// <summary>It fits into what is left of its CSM's minutes.</summary>
    Planned,

    /// <summary>It comes next in the queue, though nothing fits into today any more.</summary>
    Next,
}

/// <summary>A touch of a day.</summary>
/// <param name="Row">The account in the queue.</param>
/// <param name="Touch">What to do.</param>
/// <param name="Why">Why it stands here.</param>
/// <param name="Since">For one that came back: the day on which it did.</param>
public sealed record DayTouch(RiskQueueRow Row, SuggestedTouch Touch, DayTouchWhy Why, DateOnly? Since = null);

/// <summary>A customer whose contract has ended, with what to do first.</summary>
/// <param name="EndedOn">The first day without MRR; null where the contracts have changed since the run.</param>
/// <param name="Mrr">What was paid on the last day, reporting currency.</param>
/// <param name="Touch">What to do.</param>
public sealed record DayWinBack(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, DateOnly? EndedOn, decimal? Mrr, SuggestedTouch Touch);

/// <summary>Customers to win back, with whom nobody has dealt.</summary>
/// <param name="Total">All of them.</param>
/// <param name="Rows">Those on whom a minute is worth most.</param>
public sealed record DayWinBacks(int Total, IReadOnlyList<DayWinBack> Rows)
{
    public static DayWinBacks None { get; } = new(0, []);
}

/// <summary>Terms that end within so many days.</summary>
/// <param name="Days">30, 60 or 90: those of the windows before it are not among them.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Mrr">Of them, reporting currency.</param>
/// <param name="InDanger">Of them, those whose health is in danger.</param>
public sealed record RenewalWindow(int Days, int Accounts, decimal Mrr, int InDanger);

/// <summary>An account whose term ends soon.</summary>
/// <param name="Probability">That it is still a customer afterwards, 0–1; null without a model.</param>
public sealed record DayRenewal(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, DateOnly RenewsOn, decimal Mrr, double? Health, double? Probability);

/// <summary>Renewals ahead; accounts that have given notice are not among them.</summary>
/// <param name="Windows">30, 60 and 90 days.</param>
/// <param name="Rows">The next ones.</param>
public sealed record DayRenewals(IReadOnlyList<RenewalWindow> Windows, IReadOnlyList<DayRenewal> Rows)
{
    public static DayRenewals None { get; } = new([], []);

    /// <summary>Days of each window.</summary>
    public static IReadOnlyList<int> Limits { get; } = [30, 60, 90];

    public int Accounts => Windows.Sum(window => window.Accounts);
}

/// <summary>Inquiries that wait.</summary>
/// <param name="Open">All of them.</param>
/// <param name="Missed">Those whose running target has passed.</param>
/// <param name="DueToday">Those whose running target is still to come today.</param>
/// <param name="Unassigned">Those that are nobody's; of a team's day only.</param>
/// <param name="Rows">The most urgent by target.</param>
public sealed record DayInquiries(int Open, int Missed, int DueToday, int Unassigned, IReadOnlyList<InquiryListRow> Rows)
{
    public static DayInquiries None { get; } = new(0, 0, 0, 0, []);
}

/// <summary>An account whose health moved.</summary>
public sealed record DayMove(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, decimal Mrr, HealthChange Change);

/// <summary>Accounts whose health moved since an earlier day.</summary>
/// <param name="Since">The day that is compared with; null where there is none.</param>
/// <param name="Fell">How many fell.</param>
/// <param name="Rose">How many rose.</param>
/// <param name="Rows">Falls first, the greatest first.</param>
public sealed record DayMoves(DateOnly? Since, int Fell, int Rose, IReadOnlyList<DayMove> Rows)
{
    public static DayMoves None { get; } = new(null, 0, 0, []);
}

public enum DayVoiceKind
{
    /// <summary>Answers a message of ours.</summary>
    Mail,

    /// <summary>Writes in an inquiry.</summary>
    Inquiry,

    /// <summary>Answers how likely they are to recommend us.</summary>
    Nps,
}

/// <summary>What a customer said.</summary>
/// <param name="Text">The beginning of it, or of its subject; null for a score without a comment.</param>
/// <param name="Score">0–10 of an NPS answer.</param>
/// <param name="Inquiry">The inquiry that it was said in.</param>
/// <param name="Waits">True while nobody has followed it up.</param>
public sealed record DayVoice(DayVoiceKind Kind, string Id, int AccountNo, string AccountId, string Namespace, string Name, DateTime At, string? Who, string? Text, double? Score, InquiryKey? Inquiry, bool Waits);

/// <summary>Tasks that are open.</summary>
/// <param name="Open">All.</param>
/// <param name="Overdue">Whose time has passed.</param>
/// <param name="Today">Due today, their time still to come.</param>
/// <param name="FromOthers">Of the open ones, given by somebody else.</param>
/// <param name="Rows">By due time; of a team's day those that are overdue.</param>
/// <param name="Total">As many rows as there would be.</param>
public sealed record DayTasks(int Open, int Overdue, int Today, int FromOthers, IReadOnlyList<TaskRow> Rows, int Total)
{
    public static DayTasks None { get; } = new(0, 0, 0, 0, [], 0);
}

/// <summary>A text in which a colleague calls the viewer.</summary>
/// <param name="Area">A journal area: where it stands.</param>
/// <param name="RecordId">The record within its area.</param>
/// <param name="Inquiry">The inquiry, where it is one's note.</param>
public sealed record DayMention(int AccountNo, string AccountId, string Namespace, string AccountName, string MentionId, string Area, string RecordId, string Excerpt, DateTime At, string? ByEmail, InquiryKey? Inquiry);
