using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>The form of a request.</summary>
public sealed partial class RequestDialog
{
    private RequestDraft? _shown;
    private string? _title;
    private string? _status;
    private string? _theme;
    private string? _note;
    private DateOnly? _shipped;

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
        (_title, _status, _theme, _note, _shipped) = (Draft?.Title, (Draft?.Status ?? default).ToString(), Draft?.ThemeId, Draft?.Note, Draft?.ShippedOn);
    }

    private IReadOnlyList<EditedField<ProductRequest>> Fields =>
    [
        new("title", Text["Request"], request => request.Title, () => _title, request => _title = request.Title),
        new("status", Text["Status"], request => Text["Status_" + request.Status], () => Text["Status_" + Status], request => _status = request.Status.ToString()),
        new("shipped", Text["ShippedOn"], request => Day(request.ShippedOn), () => Day(_shipped), request => _shipped = request.ShippedOn),
        new("theme", Text["Theme"], request => FeedbackWords.ThemeOf(Themes, request.ThemeId), () => FeedbackWords.ThemeOf(Themes, ThemeId), request => _theme = request.ThemeId),
        new("note", Text["Note"], request => request.Note, () => _note, request => _note = request.Note),
    ];

    private RequestStatus Status => Enum.TryParse<RequestStatus>(_status, out var chosen) ? chosen : RequestStatus.Open;

    private string? ThemeId => string.IsNullOrEmpty(_theme) ? null : _theme;

    private static string? Day(DateOnly? day) => day is { } known ? Format.Day(known) : null;

    private async Task<ActResult<ProductRequest>> SaveAsync(int version) =>
        await Book.SaveAsync(await Current.GetAsync(), new(Draft!.RequestId, version, _title, _note, ThemeId, Status, _shipped));

    private async Task SavedAsync(ProductRequest request)
    {
        Toasts.Tell(Text["RequestSaved"]);
        await Saved.InvokeAsync(request);
    }
}
