using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Marks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Marks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Marks;

/// <summary>What happened to the company: releases, price changes, outages. They stand on every chart over time.</summary>
public sealed partial class MarksPage
{
    private static readonly string[] Areas = [JournalAreas.Mark];

    private IReadOnlyList<Mark> _marks = [];
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private CompanySettings _settings = new();
    private bool _mayWrite;
    private MarkDraft? _draft;
    private Mark? _theirs;
    private DraftForm? _form;
    private string? _title;
    private string? _kind;
    private DateOnly? _day;
    private DateOnly? _until;
    private string? _note;
    private MarkReach _reach;
    private string? _reachOf;
    private MarkReaches _reaches = new([], [], []);

    [Inject]
    private MarkBook Book { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private ColleagueNames People { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string Answer => _marks.Count == 0 ? Text["AnswerNone"] : Text["Answer", Format.Count(_marks.Count), _marks[0].Title, Words.Days(_marks[0])];

    private FieldChoice[] Kinds => [.. Enum.GetValues<MarkKind>().Select(kind => new FieldChoice(kind.ToString(), Words.Kind(kind)))];

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _settings = await Settings.ReadAsync(cancellation);
        _mayWrite = MarkBook.MayWrite(await Current.GetAsync());
        await People.LoadAsync(cancellation);
        _marks = await Book.ListAsync(cancellation);
        _reaches = await Book.ReachesAsync(cancellation);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _marks = await Book.ListAsync(Leaving);
            StateHasChanged();
        }
    }

    private FieldChoice[] ReachKinds => [.. Enum.GetValues<MarkReach>().Select(reach => new FieldChoice(reach.ToString(), Text["Reach_" + reach]))];

    private IReadOnlyList<FieldChoice> ReachChoices => _reach switch
    {
        MarkReach.Segment => [.. _reaches.Segments.Select(segment => new FieldChoice(segment.Id, segment.Name))],
        MarkReach.Product => [.. _reaches.Products.Select(product => new FieldChoice(product, product))],
        MarkReach.Plan => [.. _reaches.Plans.Select(plan => new FieldChoice(plan, plan))],
        _ => [],
    };

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? code.Split(':', 2) is [var head, var what] ? Text["Problem_" + head, what].Value : Text["Problem_" + code].Value : null;

    /// <summary>Which accounts an outage hit, such as <c>Hit: plan Enterprise</c>.</summary>
    private string ReachWords(Mark mark) => mark.Reach switch
    {
        MarkReach.All => Text["HitAll"],
        MarkReach.Accounts => Text["HitAccounts", Format.Count(mark.NamedAccounts)],
        MarkReach.Segment => Text["HitOf", Text["Reach_Segment"], _reaches.Segments.FirstOrDefault(segment => segment.Id == mark.ReachOf).Name ?? Format.Missing],
        _ => Text["HitOf", Text["Reach_" + mark.Reach], mark.ReachOf ?? ""],
    };

    private void ChooseReach(string? reach) => (_reach, _reachOf) = (Enum.TryParse<MarkReach>(reach, out var chosen) ? chosen : MarkReach.All, null);

    private void Edit(Mark? mark)
    {
        _draft = new(mark?.MarkId, mark?.Version ?? 0, default, null, null, null, null);
        (_title, _kind, _day, _until, _note, _theirs) = (mark?.Title, (mark?.Kind ?? MarkKind.Release).ToString(), mark?.Day ?? _settings.Today(Clock), mark?.Until, mark?.Note, null);
        (_reach, _reachOf) = (mark?.Reach ?? MarkReach.All, mark?.ReachOf);
        _problems = new Dictionary<string, string>();
    }

    private async Task SaveAsync(Submission sent)
    {
        var kind = Enum.TryParse<MarkKind>(_kind, out var chosen) ? chosen : MarkKind.Other;
        var result = await Book.SaveAsync(await Current.GetAsync(), _draft! with { Title = _title, Kind = kind, Day = _day, Until = _until, Note = _note, Reach = _reach, ReachOf = _reachOf }, Leaving);
        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done:
                _draft = null;
                sent.Saved();
                Toasts.Tell(Text["Saved"]);
                await RefreshAsync();
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

    private List<ConflictPanel.Differing> Differing(Mark theirs) =>
    [
        .. new ConflictPanel.Differing[]
        {
            new("title", Text["What"], theirs.Title, _title),
            new("kind", Text["Kind"], Words.Kind(theirs.Kind), Enum.TryParse<MarkKind>(_kind, out var mine) ? Words.Kind(mine) : null),
            new("day", Text["Day"], Format.Day(theirs.Day), _day is { } day ? Format.Day(day) : null),
            new("until", Text["Until"], theirs.Until is { } last ? Format.Day(last) : null, _until is { } until ? Format.Day(until) : null),
            new("note", Text["Note"], theirs.Note, _note),
            new("reach", Text["Reach"], theirs.Kind == MarkKind.Outage ? ReachWords(theirs) : null, _kind == nameof(MarkKind.Outage) ? ReachWords(new Mark { MarkId = "", Title = "", Reach = _reach, ReachOf = _reachOf }) : null),
        }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
    ];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var theirs = _theirs!;
        _title = mine.Contains("title") ? _title : theirs.Title;
        _kind = mine.Contains("kind") ? _kind : theirs.Kind.ToString();
        _day = mine.Contains("day") ? _day : theirs.Day;
        _until = mine.Contains("until") ? _until : theirs.Until;
        _note = mine.Contains("note") ? _note : theirs.Note;
        (_reach, _reachOf) = mine.Contains("reach") ? (_reach, _reachOf) : (theirs.Reach, theirs.ReachOf);
        (_draft, _theirs) = (_draft! with { Version = theirs.Version }, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private Task DeleteAsync(Mark mark) => WorkAsync(async () =>
    {
        var result = await Book.SetDeletedAsync(await Current.GetAsync(), mark.MarkId, true, Leaving);
        if (result.Holds)
        {
            Toasts.TellWithUndo(Text["Deleted", mark.Title], async () =>
            {
                await Book.SetDeletedAsync(await Current.GetAsync(), mark.MarkId, false, CancellationToken.None);
                await RefreshAsync();
            });
        }
        else
        {
            Toasts.Warn(Text["NotDone"]);
        }

        await RefreshAsync();
    });
}
