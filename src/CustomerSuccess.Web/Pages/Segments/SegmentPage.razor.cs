using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Conditions;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Segments;

/// <summary>One segment: what it says, who is in it now, who entered and left.</summary>
public sealed partial class SegmentPage
{
    private static readonly string[] Areas = [JournalAreas.Segment, JournalAreas.Score];

    private ConditionDraft _draft = ConditionDraft.Group(GroupMode.All, ConditionDraft.Test());
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private CancellationTokenSource? _preview;
    private DraftForm? _form;
    private SavedSegment? _theirs;
    private string? _name;
    private string? _description;
    private int? _seen;
    private bool _previewing;
    private bool _tried;

    /// <summary>The segment's id, or <c>new</c>.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    protected override object? Subject => Id;

    [Inject]
    private SegmentsViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string? SegmentId => Id == "new" ? null : Id;

    private string Title => SegmentId is null ? Text["NewTitle"] : Model.Details?.Segment.Name ?? Text["Title"];

    private string? Answer => !IsReady ? null
        : Model.Details is { Segment: { CountedOn: { } day } segment } ? Text["Answer", Format.Count(segment.Accounts), Format.Money(segment.Mrr, Model.Settings.Currency), Format.Day(day)].Value
        : SegmentId is null ? Text["NewAnswer"].Value : null;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await Model.ReadAsync(SegmentId, cancellation);
        Begin(Model.Details?.Segment);
    }

    protected override Task ReadRestAsync(CancellationToken cancellation) => PreviewAsync();

    protected override void Dispose(bool disposing)
    {
        _preview?.Cancel();
        _preview?.Dispose();
        _preview = null;
        base.Dispose(disposing);
    }

    private void Begin(SavedSegment? segment)
    {
        (_name, _description, _seen, _theirs, _tried) = (segment?.Name, segment?.Description, segment?.Version, null, false);
        _draft = segment is null ? ConditionDraft.Group(GroupMode.All, ConditionDraft.Test()) : ConditionDraft.Of(segment.Condition);
        _problems = new Dictionary<string, string>();
    }

    private string? Problem(string field) => !_problems.TryGetValue(field, out var code) ? null
        : field == "condition" ? Words.Problem(code)
        : Text["problem_" + code].Value;

    private async Task ChangedAsync()
    {
        Model.Note(_tried ? Model.Editing.Check(_draft.ToCondition()) : new Dictionary<string, string>());
        StateHasChanged();
        await PreviewAsync();
    }

    /// <summary>Counts anew, once the condition is whole; a newer change ends an older counting.</summary>
    private async Task PreviewAsync()
    {
        var condition = _draft.ToCondition();
        if (Model.Editing.Check(condition).Count > 0)
        {
            return;
        }

        if (_preview is { } former)
        {
            await former.CancelAsync();
        }

        var own = _preview = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        _previewing = true;
        StateHasChanged();
        try
        {
            await Model.PreviewAsync(condition, own.Token);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            if (ReferenceEquals(_preview, own))
            {
                _previewing = false;
            }
        }

        StateHasChanged();
    }

    private Task SaveAsync(Submission sent) => WorkAsync(async () =>
    {
        _tried = true;
        var draft = new SegmentDraft(_name, _description, _draft.ToCondition());
        Model.Note(Model.Editing.Check(draft.Condition));
        var result = await Model.SaveAsync(SegmentId, draft, _seen);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                sent.Saved();
                Toasts.Tell(Text["Saved", result.Value!.Name]);
                if (SegmentId is null)
                {
                    Navigation.NavigateTo(SegmentAddress.Of(result.Value.SegmentId), replace: true);
                }
                else
                {
                    await Model.ReadAsync(SegmentId, Leaving);
                    Begin(Model.Details?.Segment);
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

    private List<ConflictPanel.Differing> Differing(SavedSegment theirs) =>
    [
        .. new ConflictPanel.Differing[]
        {
            new("name", Text["Name"], theirs.Name, _name),
            new("description", Text["Description"], theirs.Description, _description),
            new("condition", Text["Definition"], Sentence(theirs.Condition), Sentence(_draft.ToCondition())),
        }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
    ];

    private string Sentence(Condition condition) => Words.Sentence(condition, Model.Editing.Fields, Model.Editing.Segments, Model.Settings.Currency);

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var theirs = _theirs!;
        _name = mine.Contains("name") ? _name : theirs.Name;
        _description = mine.Contains("description") ? _description : theirs.Description;
        _draft = mine.Contains("condition") ? _draft : ConditionDraft.Of(theirs.Condition);
        (_seen, _theirs) = (theirs.Version, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task BringBackAsync(SegmentVersion version)
    {
        (_name, _description, _draft) = (version.Name, version.Description, ConditionDraft.Of(version.Condition));
        await SaveAsync(new Submission());
    }

    private Task DeleteAsync() => WorkAsync(async () =>
    {
        var result = await Model.DeleteAsync(SegmentId!);
        if (result.Outcome == ActOutcome.Invalid)
        {
            Toasts.Warn(Text["InUse", string.Join(Text["Comma"], Model.Details!.UsedBySegments.Concat(Model.Details.UsedByPlays).Concat(Model.Details.UsedBySurveys).Concat(Model.Details.UsedByCampaigns.Select(campaign => campaign.Name)))]);
        }
        else if (result.Holds)
        {
            var id = SegmentId!;
            Toasts.TellWithUndo(Text["DeletedNow", result.Value!.Name], async () => await Model.RestoreAsync(id));
            Navigation.NavigateTo(SegmentAddress.List);
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    private Task RestoreAsync() => WorkAsync(async () =>
    {
        var result = await Model.RestoreAsync(SegmentId!);
        if (!result.Holds)
        {
            Toasts.Warn(Text["NotRestored"]);
        }

        await LoadAsync();
    });

    /// <summary>Colleagues and score runs: figures are read anew, what is being typed stays.</summary>
    private async Task FollowAsync()
    {
        if (IsReady && SegmentId is not null && !Working)
        {
            await Model.ReadAsync(SegmentId, Leaving);
            StateHasChanged();
        }
    }
}
