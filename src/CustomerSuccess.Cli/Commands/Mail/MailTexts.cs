using System.Globalization;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Outreach;

namespace CustomerSuccess.Cli.Commands;

/// <summary>What the command line says of messages.</summary>
internal static class MailTexts
{
    /// <summary>Why something was not done, in a sentence for each problem.</summary>
    public static string Problem<T>(ActResult<T> result)
        where T : class => result.Outcome switch
        {
            ActOutcome.NotFound => "There is no such account, contact or message.",
            ActOutcome.Invalid => string.Join('\n', result.Problems.Select(problem => $"{problem.Key}: {problem.Value}")),
            ActOutcome.Conflict => "Somebody else changed it meanwhile.",
            _ when result.Value is MailSummary { Reasons.Count: > 0 } mail => $"{Status(mail.Status)}: {string.Join("; ", mail.Reasons.Select(Reason))}",
            _ => result.Outcome.ToString(),
        };

    public static string Status(MailStatus status) => status.ToString().ToLowerInvariant();

    /// <summary>A reason in words.</summary>
    public static string Reason(string reason)
    {
        var (code, detail) = reason.Split(':', 2) is [var c, var d] ? (c, d) : (reason, "");
        return code switch
        {
            HoldReasons.AccountLimit => "the account was contacted as often as allowed",
            HoldReasons.PersonLimit => "the person was contacted as often as allowed",
            HoldReasons.QuietHours => "quiet hours where the person lives",
            HoldReasons.ClosedDay => "a day on which nothing is sent",
            HoldReasons.OptedOut => "the person opted out",
            HoldReasons.ListOptedOut => $"the person left the list {detail}",
            HoldReasons.NoConsent => "no consent to advertising is recorded",
            HoldReasons.AddressBounced => "the address does not work",
            HoldReasons.NoAddress => "there is no address",
            HoldReasons.GatewayOff => "no gateway of this kind is on",
            HoldReasons.TooLong => $"too long: {detail} characters",
            HoldReasons.Outage => $"the outage \"{detail}\" hit the account",
            HoldReasons.BadAddress => "the address is none",
            HoldReasons.ContactLeft => "the person has left",
            HoldReasons.ContactUnknown => "the contact is gone",
            HoldReasons.NoFreeTime => "no free moment within a year",
            HoldReasons.MissingField => $"the field {detail} has no value",
            HoldReasons.BadTemplate => $"the text has a mistake ({detail})",
            HoldReasons.SenderMissing => $"advertising needs {detail}",
            HoldReasons.WebAddressMissing => "advertising needs web.address, for unsubscribing",
            HoldReasons.FromMissing => "mail.from_address is not set",
            HoldReasons.EmptyText => "subject or text is empty",
            HoldReasons.DkimKeyUnreadable => "the DKIM key cannot be read",
            HoldReasons.ManyRecipients => "advertising goes to one recipient at a time",
            HoldReasons.Expired => "too late",
            HoldReasons.Unsubscribed => "the recipient unsubscribed",
            HoldReasons.Paused => "paused",
            HoldReasons.OriginEnded => "what it belonged to ended",
            _ => reason,
        };
    }

    public static string Time(DateTime? utc) => utc is { } at ? at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "";
}
