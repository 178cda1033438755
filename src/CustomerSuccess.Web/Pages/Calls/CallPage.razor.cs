using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Calls;

/// <summary>Who is calling, or who is called, with everything at hand and the form to record it. A telephone system opens it with the caller's number.</summary>
public sealed partial class CallPage
{
    private CompanySettings _settings = new();
    private IReadOnlyList<Colleague> _colleagues = [];
    private CallerMatches? _callers;
    private CallContext? _context;
    private RecordedCall? _saved;
    private int? _contactNo;

    /// <summary>The number that calls in.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "account")]
    private int? AccountNo { get; set; }

    [SupplyParameterFromQuery(Name = "contact")]
    private int? ContactNo { get; set; }

    [SupplyParameterFromQuery(Name = "play")]
    private string? Play { get; set; }

    [Inject]
    private CallQuery Query { get; set; } = default!;

    [Inject]
    private RecordCalls Calls { get; set; } = default!;

    [Inject]
    private Colleagues Everybody { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override object? Subject => (From, AccountNo, ContactNo, Play);

    private string Title => _context?.Contact?.Name ?? _context?.Account.Name ?? Text[From is null ? "TitleOut" : "TitleIn"];

    private string? Answer => !IsReady ? null
        : _saved is not null ? Text["AnswerSaved"].Value
        : _context is { } context ? (From is null ? Text[context.Contact is null ? "AnswerOutNobody" : "AnswerOut", context.Account.Name].Value : Text["AnswerIn", _callers?.Display ?? From, context.Account.Name].Value)
        : _callers is not { } callers ? Text["AnswerNobody"].Value
        : callers.Key.Length == 0 ? Text["AnswerWithheld"].Value
        : callers.Matches.Count == 0 ? Text["AnswerUnknown", callers.Display].Value
        : Text["AnswerSeveral", callers.Display, Format.Count(callers.Matches.Count)].Value;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        var viewer = await Current.GetAsync();
        _saved = null;
        _settings = await Settings.ReadAsync(cancellation);
        _colleagues = await Everybody.ListAsync(cancellation);
        _callers = From is null ? null : await Query.ByNumberAsync(viewer, From, cancellation);
        var (account, contact) = AccountNo is { } no ? (no, ContactNo) : _callers?.Only is { } only ? (only.AccountNo, only.ContactNo) : (0, (int?)null);
        _contactNo = contact;
        _context = account == 0 ? null : await Query.ContextAsync(viewer, account, contact, cancellation);
    }

    private void ChooseAsync(int accountNo, int? contactNo) => Navigation.NavigateTo(CallAddress.Of(accountNo, contactNo, Play, From), replace: true);

    private void SavedAsync(RecordedCall saved)
    {
        _saved = saved;
        Toasts.TellWithUndo(Text["SavedToast"], async () =>
        {
            var undone = await Calls.UndoAsync(await Current.GetAsync(), saved);
            Toasts.Tell(Text[undone.Holds ? "Undone" : "NotUndone"]);
            await InvokeAsync(LoadAsync);
        });
    }
}
