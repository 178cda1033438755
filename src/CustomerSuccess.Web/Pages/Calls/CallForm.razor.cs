using System.Globalization;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Calls;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CustomerSuccess.Web.Pages.Calls;

/// <summary>Records a call while it goes on: a running clock, what it was about, what came of it and what comes next. What is typed outlives a lost connection.</summary>
public sealed partial class CallForm
{
    private readonly string _clock = Unique.Id("clock");
    private readonly string _first = Unique.Id("purpose");
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private DateTimeOffset _started;
    private DateOnly _today;
    private CallResult _result = CallResult.Reached;
    private string? _contact;
    private string? _direction;
    private string? _play;
    private string? _purpose;
    private string? _notes;
    private string? _nextStep;
    private string? _recording;
    private DateOnly? _retryOn;
    private DateOnly? _nextStepOn;
    private decimal? _minutes;
    private bool _saving;

    [Parameter, EditorRequired]
    public CallContext Context { get; set; } = default!;

    [Parameter]
    public int? ContactNo { get; set; }

    /// <summary>The suggested play that the call carries out; null for none.</summary>
    [Parameter]
    public string? Play { get; set; }

    /// <summary>True for a call that came in.</summary>
    [Parameter]
    public bool IsInbound { get; set; }

    [Parameter, EditorRequired]
    public CompanySettings Settings { get; set; } = default!;

    [Parameter]
    public EventCallback<RecordedCall> Saved { get; set; }

    /// <summary>Another contact was chosen.</summary>
    [Parameter]
    public EventCallback<int?> ContactChanged { get; set; }

    [Inject]
    private RecordCalls Calls { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Script { get; set; } = default!;

    private string? Number => Context.Contact?.Phone ?? Context.Account.Phone;

    private FieldChoice[] Contacts => [.. Context.Contacts.Select(contact => new FieldChoice(contact.ContactNo.ToString(CultureInfo.InvariantCulture), contact.Name ?? contact.Email ?? contact.ContactId))];

    private FieldChoice[] Directions => [new("out", Text["Out"]), new("in", Text["In"])];

    private FieldChoice[] Plays => [.. Context.Suggestions.Where(touch => touch.State is SuggestionState.Open or SuggestionState.Snoozed || touch.Play == Play).Select(touch => new FieldChoice(touch.Play, Touches.Play(touch.Play)))];

    private string[] Purposes => [.. new[] { "PurposeCheckIn", "PurposeRenewal", "PurposeInquiry", "PurposeUsage", "PurposePayment", "PurposeUpsell" }.Select(purpose => Text[purpose].Value)];

    /// <summary>What to write to somebody who was not reached, in the language in which the reader works.</summary>
    private string Message => Text["FollowUpText", Context.Contact?.Name ?? Text["Somebody"].Value, _purpose is { Length: > 0 } purpose ? purpose : Text["PurposeCheckIn"].Value, Context.Account.Name];

    protected override void OnInitialized()
    {
        (_started, _today) = (Clock.GetUtcNow(), Settings.Today(Clock));
        _direction = IsInbound ? "in" : "out";
        _play = Context.Suggestions.Any(touch => touch.Play == Play) ? Play : null;
    }

    protected override void OnParametersSet() => _contact = ContactNo?.ToString(CultureInfo.InvariantCulture);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await StartClockAsync();
            await BeginAsync();
        }
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private async Task StartClockAsync()
    {
        try
        {
            await Script.InvokeVoidAsync("desk.clock", _clock, (Clock.GetUtcNow() - _started).TotalSeconds);
        }
        catch (JSDisconnectedException)
        {
            // the reader has left
        }
    }

    /// <summary>The form is there to write into. Its attribute would not do: the heading takes the focus of a page that opens.</summary>
    private async Task BeginAsync()
    {
        try
        {
            await Script.InvokeVoidAsync("desk.begin", _first);
        }
        catch (JSDisconnectedException)
        {
            // the reader has left
        }
    }

    private async Task Restarted(ChangeEventArgs e)
    {
        if (DateTimeOffset.TryParseExact((string?)e.Value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var started) && started <= Clock.GetUtcNow() && Clock.GetUtcNow() - started < TimeSpan.FromMinutes(CallRules.MostMinutes))
        {
            _started = started;
            await StartClockAsync();
        }
    }

    private Task ContactChosenAsync(string? contact) =>
        ContactChanged.InvokeAsync(int.TryParse(contact, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : null);

    private async Task CopyAsync()
    {
        if (await Script.InvokeAsync<bool>("desk.copy", Message))
        {
            Toasts.Tell(Text["Copied"]);
        }
    }

    private async Task SaveAsync(Submission sent)
    {
        _saving = true;
        try
        {
            var isReached = _result is CallResult.Reached or CallResult.WrongNumber;
            var result = await Calls.SaveAsync(await Current.GetAsync(), new CallDraft
            {
                AccountNo = Context.Account.AccountNo,
                ContactNo = ContactNo,
                IsInbound = _direction == "in",
                Purpose = _purpose,
                Result = _result,
                RetryOn = isReached ? null : _retryOn,
                NextStep = _nextStep,
                NextStepOn = _nextStepOn,
                Minutes = (double)(_minutes ?? decimal.Round((decimal)Math.Min((Clock.GetUtcNow() - _started).TotalMinutes, CallRules.MostMinutes), 1)),
                RecordingUrl = _recording,
                Notes = _notes,
                Play = _play,
            });
            _problems = result.Problems;
            if (result is { Outcome: ActOutcome.Done, Value: { } saved })
            {
                sent.Saved();
                await Saved.InvokeAsync(saved);
            }
            else if (result.Outcome != ActOutcome.Invalid)
            {
                Toasts.Fail(Text["NotDone"]);
            }
        }
        finally
        {
            _saving = false;
        }
    }
}
