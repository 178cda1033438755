using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>Where a campaign stands.</summary>
public enum CampaignState
{
    Draft,

    /// <summary>Waits for its hour; its members are not fixed yet.</summary>
    Scheduled,

    /// <summary>Its members are fixed and get their messages.</summary>
    Running,

    Paused,

    /// <summary>Everybody has got the message or will not get it.</summary>
    Done,

    /// <summary>Somebody ended it; who had got nothing gets nothing.</summary>
    Stopped,
}

/// <summary>A campaign as it stands. What it says is kept in versions.</summary>
public sealed class Campaign
{
    /// <summary>A version 7 UUID.</summary>
    public required string CampaignId { get; set; }

    public required string Name { get; set; }

    /// <summary>As <see cref="CampaignText"/> writes it.</summary>
    public required string PlanJson { get; set; }

    /// <summary>Counts up with every change of what it says.</summary>
    public int Version { get; set; }

    public CampaignState State { get; set; }

    /// <summary>When its members are fixed, UTC; null while nobody has started it.</summary>
    public DateTime? StartsAt { get; set; }

    /// <summary>When its members were fixed, UTC.</summary>
    public DateTime? StartedAt { get; set; }

    public string? StartedByEmail { get; set; }

    /// <summary>The address of the owner whose accounts alone it goes to, in lower case; null for all.</summary>
    public string? OnlyOwner { get; set; }

    /// <summary>The last account whose members were prepared: the holdout drawn, the hour set.</summary>
    public int PreparedTo { get; set; }

    /// <summary>True once every member was prepared.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>The next free slot of its messages an hour, UTC; null where none was taken.</summary>
    public DateTime? NextSlotAt { get; set; }

    /// <summary>When subjects are compared, UTC; null before every message of the test has gone.</summary>
    public DateTime? TestEndsAt { get; set; }

    /// <summary>What the comparison of subjects said; null before it.</summary>
    public SubjectVerdict? TestVerdict { get; set; }

    /// <summary>The subject that the rest gets, from 0; null before the comparison.</summary>
    public int? ChosenSubject { get; set; }

    /// <summary>UTC.</summary>
    public DateTime? FinishedAt { get; set; }

    /// <summary>When it was put away, UTC; null while it stands in the list.</summary>
    public DateTime? ArchivedAt { get; set; }

    /// <summary>Who wrote it; CSMs change their own ones only.</summary>
    public string? OwnerEmail { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public CampaignPlan Plan => CampaignText.Read(PlanJson);

    /// <summary>The name under which its random draw is kept among those of plays.</summary>
    public string DrawKey => DrawKeyOf(CampaignId);

    /// <summary>True while what it says may be changed.</summary>
    public bool MayChange => State is CampaignState.Draft or CampaignState.Scheduled;

    public static string DrawKeyOf(string campaignId) => "campaign:" + campaignId;
}

/// <summary>What a campaign said in one of its versions. Versions are only added.</summary>
public sealed class CampaignVersion
{
    public required string CampaignId { get; set; }

    /// <summary>From 1.</summary>
    public int Version { get; set; }

    public required string PlanJson { get; set; }

    public DateTime At { get; set; }

    public string? ByEmail { get; set; }
}

/// <summary>Where a member of a campaign stands.</summary>
public enum CampaignMemberState
{
    /// <summary>Fixed as a member; nothing else is decided.</summary>
    Fixed,

    /// <summary>Waits for its turn; no message is written yet.</summary>
    Waiting,

    /// <summary>The message is in the outbox.</summary>
    Queued,

    /// <summary>The mail server took the message.</summary>
    Sent,

    /// <summary>The message came back.</summary>
    Bounced,

    /// <summary>Gets nothing; the reasons say why.</summary>
    HeldBack,

    /// <summary>The account was drawn to get nothing, so that the effect can be told.</summary>
    HeldOut,
}

/// <summary>A person whom a campaign goes to: one row for each, whatever becomes of it.</summary>
public sealed class CampaignMember
{
    public int AccountNo { get; set; }

    public required string CampaignId { get; set; }

    public int ContactNo { get; set; }

    public CampaignMemberState State { get; set; }

    /// <summary>Why it gets nothing, or what moved its message to later: codes of <see cref="CampaignHolds"/> and <see cref="HoldReasons"/>, comma-separated; null for nothing.</summary>
    public string? Reasons { get; set; }

    /// <summary>By which the same person is known in every account; empty where there is no address.</summary>
    public string AddressKey { get; set; } = "";

    /// <summary>The subject, from 0; null until it is decided.</summary>
    public int? SubjectNo { get; set; }

    /// <summary>True for those among whom subjects are tried.</summary>
    public bool InTest { get; set; }

    /// <summary>Not to be sent earlier, UTC; null before it was prepared.</summary>
    public DateTime? DueAt { get; set; }

    /// <summary>The person's time zone, by its IANA name.</summary>
    public string? TimeZone { get; set; }

    /// <summary>The language of the message: <c>en</c> or <c>ja</c>; null before it was prepared.</summary>
    public string? Language { get; set; }

    /// <summary>The message; null where none was written.</summary>
    public string? MailId { get; set; }

    /// <summary>When the mail server took it, UTC.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>The hour of the week on the person's clock at which it was sent: 0 is midnight of Monday, 167 the last hour of Sunday.</summary>
    public int? SentHour { get; set; }
}

/// <summary>Why somebody gets nothing of a campaign, beside what contacts in general are held back by.</summary>
public static class CampaignHolds
{
    /// <summary>The same address is a member already; the campaign was stopped; the message was refused for good; a colleague looks after the account now.</summary>
    public const string SameAddress = "same_address", Stopped = "stopped", NotDelivered = "not_delivered";
}
