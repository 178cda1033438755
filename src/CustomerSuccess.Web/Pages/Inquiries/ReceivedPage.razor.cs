using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Inquiries;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Inquiries from people who are nobody's contact yet: whose are they?</summary>
public sealed partial class ReceivedPage
{
    private static readonly string[] Areas = [JournalAreas.Received, JournalAreas.Contact];

    private IReadOnlyList<ReceivedRow> _rows = [];
    private ReceivedRow? _choosing;
    private FoundAccount? _account;
    private bool _addContact = true;
    private bool _mayMatch;
    private string _timeZone = "UTC";

    [Inject]
    private ReceivedInquiries Received { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        _mayMatch = viewer is { MayWork: true, OwnPortfolioOnly: false };
        _timeZone = (await Settings.ReadAsync(cancellation)).TimeZone;
        _rows = await Received.WaitingAsync(viewer, cancellation);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _rows = await Received.WaitingAsync(await Current.GetAsync(), Leaving);
            StateHasChanged();
        }
    }

    private Task MatchAsync(ReceivedRow row, int accountNo, int? contactNo, bool addContact) => WorkAsync(async () =>
    {
        var result = await Received.MatchAsync(await Current.GetAsync(), row.Received.ReceivedId, row.Received.Version, accountNo, contactNo, addContact, Leaving);
        if (result is { Holds: true, Value: { } opened })
        {
            Toasts.Tell(Text["Matched"]);
            Navigation.NavigateTo(InquiryAddress.Of(opened.Ref.Key));
            return;
        }

        Toasts.Warn(Text[result.Outcome == ActOutcome.Conflict ? "Decided" : "NotDone"]);
        await RefreshAsync();
    });

    private async Task MatchChosenAsync(Submission sent)
    {
        if (_choosing is { } row && _account is { } account)
        {
            _choosing = null;
            sent.Saved();
            await MatchAsync(row, account.AccountNo, null, _addContact);
        }
    }

    private Task DiscardAsync(ReceivedRow row) => WorkAsync(async () =>
    {
        var viewer = await Current.GetAsync();
        var result = await Received.DiscardAsync(viewer, row.Received.ReceivedId, row.Received.Version, Leaving);
        if (result is { Holds: true, Value: { } discarded })
        {
            Toasts.TellWithUndo(Text["Discarded"], async () =>
            {
                await Received.RestoreAsync(viewer, discarded.ReceivedId, discarded.Version);
                await InvokeAsync(RefreshAsync);
            });
        }
        else
        {
            Toasts.Warn(Text["Decided"]);
        }

        await RefreshAsync();
    });
}
