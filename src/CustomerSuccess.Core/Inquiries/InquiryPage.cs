using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>Which inquiry is meant: its account and its key there.</summary>
public readonly record struct InquiryRef(int AccountNo, InquiryKey Key);

/// <summary>An inquiry as the desk works on it. Times are UTC.</summary>
public sealed record DeskInquiry(
    InquiryRef Ref, int Version, string? Subject, string? Channel, InquiryState State, InquiryPriority Urgency, string? Assignee, string? Category, string? Product, IReadOnlyList<string> Tags, string? Language,
    int? ContactNo, string? RequesterName, string? RequesterEmail, DateTime OpenedAt, DateTime? FirstResponseAt, DateTime? ClosedAt, DateTime ChangedAt, int ReopenedCount, bool Escalated, DateTime? EscalatedAt,
    string? EscalatedTo, string? EscalationReason, int? Satisfaction, string? MergedInto, bool CustomerSpokeLast)
{
    public static DeskInquiry Of(Inquiry i) => new(
        new(i.AccountNo, new(i.SourceId, i.FactId)), i.Version, i.Subject, i.Channel, i.State, i.Urgency, i.Assignee, i.Category, i.Product, InquiryTags.Read(i.Tags), i.Language,
        i.ContactNo, i.RequesterName, i.RequesterEmail, i.OpenedAt, i.FirstResponseAt, i.ClosedAt, i.ChangedAt, i.ReopenedCount, i.Escalated, i.EscalatedAt,
        i.EscalatedTo, i.EscalationReason, i.Satisfaction, i.MergedInto, i.CustomerSpokeLast);
}

/// <summary>A message of the thread.</summary>
/// <param name="MessageId">Empty for the inquiry's own first message.</param>
/// <param name="Kind">Whose words, and for whom.</param>
/// <param name="At">UTC.</param>
/// <param name="Author">A name, else an address; null where nobody knows.</param>
/// <param name="Email">The author's address.</param>
/// <param name="Channel">By which it came or went.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="Body">Plain text.</param>
/// <param name="FromMerged">The inquiry that it came with, where that was merged into this one.</param>
/// <param name="Sending">What became of the message by which it was sent; null where it was sent by none.</param>
public sealed record ThreadMessage(string MessageId, MessageKind Kind, DateTime At, string? Author, string? Email, string? Channel, string? Language, string Body, InquiryKey? FromMerged, AnswerSending? Sending = null);

/// <summary>What happened beside the messages.</summary>
/// <param name="At">UTC.</param>
/// <param name="By">An address; null for the application itself.</param>
/// <param name="Act">The journal's verb.</param>
/// <param name="Version">The inquiry's version after it.</param>
/// <param name="Changes">Fields before and after.</param>
public sealed record ThreadEvent(DateTime At, string? By, string Act, int Version, IReadOnlyDictionary<string, FieldChange> Changes);

/// <summary>Another inquiry, in short.</summary>
/// <param name="IsSamePerson">True where the same contact asked.</param>
public sealed record InquiryBrief(InquiryRef Ref, string? Subject, InquiryState State, DateTime OpenedAt, DateTime? ClosedAt, int? Satisfaction, bool IsSamePerson);

/// <summary>Who asks, in the light of the account: what whoever answers should know first.</summary>
/// <param name="State">Of the newest score run; null where the account is not in it.</param>
/// <param name="Mrr">Reporting currency.</param>
/// <param name="Probability">Of churn within the horizon, 0–1; null in fallback and for leaving accounts.</param>
/// <param name="Health">0–100, 100 is good.</param>
/// <param name="AsOf">The day of the run.</param>
public sealed record AccountContext(
    int AccountNo, string AccountId, string Namespace, string Name, string? OwnerEmail, string? Segment, string? Phone,
    ScoreState? State, string? Plan, decimal? Mrr, string Currency, DateOnly? RenewsOn, double? Probability, double? Health, HealthBand? Band, int? Rank, DateOnly? AsOf, int OpenInquiries);

/// <summary>That a customer was asked how satisfied they are, and what they said.</summary>
public sealed record SatisfactionSaid(DateTime AskedAt, string? AskedBy, DateTime? AnsweredAt, int? Score, string? Comment);

/// <summary>Everything that is shown of one inquiry.</summary>
/// <param name="Inquiry">As it stands.</param>
/// <param name="Account">The light in which it stands.</param>
/// <param name="Contact">Who asks; null where no contact is known.</param>
/// <param name="Messages">Oldest first, the inquiry's own text included, and those of inquiries that were merged into it.</param>
/// <param name="Events">Oldest first.</param>
/// <param name="Earlier">Other inquiries of the account, the same person's first, then newest first.</param>
/// <param name="FirstResponse">The target for the first answer.</param>
/// <param name="Resolution">The target for the resolution.</param>
/// <param name="Satisfaction">The last time that the customer was asked; null for never.</param>
/// <param name="Merged">Inquiries that were merged into it.</param>
public sealed record InquiryPage(
    DeskInquiry Inquiry, AccountContext Account, ContactRow? Contact, IReadOnlyList<ThreadMessage> Messages, IReadOnlyList<ThreadEvent> Events, IReadOnlyList<InquiryBrief> Earlier,
    TargetStanding FirstResponse, TargetStanding Resolution, SatisfactionSaid? Satisfaction, IReadOnlyList<InquiryKey> Merged);

/// <summary>A resolved inquiry about the same matter.</summary>
/// <param name="Answer">The last answer that was given; null where none was written here.</param>
/// <param name="Score">0–1, how much of the text is met.</param>
public sealed record SimilarInquiry(InquiryRef Ref, string AccountName, string? Subject, DateTime? ClosedAt, int? Satisfaction, string? Answer, double Score);
