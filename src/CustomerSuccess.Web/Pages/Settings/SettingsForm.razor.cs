using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Web.Shared;
using CustomerSuccess.Web.Shared.Forms;
using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Settings;

/// <summary>Settings that are saved together. Where a colleague changed one meanwhile the reader is told at the field, and decides by saving again.</summary>
public sealed partial class SettingsForm
{
    private readonly Dictionary<string, string> _values = [];
    private readonly Dictionary<string, string> _seen = [];
    private readonly HashSet<string> _meanwhile = [];
    private IReadOnlyDictionary<string, string> _problems = new Dictionary<string, string>();
    private CompanySettings? _shown;
    private bool _saving;

    [Parameter, EditorRequired]
    public SettingsSection Section { get; set; } = default!;

    /// <summary>As they stand.</summary>
    [Parameter, EditorRequired]
    public CompanySettings Settings { get; set; } = default!;

    [Parameter]
    public EventCallback Saved { get; set; }

    [Inject]
    private SettingEdits Edits { get; set; } = default!;

    [Inject]
    private CurrentViewer Current { get; set; } = default!;

    [Inject]
    private Toasts Toasts { get; set; } = default!;

    private string? Note => Text["Note_" + Section.Name] is { ResourceNotFound: false } note ? note.Value : null;

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Settings))
        {
            Show(Settings);
        }
    }

    /// <summary>Shows what stands; what the reader has typed stays, and where a colleague changed that as well, this is said.</summary>
    private void Show(CompanySettings settings)
    {
        _shown = settings;
        foreach (var key in Section.Keys)
        {
            var now = settings.Get(key) ?? "";
            var typed = _values.GetValueOrDefault(key);
            var isOwn = typed is not null && typed != (CompanySettings.IsSecret(key) ? "" : _seen[key]) && typed != now;
            if (isOwn && _seen[key] != now)
            {
                _meanwhile.Add(key);
            }

            _values[key] = isOwn ? typed! : CompanySettings.IsSecret(key) ? "" : now;
            _seen[key] = now;
        }
    }

    /// <summary>A setting's name; the key where it has none yet.</summary>
    private string Label(string key) => Text[key] is { ResourceNotFound: false } label ? label.Value : key;

    private string? Hint(string key) => Text[key + "_hint"] is { ResourceNotFound: false } hint ? hint.Value : null;

    private string? Error(string key) => _problems.ContainsKey(key) ? Text["Unreadable"].Value
        : _meanwhile.Contains(key) ? Text["Meanwhile", Said(key)].Value
        : null;

    private string Said(string key) => CompanySettings.IsSecret(key) ? Text["AnotherValue"].Value
        : SettingsSections.ChoicesOf(key) is not null ? Text[$"{key}={_seen[key]}"].Value
        : _seen[key] is { Length: > 0 } value ? value : Format.Missing;

    private async Task SaveAsync(Submission sent)
    {
        _saving = true;
        try
        {
            var edits = Section.Keys.Where(key => CompanySettings.IsSecret(key) ? _values[key].Length > 0 : _values[key] != _seen[key]).ToDictionary(key => key, key => new SettingEdit(_seen[key], _values[key]));
            var result = await Edits.SaveAsync(await Current.GetAsync(), edits);
            _problems = result.Problems;
            switch (result.Outcome)
            {
                case ActOutcome.Done or ActOutcome.Unchanged:
                    _meanwhile.Clear();
                    foreach (var secret in Section.Keys.Where(CompanySettings.IsSecret))
                    {
                        _values[secret] = "";
                    }

                    sent.Saved();
                    Toasts.Tell(Text["Saved"]);
                    await Saved.InvokeAsync();
                    break;
                case ActOutcome.Conflict:
                    Show(result.Value!);
                    Toasts.Warn(Text["Conflict"]);
                    break;
                case ActOutcome.Forbidden:
                    Toasts.Fail(Text["NotAllowed"]);
                    break;
            }
        }
        finally
        {
            _saving = false;
        }
    }
}
