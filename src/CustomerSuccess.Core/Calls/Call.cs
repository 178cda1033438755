using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Core.Calls;

/// <summary>What came of a call.</summary>
public enum CallResult
{
    Reached,
    NotReached,
    Voicemail,
    WrongNumber,
}

/// <summary>A call to be recorded.</summary>
public sealed record CallDraft
{
    public int AccountNo { get; init; }

    /// <summary>Whom; null where that is not known.</summary>
    public int? ContactNo { get; init; }

    /// <summary>True for a call that came in.</summary>
    public bool IsInbound { get; init; }

    /// <summary>What it was about.</summary>
    public string? Purpose { get; init; }

    public CallResult Result { get; init; }

    /// <summary>The day on which to try again, where nobody was reached.</summary>
    public DateOnly? RetryOn { get; init; }

    /// <summary>What was agreed to do next.</summary>
    public string? NextStep { get; init; }

    /// <summary>The day by which.</summary>
    public DateOnly? NextStepOn { get; init; }

    /// <summary>What it took, in minutes.</summary>
    public double Minutes { get; init; }

    public string? RecordingUrl { get; init; }

    public string? Notes { get; init; }

    /// <summary>The suggested play that the call carries out; null for none.</summary>
    public string? Play { get; init; }
}

/// <summary>What a call must be before it is recorded, and the words that facts use for it.</summary>
public static class CallRules
{
    /// <summary>Characters of notes.</summary>
    public const int LongestNotes = 20_000;

    /// <summary>Characters of a purpose or a next step.</summary>
    public const int LongestLine = 500;

    /// <summary>A day: who talks longer forgot to stop the clock.</summary>
    public const double MostMinutes = 1440;

    /// <summary>Rules that the draft breaks, by field; none where it may be recorded.</summary>
    public static IReadOnlyDictionary<string, string> Problems(CallDraft draft, DateOnly today)
    {
        var problems = new Dictionary<string, string>();
        if (draft.Minutes is < 0 or > MostMinutes or double.NaN)
        {
            problems["minutes"] = "out_of_range";
        }

        if (draft.RetryOn is { } retry && retry < today)
        {
            problems["retry_on"] = "past";
        }

        if (draft.NextStepOn is { } due && due < today)
        {
            problems["next_step_on"] = "past";
        }

        if (draft.NextStepOn is not null && string.IsNullOrWhiteSpace(draft.NextStep))
        {
            problems["next_step"] = "missing";
        }

        if (!string.IsNullOrWhiteSpace(draft.RecordingUrl) && !IsRecording(draft.RecordingUrl.Trim()))
        {
            problems["recording_url"] = "not_https";
        }

        foreach (var (field, text, longest) in new[] { ("purpose", draft.Purpose, LongestLine), ("next_step", draft.NextStep, LongestLine), ("notes", draft.Notes, LongestNotes) })
        {
            if ((text ?? "").Length > longest)
            {
                problems[field] = "too_long";
            }
        }

        return problems;
    }

    /// <summary>True for an address that a browser may follow: https, with a host, without a name or a password in it.</summary>
    public static bool IsRecording(string url) =>
        url.Length <= 2_000 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.Host.Length > 0 && uri.UserInfo.Length == 0;

    /// <summary>The word by which facts call a result.</summary>
    public static string Word(this CallResult result) => result switch
    {
        CallResult.Reached => "reached",
        CallResult.NotReached => "not_reached",
        CallResult.Voicemail => "voicemail",
        _ => "wrong_number",
    };
}

/// <summary>A call as it was recorded.</summary>
/// <param name="TouchId">The touch's id.</param>
/// <param name="Play">The suggestion's state after it; null where none was carried out.</param>
public sealed record RecordedCall(int AccountNo, string TouchId, CallResult Result, DateOnly? RetryOn, TakenAction? Play);

/// <summary>Whose number a caller may have.</summary>
/// <param name="ContactNo">Null where it is the account's own number.</param>
/// <param name="HasLeft">True for somebody who is no longer there.</param>
public sealed record CallerMatch(int AccountNo, string AccountId, string Namespace, string AccountName, string? OwnerEmail, int? ContactNo, string? ContactName, string? Title, string? Phone, bool HasLeft);

/// <summary>Who may be calling.</summary>
/// <param name="Display">The number as its country writes it.</param>
/// <param name="Key">The key that was looked for; empty where the number was withheld.</param>
/// <param name="Matches">Those who are still there first.</param>
public sealed record CallerMatches(string Display, string Key, IReadOnlyList<CallerMatch> Matches)
{
    /// <summary>The one that it must be; null where it may be several or nobody.</summary>
    public CallerMatch? Only => Matches.Where(match => !match.HasLeft).ToList() switch
    {
        [var one] => one,
        // a person's number that is also their company's main line
        var several when several.Where(match => match.ContactNo is not null).ToList() is [var person] && several.All(match => match.AccountNo == person.AccountNo) => person,
        _ => null,
    };
}

/// <summary>What whoever calls should have before them.</summary>
/// <param name="Account">The light in which the account stands.</param>
/// <param name="Contact">Whom; null where that is not chosen yet.</param>
/// <param name="Contacts">Those at the account who can be called.</param>
/// <param name="Open">Inquiries that are to be done.</param>
/// <param name="Suggestions">What the newest run suggests, first to do first.</param>
/// <param name="Touches">The last contacts, newest first.</param>
public sealed record CallContext(AccountContext Account, ContactRow? Contact, IReadOnlyList<ContactRow> Contacts, IReadOnlyList<InquiryBrief> Open, IReadOnlyList<SuggestedTouch> Suggestions, IReadOnlyList<TouchRow> Touches);

/// <summary>An account as a search finds it.</summary>
public sealed record FoundAccount(int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail);
