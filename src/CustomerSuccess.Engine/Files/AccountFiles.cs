using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Journal;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Files;

/// <summary>A file as lists show it.</summary>
/// <param name="File">The newest of its name.</param>
/// <param name="Earlier">How many of its name came before it.</param>
/// <param name="ContactName">The person at the customer; null where none is named.</param>
public sealed record FileRow(StoredFile File, int Earlier, string? ContactName);

/// <summary>A file that is being read; dispose it when done.</summary>
/// <param name="File">What is said about it.</param>
/// <param name="Content">Its bytes; it can be read from any place on, asynchronously.</param>
public sealed record OpenedFile(StoredFile File, Stream Content) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}

/// <summary>Files of accounts: letters, materials, signed orders. Whoever may work and see the account adds and deletes them.</summary>
public sealed class AccountFiles(Database database, Acts acts, SettingsStore settingsStore, TimeProvider clock)
{
    private const int BytesPerMegabyte = 1_000_000;

    /// <summary>The newest of each name, the latest first; null for an account that the viewer may not see.</summary>
    public async Task<Capped<FileRow>?> PageAsync(Viewer viewer, int accountNo, int offset, int limit, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        if (!await context.MaySeeAsync(viewer, accountNo, cancellation))
        {
            return null;
        }

        var files = Standing(context, accountNo);
        var newest = files.Where(file => !files.Any(later => later.NameKey == file.NameKey && later.Revision > file.Revision));
        return new(
            await newest.CountAsync(cancellation),
            await newest.OrderByDescending(file => file.At).ThenByDescending(file => file.FileId).Skip(offset).Take(limit)
                .Select(file => new FileRow(
                    file,
                    files.Count(earlier => earlier.NameKey == file.NameKey && earlier.Revision < file.Revision),
                    context.Contacts.Where(contact => contact.AccountNo == accountNo && contact.ContactNo == file.ContactNo).Select(contact => contact.Name).FirstOrDefault()))
                .ToListAsync(cancellation));
    }

    /// <summary>All files of one name, the newest first; empty for an account that the viewer may not see.</summary>
    public async Task<IReadOnlyList<StoredFile>> RevisionsAsync(Viewer viewer, int accountNo, string nameKey, CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await context.MaySeeAsync(viewer, accountNo, cancellation)
            ? await Standing(context, accountNo).Where(file => file.NameKey == nameKey).OrderByDescending(file => file.Revision).ToListAsync(cancellation)
            : [];
    }

    /// <summary>Opens a file for reading; null where there is none for the viewer.</summary>
    public async Task<OpenedFile?> OpenAsync(Viewer viewer, int accountNo, string fileId, CancellationToken cancellation = default)
    {
        var context = database.OpenContext();
        try
        {
            if (await context.MaySeeAsync(viewer, accountNo, cancellation)
                && await Standing(context, accountNo).FirstOrDefaultAsync(file => file.FileId == fileId, cancellation) is { } file)
            {
                var opened = new OpenedFile(file, new ChunkedFile(context, file));
                context = null;
                return opened;
            }

            return null;
        }
        finally
        {
            if (context is not null)
            {
                await context.DisposeAsync();
            }
        }
    }

    /// <summary>Takes a file in. One of the same name becomes an earlier version of it.</summary>
    /// <param name="viewer">Who adds it.</param>
    /// <param name="accountNo">The account.</param>
    /// <param name="name">What it is called; folders and characters that hide something are left out.</param>
    /// <param name="content">Its bytes, read as they come; at most as many as the setting <c>files.megabytes</c> allows.</param>
    /// <param name="description">What it is, at most <see cref="StoredFile.LongestDescription"/> characters.</param>
    /// <param name="contactNo">Who sent or got it.</param>
    /// <param name="cancellation">Ends the work; nothing is kept then.</param>
    public async Task<ActResult<StoredFile>> AddAsync(Viewer viewer, int accountNo, string name, Stream content, string? description = null, int? contactNo = null, CancellationToken cancellation = default)
    {
        var (clean, told) = (FileKind.NameOf(name), EnteredText.Of(description));
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "description", told, StoredFile.LongestDescription);
        if (!viewer.MayWork || problems.Count > 0)
        {
            return viewer.MayWork ? ActResult.Invalid<StoredFile>(problems) : ActResult.Forbidden<StoredFile>();
        }

        await using (var context = database.OpenContext())
        {
            // nobody sends megabytes to an account that is not theirs to see
            if (!await context.MaySeeAsync(viewer, accountNo, cancellation))
            {
                return ActResult.NotFound<StoredFile>();
            }

            await ChunkWriter.SweepAsync(context, accountNo, clock.GetUtcNow(), cancellation);
        }

        var most = (await settingsStore.ReadAsync(cancellation)).FileMegabytes * (long)BytesPerMegabyte;
        var fileId = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        if (await ChunkWriter.WriteAsync(database, accountNo, fileId, content, most, cancellation) is not { } written)
        {
            return ActResult.Invalid<StoredFile>("file", "too_large");
        }

        ActResult<StoredFile>? result = null;
        try
        {
            result = written.Size == 0 ? ActResult.Invalid<StoredFile>("file", "empty") : await acts.RunAsync(viewer, async act =>
            {
                if (!await act.LockAccountAsync(accountNo))
                {
                    return ActResult.NotFound<StoredFile>();
                }

                if (contactNo is not null && !await act.Context.Contacts.AnyAsync(contact => contact.AccountNo == accountNo && contact.ContactNo == contactNo, cancellation))
                {
                    return ActResult.Invalid<StoredFile>("contact", "unknown");
                }

                var key = SortKey.Of(clean);
                var file = new StoredFile
                {
                    AccountNo = accountNo,
                    FileId = fileId,
                    Name = clean,
                    NameKey = key,
                    Revision = 1 + (await act.Context.StoredFiles.Where(other => other.AccountNo == accountNo && other.NameKey == key).MaxAsync(other => (int?)other.Revision, cancellation) ?? 0),
                    MediaType = FileKind.Of(written.Head, clean).MediaType,
                    Size = written.Size,
                    Sha256 = written.Sha256,
                    Description = told,
                    ContactNo = contactNo,
                    At = act.Now,
                    ByUser = viewer.UserId,
                    ByEmail = viewer.Email,
                    Version = 1,
                };
                act.Context.StoredFiles.Add(file);
                act.Note(JournalAreas.File, "created", accountNo, fileId, new FieldChanges().Note("name", null, clean).Note("sha256", null, file.Sha256));
                return ActResult.Done(file);
            }, cancellation);
            return result;
        }
        finally
        {
            if (result?.Outcome != ActOutcome.Done)
            {
                await ChunkWriter.RemoveAsync(database, accountNo, fileId);
            }
        }
    }

    /// <summary>Changes what is said about a file.</summary>
    public Task<ActResult<StoredFile>> DescribeAsync(Viewer viewer, int accountNo, string fileId, int version, string? description, CancellationToken cancellation = default)
    {
        var told = EnteredText.Of(description);
        return told?.Length > StoredFile.LongestDescription
            ? Task.FromResult(ActResult.Invalid<StoredFile>("description", "too_long"))
            : acts.ChangeAsync<StoredFile>(viewer, accountNo, fileId, version, (act, file) =>
            {
                if (file.Description == told)
                {
                    return Task.FromResult(ActResult.Unchanged(file));
                }

                act.Note(JournalAreas.File, "changed", accountNo, fileId, new FieldChanges().Note("description", file.Description, told));
                file.Description = told;
                return Task.FromResult(ActResult.Done(file));
            }, cancellation);
    }

    /// <summary>Deletes a file; for <see cref="StoredFile.DaysKept"/> days <see cref="RestoreAsync"/> brings it back.</summary>
    public Task<ActResult<StoredFile>> DeleteAsync(Viewer viewer, int accountNo, string fileId, CancellationToken cancellation = default) =>
        acts.DeleteAsync<StoredFile>(viewer, JournalAreas.File, accountNo, fileId, null, null, cancellation);

    public Task<ActResult<StoredFile>> RestoreAsync(Viewer viewer, int accountNo, string fileId, CancellationToken cancellation = default) =>
        acts.RestoreAsync<StoredFile>(viewer, JournalAreas.File, accountNo, fileId, null, cancellation);

    private static IQueryable<StoredFile> Standing(CustomerSuccessContext context, int accountNo) =>
        context.StoredFiles.AsNoTracking().Where(file => file.AccountNo == accountNo && file.DeletedAt == null);
}
