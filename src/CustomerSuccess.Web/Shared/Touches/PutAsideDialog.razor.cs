using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace CustomerSuccess.Web.Shared.Touches;

/// <summary>What was answered: until when (null for good), and why.</summary>
public sealed record PutAside(DateOnly? Until, string Reason);

/// <summary>Asks why a suggestion is put aside and, for a snooze, until when.</summary>
public sealed partial class PutAsideDialog
{
    private static readonly int[] QuickDays = [3, 7, 14, 30];
    private static readonly string[] SnoozeReasons = ["ReasonWaiting", "ReasonAway", "ReasonBusy"];
    private static readonly string[] DismissReasons = ["ReasonHandled", "ReasonWrong", "ReasonUnfit"];

    private DateOnly? _until;
    private string? _reason;
    private bool _dayWrong;
    private bool _reasonMissing;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = default!;

    [Parameter]
    public string Question { get; set; } = "";

    [Parameter]
    public DateOnly Today { get; set; }

    /// <summary>True for a snooze, which needs a day.</summary>
    [Parameter]
    public bool AsksDay { get; set; }

    protected override void OnInitialized() => _until = AsksDay ? Today.AddDays(7) : null;

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void SetDay(ChangeEventArgs e) =>
        _until = DateOnly.TryParseExact((string?)e.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private void Submit()
    {
        _dayWrong = AsksDay && !(_until > Today);
        _reasonMissing = string.IsNullOrWhiteSpace(_reason);
        if (!_dayWrong && !_reasonMissing)
        {
            Dialog.Close(new PutAside(_until, _reason!.Trim()));
        }
    }
}
