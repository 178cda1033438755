using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;
using CustomerSuccess.Engine.Goals;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Goals;

/// <summary>A goal is set or changed.</summary>
public sealed partial class GoalDialog
{
    private Goal? _goal;
    private GoalDraft? _draft;
    private Goal? _theirs;
    private DraftForm? _form;
    private RetentionChoices? _choices;
    private CompanySettings _settings = new();
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private List<StepDraft> _steps = [];
    private string? _title, _kind, _parent, _measure, _segment, _ofOwner, _plan, _owner, _note;
    private DateOnly? _startOn, _dueOn;
    private decimal? _start, _target;

    /// <summary>An interim target that is typed.</summary>
    private sealed class StepDraft
    {
        public DateOnly? Day { get; set; }

        public decimal? Value { get; set; }
    }

    /// <summary>Goals that there are: KGIs among them can be served.</summary>
    [Parameter]
    public IReadOnlyList<GoalRow> Goals { get; set; } = [];

    [Parameter, EditorRequired]
    public string Currency { get; set; } = "";

    /// <summary>A goal is other now.</summary>
    [Parameter]
    public EventCallback Saved { get; set; }

    [Inject]
    private GoalBook Book { get; set; } = default!;

    [Inject]
    private RetentionReport Retention { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private ColleagueNames People { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private GoalMeasure Measure => Enum.TryParse<GoalMeasure>(_measure, out var measure) ? measure : GoalMeasure.Nrr;

    private MeasureDefinition Definition => MeasureCatalogue.Of(Measure);

    private string? Unit => Words.Unit(Measure, Currency);

    private string MeasureHint => Text["MeasureHint", Words.Time(Measure), Text[Definition.IsSampled ? "Sampled" : "Counted"].Value];

    private FieldChoice[] Kinds => [.. Enum.GetValues<GoalKind>().Select(kind => new FieldChoice(kind.ToString(), Words.Kind(kind)))];

    private FieldChoice[] Measures => [.. MeasureCatalogue.All.Select(definition => new FieldChoice(definition.Measure.ToString(), Words.Measure(definition.Measure)))];

    private FieldChoice[] Parents => [.. Goals.Where(row => row.Goal.Kind == GoalKind.Kgi && row.Goal.GoalId != _goal?.GoalId).Select(row => new FieldChoice(row.Goal.GoalId, row.Goal.Title))];

    private FieldChoice[] Segments => Choices(RetentionSlice.Segment, value => value);

    private FieldChoice[] Owners => Choices(RetentionSlice.Owner, People.Of);

    private FieldChoice[] Plans => Choices(RetentionSlice.Plan, value => value);

    /// <summary>Opens a goal, or an empty form for a new one.</summary>
    public async Task OpenAsync(Goal? goal)
    {
        var viewer = await Current.GetAsync();
        _settings = await Settings.ReadAsync();
        await People.LoadAsync(CancellationToken.None);
        try
        {
            _choices = (await Retention.OverviewAsync(Viewer.System, RetentionScope.All, PeriodGrain.Month, 12)).Choices;
        }
        catch (Core.Accounts.MissingRateException)
        {
            // the goal can be set without narrowing it
            _choices = null;
        }

        var today = _settings.Today(Clock);
        (_goal, _theirs, _problems) = (goal, null, new Dictionary<string, string>());
        _draft = new(goal?.GoalId, goal?.Version ?? 0);
        Take(goal ?? new Goal { GoalId = "", Title = "", OwnerEmail = viewer.Email?.ToLowerInvariant() ?? "", Measure = GoalMeasure.Nrr, StartOn = today, DueOn = new DateOnly(today.Year, today.Month, 1).AddMonths(13).AddDays(-1) }, goal is null);
        StateHasChanged();
    }

    private void Take(Goal goal, bool isNew = false)
    {
        (_title, _kind, _parent, _measure, _note) = (isNew ? null : goal.Title, goal.Kind.ToString(), goal.ParentId, goal.Measure.ToString(), goal.Note);
        (_segment, _ofOwner, _plan, _owner) = (goal.Segment, goal.OfOwner, goal.Plan, goal.OwnerEmail.Length == 0 ? null : goal.OwnerEmail);
        (_startOn, _dueOn) = (goal.StartOn, goal.DueOn);
        (_start, _target) = isNew ? (null, null) : (GoalWords.Typed(goal.Measure, goal.StartValue), GoalWords.Typed(goal.Measure, goal.TargetValue));
        _steps = [.. GoalPath.ParseSteps(goal.Steps).Select(step => new StepDraft { Day = step.Day, Value = GoalWords.Typed(goal.Measure, step.Value) })];
    }

    private FieldChoice[] Choices(RetentionSlice slice, Func<string, string> name) =>
        _choices is null ? [] : [.. _choices.Values.GetValueOrDefault(slice, []).Where(value => value != RetentionScope.Unknown).Select(value => new FieldChoice(value, name(value)))];

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private async Task SaveAsync(Submission sent)
    {
        var result = await Book.SaveAsync(await Current.GetAsync(), _draft! with
        {
            Kind = Enum.TryParse<GoalKind>(_kind, out var kind) ? kind : GoalKind.Kpi,
            ParentId = _parent,
            Title = _title,
            Note = _note,
            Measure = Measure,
            Scope = new(_segment, _ofOwner, _plan),
            OwnerEmail = _owner,
            StartOn = _startOn,
            StartValue = GoalWords.Stored(Measure, _start),
            DueOn = _dueOn,
            TargetValue = GoalWords.Stored(Measure, _target),
            Steps = [.. _steps.Where(step => step is { Day: not null, Value: not null }).Select(step => new GoalStep(step.Day!.Value, GoalWords.Stored(Measure, step.Value)!.Value))],
        });
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                _draft = null;
                sent.Saved();
                Toasts.Tell(Text["Saved"]);
                await Saved.InvokeAsync();
                break;
            case ActOutcome.Conflict:
                _theirs = result.Value;
                break;
            case ActOutcome.Invalid:
                break;
            default:
                Toasts.Fail(Text["NotDone"]);
                break;
        }
    }

    private List<ConflictPanel.Differing> Differing(Goal theirs)
    {
        string? Of(GoalMeasure measure, decimal? value) => value is { } known ? Words.Value(measure, (double)known, Currency) : null;
        return
        [
            .. new ConflictPanel.Differing[]
            {
                new("title", Text["Title"], theirs.Title, _title),
                new("measure", Text["Measure"], Words.Measure(theirs.Measure), Words.Measure(Measure)),
                new("owner", Text["Owner"], People.Of(theirs.OwnerEmail), People.Of(_owner)),
                new("start", Text["Start"], Of(theirs.Measure, theirs.StartValue), Of(Measure, GoalWords.Stored(Measure, _start))),
                new("due", Text["DueOn"], Format.Day(theirs.DueOn), Format.Day(_dueOn)),
                new("target", Text["Target"], Of(theirs.Measure, theirs.TargetValue), Of(Measure, GoalWords.Stored(Measure, _target))),
                new("note", Text["Note"], theirs.Note, _note),
            }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
        ];
    }

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var (title, measure, owner, startOn, start, dueOn, target, note) = (_title, _measure, _owner, _startOn, _start, _dueOn, _target, _note);
        var theirs = _theirs!;
        Take(theirs);
        _title = mine.Contains("title") ? title : _title;
        _owner = mine.Contains("owner") ? owner : _owner;
        _dueOn = mine.Contains("due") ? dueOn : _dueOn;
        _note = mine.Contains("note") ? note : _note;
        (_startOn, _start) = mine.Contains("start") ? (startOn, start) : (_startOn, _start);
        (_target, _measure) = (mine.Contains("target") ? target : _target, mine.Contains("measure") ? measure : _measure);
        (_draft, _theirs) = (_draft! with { Version = theirs.Version }, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }
}
