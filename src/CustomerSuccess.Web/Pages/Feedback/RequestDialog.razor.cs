using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>The form of a request. Where somebody else saved first, it says so, keeps what was typed, and saves over what it has then shown only when asked again.</summary>
public sealed partial class RequestDialog
{
    private RequestDraft? _shown;
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private string? _title;
    private string? _status;
    private string? _theme;
    private string? _note;
    private DateOnly? _shipped;
    private int _version;
    private bool _conflict;

    /// <summary>Null while it is closed.</summary>
    [Parameter, EditorRequired]
    public RequestDraft? Draft { get; set; }

    [Parameter, EditorRequired]
    public ThemeSet Themes { get; set; } = default!;

    [Parameter]
    public EventCallback Closed { get; set; }

    [Parameter]
    public EventCallback<ProductRequest> Saved { get; set; }

    [Inject]
    private RequestBook Book { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    private FieldChoice[] Statuses => [.. Enum.GetValues<RequestStatus>().Select(status => new FieldChoice(status.ToString(), Text["Status_" + status]))];

    private FieldChoice[] ThemeChoices => [.. Themes.Shown.Select(theme => new FieldChoice(theme.ThemeId, FeedbackWords.Theme(theme)))];

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_shown, Draft))
        {
            return;
        }

        _shown = Draft;
        (_title, _status, _theme, _note, _shipped, _version, _conflict) = (Draft?.Title, (Draft?.Status ?? default).ToString(), Draft?.ThemeId, Draft?.Note, Draft?.ShippedOn, Draft?.Version ?? 0, false);
        _problems = new Dictionary<string, string>();
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private async Task SaveAsync(Submission sent)
    {
        var status = Enum.TryParse<RequestStatus>(_status, out var chosen) ? chosen : RequestStatus.Open;
        var result = await Book.SaveAsync(await Current.GetAsync(), new(Draft!.RequestId, _version, _title, _note, string.IsNullOrEmpty(_theme) ? null : _theme, status, _shipped));
        _problems = result.Problems;
        _conflict = result.Outcome == ActOutcome.Conflict;
        switch (result.Outcome)
        {
            case ActOutcome.Done:
                sent.Saved();
                Toasts.Tell(Text["RequestSaved"]);
                await Saved.InvokeAsync(result.Value!);
                break;
            case ActOutcome.Conflict:
                _version = result.Value!.Version;
                break;
            case ActOutcome.Invalid:
                break;
            default:
                Toasts.Fail(Text["NotDone"]);
                break;
        }
    }
}
