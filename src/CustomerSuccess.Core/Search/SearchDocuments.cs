using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Tasks;

namespace CustomerSuccess.Core.Search;

/// <summary>What can be searched of each kind of record; null for a record that says nothing, is voided or deleted, or belongs to no account.</summary>
public static class SearchDocuments
{
    private const int LongestTitle = 200;
    private static readonly DateTime Unknown = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static SearchDocument? Of(Account account) => Document(
        account.AccountNo, SearchKinds.Account, "", account.CreatedOn?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) ?? Unknown.AddSeconds(account.AccountNo), account.Name,
        [account.NameKana, account.AccountId, account.Industry, account.Region, account.Segment, account.OwnerEmail, account.Address, account.Phone, Digits(account.Phone)], Lines(account.NameKana, account.AccountId));

    public static SearchDocument? Of(Contact contact) => contact.VoidedBy is not null ? null : Document(
        contact.AccountNo, SearchKinds.Person, IdOf(contact), Unknown.AddSeconds(contact.ContactNo), contact.Name ?? contact.Email ?? contact.ContactId,
        [contact.NameKana, contact.Email, contact.Department, contact.Title, contact.Role, contact.Phone, Digits(contact.Phone), contact.ContactId], Lines(contact.NameKana, contact.Email));

    public static SearchDocument? Of(Inquiry inquiry) => inquiry.VoidedBy is not null ? null : Document(
        inquiry.AccountNo, SearchKinds.Inquiry, IdOf(inquiry), inquiry.OpenedAt, inquiry.Subject,
        [inquiry.Body, inquiry.FactId, inquiry.RequesterName, inquiry.RequesterEmail, inquiry.Category, inquiry.Product, inquiry.Tags?.Trim('|').Replace('|', ' ')]);

    /// <param name="message">Of the inquiry's thread.</param>
    /// <param name="subject">The inquiry's.</param>
    public static SearchDocument? Of(InquiryMessage message, string? subject)
    {
        var document = Document(message.AccountNo, SearchKinds.Message, IdOf(message), message.At, subject, [message.Body, message.AuthorName, message.AuthorEmail]);
        return document is null ? null : document with { SearchesTitle = false };
    }

    public static SearchDocument? Of(SurveyResponse answer) => answer.VoidedBy is not null || string.IsNullOrWhiteSpace(answer.Comment) ? null
        : Document(answer.AccountNo, SearchKinds.Comment, IdOf(answer), answer.RespondedAt, answer.Survey, [answer.Comment, answer.Product]);

    public static SearchDocument? Of(Note note) => note.DeletedAt is not null ? null
        : Document(note.AccountNo, SearchKinds.Note, note.NoteId, note.At, null, [note.Text]);

    public static SearchDocument? Of(WorkTask task) => task.DeletedAt is not null || task.AccountNo == 0 ? null
        : Document(task.AccountNo, SearchKinds.Task, task.TaskId, task.CreatedAt, task.Title, [task.Detail]);

    public static SearchDocument? Of(StoredFile file) => file.DeletedAt is not null ? null
        : Document(file.AccountNo, SearchKinds.File, file.FileId, file.At, file.Name, [file.Description]);

    public static SearchDocument? Of(Touch touch) => touch.VoidedBy is not null ? null
        : Document(touch.AccountNo, SearchKinds.Touch, IdOf(touch), touch.At, touch.Purpose, [touch.Notes, touch.NextStep]);

    public static string IdOf(Contact contact) => contact.ContactNo.ToString(CultureInfo.InvariantCulture);

    public static string IdOf(Fact fact) => new InquiryKey(fact.SourceId, fact.FactId).ToString();

    public static string IdOf(InquiryMessage message) => $"{new InquiryKey(message.SourceId, message.FactId)}/{message.MessageId}";

    private static SearchDocument? Document(int accountNo, string kind, string id, DateTime at, string? title, string?[] text, string names = "")
    {
        var (said, called) = (Clean(Lines(text), SearchTokens.LongestText), Clean(title ?? "", LongestTitle));
        return said.Length + called.Length == 0 ? null : new(accountNo, kind, id, at, called, said) { Names = names };
    }

    private static string Lines(params IEnumerable<string?> parts) => string.Join('\n', parts.Where(part => !string.IsNullOrWhiteSpace(part)));

    private static string Clean(string text, int most)
    {
        // PostgreSQL's text cannot hold NUL
        var clean = text.Replace("\0", "", StringComparison.Ordinal).Trim();
        return clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 1]) ? most - 1 : most)];
    }

    private static string? Digits(string? phone)
    {
        var digits = phone is null ? "" : string.Concat(phone.Normalize(System.Text.NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits;
    }
}
