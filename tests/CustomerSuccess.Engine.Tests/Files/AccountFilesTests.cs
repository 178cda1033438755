using System.Security.Cryptography;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Storage;
using CustomerSuccess.Engine.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using static CustomerSuccess.Engine.Tests.Workday;

namespace CustomerSuccess.Engine.Tests.Files;

public sealed class AccountFilesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [DatabaseData]
    public async Task A_file_comes_back_byte_by_byte_from_any_place(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var bytes = RandomNumberGenerator.GetBytes((5 * FileChunk.Length) + 1234);
        "%PDF-1.7"u8.CopyTo(bytes);
        var added = await day.Files.AddAsync(Sato, 1, "folder/見積.pdf", new Trickle(bytes), "sent on Monday", 7, Token);
        added.Outcome.Should().Be(ActOutcome.Done);
        var file = added.Value!;
        (file.Name, file.MediaType, file.Size, file.Revision).Should().Be(("見積.pdf", "application/pdf", bytes.Length, 1));
        file.Sha256.Should().Be(Convert.ToHexStringLower(SHA256.HashData(bytes)));

        await using var opened = (await day.Files.OpenAsync(Sato, 1, file.FileId, Token))!;
        using var whole = new MemoryStream();
        await opened.Content.CopyToAsync(whole, Token);
        whole.ToArray().Should().Equal(bytes);
        foreach (var (from, length) in new[] { (0, 10), (FileChunk.Length - 3, 6), (bytes.Length - 5, 5) })
        {
            opened.Content.Seek(from, SeekOrigin.Begin);
            var part = new byte[length];
            await opened.Content.ReadExactlyAsync(part, Token);
            part.Should().Equal(bytes[from..(from + length)]);
        }

        var row = (await day.Files.PageAsync(Sato, 1, 0, 10, Token))!.Rows.Should().ContainSingle().Subject;
        (row.ContactName, row.File.Description, row.Earlier).Should().Be(("田中 一郎", "sent on Monday", 0));
    }

    [Theory]
    [DatabaseData]
    public async Task What_is_too_large_empty_or_broken_off_leaves_nothing(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        (await day.Settings.SetAsync(Viewer.System, "files.megabytes", "1", Token)).Should().BeTrue();
        (await day.Files.AddAsync(Sato, 1, "a", new Trickle(new byte[1_000_001]), cancellation: Token)).Problems["file"].Should().Be("too_large");
        (await day.Files.AddAsync(Sato, 1, "a", new Trickle(new byte[1_000_000]), cancellation: Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Files.AddAsync(Sato, 1, "b", new MemoryStream(), cancellation: Token)).Problems["file"].Should().Be("empty");
        (await day.Files.AddAsync(Sato, 1, "c", new MemoryStream([1]), contactNo: 99, cancellation: Token)).Problems["contact"].Should().Be("unknown");
        (await day.Files.AddAsync(Sato, 2, "d", new MemoryStream([1]), cancellation: Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Files.AddAsync(Reader, 1, "e", new MemoryStream([1]), cancellation: Token)).Outcome.Should().Be(ActOutcome.Forbidden);
        await day.Invoking(d => d.Files.AddAsync(Sato, 1, "f", new Trickle(new byte[900_000], breaksAt: 700_000), cancellation: Token)).Should().ThrowAsync<IOException>();
        await using var context = day.Database.OpenContext();
        (await context.FileChunks.Select(chunk => chunk.FileId).Distinct().CountAsync(Token)).Should().Be(1);
        (await context.StoredFiles.CountAsync(Token)).Should().Be(1);
    }

    [Theory]
    [DatabaseData]
    public async Task Files_of_one_name_are_versions_and_a_deleted_one_comes_back(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        await AddAsync(day, "見積書.txt", 1);
        await AddAsync(day, "other.txt", 2);
        var second = await AddAsync(day, "見積書.TXT", 3);
        var page = (await day.Files.PageAsync(Sato, 1, 0, 10, Token))!;
        page.Rows.Select(row => (row.File.Name, row.File.Revision, row.Earlier)).Should().BeEquivalentTo([("見積書.TXT", 2, 1), ("other.txt", 1, 0)]);
        (await day.Files.RevisionsAsync(Sato, 1, second.NameKey, Token)).Select(file => file.Revision).Should().Equal(2, 1);

        (await day.Files.DeleteAsync(Sato, 1, second.FileId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Files.OpenAsync(Sato, 1, second.FileId, Token)).Should().BeNull();
        (await day.Files.PageAsync(Sato, 1, 0, 10, Token))!.Rows.Select(row => row.File.Revision).Should().Equal(1, 1);
        (await day.Files.RestoreAsync(Sato, 1, second.FileId, Token)).Outcome.Should().Be(ActOutcome.Done);
        (await day.Files.DescribeAsync(Sato, 1, second.FileId, 1, "x", Token)).Outcome.Should().Be(ActOutcome.Conflict);
        (await day.Files.DescribeAsync(Sato, 1, second.FileId, 3, " what it is ", Token)).Value!.Description.Should().Be("what it is");
    }

    [Theory]
    [DatabaseData]
    public async Task Nobody_reads_a_file_of_an_account_that_is_not_theirs_to_see(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var file = (await day.Files.AddAsync(Mori, 2, "secret.txt", new MemoryStream([1]), cancellation: Token)).Value!;
        (await day.Files.OpenAsync(Sato, 2, file.FileId, Token)).Should().BeNull();
        (await day.Files.OpenAsync(Sato, 1, file.FileId, Token)).Should().BeNull();
        (await day.Files.PageAsync(Sato, 2, 0, 10, Token)).Should().BeNull();
        (await day.Files.RevisionsAsync(Sato, 2, file.NameKey, Token)).Should().BeEmpty();
        (await day.Files.DeleteAsync(Sato, 2, file.FileId, Token)).Outcome.Should().Be(ActOutcome.NotFound);
        (await day.Files.OpenAsync(Reader, 2, file.FileId, Token)).Should().NotBeNull();
    }

    [Theory]
    [DatabaseData]
    public async Task What_was_deleted_long_ago_or_left_by_a_crash_is_swept_with_a_later_upload(DatabaseKind kind)
    {
        await using var day = await CreateAsync(kind);
        var deleted = await AddAsync(day, "old.txt", 1);
        await day.Files.DeleteAsync(Sato, 1, deleted.FileId, Token);
        await using (var context = day.Database.OpenContext())
        {
            context.FileChunks.Add(new FileChunk { AccountNo = 1, FileId = Guid.CreateVersion7(day.Clock.GetUtcNow()).ToString(), Bytes = [9] });
            await context.SaveChangesAsync(Token);
        }

        day.Clock.Advance(TimeSpan.FromHours(12));
        await AddAsync(day, "a.txt", 2);
        (await ChunksAsync(day)).Should().Be(3, "an upload may still be under way, and a deleted file may still come back");
        day.Clock.Advance(TimeSpan.FromDays(StoredFile.DaysKept));
        await AddAsync(day, "b.txt", 3);
        (await ChunksAsync(day)).Should().Be(2);
        (await day.Files.RestoreAsync(Sato, 1, deleted.FileId, Token)).Outcome.Should().Be(ActOutcome.NotFound);
    }

    private static async Task<StoredFile> AddAsync(Workday day, string name, byte content)
    {
        day.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await day.Files.AddAsync(Sato, 1, name, new MemoryStream([content]), cancellation: Token)).Value!;
    }

    private static async Task<int> ChunksAsync(Workday day)
    {
        await using var context = day.Database.OpenContext();
        return await context.FileChunks.CountAsync(Token);
    }

    /// <summary>Gives its bytes in small pieces, as a connection does, and may break off.</summary>
    private sealed class Trickle(byte[] bytes, int breaksAt = int.MaxValue) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= breaksAt ? throw new IOException("gone") : base.ReadAsync(buffer[..Math.Min(buffer.Length, 100_000)], cancellationToken);
    }
}
