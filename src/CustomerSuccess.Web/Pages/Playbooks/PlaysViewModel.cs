using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Effects;
using CustomerSuccess.Engine.Mail;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Segments;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Conditions;

namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>Plays: all of them, or one with a preview and its history.</summary>
public sealed class PlaysViewModel(PlayQuery query, PlayEdits edits, PlayHistory history, EffectsQuery effects, SegmentQuery segments, MailTemplates templates, ColleagueNames names, SettingsStore settings, CurrentViewer current)
{
    private Viewer? _viewer;

    public CompanySettings Settings { get; private set; } = new();

    public bool MayManage => _viewer?.MayManage == true;

    public IReadOnlyList<PlayRow> Plays { get; private set; } = [];

    /// <summary>The play that is open; null for a new one, or one that is not there.</summary>
    public PlayDetails? Details { get; private set; }

    public IReadOnlyList<MailTemplate> Templates { get; private set; } = [];

    public ConditionEditing Editing { get; private set; } = new(new Dictionary<string, SegmentField>(), new Dictionary<string, string>(), "", _ => Task.FromResult<IReadOnlyList<string>>([]));

    public PlayPreview? Preview { get; private set; }

    public PastFirings? Past { get; private set; }

    /// <summary>What is known of the open play's effect; null until it was read, or for a new play.</summary>
    public (EffectsReport Report, PlayEffectRow Row)? Effect { get; private set; }

    public async Task ReadListAsync(CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        Plays = await query.ListAsync(_viewer!, cancellation);
    }

    /// <summary>Reads a play.</summary>
    /// <param name="key">Null for a new one.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task ReadAsync(string? key, CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        await names.LoadAsync(cancellation);
        Templates = await templates.ListAsync(cancellation: cancellation);
        Details = key is null ? null : await query.FindAsync(_viewer!, key, cancellation);
        Effect = key is null ? null : await effects.FindAsync(key, cancellation);
    }

    public async Task PreviewAsync(Play play, CancellationToken cancellation) => Preview = await query.PreviewAsync(_viewer!, play, cancellation);

    /// <summary>Forgets what was tried out, once the play says something else.</summary>
    public void Forget() => Past = null;

    public async Task FireAsync(Play play, CancellationToken cancellation) => Past = await history.RunAsync(play, cancellation);

    public async Task<ActResult<PlayEntry>> SaveAsync(Play play, int? seen, bool moveRunning = false) => await edits.SaveAsync(await current.GetAsync(), play, seen, moveRunning);

    public async Task<ActResult<PlayEntry>> TurnAsync(string key, bool on) => await edits.TurnAsync(await current.GetAsync(), key, on);

    public async Task<ActResult<PlayEntry>> DeleteAsync(string key) => await edits.DeleteAsync(await current.GetAsync(), key);

    public async Task<ActResult<PlayEntry>> RestoreAsync(string key, int version) => await edits.RestoreAsync(await current.GetAsync(), key, version);

    public async Task<ActResult<PlayImport>> ImportAsync(string text, bool isTrial) => await edits.ImportAsync(await current.GetAsync(), text, isTrial);

    public string NameOf(string? email) => email is null ? Format.Missing : names.Of(email);

    private async Task StartAsync(CancellationToken cancellation)
    {
        var viewer = _viewer = await current.GetAsync();
        Settings = await settings.ReadAsync(cancellation);
        var (fields, known) = await segments.FieldsAsync(cancellation: cancellation);
        Editing = new(fields, known, Settings.Currency, field => segments.ValuesAsync(viewer, field, CancellationToken.None));
    }
}
