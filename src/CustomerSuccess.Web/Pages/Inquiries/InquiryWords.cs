using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>What the desk's codes are called in the reader's language.</summary>
public sealed class InquiryWords(IStringLocalizer<InquiryWords> text)
{
    private static readonly HashSet<string> KnownChannels = ["email", "phone", "chat", "web", "meeting"];

    private static readonly HashSet<string> KnownActs = ["opened", "answered", "noted", "heard", "assigned", "moved", "ranked", "described", "escalated", "merged", "joined", "parted", "rated", "asked_satisfaction"];

    /// <summary>By which an inquiry comes and an answer goes.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["email", "phone", "chat", "web", "meeting"];

    public string State(InquiryState state) => text["State" + state];

    public string Priority(InquiryPriority priority) => text["Priority" + priority];

    /// <summary>A source's own word where it is none of ours.</summary>
    public string? Channel(string? channel) => channel is null ? null : KnownChannels.Contains(channel) ? text["Channel_" + channel] : channel;

    public string? Language(string? language) => language is "ja" or "en" ? text["Language_" + language] : language;

    public string? Reason(string? reason) => reason is EscalationReasons.FirstResponseMissed or EscalationReasons.ResolutionMissed ? text["Reason_" + reason] : reason;

    /// <summary>A rule that an answer, a note or a field broke.</summary>
    public string Problem(string code) => text["Problem_" + code] is { ResourceNotFound: false } known ? known : text["Problem_other"];

    public static Urgency Urgency(InquiryPriority priority) => priority switch
    {
        InquiryPriority.Low => Shared.Values.Urgency.Low,
        InquiryPriority.Normal => Shared.Values.Urgency.Normal,
        InquiryPriority.High => Shared.Values.Urgency.High,
        _ => Shared.Values.Urgency.Urgent,
    };

    public static Tone Tone(InquiryState state) => state switch
    {
        InquiryState.New => Shared.Values.Tone.Accent,
        InquiryState.Open => Shared.Values.Tone.Info,
        InquiryState.Waiting => Shared.Values.Tone.Watch,
        InquiryState.OnHold => Shared.Values.Tone.Neutral,
        InquiryState.Resolved => Shared.Values.Tone.Good,
        _ => Shared.Values.Tone.Neutral,
    };

    /// <summary>Where the message stands by which an answer was sent.</summary>
    public string Sending(MailStatus status) => text["Sending" + status];

    public static Tone Tone(MailStatus status) => status switch
    {
        MailStatus.Sent => Shared.Values.Tone.Good,
        MailStatus.Held => Shared.Values.Tone.Watch,
        MailStatus.Failed or MailStatus.Bounced => Shared.Values.Tone.Danger,
        MailStatus.Queued or MailStatus.Sending => Shared.Values.Tone.Info,
        _ => Shared.Values.Tone.Neutral,
    };

    /// <summary>Why an answer did not reach the customer, and what to do; null where it did, or still may.</summary>
    public string? Hindrance(AnswerSending sending) => sending.Status switch
    {
        MailStatus.Held => text["Held", sending.To, string.Join(text["Comma"], sending.Reasons.Select(Reasoned))].Value,
        MailStatus.Failed or MailStatus.Bounced => text[sending.ServerSaid is null ? "Undelivered" : "UndeliveredSaid", sending.To, sending.ServerSaid ?? ""].Value,
        _ => null,
    };

    private string Reasoned(string reason) => text["Hold_" + reason.Split(':')[0]] is { ResourceNotFound: false } known ? known.Value : reason;

    /// <summary>What happened, in one line; null for what the thread shows itself.</summary>
    /// <param name="happened">An entry of the journal.</param>
    /// <param name="colleagues">By whose names addresses are told.</param>
    public string? Event(ThreadEvent happened, IReadOnlyList<Colleague> colleagues)
    {
        var by = happened.By is null ? text["TheDesk"].Value : Name(happened.By, colleagues);
        var parts = happened.Changes.Where(change => change.Key != "version").Select(change => Changed(change.Key, change.Value, colleagues)).OfType<string>().ToList();
        return happened.Act switch
        {
            "asked_satisfaction" => text["Event_asked_satisfaction", by].Value,
            "answered" or "noted" or "heard" when parts.Count == 0 => null,
            "opened" => null,
            _ when parts.Count > 0 => text["Event", by, string.Join(text["Comma"], parts)].Value,
            var act => KnownActs.Contains(act) ? text["Event_" + act, by].Value : null,
        };
    }

    /// <summary>A colleague's name by the address; the address where it is nobody's.</summary>
    public static string Name(string email, IReadOnlyList<Colleague> colleagues) =>
        colleagues.FirstOrDefault(colleague => string.Equals(colleague.Email, email, StringComparison.OrdinalIgnoreCase))?.Name ?? email;

    private string? Changed(string field, FieldChange change, IReadOnlyList<Colleague> colleagues) => field switch
    {
        "state" => text["Changed_state", change.After is { } state ? State(InquiryStates.Of(state, null, DateTime.MinValue)) : Format.Missing],
        "assignee" => change.After is null ? text["Changed_assignee_none"] : text["Changed_assignee", Name(change.After, colleagues)],
        "priority" => text["Changed_priority", Priority(InquiryPriorities.Of(change.After))],
        "category" => text["Changed_category", change.After ?? Format.Missing],
        "product" => text["Changed_product", change.After ?? Format.Missing],
        "tags" => text["Changed_tags", string.Join(text["Comma"], InquiryTags.Read(change.After)) is { Length: > 0 } tags ? tags : Format.Missing],
        "language" => text["Changed_language", Language(change.After) ?? Format.Missing],
        "contact" => text["Changed_contact"],
        "escalated_to" => text["Changed_escalated_to", change.After is { } to ? Name(to, colleagues) : Format.Missing],
        "escalation_reason" => Reason(change.After),
        "satisfaction" => text["Changed_satisfaction", change.After ?? Format.Missing],
        "merged_into" => change.After is null ? text["Changed_parted"] : text["Changed_merged", InquiryKey.TryParse(change.After)?.FactId ?? change.After],
        _ => null,
    };
}
