using CustomerSuccess.Core.Mail;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>Where messages stand, why they wait, and what happened to them, in words.</summary>
public sealed class OutboxWords(IStringLocalizer<OutboxWords> text)
{
    /// <summary>Statuses as the filter offers them, those that belong together as one.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<MailStatus>> Groups { get; } = new Dictionary<string, IReadOnlyList<MailStatus>>
    {
        ["draft"] = [MailStatus.Draft],
        ["waiting"] = [MailStatus.Queued, MailStatus.Sending],
        ["held"] = [MailStatus.Held],
        ["sent"] = [MailStatus.Sent],
        ["failed"] = [MailStatus.Failed],
        ["bounced"] = [MailStatus.Bounced],
        ["cancelled"] = [MailStatus.Cancelled],
    };

    public string Group(string group) => text["Group_" + group];

    public string Status(MailStatus status) => text["Status_" + status];

    public static Tone ToneOf(MailStatus status) => status switch
    {
        MailStatus.Sent => Tone.Good,
        MailStatus.Queued or MailStatus.Sending => Tone.Info,
        MailStatus.Held => Tone.Watch,
        MailStatus.Failed or MailStatus.Bounced => Tone.Danger,
        _ => Tone.Neutral,
    };

    public string Origin(MailOrigin origin) => text["Origin_" + origin];

    public string Event(MailEventKind kind) => text["Event_" + kind];

    public string Recipient(RecipientState state) => text["Recipient_" + state];

    /// <summary>Why a message is held or waits, such as <c>The contact has opted out</c>.</summary>
    public string Hold(string reason)
    {
        var (code, arg) = reason.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (reason[..at], reason[(at + 1)..]) : (reason, "");
        return text["Hold_" + code, arg] is { ResourceNotFound: false } words ? words : reason;
    }

    public string Holds(IEnumerable<string> reasons) => string.Join(text["Comma"], reasons.Select(Hold));

    /// <summary>What an event's detail says: reasons in words, anything else as the server wrote it.</summary>
    public string? Detail(MailEventRow happened) => happened switch
    {
        { Link: { } link } => link,
        { Detail: null } => null,
        { Kind: MailEventKind.Held or MailEventKind.Delayed or MailEventKind.Released or MailEventKind.Cancelled } => Holds(happened.Detail.Split(',')),
        { Kind: MailEventKind.Replied or MailEventKind.AutoReplied } => null,
        _ => happened.Detail,
    };

    public string Problem(string field, string code) => text[$"Problem_{field}_{code}"] is { ResourceNotFound: false } words ? words : text["Problem"];
}
