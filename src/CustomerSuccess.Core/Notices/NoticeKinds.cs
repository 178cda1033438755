using System.Collections.Frozen;
using CustomerSuccess.Core.Access;

namespace CustomerSuccess.Core.Notices;

/// <summary>A kind of notice.</summary>
/// <param name="Key">Stable name in snake_case.</param>
/// <param name="Mail">How it goes by mail until somebody wishes otherwise.</param>
/// <param name="Roles">Who can get it; null for everybody who works with customers.</param>
public sealed record NoticeKind(string Key, NoticeDelivery Mail, IReadOnlyList<string>? Roles = null)
{
    /// <summary>True for a kind that a viewer can get.</summary>
    public bool Concerns(Viewer viewer) => Roles is null || Roles.Any(role => viewer.IsIn(role));
}

/// <summary>The kinds of notice. Another one is a line here, its words in <see cref="NoticeText"/>, and a <see cref="NewNotice"/> in the act that it tells of.</summary>
public static class NoticeKinds
{
    public const string Detractor = "detractor", RiskRose = "risk_rose", AccountLeaving = "account_leaving", InquiryEscalated = "inquiry_escalated", InquiryAssigned = "inquiry_assigned", Reply = "reply", Mention = "mention", TaskAssigned = "task_assigned", TaskDue = "task_due", Handover = "handover", PlayHarms = "play_harms", PlayAnswered = "play_answered", ImportFailed = "import_failed", ImportRejected = "import_rejected", ModelPromoted = "model_promoted", ModelDrifted = "model_drifted", SurveyLow = "survey_low", CampaignFinished = "campaign_finished", PlayFired = "play_fired", SequenceFinished = "sequence_finished", SequenceReplied = "sequence_replied";

    private static readonly string[] Managers = [Roles.CsManager, Roles.CsOperations, Roles.Administrator];

    private static readonly string[] Operators = [Roles.CsOperations, Roles.Administrator];

    /// <summary>Every kind, in the order in which people are asked for their wishes.</summary>
    public static IReadOnlyList<NoticeKind> All { get; } =
    [
        new(Detractor, NoticeDelivery.Immediate),
        new(PlayFired, NoticeDelivery.Digest),
        new(RiskRose, NoticeDelivery.Digest),
        new(AccountLeaving, NoticeDelivery.Immediate),
        new(InquiryEscalated, NoticeDelivery.Immediate),
        new(InquiryAssigned, NoticeDelivery.Digest),
        new(Reply, NoticeDelivery.Immediate),
        new(Mention, NoticeDelivery.Immediate),
        new(TaskAssigned, NoticeDelivery.Digest),
        new(TaskDue, NoticeDelivery.Digest),
        new(Handover, NoticeDelivery.Immediate),
        new(PlayHarms, NoticeDelivery.Immediate, Managers),
        new(PlayAnswered, NoticeDelivery.Digest, Managers),
        new(SurveyLow, NoticeDelivery.Digest, Managers),
        new(CampaignFinished, NoticeDelivery.Digest),
        new(SequenceFinished, NoticeDelivery.Digest),
        new(SequenceReplied, NoticeDelivery.Immediate),
        new(ImportFailed, NoticeDelivery.Immediate, Operators),
        new(ImportRejected, NoticeDelivery.Digest, Operators),
        new(ModelPromoted, NoticeDelivery.Digest, Operators),
        new(ModelDrifted, NoticeDelivery.Immediate, Operators),
    ];

    private static readonly FrozenDictionary<string, NoticeKind> ByKey = All.ToFrozenDictionary(kind => kind.Key, StringComparer.Ordinal);

    /// <summary>Null for an unknown one, such as a later version's.</summary>
    public static NoticeKind? Find(string key) => ByKey.GetValueOrDefault(key);
}

/// <summary>
/// Something that happened and is to be told. It is told once to each person, however often it is said; never to who did it, to who may not see the account,
/// or to who may no longer sign in.
/// </summary>
/// <param name="Kind">One of <see cref="NoticeKinds"/>.</param>
/// <param name="EventKey">Names the event: the same key is the same event.</param>
/// <param name="Area">Where it leads: one of <c>JournalAreas</c>.</param>
/// <param name="AccountNo">The account that it concerns; 0 for none.</param>
/// <param name="RecordId">The record; null for the account, or the area, as a whole.</param>
public sealed record NewNotice(string Kind, string EventKey, string Area, int AccountNo = 0, string? RecordId = null)
{
    /// <summary>Colleagues by address; an address that nobody signs in with is left out.</summary>
    public IReadOnlyCollection<string> ToEmails { get; init; } = [];

    /// <summary>Colleagues by sign-in.</summary>
    public IReadOnlyCollection<string> ToUsers { get; init; } = [];

    /// <summary>True for the account's owner, and where it has none for whoever manages.</summary>
    public bool ToOwner { get; init; }

    /// <summary>True for everybody whom the kind concerns by role.</summary>
    public bool ToRoles { get; init; }

    /// <summary>Who did it, where that is not who acts; null for nobody else.</summary>
    public string? ExceptUser { get; init; }

    /// <summary>What the sentence names beside the account: texts by name.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = new Dictionary<string, string>();
}
