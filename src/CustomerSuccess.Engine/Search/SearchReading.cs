using CustomerSuccess.Core.Search;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Search;

/// <summary>Reads everything of accounts that can be searched.</summary>
internal static class SearchReading
{
    public static async Task<List<SearchDocument>> OfAsync(CustomerSuccessContext context, IReadOnlyList<int> accounts, CancellationToken cancellation)
    {
        List<SearchDocument> documents = [];
        await AddAsync(context.Accounts.Where(a => accounts.Contains(a.AccountNo)), SearchDocuments.Of);
        await AddAsync(context.Contacts.Where(c => accounts.Contains(c.AccountNo) && c.VoidedBy == null), SearchDocuments.Of);
        var subjects = new Dictionary<(int, int, string), string?>();
        await AddAsync(context.Inquiries.Where(i => accounts.Contains(i.AccountNo) && i.VoidedBy == null), inquiry =>
        {
            subjects[(inquiry.AccountNo, inquiry.SourceId, inquiry.FactId)] = inquiry.Subject;
            return SearchDocuments.Of(inquiry);
        });
        await AddAsync(
            context.InquiryMessages.Where(m => accounts.Contains(m.AccountNo)),
            message => subjects.TryGetValue((message.AccountNo, message.SourceId, message.FactId), out var subject) ? SearchDocuments.Of(message, subject) : null);
        await AddAsync(context.SurveyResponses.Where(s => accounts.Contains(s.AccountNo) && s.VoidedBy == null && s.Comment != null), SearchDocuments.Of);
        await AddAsync(context.Touches.Where(t => accounts.Contains(t.AccountNo) && t.VoidedBy == null), SearchDocuments.Of);
        await AddAsync(context.Notes.Where(n => accounts.Contains(n.AccountNo) && n.DeletedAt == null), SearchDocuments.Of);
        await AddAsync(context.WorkTasks.Where(t => accounts.Contains(t.AccountNo) && t.DeletedAt == null), SearchDocuments.Of);
        await AddAsync(context.StoredFiles.Where(f => accounts.Contains(f.AccountNo) && f.DeletedAt == null), SearchDocuments.Of);
        return documents;

        async Task AddAsync<T>(IQueryable<T> records, Func<T, SearchDocument?> document)
            where T : class
        {
            await foreach (var record in records.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellation))
            {
                if (document(record) is { } found)
                {
                    documents.Add(found);
                }
            }
        }
    }
}
