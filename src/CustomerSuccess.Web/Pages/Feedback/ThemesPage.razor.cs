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
    private static readonly string[] Areas = [JournalAreas.FeedbackTheme];

    private ThemeSet _themes = new([]);
    private CompanySettings _settings = new();
    private bool _mayWrite;
    private ThemeDraft? _draft;
    private FeedbackTheme? _past;
    private IReadOnlyList<ThemeVersion> _versions = [];
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
    private ActTeller Teller { get; set; } = default!;

    [Inject]
    private ColleagueNames People { get; set; } = default!;

    protected override string Path => ThemesView.Path;

    // which theme's history is open is chosen out of what was read
    protected override object? Subject => View.Words;

    private FieldChoice[] Kinds => [.. Enum.GetValues<ThemeKind>().Select(kind => new FieldChoice(kind.ToString(), Text["Kind_" + kind]))];

    private FieldChoice[] Others => [.. _themes.Shown.Where(theme => theme.ThemeId != _draft?.ThemeId).Select(theme => new FieldChoice(theme.ThemeId, FeedbackWords.Theme(theme)))];

    private IReadOnlyList<EditedField<FeedbackTheme>> Fields =>
    [
        new("name", Text["NameEnglish"], theme => EnteredText.Of(theme.Name), () => _name, theme => _name = theme.Name),
        new("name_ja", Text["NameJapanese"], theme => theme.NameJa, () => _nameJa, theme => _nameJa = theme.NameJa),
        new("kind", Text["Kind"], theme => Text["Kind_" + theme.Kind], () => Text["Kind_" + _kind], theme => _kind = theme.Kind.ToString()),
        new("words", Text["Words"], theme => theme.Words, () => _words, theme => _words = theme.Words),
        new("into", Text["MergedInto"], theme => FeedbackWords.ThemeOf(_themes, theme.MergedInto), () => FeedbackWords.ThemeOf(_themes, Into), theme => _into = theme.MergedInto),
    ];

    private string? Into => string.IsNullOrEmpty(_into) ? null : _into;

    protected override ThemesView Parse(ListAddress address) => ThemesView.Parse(address);

    protected override async Task ReadAsync(CancellationToken cancellation)
    {
        _settings = await Settings.ReadAsync(cancellation);
        _mayWrite = ThemeBook.MayWrite(await Current.GetAsync());
        _themes = await Book.ReadAsync(cancellation);
        await People.LoadAsync(cancellation);
        if (_mayWrite && View.Words is { Length: > 0 } words)
        {
            Edit(null);
            (_name, _words) = (words.Split(',')[0], words.Replace(',', '\n'));
        }
    }

    protected override async Task ChooseAsync(CancellationToken cancellation)
    {
        _past = _themes.All.FirstOrDefault(theme => theme.ThemeId == View.History);
        _versions = _past is null ? [] : await Book.HistoryAsync(_past.ThemeId, cancellation);
    }

    private async Task RefreshAsync()
    {
        if (IsReady)
        {
            _themes = await Book.ReadAsync(Leaving);
            await ChooseAsync(Leaving);
            StateHasChanged();
        }
    }

    private string State(FeedbackTheme theme) => theme.IsHidden ? Text["Hidden"]
        : theme.MergedInto is { } into && _themes.All.FirstOrDefault(other => other.ThemeId == into) is { } target ? Text["MergedIntoState", FeedbackWords.Theme(target)]
        : Text[theme.Version == 0 ? "Shipped" : "Edited"];

    private void Edit(FeedbackTheme? theme)
    {
        _draft = new(theme?.ThemeId, theme?.Version ?? 0, default, null, null, null);
        (_name, _nameJa, _kind, _words, _into) = (theme?.Name, theme?.NameJa, (theme?.Kind ?? ThemeKind.Complaint).ToString(), theme?.Words, theme?.MergedInto);
    }

    private async Task<ActResult<FeedbackTheme>> SaveAsync(int version)
    {
        var kind = Enum.TryParse<ThemeKind>(_kind, out var chosen) ? chosen : ThemeKind.Complaint;
        return await Book.SaveAsync(await Current.GetAsync(), new(_draft!.ThemeId, version, kind, _name, _nameJa, _words) { Target = new(Into) }, Leaving);
    }

    private async Task SavedAsync(FeedbackTheme theme)
    {
        _draft = null;
        Toasts.Tell(Text["ThemeSaved"]);
        await RefreshAsync();
    }

    /// <summary>Makes a theme what it was, with the way back to what it is.</summary>
    private Task RestoreAsync(ThemeVersion version) => WorkAsync(async () =>
    {
        if (_past is not { } theme)
        {
            return;
        }

        var result = await Book.RestoreAsync(await Current.GetAsync(), theme.ThemeId, theme.Version, version.Version, Leaving);
        Teller.TellAll(result, Text["RestoredToast", FeedbackWords.Theme(theme), Format.Count(version.Version)], async () =>
        {
            await Book.RestoreAsync(await Current.GetAsync(), theme.ThemeId, result.Value!.Version, theme.Version, CancellationToken.None);
            await RefreshAsync();
        });
        await RefreshAsync();
    });

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
