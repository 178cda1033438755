using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Surveys;

namespace CustomerSuccess.Engine.Surveys;

/// <summary>How many people a survey, or a part of it, has reached.</summary>
/// <param name="Waiting">Whose message waits to be sent.</param>
/// <param name="Asked">Whose message was sent; those who answered among them.</param>
/// <param name="Opened">Of these, who have looked at the questions, as far as that can be seen.</param>
/// <param name="Answered">Of those asked, who have answered.</param>
/// <param name="Expired">Of those asked, whose time is over.</param>
/// <param name="HeldBack">Who were not asked.</param>
public sealed record SurveyCounts(int Waiting, int Asked, int Opened, int Answered, int Expired, int HeldBack)
{
    public static SurveyCounts None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Share of those asked who have answered; null where nobody was asked.</summary>
    public double? Rate => Asked == 0 ? null : (double)Answered / Asked;
}

/// <summary>A survey as lists show it.</summary>
/// <param name="LastAskedAt">When somebody was last invited, UTC; null for never.</param>
public sealed record SurveyRow(Survey Survey, SurveyCounts Counts, DateTime? LastAskedAt);

/// <summary>Everything that is set of a survey.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Waves">Newest first.</param>
/// <param name="Counts">Of the accounts that the viewer may see, by wave; empty for a wave without invitations.</param>
public sealed record SurveyDetails(Survey Survey, IReadOnlyList<SurveyVersion> Versions, IReadOnlyList<SurveyWave> Waves, IReadOnlyDictionary<int, SurveyCounts> Counts);

/// <summary>How many answered, in a part of those asked.</summary>
/// <param name="Value">A segment or an owner; null where none is known.</param>
public sealed record ResponsePart(string? Value, int Asked, int Answered)
{
    public double Rate => (double)Answered / Asked;
}

/// <summary>What was said to one question.</summary>
/// <param name="Question">As it stands now, or as it was last asked where it is gone.</param>
/// <param name="Answers">How many answered it.</param>
/// <param name="Tally">By answer, for scores and choices, in the order of the question.</param>
/// <param name="Mean">Of scores and numbers.</param>
/// <param name="Texts">The newest of what was written.</param>
public sealed record QuestionResult(SurveyQuestion Question, int Answers, IReadOnlyList<(string Value, int Count)> Tally, double? Mean, IReadOnlyList<SaidText> Texts);

/// <summary>What somebody wrote.</summary>
public sealed record SaidText(string Text, DateTime At, int AccountNo, string AccountId, string Namespace, string AccountName, double? Score);

/// <summary>What came of a survey, or of one of its waves.</summary>
/// <param name="Counts">How many were reached.</param>
/// <param name="HeldBack">Why people were not asked, most frequent first: codes of <see cref="SurveyHolds"/> and of contacts in general.</param>
/// <param name="Segments">Answers by the account's segment, as it is now.</param>
/// <param name="Owners">Answers by the account's owner, as it is now.</param>
/// <param name="Nps">The score of an NPS; null for other kinds, or without answers.</param>
/// <param name="Questions">What was said.</param>
public sealed record SurveyResults(
    SurveyCounts Counts, IReadOnlyList<(string Reason, int Count)> HeldBack, IReadOnlyList<ResponsePart> Segments, IReadOnlyList<ResponsePart> Owners, NetPromoter? Nps, IReadOnlyList<QuestionResult> Questions);

/// <summary>One person and where the invitation stands.</summary>
public sealed record InvitationRow(SurveyInvitation Invitation, string AccountId, string Namespace, string AccountName, string? OwnerEmail, string? ContactName);

/// <summary>Which invitations to list; null leaves a condition out.</summary>
public sealed record InvitationFilter(int? WaveNo = null, InvitationShow? Show = null);

/// <summary>What a list of invitations shows.</summary>
public enum InvitationShow
{
    Answered,

    /// <summary>Asked, and without an answer so far or for good.</summary>
    Silent,

    HeldBack,

    Waiting,
}

/// <summary>A survey as a real account would get it.</summary>
/// <param name="Mail">The message.</param>
/// <param name="Accounts">Accounts that the survey is for now.</param>
public sealed record SurveyPreview(Core.Mail.MailDetail Mail, int? Accounts);
