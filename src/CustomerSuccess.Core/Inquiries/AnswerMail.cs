using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>What became of the message by which an answer was sent.</summary>
/// <param name="Status">Where it stands.</param>
/// <param name="To">The address.</param>
/// <param name="At">When the server took it, UTC; null while it has not.</param>
/// <param name="Reasons">What holds it; codes of <see cref="Outreach.HoldReasons"/>.</param>
/// <param name="ServerSaid">The server's last words.</param>
public sealed record AnswerSending(MailStatus Status, string To, DateTime? At, IReadOnlyList<string> Reasons, string? ServerSaid);

/// <summary>How answers of the desk are written as messages, so that what comes back finds its inquiry.</summary>
public static class AnswerMail
{
    private const int LongestSubject = 200;

    /// <summary>True where an answer is sent to the asker's address: it was not given on the telephone, in a chat or a meeting.</summary>
    public static bool GoesBy(string? channel) => channel is not ("phone" or "chat" or "meeting");

    /// <summary>The subject, with the inquiry's number at its end.</summary>
    /// <param name="subject">The inquiry's; null for none.</param>
    /// <param name="number">The inquiry's id, by which its asker knows it.</param>
    /// <param name="language">Of the message.</param>
    public static string Subject(string? subject, string number, string language)
    {
        var words = string.IsNullOrWhiteSpace(subject) ? MailWords.YourInquiry(language) : subject.Trim();
        words = words.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? words[3..].TrimStart() : words;
        words = words.Length <= LongestSubject ? words : words[..(char.IsHighSurrogate(words[LongestSubject - 2]) ? LongestSubject - 2 : LongestSubject - 1)] + "…";
        return $"Re: {words} [{number}]";
    }

    /// <summary>The text as markup: what was typed reads as it was typed, with the inquiry's number below.</summary>
    public static string Body(string answer, string number, string language) =>
        $"{MarkupText.EscapeTyped(answer.ReplaceLineEndings("\n"))}\n\n{MarkupText.Escape(MailWords.InquiryNumber(language, number))}";

    /// <summary>The number of the inquiry that a subject names: what stands in its last brackets; null where there are none.</summary>
    public static string? NumberIn(string subject)
    {
        var end = subject.LastIndexOf(']');
        var start = end < 0 ? -1 : subject.LastIndexOf('[', end);
        return start >= 0 && end - start > 1 ? subject[(start + 1)..end].Trim() : null;
    }
}
