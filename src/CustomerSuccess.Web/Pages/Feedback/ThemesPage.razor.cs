using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Feedback;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using CustomerSuccess.Web.Shared.Lists;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>Themes as the company edits them: renamed, reworded, merged, hidden, and its own ones.</summary>
public sealed partial class ThemesPage
{
    public const string Path = "/feedback/themes", WordsKey = "words";

    private static readonly string[] Areas = [JournalAreas.FeedbackTheme];

    private ThemeSet _themes = new([]);
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private CompanySettings _settings = new();
    private bool _mayWrite;
    private ThemeDraft? _draft;
    private FeedbackTheme? _theirs;
    private DraftForm? _form;
    private string? _name;
    private string? _nameJa;
    private string? _kind;
    private string? _words;
    private string? _into;

    [Inject]
    private ThemeBook Book { get; set; } = default!;

    [Inject]
    private SettingsStore Settings { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private FieldChoice[] Kinds => [.. Enum.GetValues<ThemeKind>().Select(kind => new FieldChoice(kind.ToString(), Text["Kind_" + kind]))];

    private FieldChoice[] Others => [.. _themes.Shown.Where(theme => theme.ThemeId != _draft?.ThemeId).Select(theme => new FieldChoice(theme.ThemeId, FeedbackWords.Theme(theme)))];

    /// <summary>The address at which a theme begins with words.</summary>
    public static string New(IReadOnlyList<string> words) => ListAddress.Parse(Path).With(WordsKey, string.Join(',', words)).ToString();

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _settings = await Settings.ReadAsync(cancellation);
        _mayWrite = ThemeBook.MayWrite(await Current.GetAsync());
        _themes = await Book.ReadAsync(cancellation);
        if (_mayWrite && ListAddress.Parse(Navigation.Uri)[WordsKey] is { Length: > 0 } words)
        {
            Edit(null);
            (_name, _words) = (words.Split(',')[0], words.Replace(',', '\n'));
        }
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _themes = await Book.ReadAsync(Leaving);
            StateHasChanged();
        }
    }

    private string State(FeedbackTheme theme) => theme.IsHidden ? Text["Hidden"]
        : theme.MergedInto is { } into && _themes.All.FirstOrDefault(other => other.ThemeId == into) is { } target ? Text["MergedIntoState", FeedbackWords.Theme(target)]
        : Text[theme.Version == 0 ? "Shipped" : "Edited"];

    private string? Problem(string field) => _problems.TryGetValue(field, out var code) ? Text["Problem_" + code].Value : null;

    private void Edit(FeedbackTheme? theme)
    {
        _draft = new(theme?.ThemeId, theme?.Version ?? 0, default, null, null, null);
        (_name, _nameJa, _kind, _words, _into, _theirs) = (theme?.Name, theme?.NameJa, (theme?.Kind ?? ThemeKind.Complaint).ToString(), theme?.Words, theme?.MergedInto, null);
        _problems = new Dictionary<string, string>();
    }

    private async Task SaveAsync(Submission sent)
    {
        var viewer = await Current.GetAsync();
        var kind = Enum.TryParse<ThemeKind>(_kind, out var chosen) ? chosen : ThemeKind.Complaint;
        var result = await Book.SaveAsync(viewer, _draft! with { Name = _name, NameJa = _nameJa, Kind = kind, Words = _words }, Leaving);
        if (result is { Outcome: ActOutcome.Done, Value: { } saved } && saved.MergedInto != _into && _draft!.ThemeId is not null)
        {
            result = await Book.MergeAsync(viewer, saved.ThemeId, saved.Version, _into, Leaving);
        }

        _problems = result.Problems;
        switch (result.Outcome)
        {
            case ActOutcome.Done:
                _draft = null;
                sent.Saved();
                Toasts.Tell(Text["ThemeSaved"]);
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

    private List<ConflictPanel.Differing> Differing(FeedbackTheme theirs) =>
    [
        .. new ConflictPanel.Differing[]
        {
            new("name", Text["NameEnglish"], theirs.Name, _name),
            new("name_ja", Text["NameJapanese"], theirs.NameJa, _nameJa),
            new("kind", Text["Kind"], Text["Kind_" + theirs.Kind], Text["Kind_" + _kind]),
            new("words", Text["Words"], theirs.Words, _words),
        }.Where(field => (field.Theirs ?? "") != (field.Mine ?? "")),
    ];

    private async Task ResolveAsync(IReadOnlySet<string> mine)
    {
        var theirs = _theirs!;
        _name = mine.Contains("name") ? _name : theirs.Name;
        _nameJa = mine.Contains("name_ja") ? _nameJa : theirs.NameJa;
        _kind = mine.Contains("kind") ? _kind : theirs.Kind.ToString();
        _words = mine.Contains("words") ? _words : theirs.Words;
        (_draft, _theirs) = (_draft! with { Version = theirs.Version }, null);
        var sent = new Submission();
        await SaveAsync(sent);
        if (sent.IsSaved)
        {
            await (_form?.ForgetAsync() ?? ValueTask.CompletedTask);
        }
    }

    private Task HideAsync(FeedbackTheme theme) => WorkAsync(async () =>
    {
        var result = await Book.SetHiddenAsync(await Current.GetAsync(), theme.ThemeId, theme.Version, !theme.IsHidden, Leaving);
        if (result.Holds && result.Value is { } now)
        {
            Toasts.TellWithUndo(Text[now.IsHidden ? "HiddenToast" : "ShownToast", FeedbackWords.Theme(now)], async () =>
            {
                await Book.SetHiddenAsync(await Current.GetAsync(), now.ThemeId, now.Version, !now.IsHidden, CancellationToken.None);
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
