using CustomerSuccess.Core.Gateways;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Gateways;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Gateways;

/// <summary>By which services messages go that are no e-mail: described, tried, turned on and off.</summary>
public sealed partial class GatewaysPage
{
    private static readonly string[] Areas = [JournalAreas.Gateway];

    private IReadOnlyList<Gateway> _gateways = [];
    private IReadOnlyList<string> _attributes = [];
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private IReadOnlyDictionary<string, string> _tryProblems = new Dictionary<string, string>();
    private bool _mayWrite;
    private bool _isStale;
    private GatewayDraft? _draft;
    private Gateway? _tried;
    private GatewayTrial? _trial;
    private string? _to;
    private string? _text;

    [Inject]
    private GatewayBook Book { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    private string Answer => _gateways.Where(gateway => gateway.IsOn).Select(gateway => Touches.Channel(gateway.Channel)).ToList() is { Count: > 0 } on
        ? Text["Answer", string.Join(Text["Comma"], on)]
        : Text["AnswerNone"];

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _mayWrite = GatewayBook.MayWrite(await Current.GetAsync());
        _gateways = await Book.ListAsync(cancellation);
        _attributes = await Book.AttributesAsync(cancellation);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _gateways = await Book.ListAsync(Leaving);
            StateHasChanged();
        }
    }

    private string AddressWord(string from) => from == Gateway.Phone ? Text["Phone"] : from;

    private string? Problem(string field) => Worded(_problems, field);

    private string? TryProblem(string field) => Worded(_tryProblems, field);

    private string? Worded(IReadOnlyDictionary<string, string> problems, string field)
    {
        if (!problems.TryGetValue(field, out var stated))
        {
            return null;
        }

        var (code, arg) = stated.IndexOf(':', StringComparison.Ordinal) is > 0 and var at ? (stated[..at], stated[(at + 1)..]) : (stated, "");
        return Text[$"Problem_{code}", arg];
    }

    private void Edit(Gateway? gateway)
    {
        _draft = GatewayDraft.Of(gateway ?? GatewayDefaults.Of(GatewayKind.Sms));
        (_problems, _isStale) = (new Dictionary<string, string>(), false);
    }

    private void Try(Gateway gateway) => (_tried, _trial, _to, _text, _tryProblems) = (gateway, null, null, Text["TryWords"], new Dictionary<string, string>());

    private async Task SaveAsync(Submission sent)
    {
        var result = await Book.SaveAsync(await Current.GetAsync(), _draft!.ToGateway(), string.IsNullOrEmpty(_draft.Secret) ? null : _draft.Secret, Leaving);
        _problems = result.Problems;
        _isStale = result.Outcome == ActOutcome.Conflict;
        if (result.Outcome == ActOutcome.Done)
        {
            _draft = null;
            sent.Saved();
            Toasts.Tell(Text["Saved"]);
            await RefreshAsync();
        }
        else if (result.Outcome is not (ActOutcome.Invalid or ActOutcome.Conflict))
        {
            Toasts.Fail(Text["NotDone"]);
        }
    }

    private Task TurnAsync(Gateway gateway) => WorkAsync(async () =>
    {
        var result = await Book.SetOnAsync(await Current.GetAsync(), gateway.GatewayId, !gateway.IsOn, Leaving);
        if (result.Holds)
        {
            Toasts.Tell(Text[gateway.IsOn ? "TurnedOff" : "TurnedOn", gateway.Name]);
        }
        else
        {
            Toasts.Warn(result.Problems.ContainsKey("is_on") ? Text["Problem_taken"] : Text["NotDone"]);
        }

        await RefreshAsync();
    });

    private Task TryAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Book.TryAsync(await Current.GetAsync(), _tried!.GatewayId, _to ?? "", _text ?? "", Leaving);
        (_trial, _tryProblems) = (result.Value, result.Problems);
        if (result.Outcome == ActOutcome.Done)
        {
            sent.Saved();
        }
        else if (result.Outcome != ActOutcome.Invalid)
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });
}
