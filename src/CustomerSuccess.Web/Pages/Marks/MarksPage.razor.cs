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
    private CompanySettings _settings = new();
    private bool _mayWrite;
    private MarkDraft? _draft;
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

    private string ProblemWords(string code) => code.Split(':', 2) is [var head, var what] ? Text["Problem_" + head, what] : Text["Problem_" + code];

    /// <summary>Which accounts an outage hit, such as <c>Hit: plan Enterprise</c>.</summary>
    private string ReachWords(Mark mark) => mark.Reach switch
    {
        MarkReach.All => Text["HitAll"],
        MarkReach.Accounts => Text["HitAccounts", Format.Count(mark.NamedAccounts)],
        MarkReach.Segment => Text["HitOf", Text["Reach_Segment"], _reaches.Segments.FirstOrDefault(segment => segment.Id == mark.ReachOf).Name ?? Format.Missing],
        _ => Text["HitOf", Text["Reach_" + mark.Reach], mark.ReachOf ?? ""],
    };

    private void ChooseReach(string? reach) => (_reach, _reachOf) = (Enum.TryParse<MarkReach>(reach, out var chosen) ? chosen : MarkReach.All, null);

    private IReadOnlyList<EditedField<Mark>> Fields =>
    [
        new("title", Text["What"], mark => mark.Title, () => _title, mark => _title = mark.Title),
        new("kind", Text["Kind"], mark => Words.Kind(mark.Kind), () => Words.Kind(Kind), mark => _kind = mark.Kind.ToString()),
        new("day", Text["Day"], mark => Format.Day(mark.Day), () => Written(_day), mark => _day = mark.Day),
        new("until", Text["Until"], mark => Written(mark.Until), () => Written(_until), mark => _until = mark.Until),
        new("note", Text["Note"], mark => mark.Note, () => _note, mark => _note = mark.Note),
        new("reach", Text["Reach"], mark => mark.Kind == MarkKind.Outage ? ReachWords(mark) : null, () => Kind == MarkKind.Outage ? ReachWords(new Mark { MarkId = "", Title = "", Reach = _reach, ReachOf = _reachOf }) : null, mark => (_reach, _reachOf) = (mark.Reach, mark.ReachOf)),
    ];

    private MarkKind Kind => Enum.TryParse<MarkKind>(_kind, out var chosen) ? chosen : MarkKind.Other;

    private static string? Written(DateOnly? day) => day is { } known ? Format.Day(known) : null;

    private void Edit(Mark? mark)
    {
        _draft = new(mark?.MarkId, mark?.Version ?? 0, default, null, null, null, null);
        (_title, _kind, _day, _until, _note) = (mark?.Title, (mark?.Kind ?? MarkKind.Release).ToString(), mark?.Day ?? _settings.Today(Clock), mark?.Until, mark?.Note);
        (_reach, _reachOf) = (mark?.Reach ?? MarkReach.All, mark?.ReachOf);
    }

    private async Task<ActResult<Mark>> SaveAsync(int version) =>
        await Book.SaveAsync(await Current.GetAsync(), _draft! with { Version = version, Title = _title, Kind = Kind, Day = _day, Until = _until, Note = _note, Reach = _reach, ReachOf = _reachOf }, Leaving);

    private async Task SavedAsync(Mark mark)
    {
        _draft = null;
        Toasts.Tell(Text["Saved"]);
        await RefreshAsync();
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
