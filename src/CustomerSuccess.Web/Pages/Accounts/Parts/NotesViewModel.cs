using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Notes;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Notes of an account: what the part shows and does.</summary>
public sealed class NotesViewModel(AccountNotes notes, MentionInbox mentions, JournalQuery journal)
{
    private const int Together = 5;

    private int _most = Together;

    /// <summary>Pinned ones first; the first few until more are asked for.</summary>
    public Capped<Note> Notes { get; private set; } = new(0, []);

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) =>
        Notes = await notes.PageAsync(account.Viewer, account.No, 0, _most, cancellation) ?? new(0, []);

    public Task MoreAsync(OpenAccount account, CancellationToken cancellation)
    {
        _most += 20;
        return ReadAsync(account, cancellation);
    }

    public Task<ActResult<SavedNote>> WriteAsync(OpenAccount account, string? text) => notes.WriteAsync(account.Viewer, account.No, text);

    public Task<ActResult<SavedNote>> EditAsync(OpenAccount account, Note note, int version, string? text) => notes.EditAsync(account.Viewer, account.No, note.NoteId, version, text);

    public Task<ActResult<Note>> PinAsync(OpenAccount account, Note note) => notes.PinAsync(account.Viewer, account.No, note.NoteId, !note.IsPinned);

    public Task<ActResult<Note>> DeleteAsync(OpenAccount account, Note note) => notes.DeleteAsync(account.Viewer, account.No, note.NoteId, note.Version);

    public Task<ActResult<Note>> RestoreAsync(OpenAccount account, string noteId) => notes.RestoreAsync(account.Viewer, account.No, noteId);

    /// <summary>Wordings of a note, newest first.</summary>
    public async Task<IReadOnlyList<(DateTime At, string? By, string Text)>> WordingsAsync(OpenAccount account, string noteId, CancellationToken cancellation) =>
    [
        .. (await journal.OfRecordAsync(account.Viewer, account.No, JournalAreas.Note, noteId, 100, cancellation))
            .Select(entry => (entry.At, By: entry.ByEmail, Text: FieldChanges.Read(entry.ChangesJson).GetValueOrDefault("text")?.After))
            .Where(wording => wording.Text is not null).Select(wording => (wording.At, wording.By, wording.Text!)),
    ];

    /// <summary>The reader has the notes before his or her eyes: mentions in them are read.</summary>
    public async Task SeenAsync(OpenAccount account, CancellationToken cancellation)
    {
        var named = account.Viewer.Email is { } email ? Notes.Rows.Where(note => NoteText.Mentions(note.Text).Contains(email.ToLowerInvariant())).ToList() : [];
        foreach (var note in named)
        {
            await mentions.MarkReadAsync(account.Viewer, account.No, JournalAreas.Note, note.NoteId, cancellation);
        }
    }
}
