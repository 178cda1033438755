using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Notes;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Notes;

public sealed class AccountNotesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task A_note_is_kept_as_written_and_its_wordings_stand_in_the_journal(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        const string Hostile = "<img src=x onerror=alert(1)> 👩‍💻 \u202Eabc\u202C \0 絵文字";
        var written = await day.Notes.WriteAsync(Sato, 1, $"  {Hostile}\n", contactNo: 7, cancellation: Token);
        written.Outcome.Should().Be(ActOutcome.Done);
        var note = written.Value!.Note;
        note.Text.Should().Be(Hostile.Replace("\0", "", StringComparison.Ordinal));

        day.Clock.Advance(TimeSpan.FromMinutes(1));
        (await day.Notes.EditAsync(Sato, 1, note.NoteId, 1, "second wording", Token)).Value!.Note.Version.Should().Be(2);
        var stands = (await day.Notes.PageAsync(Sato, 1, 0, 10, Token))!.Rows.Should().ContainSingle().Subject;
        (stands.Text, stands.EditedBy, stands.ContactNo).Should().Be(("second wording", "sato@example.com", 7));
        stands.EditedAt.Should().Be(day.Clock.GetUtcNow().UtcDateTime);
        var history = await day.Journal.OfRecordAsync(Sato, 1, JournalAreas.Note, note.NoteId, 10, Token);
        history.Select(entry => FieldChanges.Read(entry.ChangesJson)["text"].After).Should().Equal("second wording", note.Text);
    }

    [Theory]
    [DatabaseData]
    public async Task Two_who_change_one_note_see_each_other(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var note = (await day.Notes.WriteAsync(Sato, 1, "first", cancellation: Token)).Value!.Note;
        (await day.Notes.EditAsync(Sato, 1, note.NoteId, 1, "by Sato", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Notes.PinAsync(Mori, 1, note.NoteId, true, Token)).Outcome.Should().Be(ActOutcome.Done, "a pin is no change of the text");

        var late = await day.Notes.EditAsync(Manager, 1, note.NoteId, 1, "by the manager", Token);
        (late.Outcome, late.Value!.Note.Text).Should().Be((ActOutcome.Conflict, "by Sato"));
        (await day.Notes.DeleteAsync(Manager, 1, note.NoteId, 1, Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await day.Notes.EditAsync(Manager, 1, note.NoteId, 2, "by Sato", Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await day.Notes.EditAsync(Manager, 1, note.NoteId, 2, "by the manager", Token)).Outcome.Should().Be(ActOutcome.Done);
    }

    [Theory]
    [DatabaseData]
    public async Task A_deleted_note_comes_back_and_pinned_ones_stand_first(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var first = (await day.Notes.WriteAsync(Sato, 1, "first", isPinned: true, cancellation: Token)).Value!.Note;
        day.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = (await day.Notes.WriteAsync(Sato, 1, "second", cancellation: Token)).Value!.Note;
        (await TextsAsync(day)).Should().Equal("first", "second");

        (await day.Notes.DeleteAsync(Sato, 1, first.NoteId, 1, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Notes.DeleteAsync(Sato, 1, first.NoteId, 1, Token)).Outcome.Should().Be(ActOutcome.Unchanged);
        (await day.Notes.EditAsync(Sato, 1, first.NoteId, 2, "x", Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await TextsAsync(day)).Should().Equal("second");
        (await day.Notes.RestoreAsync(Sato, 1, first.NoteId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Notes.PinAsync(Sato, 1, first.NoteId, false, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await TextsAsync(day)).Should().Equal("second", "first");
    }

    [Theory]
    [DatabaseData]
    public async Task Whom_a_note_names_finds_it_until_it_is_read_or_withdrawn(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        // Sato may not see account 2, and nobody signs in as the others
        var written = await day.Notes.WriteAsync(Mori, 2, "@boss@example.com @SATO@example.com @gone@example.com @mori@example.com please **look**", cancellation: Token);
        written.Value!.NotReached.Should().Equal("sato@example.com", "gone@example.com");
        (await day.Mentions.CountUnreadAsync(Mori, Token)).Should().Be(0, "nobody is told of his own note");
        var found = (await day.Mentions.UnreadAsync(Manager, 10, Token)).Should().ContainSingle().Subject;
        (found.AccountName, found.Excerpt, found.ByEmail).Should().Be(("Blue Harbor", "@boss@example.com @SATO@example.com @gone@example.com @mori@example.com please look", "Mori@example.com"));

        var note = written.Value.Note;
        (await day.Notes.EditAsync(Mori, 2, note.NoteId, 1, "@read@example.com instead", Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Mentions.CountUnreadAsync(Manager, Token)).Should().Be(0);
        (await day.Mentions.CountUnreadAsync(Reader, Token)).Should().Be(1);
        (await day.Notes.DeleteAsync(Mori, 2, note.NoteId, 2, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Mentions.CountUnreadAsync(Reader, Token)).Should().Be(0);
        (await day.Notes.RestoreAsync(Mori, 2, note.NoteId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Mentions.MarkReadAsync(Reader, 2, JournalAreas.Note, note.NoteId, Token)).Should().Be(1);
        (await day.Mentions.MarkReadAsync(Reader, 2, JournalAreas.Note, note.NoteId, Token)).Should().Be(0);
        (await day.Mentions.CountUnreadAsync(Reader, Token)).Should().Be(0);
    }

    [Theory]
    [DatabaseData]
    public async Task Who_may_not_is_refused_and_nothing_is_written(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (await day.Notes.WriteAsync(Reader, 1, "x", cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Notes.WriteAsync(Sato, 2, "x", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Notes.WriteAsync(Sato, 99, "x", cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Notes.WriteAsync(Sato, 1, " \n", cancellation: Token)).Problems.Should().Equal(new Dictionary<string, string> { ["text"] = "missing" });
        (await day.Notes.WriteAsync(Sato, 1, new string('x', Note.LongestText + 1), cancellation: Token)).Problems["text"].Should().Be("too_long");
        (await day.Notes.WriteAsync(Sato, 1, "x", contactNo: 8, cancellation: Token)).Problems["contact"].Should().Be("unknown");
        (await day.Notes.PageAsync(Sato, 2, 0, 10, Token)).Should().BeNull();
        (await day.Notes.PageAsync(Sato, 1, 0, 10, Token))!.Total.Should().Be(0);

        var note = (await day.Notes.WriteAsync(Manager, 1, "the manager's", cancellation: Token)).Value!.Note;
        (await day.Notes.EditAsync(Sato, 1, note.NoteId, 1, "changed", Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await day.Notes.DeleteAsync(Sato, 1, note.NoteId, 1, Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        (await TextsAsync(day)).Should().Equal("the manager's");
    }

    private static async Task<IEnumerable<string>> TextsAsync(Workday day) => (await day.Notes.PageAsync(Manager, 1, 0, 10, Token))!.Rows.Select(note => note.Text);
}
