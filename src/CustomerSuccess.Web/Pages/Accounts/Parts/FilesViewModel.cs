using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Files;
using Microsoft.AspNetCore.Components.Forms;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Files of an account: what the part shows and does.</summary>
public sealed class FilesViewModel(AccountFiles files)
{
    private const int Together = 50;

    public Capped<FileRow> Files { get; private set; } = new(0, []);

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) =>
        Files = await files.PageAsync(account.Viewer, account.No, 0, Math.Max(Together, Files.Rows.Count), cancellation) ?? new(0, []);

    public async Task MoreAsync(OpenAccount account, CancellationToken cancellation) =>
        Files = ContractsViewModel.Joined(Files, await files.PageAsync(account.Viewer, account.No, Files.Rows.Count, Together, cancellation));

    public async Task<ActResult<StoredFile>> AddAsync(OpenAccount account, IBrowserFile file, CancellationToken cancellation)
    {
        await using var content = file.OpenReadStream(Limit(account), cancellation);
        return await files.AddAsync(account.Viewer, account.No, file.Name, content, cancellation: cancellation);
    }

    /// <summary>Bytes that a file may have.</summary>
    public static long Limit(OpenAccount account) => account.Settings.FileMegabytes * 1_000_000L;

    public Task<IReadOnlyList<StoredFile>> RevisionsAsync(OpenAccount account, string nameKey, CancellationToken cancellation) => files.RevisionsAsync(account.Viewer, account.No, nameKey, cancellation);

    public Task<ActResult<StoredFile>> DescribeAsync(OpenAccount account, StoredFile file, string? description) => files.DescribeAsync(account.Viewer, account.No, file.FileId, file.Version, description);

    public Task<ActResult<StoredFile>> DeleteAsync(OpenAccount account, string fileId) => files.DeleteAsync(account.Viewer, account.No, fileId);

    public Task<ActResult<StoredFile>> RestoreAsync(OpenAccount account, string fileId) => files.RestoreAsync(account.Viewer, account.No, fileId);
}
