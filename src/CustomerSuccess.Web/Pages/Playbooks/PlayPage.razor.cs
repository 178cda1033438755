using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Conditions;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>One play: what it says, who would be offered it now and in past months, what became of it.</summary>
public sealed partial class PlayPage
{
    private static readonly string[] Areas = [JournalAreas.Play, JournalAreas.Score, JournalAreas.Suggestion];

    private PlayDraft _draft = PlayDraft.New();
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private CancellationTokenSource? _preview;
    private CancellationTokenSource? _past;
    private DraftForm? _form;
    private PlayEntry? _theirs;
    private int? _seen;
    private bool _previewing;
    private bool _firing;
    private bool _tried;

    /// <summary>True where running sequences are to follow the new steps.</summary>
    private bool _moveRunning;

    /// <summary>The play's key, or <c>new</c>.</summary>
    [Parameter]
    public string Key { get; set; } = "";

    protected override object? Subject => Key;

    [Inject]
    private PlaysViewModel Model { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private ConditionWords Conditions { get; set; } = default!;

    private string? PlayKey => Key == PlayRules.New ? null : Key;

    private string Title => PlayKey is null ? Text["NewTitle"] : Model.Details is { Row.Entry.Play: { } play } ? Words.Name(play) : Text["Title"];

    private string? Answer => !IsReady ? null
        : PlayKey is null ? Text["NewAnswer"].Value
        : Model.Details is not { Row: { } row } ? null
        : row.Entry.Play.IsOn ? Text["AnswerOn", Format.Count(row.Suggested)].Value
        : Text["AnswerOff"].Value;

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        await Model.ReadAsync(PlayKey, cancellation);
        Model.Forget();
        Begin();
    }

    protected override Task ReadRestAsync(CancellationToken cancellation) => PreviewAsync();

    protected override void Dispose(bool disposing)
    {
        _preview?.Cancel();
        _past?.Cancel();
        base.Dispose(disposing);
    }

    private void Begin()
    {
        var entry = Model.Details?.Row.Entry;
        (_draft, _seen, _theirs, _tried, _moveRunning) = (entry is null ? PlayDraft.New() : PlayDraft.Of(entry.Play), entry?.Version, null, false, false);
        _problems = new Dictionary<string, string>();
    }

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Words.Problem(code) : null;

    private async Task ChangedAsync()
    {
        Model.Forget();
        if (_tried)
        {
            Check();
        }

        StateHasChanged();
        await PreviewAsync();
    }

    /// <summary>Notes what is wrong with the conditions, each at its place; false where anything is.</summary>
    private bool Check()
    {
        foreach (var trigger in _draft.Triggers)
        {
            trigger.Problems = Model.Editing.Check(trigger.When.ToCondition(), mayBeEmpty: true);
        }

        return _draft.Triggers.TrueForAll(trigger => trigger.Problems.Count == 0);
    }

    private bool IsWhole => _draft.Triggers.TrueForAll(trigger => Model.Editing.Check(trigger.When.ToCondition(), mayBeEmpty: true).Count == 0)
        && (_draft.Exit.Parts.Count == 0 || Model.Editing.Check(_draft.Exit.ToCondition()).Count == 0);

    private async Task PreviewAsync()
    {
        if (!IsWhole)
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
            await Model.PreviewAsync(_draft.ToPlay(), own.Token);
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

    /// <summary>Tries the play out on past months; the reader may give it up.</summary>
    private async Task FireAsync()
    {
        if (!IsWhole || _firing)
        {
            return;
        }

        using var own = _past = CancellationTokenSource.CreateLinkedTokenSource(Leaving);
        _firing = true;
        try
        {
            await Model.FireAsync(_draft.ToPlay(), own.Token);
        }
        catch (OperationCanceledException) when (own.IsCancellationRequested)
        {
            // given up
        }
        finally
        {
            (_firing, _past) = (false, null);
        }
    }

    private Task SaveAsync(Submission sent) => WorkAsync(async () =>
    {
        _tried = true;
        Check();
        var result = await Model.SaveAsync(_draft.ToPlay(), PlayKey is null ? null : _seen, _moveRunning);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done or ActOutcome.Unchanged:
                sent.Saved();
                Toasts.Tell(Text["Saved", Words.Name(result.Value!.Play)]);
                if (PlayKey is null)
                {
                    Navigation.NavigateTo(PlayAddress.Of(result.Value.Play.Key), replace: true);
                }
                else
                {
                    await ReadAnewAsync();
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

    private List<ConflictPanel.Differing> Differing(PlayEntry theirs)
    {
        var mine = _draft.ToPlay();
        return
        [
            .. new ConflictPanel.Differing[]
            {
                new("name", Text["Name"], Words.Name(theirs.Play), Words.Name(mine)),
                new("trigger", Text["Trigger"], Words.Trigger(theirs.Play, Model.Editing), Words.Trigger(mine, Model.Editing)),
                new("steps", Text["Steps"], Steps(theirs.Play), Steps(mine)),
                new("rest", Text["Rest"], Rest(theirs.Play), Rest(mine)),
            }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
        ];
    }

    private string Steps(Play play) => string.Join(Text["Comma"], (play.Sequence?.Steps ?? []).Select(step => string.Join(' ', new[] { Words.Channel(step.Channel), Format.Count(step.Delay), step.SubjectEn, step.SubjectJa }.OfType<string>())));

    private string Rest(Play play) => Text["RestValue", Text[play.IsOn ? "On" : "Off"], string.Join(Text["Comma"], play.Channels.Select(Words.Channel)), Format.Number(play.Minutes, 0), Format.Percent(play.PriorEffect, 0), Format.Count(play.CoolDownDays), Words.By(play.By)];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var (theirs, own) = (_theirs!, _draft.ToPlay());
        var kept = mine.Contains("rest") ? own : theirs.Play;
        kept = mine.Contains("name") ? kept with { NameEn = own.NameEn, NameJa = own.NameJa } : kept with { NameEn = theirs.Play.NameEn, NameJa = theirs.Play.NameJa };
        kept = mine.Contains("trigger") ? kept with { Triggers = own.Triggers, Exit = own.Exit } : kept with { Triggers = theirs.Play.Triggers, Exit = theirs.Play.Exit };
        kept = kept with { Sequence = mine.Contains("steps") ? own.Sequence : theirs.Play.Sequence };
        (_draft, _seen, _theirs) = (PlayDraft.Of(kept), theirs.Version, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private Task TurnAsync() => WorkAsync(async () =>
    {
        var on = Model.Details!.Row.Entry.Play.IsOn;
        if ((await Model.TurnAsync(PlayKey!, !on)).Holds)
        {
            Toasts.Tell(Text[on ? "TurnedOff" : "TurnedOn", Title]);
            await ReadAnewAsync();
        }
        else
        {
            Toasts.Fail(Text["NotDone"]);
        }
    });

    private Task DeleteAsync() => WorkAsync(async () =>
    {
        var (key, entry, title) = (PlayKey!, Model.Details!.Row.Entry, Title);
        if (!(await Model.DeleteAsync(key)).Holds)
        {
            Toasts.Fail(Text["NotDone"]);
            return;
        }

        Toasts.TellWithUndo(Text[entry.IsBuiltIn ? "WasReset" : "WasDeleted", title], async () => await Model.RestoreAsync(key, entry.Version));
        if (entry.IsBuiltIn)
        {
            await ReadAnewAsync();
        }
        else
        {
            Navigation.NavigateTo(PlayAddress.List);
        }
    });

    private Task RestoreAsync(int version) => WorkAsync(async () =>
    {
        var result = await Model.RestoreAsync(PlayKey!, version);
        if (result.Holds)
        {
            Toasts.Tell(Text["Restored", version]);
            await ReadAnewAsync();
        }
        else
        {
            Toasts.Warn(Text["NotRestored"]);
        }
    });

    private async Task ReadAnewAsync()
    {
        await Model.ReadAsync(PlayKey, Leaving);
        Begin();
        await PreviewAsync();
    }

    /// <summary>Colleagues and score runs: figures are read anew, what is being typed stays.</summary>
    private async Task FollowAsync()
    {
        if (IsReady && PlayKey is not null && !Working)
        {
            await Model.ReadAsync(PlayKey, Leaving);
            StateHasChanged();
        }
    }
}
