using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Settings;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Settings;

/// <summary>What holds for the whole company, with its unit and range, to be changed by whoever runs the application.</summary>
public sealed partial class SettingsPage
{
    private static readonly string[] Areas = [JournalAreas.Setting];

    private CompanySettings _settings = new();

    [Inject]
    private SettingsStore Store { get; set; } = default!;

    protected override async Task ReadAsync(CancellationToken cancellation) => _settings = await Store.ReadAsync(cancellation);

    /// <summary>What a colleague changed is shown; what the reader types stays.</summary>
    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _settings = await Store.ReadAsync(Leaving);
            StateHasChanged();
        }
    }
}
