using CustomerSuccess.Core.Campaigns;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Engine.Campaigns;

/// <summary>How many members of a campaign stand where.</summary>
/// <param name="Waiting">Nothing is written to them yet.</param>
/// <param name="Queued">Their message is in the outbox.</param>
/// <param name="Delayed">Of these, those whom limits, quiet hours or closed days have moved to later.</param>
/// <param name="Delivered">The mail server took the message, and it did not come back.</param>
/// <param name="Bounced">It came back.</param>
/// <param name="HeldBack">They get nothing.</param>
/// <param name="HeldOut">They are held out, so that the effect can be told.</param>
public sealed record CampaignCounts(int Waiting, int Queued, int Delayed, int Delivered, int Bounced, int HeldBack, int HeldOut)
{
    public static CampaignCounts None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    public int Members => Waiting + Queued + Delivered + Bounced + HeldBack + HeldOut;

    /// <summary>Taken by the mail server.</summary>
    public int Sent => Delivered + Bounced;

    /// <summary>Share of those who get the message whose message is through, 0–1; null where nobody gets it.</summary>
    public double? Share => Waiting + Queued + Sent == 0 ? null : (double)Sent / (Waiting + Queued + Sent);
}

/// <summary>A campaign as lists show it, with members among the accounts that the viewer may see.</summary>
/// <param name="Plan">What it says.</param>
/// <param name="MayChange">True where the viewer may change, start and stop it.</param>
public sealed record CampaignRow(Campaign Campaign, CampaignPlan Plan, CampaignCounts Counts, bool MayChange);

/// <summary>Everything that is set of a campaign.</summary>
/// <param name="Versions">Newest first.</param>
/// <param name="Lacks">What keeps it from going out, by field.</param>
/// <param name="HeldBack">Why members get nothing, most frequent first.</param>
/// <param name="Delays">What moved messages in the outbox to later, most frequent first.</param>
/// <param name="Outages">Outages that hit people of an advertising campaign, so that it waits for these.</param>
public sealed record CampaignDetails(
    CampaignRow Row, IReadOnlyList<CampaignVersion> Versions, IReadOnlyDictionary<string, string> Lacks, IReadOnlyList<(string Reason, int Count)> HeldBack, IReadOnlyList<(string Reason, int Count)> Delays, IReadOnlyList<CampaignOutage> Outages);

/// <summary>An outage that lets a campaign wait.</summary>
/// <param name="Until">The last day on which it does.</param>
/// <param name="People">How many of the campaign's people it hit; null for all.</param>
public sealed record CampaignOutage(string Title, DateOnly Until, int? People);

/// <summary>Messages of a part of a campaign and what became of them.</summary>
/// <param name="Sent">Taken by the mail server.</param>
/// <param name="Bounced">Came back.</param>
/// <param name="Opened">Seen by a person, as far as that can be told.</param>
public sealed record CampaignTally(int Sent, int Bounced, int Opened, int Clicked, int Replied, int Unsubscribed)
{
    public static CampaignTally None { get; } = new(0, 0, 0, 0, 0, 0);

    public int Delivered => Sent - Bounced;

    public CampaignTally Plus(CampaignTally other) => new(Sent + other.Sent, Bounced + other.Bounced, Opened + other.Opened, Clicked + other.Clicked, Replied + other.Replied, Unsubscribed + other.Unsubscribed);

    /// <summary>A share of those delivered, with its 95 % interval; NaN over nobody.</summary>
    public EffectInterval Share(int of) => SubjectTest.Share(new Arm(Delivered, Math.Min(of, Delivered)));

    public int Of(SubjectMeasure measure) => measure switch { SubjectMeasure.Opens => Opened, SubjectMeasure.Clicks => Clicked, _ => Replied };
}

/// <summary>What came of a subject.</summary>
/// <param name="No">From 0.</param>
/// <param name="InTest">Among those who tried it first; by these it is judged.</param>
/// <param name="All">With those who got it afterwards.</param>
public sealed record SubjectResult(int No, CampaignSubject Subject, CampaignTally InTest, CampaignTally All);

/// <summary>What came of messages that were sent at an hour of the week, on the recipients' clocks.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="Hour">0–23; null for the whole day.</param>
public sealed record SendTimeResult(DayOfWeek Day, int? Hour, CampaignTally Tally);

/// <summary>What came of a campaign.</summary>
/// <param name="All">Over all messages.</param>
/// <param name="Subjects">In the plan's order.</param>
/// <param name="Days">By weekday, Monday first; those with messages.</param>
/// <param name="Hours">By weekday and hour.</param>
/// <param name="TracksOpens">False where opens are not told at present.</param>
/// <param name="TracksClicks">Likewise clicks.</param>
public sealed record CampaignResults(CampaignTally All, IReadOnlyList<SubjectResult> Subjects, IReadOnlyList<SendTimeResult> Days, IReadOnlyList<SendTimeResult> Hours, bool TracksOpens, bool TracksClicks);

/// <summary>Which members to list.</summary>
public enum CampaignShow
{
    Waiting,

    Queued,

    Sent,

    Opened,

    Clicked,

    Replied,

    Bounced,

    HeldBack,

    HeldOut,
}

/// <summary>A member and what became of the message. Times are UTC.</summary>
public sealed record CampaignMemberRow(
    CampaignMember Member, string AccountId, string Namespace, string AccountName, string? OwnerEmail, string? ContactName, string? Address, string? Subject, DateTime? NotBefore, DateTime? OpenedAt, DateTime? ClickedAt, DateTime? RepliedAt);

/// <summary>Whom a campaign would reach if it went out now.</summary>
/// <param name="Members">Everybody who is meant.</param>
/// <param name="Asked">How many of them were asked about; fewer than all of a large audience, whose other figures are then reckoned from these.</param>
/// <param name="Gets">Who would get it, at once or later.</param>
/// <param name="Later">What would move messages to later, most frequent first.</param>
/// <param name="Not">Why others would not get it, most frequent first; each is counted under the first reason.</param>
/// <param name="HeldOut">Who would be held out.</param>
/// <param name="Accounts">Accounts of those who are meant.</param>
public sealed record CampaignReach(int Members, int Asked, int Gets, IReadOnlyList<(string Reason, int Count)> Later, IReadOnlyList<(string Reason, int Count)> Not, int HeldOut, int Accounts)
{
    public bool IsEstimate => Asked < Members;
}

/// <summary>A campaign's message as a real person would get it.</summary>
/// <param name="Mail">The message.</param>
/// <param name="AccountName">Whose it would be.</param>
public sealed record CampaignPreview(MailDetail Mail, string AccountName);
