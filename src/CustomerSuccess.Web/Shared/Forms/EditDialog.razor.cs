using CustomerSuccess.Core.Journal;
using CustomerSuccess.Engine.Settings;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Shared.Forms;

/// <summary>
/// A form at the side in which a record is written down or changed at the version that its author saw. Where somebody else saved meanwhile it shows, field by field, what differs, and saves what
/// the reader chooses; broken rules stand at their fields; what was typed is kept until it is saved.
/// </summary>
/// <typeparam name="TRecord">The record.</typeparam>
public sealed partial class EditDialog<TRecord>
    where TRecord : class
{
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private DraftForm? _form;
    private TRecord? _theirs;
    private bool _wasOpen;
    private int _version;
    private string _timeZone = "UTC";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public bool Open { get; set; }

    /// <summary>The reader closes it, or what was typed is saved.</summary>
    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>Names the form and its record, as of a <see cref="DraftForm"/>.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    /// <summary>The version that the author sees; 0 for a new record.</summary>
    [Parameter, EditorRequired]
    public int Version { get; set; }

    /// <summary>What stands in the form, field by field.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<EditedField<TRecord>> Fields { get; set; } = [];

    /// <summary>Who changed a record last, by e-mail address; null where nobody knows.</summary>
    [Parameter, EditorRequired]
    public Func<TRecord, string?> By { get; set; } = _ => null;

    /// <summary>When a record was changed last, UTC.</summary>
    [Parameter, EditorRequired]
    public Func<TRecord, DateTime> At { get; set; } = _ => default;

    /// <summary>A record's version.</summary>
    [Parameter, EditorRequired]
    public Func<TRecord, int> VersionOf { get; set; } = _ => 0;

    /// <summary>Saves what was typed over a version.</summary>
    [Parameter, EditorRequired]
    public Func<int, Task<ActResult<TRecord>>> Save { get; set; } = default!;

    /// <summary>It is saved: the record as it stands now.</summary>
    [Parameter]
    public EventCallback<TRecord> Saved { get; set; }

    /// <summary>A broken rule's code in words.</summary>
    [Parameter, EditorRequired]
    public Func<string, string?> ProblemText { get; set; } = _ => null;

    /// <summary>Names the button that saves.</summary>
    [Parameter, EditorRequired]
    public string SaveAct { get; set; } = "save";

    /// <summary>The fields; given is what is wrong with a field, by its name in the record's rules.</summary>
    [Parameter]
    public RenderFragment<Func<string, string?>>? ChildContent { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? More { get; set; }

    [Inject]
    private ActTeller Teller { get; set; } = default!;

    [Inject]
    private ColleagueNames People { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (Open && !_wasOpen)
        {
            (_theirs, _version, _problems) = (null, Version, new Dictionary<string, string>());
        }

        _wasOpen = Open;
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? ProblemText(code) : null;

    private async Task SaveAsync(Submission sent)
    {
        var result = await Save(_version);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                sent.Saved();
                await Saved.InvokeAsync(result.Value!);
                break;
            case ActOutcome.Conflict:
                await People.LoadAsync(CancellationToken.None);
                _timeZone = (await Settings.ReadAsync(CancellationToken.None)).TimeZone;
                _theirs = result.Value;
                break;
            default:
                Teller.Tell(result);
                break;
        }
    }

    private List<ConflictPanel.Differing> Differing(TRecord theirs) =>
        [.. Fields.Select(field => new ConflictPanel.Differing(field.Key, field.Label, field.Theirs(theirs), field.Mine())).Where(field => (field.Theirs ?? "") != (field.Mine ?? ""))];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var theirs = _theirs!;
        foreach (var field in Fields.Where(field => !mine.Contains(field.Key)))
        {
            field.Take(theirs);
        }

        (_version, _theirs) = (VersionOf(theirs), null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }
}
