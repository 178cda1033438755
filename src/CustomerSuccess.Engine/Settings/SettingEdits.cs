using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Journal;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Settings;

/// <summary>A setting that somebody changes.</summary>
/// <param name="Seen">The value that stood on the page, as <see cref="CompanySettings.Get"/> writes it.</param>
/// <param name="Wanted">The value that it is to have.</param>
public sealed record SettingEdit(string? Seen, string Wanted);

/// <summary>Changes several settings together or none of them, and tells open pages. Bands of health and the desk's rules have commands of their own.</summary>
public sealed class SettingEdits(Acts acts, SettingsStore store)
{
    private const string Hidden = "(set)";

    /// <summary>True where the viewer may change the company's settings.</summary>
    public static bool MayChange(Viewer viewer) => viewer.IsIn(Roles.CsOperations, Roles.Administrator);

    /// <summary>
    /// Sets what is given. Invalid with the code <c>unreadable</c> for each key whose value is outside its range or that there is none of; a conflict, with the settings as they stand,
    /// where somebody else changed one of them meanwhile.
    /// </summary>
    public async Task<ActResult<CompanySettings>> SaveAsync(Viewer viewer, IReadOnlyDictionary<string, SettingEdit> edits, CancellationToken cancellation = default)
    {
        if (!MayChange(viewer))
        {
            return ActResult.Forbidden<CompanySettings>();
        }

        // sealing may write a key of its own, which a transaction would keep waiting
        var stored = edits.ToDictionary(edit => edit.Key, edit => edit.Value.Wanted.Trim() is var wanted && CompanySettings.IsSecret(edit.Key) ? store.Seal(wanted) : wanted);
        return await acts.RunAsync(viewer, async act =>
        {
            await act.LockAsync("settings");
            var rows = await act.Context.Settings.ToDictionaryAsync(row => row.Key, cancellation);
            var settings = CompanySettings.From(rows.Values.Select(row => KeyValuePair.Create(row.Key, row.Value)));
            var (changes, problems) = (new FieldChanges(), new Dictionary<string, string>());
            foreach (var (key, edit) in edits)
            {
                var (before, wanted) = (settings.Get(key), edit.Wanted.Trim());
                var isSecret = CompanySettings.IsSecret(key);
                if (before is null || key is CompanySettings.HealthGoodKey or CompanySettings.HealthWatchKey || new CompanySettings().TrySet(key, stored[key]) is null)
                {
                    problems[key] = "unreadable";
                }
                else if (!isSecret && before == wanted)
                {
                    // a colleague wanted the same
                }
                else if (before != edit.Seen)
                {
                    return ActResult.Conflict(settings);
                }
                else
                {
                    Put(act, rows, key, stored[key]);
                    changes.Note(key, isSecret ? null : before, isSecret ? Hidden : wanted);
                }
            }

            if (problems.Count > 0)
            {
                return ActResult.Invalid<CompanySettings>(problems);
            }

            if (!changes.Any)
            {
                return ActResult.Unchanged(settings);
            }

            act.Note(JournalAreas.Setting, "changed", changes: changes);
            return ActResult.Done(CompanySettings.From(rows.Values.Select(row => KeyValuePair.Create(row.Key, row.Value))));
        }, cancellation);
    }

    private static void Put(ActScope act, Dictionary<string, Setting> rows, string key, string value)
    {
        if (!rows.TryGetValue(key, out var row))
        {
            rows[key] = row = new Setting { Key = key, Value = value, ChangedBy = act.Viewer.UserId };
            act.Context.Settings.Add(row);
        }

        (row.Value, row.ChangedAt, row.ChangedBy) = (value, act.Now, act.Viewer.UserId);
    }
}
