using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Surveys;

/// <summary>A survey as it stands. What it asks is kept in versions, since answers belong to what was asked.</summary>
public sealed class Survey
{
    /// <summary>A version 7 UUID.</summary>
    public required string SurveyId { get; set; }

    public required string Name { get; set; }

    public SurveyKind Kind { get; set; }

    public SurveyMode Mode { get; set; }

    /// <summary>As <see cref="SurveyText"/> writes it.</summary>
    public required string PlanJson { get; set; }

    /// <summary>Counts up with every change.</summary>
    public int Version { get; set; }

    /// <summary>True while it asks: off, nobody is invited or reminded, and what waits to be sent is held.</summary>
    public bool IsOn { get; set; }

    /// <summary>When it was last turned on, UTC; what happened before is none of its concern.</summary>
    public DateTime? OnSince { get; set; }

    /// <summary>The last wave that somebody started, from 1; 0 for none.</summary>
    public int Waves { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public SurveyPlan Plan => SurveyText.Read(PlanJson);
}

/// <summary>What a survey said in one of its versions. Versions are only added.</summary>
public sealed class SurveyVersion
{
    public required string SurveyId { get; set; }

    /// <summary>From 1.</summary>
    public int Version { get; set; }

    public required string PlanJson { get; set; }

    public DateTime At { get; set; }

    public string? ByEmail { get; set; }

    public SurveyPlan Plan => SurveyText.Read(PlanJson);
}

/// <summary>People who are asked together: what somebody started, or a stretch of a survey that goes on all the time.</summary>
public sealed class SurveyWave
{
    public required string SurveyId { get; set; }

    /// <summary>1, 2, … where somebody starts them; the month (202611) or day (20261126) of the company where the survey goes on all the time.</summary>
    public int WaveNo { get; set; }

    /// <summary>The version that is asked.</summary>
    public int Version { get; set; }

    /// <summary>UTC.</summary>
    public DateTime StartedAt { get; set; }

    public string? StartedByEmail { get; set; }

    /// <summary>The last account whose people were looked at: inviting goes on behind it.</summary>
    public int LastAccountNo { get; set; }

    /// <summary>True until every account was looked at.</summary>
    public bool IsInviting { get; set; }
}

/// <summary>Where an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>Its message waits to be sent.</summary>
    Waiting,

    /// <summary>The message was taken by the mail server.</summary>
    Asked,

    /// <summary>The person has looked at the questions.</summary>
    Opened,

    Answered,

    /// <summary>No answer came in time.</summary>
    Expired,

    /// <summary>The person was not asked; the reasons say why.</summary>
    HeldBack,
}

/// <summary>One person, asked once.</summary>
public sealed class SurveyInvitation
{
    public int AccountNo { get; set; }

    public required string SurveyId { get; set; }

    public int WaveNo { get; set; }

    public int ContactNo { get; set; }

    /// <summary>A version 7 UUID: what its link carries, and the id of its answer among the facts.</summary>
    public required string InvitationId { get; set; }

    public SurveyKind Kind { get; set; }

    /// <summary>The version that is asked.</summary>
    public int Version { get; set; }

    /// <summary>By which the same person is known in every account; empty where there is no address.</summary>
    public required string AddressKey { get; set; }

    public required string Language { get; set; }

    public InvitationState State { get; set; }

    /// <summary>Why it was held back: codes of <see cref="SurveyHolds"/> and <see cref="HoldReasons"/>, comma-separated; null for nothing.</summary>
    public string? Reasons { get; set; }

    /// <summary>What it is about, such as an inquiry's key; null for nothing in particular.</summary>
    public string? RecordId { get; set; }

    /// <summary>The message that asks; null where none was written.</summary>
    public string? MailId { get; set; }

    /// <summary>The message that reminds; null for none.</summary>
    public string? ReminderMailId { get; set; }

    /// <summary>When it was decided, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When the mail server took the message, UTC.</summary>
    public DateTime? AskedAt { get; set; }

    /// <summary>When the reminder was written, UTC.</summary>
    public DateTime? RemindedAt { get; set; }

    public DateTime? OpenedAt { get; set; }

    /// <summary>When it was first answered, UTC.</summary>
    public DateTime? AnsweredAt { get; set; }

    /// <summary>When the answer was last changed, UTC; null where it was not.</summary>
    public DateTime? AmendedAt { get; set; }

    /// <summary>No answer is taken from then on, UTC.</summary>
    public DateTime ExpiresAt { get; set; }

    /// <summary>The score of a survey that has one.</summary>
    public double? Score { get; set; }

    /// <summary>Answers by question, as <see cref="SurveyText.WriteAnswers"/> writes them.</summary>
    public string? AnswersJson { get; set; }

    /// <summary>The task that the owner got; null for none.</summary>
    public string? TaskId { get; set; }

    /// <summary>True while an answer may still come.</summary>
    public bool IsOpen => State is InvitationState.Waiting or InvitationState.Asked or InvitationState.Opened;
}

/// <summary>Why a survey did not ask somebody, beside what contacts in general are held back by.</summary>
public static class SurveyHolds
{
    public const string YoungAccount = "young_account", AskedLately = "asked_lately", OpenInvitation = "open_invitation", NotDelivered = "not_delivered";
}
