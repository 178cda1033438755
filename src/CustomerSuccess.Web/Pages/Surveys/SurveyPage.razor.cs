using System.Globalization;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Calls;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Surveys;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Lists;
using CustomerSuccess.Web.Shared.Surfaces;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>One survey: what came of it, whom it asked and whom not, what it says.</summary>
public sealed partial class SurveyPage
{
    private static readonly string[] Areas = [JournalAreas.Survey];

    private SurveyDraft _draft = SurveyDraft.Of(SurveyDefaults.Of(SurveyKind.Nps, Language));
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private DraftForm? _form;
    private Survey? _theirs;
    private FoundAccount? _account;
    private int? _seen;
    private int _read;
    private bool _previewing;

    /// <summary>The survey's id, or <c>new</c>.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [SupplyParameterFromQuery(Name = SurveyAddress.TabKey)]
    private string? AskedTab { get; set; }

    [SupplyParameterFromQuery(Name = SurveyAddress.WaveKey)]
    private int? Wave { get; set; }

    [SupplyParameterFromQuery(Name = SurveyAddress.ShowKey)]
    private string? Show { get; set; }

    protected override object? Subject => (Id, Wave);

    [Inject]
    private SurveysViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private Asking Asking { get; set; } = default!;

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ja" ? "ja" : "en";

    private string? SurveyId => Id == "new" ? null : Id;

    private string Tab => SurveyId is null || Model.Details is null ? SurveyAddress.Definition
        : AskedTab is SurveyAddress.Results or SurveyAddress.People or SurveyAddress.Definition ? AskedTab
        : Model.Details.Counts.Count == 0 ? SurveyAddress.Definition : SurveyAddress.Results;

    private string Title => SurveyId is null ? Text["NewTitle"] : Model.Details?.Survey.Name ?? Text["Title"];

    private string? Answer => !IsReady ? null
        : SurveyId is null ? Text["NewAnswer"].Value
        : Model.Results is not { Counts: { } counts } ? null
        : counts is { Asked: 0, Waiting: > 0 } && Model.Details!.Survey.IsOn ? Text["AnswerWaiting", Format.Count(counts.Waiting)].Value
        : counts.Asked == 0 ? Text[Model.Details!.Survey.IsOn ? "AnswerOn" : "AnswerOff"].Value
        : Text["Answer", Format.Percent(counts.Rate, 0), Format.Count(counts.Answered), Format.Count(counts.Asked), Format.Count(counts.HeldBack)].Value;

    private IReadOnlyList<LinkTabs.Tab> Tabs =>
    [
        new(SurveyAddress.Results, Text["Results"], SurveyAddress.Of(Id, SurveyAddress.Results, Wave)),
        new(SurveyAddress.People, Text["People"], SurveyAddress.Of(Id, SurveyAddress.People, Wave)),
        new(SurveyAddress.Definition, Text["Definition"], SurveyAddress.Of(Id, SurveyAddress.Definition)),
    ];

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await Model.ReadAsync(SurveyId, Wave, NameOf, cancellation);
        Begin(Model.Details?.Survey);
        _read++;
    }

    protected override Task ReadRestAsync(CancellationToken cancellation) => Tab == SurveyAddress.Definition ? PreviewAsync() : Task.CompletedTask;

    private string NameOf(AttributeDefinition attribute) => Text[attribute.Record == "contacts" ? "OfContact" : "OfAccount", attribute.Name];

    private void Begin(Survey? survey)
    {
        (_seen, _theirs, _problems) = (survey?.Version, null, new Dictionary<string, string>());
        _draft = SurveyDraft.Of(survey?.Plan ?? SurveyDefaults.Of(_draft.Kind, Language));
    }

    /// <summary>A new survey begins from what is usual for its kind.</summary>
    private Task BeginAsync(string? kind)
    {
        _draft = SurveyDraft.Of(SurveyDefaults.Of(Enum.Parse<SurveyKind>(kind!), Language));
        _problems = new Dictionary<string, string>();
        return PreviewAsync();
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Words.Problem(code) : null;

    private Task ChooseAsync(FoundAccount? account)
    {
        _account = account;
        return PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        _previewing = true;
        StateHasChanged();
        try
        {
            await Model.PreviewAsync(_draft.ToPlan(), _account?.AccountNo, Leaving);
        }
        finally
        {
            _previewing = false;
        }

        StateHasChanged();
    }

    private Task SaveAsync(Submission sent) => WorkAsync(async () =>
    {
        var result = await Model.SaveAsync(SurveyId, _draft.ToPlan(), _seen);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                sent.Saved();
                Toasts.Tell(Text["Saved", result.Value!.Name]);
                if (SurveyId is null)
                {
                    Navigation.NavigateTo(SurveyAddress.Of(result.Value.SurveyId, SurveyAddress.Definition), replace: true);
                }
                else
                {
                    await ReadAnewAsync();
                    await PreviewAsync();
                }

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
    });

    private List<ConflictPanel.Differing> Differing(Survey theirs)
    {
        var (their, mine) = (theirs.Plan, SurveyRules.Clean(_draft.ToPlan()));
        return
        [
            .. new ConflictPanel.Differing[]
            {
                new("name", Text["Name"], their.Name, mine.Name),
                new("questions", Text["Questions"], Asks(their), Asks(mine)),
                new("rest", Text["Rest"], Rest(their), Rest(mine)),
            }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
        ];
    }

    private static string Asks(SurveyPlan plan) => string.Join('\n', plan.Questions.Select(question => question.In(Language)));

    private string Rest(SurveyPlan plan) => Text["RestValue", Words.Mode(plan.Mode), plan.SubjectIn(Language), plan.IntroIn(Language), plan.MonthsBetween, plan.LeastAgeDays, plan.ExpiryDays];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var (theirs, own) = (_theirs!, _draft.ToPlan());
        var kept = mine.Contains("rest") ? own : theirs.Plan;
        kept = kept with { Name = (mine.Contains("name") ? own : theirs.Plan).Name, Questions = (mine.Contains("questions") ? own : theirs.Plan).Questions };
        (_draft, _seen, _theirs) = (SurveyDraft.Of(kept), theirs.Version, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task StartAsync()
    {
        var accounts = Model.Preview?.Accounts;
        if (!await Asking.AskAsync(new Question(Text["StartTitle", Model.Details!.Survey.Name], accounts is { } many ? Text["StartText", Format.Count(many)] : Text["StartTextUnknown"], Text["StartWave"])))
        {
            return;
        }

        await WorkAsync(async () =>
        {
            var result = await Model.StartWaveAsync(SurveyId!);
            Tell(result.Outcome, result.Problems, Text["Started"]);
            await ReadAnewAsync();
            if (result.Outcome == ActOutcome.Done)
            {
                Navigation.NavigateTo(SurveyAddress.Of(SurveyId!, SurveyAddress.Results));
            }
        });
    }

    private Task TurnAsync() => WorkAsync(async () =>
    {
        var on = Model.Details!.Survey.IsOn;
        var result = await Model.TurnAsync(SurveyId!, !on);
        Tell(result.Outcome, result.Problems, Text[on ? "TurnedOff" : "TurnedOn"]);
        await ReadAnewAsync();
    });

    private void Tell(ActOutcome outcome, IReadOnlyDictionary<string, string> problems, string done)
    {
        if (outcome is ActOutcome.Done or ActOutcome.Unchanged)
        {
            Toasts.Tell(done);
        }
        else if (problems.Values.FirstOrDefault() is { } code)
        {
            Toasts.Warn(Words.Problem(code));
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    }

    private Task DeleteAsync() => WorkAsync(async () =>
    {
        var (id, name) = (SurveyId!, Model.Details!.Survey.Name);
        if (!(await Model.DeleteAsync(id)).Holds)
        {
            Toasts.Fail(Text["NotDone"]);
            return;
        }

        Toasts.TellWithUndo(Text["DeletedNow", name], async () => await Model.RestoreAsync(id));
        Navigation.NavigateTo(SurveyAddress.List);
    });

    private Task RestoreAsync() => WorkAsync(async () =>
    {
        await Model.RestoreAsync(SurveyId!);
        await ReadAnewAsync();
    });

    private async Task ReadAnewAsync()
    {
        await Model.ReadAsync(SurveyId, Wave, NameOf, Leaving);
        Begin(Model.Details?.Survey);
        _read++;
        StateHasChanged();
    }

    /// <summary>Answers and colleagues: figures are read anew, what is being typed stays.</summary>
    private async Task FollowAsync()
    {
        if (IsReady && SurveyId is not null && !Working)
        {
            await Model.ReadAsync(SurveyId, Wave, NameOf, Leaving);
            _read++;
            StateHasChanged();
        }
    }
}
