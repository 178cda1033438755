using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Core.Tasks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Search;

/// <summary>Keeps what can be searched in step with records that are saved, in the same transaction. What imports write in bulk follows by <see cref="FillSearch"/>.</summary>
internal static class SearchHook
{
    /// <summary>Puts, changes and removes the documents of what is about to be saved.</summary>
    public static async Task PutAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var changed = new Dictionary<(int AccountNo, string Kind, string RecordId), SearchDocument?>();
        foreach (var entry in context.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList())
        {
            var gone = entry.State == EntityState.Deleted;
            switch (entry.Entity)
            {
                case Account account:
                    changed[(account.AccountNo, SearchKinds.Account, "")] = gone ? null : SearchDocuments.Of(account);
                    break;
                case Contact contact:
                    changed[(contact.AccountNo, SearchKinds.Person, SearchDocuments.IdOf(contact))] = gone ? null : SearchDocuments.Of(contact);
                    break;
                case Inquiry inquiry:
                    changed[(inquiry.AccountNo, SearchKinds.Inquiry, SearchDocuments.IdOf(inquiry))] = gone ? null : SearchDocuments.Of(inquiry);
                    break;
                case InquiryMessage message:
                    changed[(message.AccountNo, SearchKinds.Message, SearchDocuments.IdOf(message))] = gone ? null : SearchDocuments.Of(message, await SubjectAsync(context, message, cancellation));
                    break;
                case SurveyResponse answer:
                    changed[(answer.AccountNo, SearchKinds.Comment, SearchDocuments.IdOf(answer))] = gone ? null : SearchDocuments.Of(answer);
                    break;
                case Touch touch:
                    changed[(touch.AccountNo, SearchKinds.Touch, SearchDocuments.IdOf(touch))] = gone ? null : SearchDocuments.Of(touch);
                    break;
                case Note note:
                    changed[(note.AccountNo, SearchKinds.Note, note.NoteId)] = gone ? null : SearchDocuments.Of(note);
                    break;
                case WorkTask task when task.AccountNo != 0:
                    changed[(task.AccountNo, SearchKinds.Task, task.TaskId)] = gone ? null : SearchDocuments.Of(task);
                    break;
                case StoredFile file:
                    changed[(file.AccountNo, SearchKinds.File, file.FileId)] = gone ? null : SearchDocuments.Of(file);
                    break;
            }
        }

        if (changed.Count > 0)
        {
            await WriteAsync(context, changed, cancellation);
        }
    }

    private static async Task WriteAsync(CustomerSuccessContext context, Dictionary<(int AccountNo, string Kind, string RecordId), SearchDocument?> changed, CancellationToken cancellation)
    {
        List<SearchDocument> added = [];
        foreach (var account in changed.GroupBy(pair => pair.Key.AccountNo))
        {
            var ids = account.Select(pair => pair.Key.RecordId).Distinct().ToList();
            var rows = await context.SearchTexts.Where(row => row.AccountNo == account.Key && ids.Contains(row.RecordId)).ToListAsync(cancellation);
            var known = rows.ToDictionary(row => (row.AccountNo, row.Kind, row.RecordId));
            foreach (var (key, document) in account)
            {
                if (!known.TryGetValue(key, out var row))
                {
                    if (document is not null)
                    {
                        added.Add(document);
                    }
                }
                else if (document is null)
                {
                    context.Remove(row);
                }
                else if (row.Hash != document.Hash)
                {
                    // a number tells when; the triggers see to it that the former one is let go of
                    var docNo = SearchDocument.FirstAt(row.At) == SearchDocument.FirstAt(document.At) ? row.DocNo : (await RowsAsync(context, [document], cancellation))[0].DocNo;
                    (row.DocNo, row.At, row.Title, row.Text, row.Hash, row.Tokens) = (docNo, document.At, document.Title, document.Text, document.Hash, document.Tokens());
                }
            }
        }

        context.AddRange(await RowsAsync(context, added, cancellation));
    }

    /// <summary>Rows with numbers that nobody has, in their order: SQLite's index writes out what it holds as often as a number is lower than the one before.</summary>
    public static async Task<List<SearchText>> RowsAsync(CustomerSuccessContext context, IReadOnlyList<SearchDocument> documents, CancellationToken cancellation)
    {
        List<SearchText> rows = [];
        var taken = new HashSet<long>();
        IReadOnlyList<SearchDocument> open = documents;
        for (var trial = 0; open.Count > 0; trial++)
        {
            var wished = open.Select(document => (Document: document, No: document.NumberOf(trial))).ToList();
            foreach (var some in wished.Select(wish => wish.No).Chunk(2_000))
            {
                taken.UnionWith(await context.SearchTexts.Where(row => some.Contains(row.DocNo)).Select(row => row.DocNo).ToListAsync(cancellation));
            }

            List<SearchDocument> again = [];
            foreach (var (document, no) in wished)
            {
                if (taken.Add(no))
                {
                    rows.Add(document.ToRow(no));
                }
                else
                {
                    again.Add(document);
                }
            }

            open = again;
        }

        rows.Sort((a, b) => a.DocNo.CompareTo(b.DocNo));
        return rows;
    }

    private static async Task<string?> SubjectAsync(CustomerSuccessContext context, InquiryMessage message, CancellationToken cancellation) =>
        context.Inquiries.Local.FirstOrDefault(i => i.AccountNo == message.AccountNo && i.SourceId == message.SourceId && i.FactId == message.FactId) is { } held ? held.Subject
            : await context.Inquiries.AsNoTracking().Where(i => i.AccountNo == message.AccountNo && i.SourceId == message.SourceId && i.FactId == message.FactId).Select(i => i.Subject).FirstOrDefaultAsync(cancellation);
}
