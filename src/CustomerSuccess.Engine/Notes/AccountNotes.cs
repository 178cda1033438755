using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Notes;

/// <summary>A note as it stands, and the addresses that it names in vain: nobody signs in with them, or their holders may not see the account.</summary>
public sealed record SavedNote(Note Note, IReadOnlyList<string> NotReached);

/// <summary>Notes of accounts. Their authors change and delete them, and whoever manages; everybody who works may pin them.</summary>
public sealed class AccountNotes(Database database, Acts acts)
{
    /// <summary>True where the viewer may change or delete a note.</summary>
    public static bool MayChange(Viewer viewer, Note note) => viewer.MayWork && (note.ByUser == viewer.UserId || viewer.MayManage);

    /// <summary>Pinned ones first, then the newest; null for an account that the viewer may not see.</summary>
    public async Task<Capped<Note>?> PageAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (!await context.MaySeeAsync(viewer, accountNo, cancellation))
        {
            return null;
        }

        var notes = context.Notes.AsNoTracking().Where(note => note.AccountNo == accountNo && note.DeletedAt == null);
        return new(
            await notes.CountAsync(cancellation),
            await notes.OrderByDescending(note => note.IsPinned).ThenByDescending(note => note.At).ThenByDescending(note => note.NoteId).Skip(offset).Take(limit).ToListAsync(cancellation));
    }

    /// <summary>Writes a note.</summary>
    /// <param name="viewer">Its author.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="text">1–<see cref="Note.LongestText"/> characters; colleagues named by <c>@address</c> find it among their unread mentions.</param>
    /// <param name="contactNo">Whom it is about; null for the account as a whole.</param>
    /// <param name="isPinned">True to have it stand above everything else.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<SavedNote>> WriteAsync(Viewer viewer, int accountNo, string? text, int? contactNo = null, bool isPinned = false, CancellationToken cancellation = default)
    {
        var clean = EnteredText.Of(text);
        if (!viewer.MayWork || Problem(clean) is not null)
        {
            return !viewer.MayWork ? ActResult.Forbidden<SavedNote>() : ActResult.Invalid<SavedNote>("text", Problem(clean)!);
        }

        return await acts.RunAsync(viewer, async act =>
        {
            if (!await act.LockAccountAsync(accountNo))
            {
                return ActResult.NotFound<SavedNote>();
            }

            if (contactNo is not null && !await act.Context.Contacts.AnyAsync(contact => contact.AccountNo == accountNo && contact.ContactNo == contactNo, cancellation))
            {
                return ActResult.Invalid<SavedNote>("contact", "unknown");
            }

            var note = new Note
            {
                AccountNo = accountNo,
                NoteId = act.NewId(),
                Text = clean!,
                ContactNo = contactNo,
                IsPinned = isPinned,
                At = act.Now,
                ByUser = viewer.UserId,
                ByEmail = viewer.Email,
                Version = 1,
            };
            act.Context.Notes.Add(note);
            act.Note(JournalAreas.Note, "created", accountNo, note.NoteId, new FieldChanges().Note("text", null, clean));
            return ActResult.Done(new SavedNote(note, await MentionAsync(act, note)));
        }, cancellation);
    }

    /// <summary>Changes a note's text.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="noteId">The note.</param>
    /// <param name="version">The version that the viewer saw.</param>
    /// <param name="text">The whole new text.</param>
    /// <param name="cancellation">Ends the work before it is committed.</param>
    public async Task<ActResult<SavedNote>> EditAsync(Viewer viewer, int accountNo, string noteId, int version, string? text, CancellationToken cancellation = default)
    {
        var clean = EnteredText.Of(text);
        if (Problem(clean) is { } problem)
        {
            return ActResult.Invalid<SavedNote>("text", problem);
        }

        IReadOnlyList<string> missed = [];
        var result = await acts.ChangeAsync<Note>(viewer, accountNo, noteId, version, async (act, note) =>
        {
            if (!MayChange(viewer, note))
            {
                return ActResult.Forbidden<Note>();
            }

            if (note.Text == clean)
            {
                return ActResult.Unchanged(note);
            }

            act.Note(JournalAreas.Note, "changed", accountNo, noteId, new FieldChanges().Note("text", note.Text, clean));
            (note.Text, note.EditedAt, note.EditedBy) = (clean!, act.Now, viewer.Email ?? viewer.UserId);
            missed = await MentionAsync(act, note);
            return ActResult.Done(note);
        }, cancellation);
        return result.To(note => new SavedNote(note, missed));
    }

    /// <summary>Pins a note or takes the pin out; whoever does so need not be its author, and twice is once.</summary>
    public Task<ActResult<Note>> PinAsync(Viewer viewer, int accountNo, string noteId, bool isPinned, CancellationToken cancellation = default) =>
        acts.ChangeAsync<Note>(viewer, accountNo, noteId, null, (act, note) =>
        {
            if (note.IsPinned == isPinned)
            {
                return Task.FromResult(ActResult.Unchanged(note));
            }

            note.IsPinned = isPinned;
            // whoever is writing has lost nothing by a pin
            note.Version--;
            act.Note(JournalAreas.Note, isPinned ? "pinned" : "unpinned", accountNo, noteId);
            return Task.FromResult(ActResult.Done(note));
        }, cancellation);

    /// <summary>Deletes a note; <see cref="RestoreAsync"/> brings it back.</summary>
    public Task<ActResult<Note>> DeleteAsync(Viewer viewer, int accountNo, string noteId, int version, CancellationToken cancellation = default) =>
        acts.DeleteAsync<Note>(viewer, JournalAreas.Note, accountNo, noteId, version, (act, note) => IfMayChangeAsync(act, note), cancellation);

    /// <summary>Brings a deleted note back.</summary>
    public Task<ActResult<Note>> RestoreAsync(Viewer viewer, int accountNo, string noteId, CancellationToken cancellation = default) =>
        acts.RestoreAsync<Note>(viewer, JournalAreas.Note, accountNo, noteId, (act, note) => IfMayChangeAsync(act, note), cancellation);

    private static async Task<ActResult<Note>> IfMayChangeAsync(ActScope act, Note note)
    {
        if (!MayChange(act.Viewer, note))
        {
            return ActResult.Forbidden<Note>();
        }

        await MentionAsync(act, note);
        return ActResult.Done(note);
    }

    private static async Task<IReadOnlyList<string>> MentionAsync(ActScope act, Note note)
    {
        var account = await act.Context.Accounts.AsNoTracking().SingleAsync(a => a.AccountNo == note.AccountNo, act.Cancellation);
        return await MentionWriter.SetAsync(act, account, JournalAreas.Note, note.NoteId, note.DeletedAt is null ? note.Text : null);
    }

    private static string? Problem(string? text) => text is null ? "missing" : text.Length > Note.LongestText ? "too_long" : null;
}
