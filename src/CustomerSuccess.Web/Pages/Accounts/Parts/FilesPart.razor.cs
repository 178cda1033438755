using CustomerSuccess.Core.Files;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Letters, materials and signed orders of an account: taken in, shown in place where that is safe, described, deleted and brought back.</summary>
public sealed partial class FilesPart
{
    private const int MostAtOnce = 20;

    private static readonly string[] Areas = [JournalAreas.File];

    private readonly string _dropId = Unique.Id("files");
    private string? _receiving;
    private StoredFile? _shown;
    private StoredFile? _described;
    private IReadOnlyList<StoredFile>? _revisions;
    private string? _description;
    private string? _problem;

    [Inject]
    private ActTeller Teller { get; set; } = default!;

    protected override Task ReadAsync(CancellationToken cancellation) => Model.ReadAsync(Account, cancellation);

    /// <summary>Bytes in words: kilobytes and megabytes of 1,000.</summary>
    private static string Size(long bytes) => bytes < 1_000 ? Format.Count(bytes) + " B" : bytes < 1_000_000 ? Format.Number(bytes / 1e3, 0) + " kB" : Format.Number(bytes / 1e6) + " MB";

    private async Task ReceiveAsync(InputFileChangeEventArgs received)
    {
        foreach (var file in received.GetMultipleFiles(MostAtOnce))
        {
            if (file.Size > FilesViewModel.Limit(Account))
            {
                Toasts.Warn(Text["TooLarge", file.Name, Format.Count(Account.Settings.FileMegabytes)]);
                continue;
            }

            _receiving = file.Name;
            StateHasChanged();
            try
            {
                var result = await Model.AddAsync(Account, file, Leaving);
                if (result.Outcome == ActOutcome.Invalid)
                {
                    Toasts.Warn(Text["Refused", file.Name, Teller.Problem(result.Problems.Values.First())!]);
                }

                Teller.Tell(result, Text["ToldAdded", file.Name]);
            }
            catch (IOException)
            {
                Toasts.Fail(Text["Broken", file.Name]);
            }
            finally
            {
                _receiving = null;
            }
        }

        await RefreshAsync();
    }

    private void Describe(StoredFile file) => (_described, _description, _problem) = (file, file.Description, null);

    private async Task<bool> SaveDescriptionAsync()
    {
        var result = await Model.DescribeAsync(Account, _described!, _description);
        _problem = result.Outcome == ActOutcome.Conflict ? Text["Conflict", result.Value!.Description ?? Format.Missing].Value : Teller.Problem(result.Problems, "description");
        if (result.Outcome == ActOutcome.Conflict)
        {
            // what the other wrote stands beside the field now: saving again is a choice
            _described = result.Value;
        }

        if (!Teller.Tell(result))
        {
            return false;
        }

        _described = null;
        await RefreshAsync();
        return true;
    }

    private async Task DeleteAsync(StoredFile file)
    {
        Teller.TellAll(await Model.DeleteAsync(Account, file.FileId), Text["Deleted", file.Name], async () =>
        {
            Teller.TellAll(await Model.RestoreAsync(Account, file.FileId), Text["Restored", file.Name]);
            await RefreshAsync();
        });
        await RefreshAsync();
    }

    private async Task ShowRevisionsAsync(StoredFile file) => _revisions = await Model.RevisionsAsync(Account, file.NameKey, Leaving) is { Count: > 0 } found ? found : null;

    private async Task MoreAsync()
    {
        await Model.MoreAsync(Account, Leaving);
        StateHasChanged();
    }
}
