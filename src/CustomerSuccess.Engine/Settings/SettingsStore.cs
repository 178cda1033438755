using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Settings;

/// <summary>Reads and changes the company's settings.</summary>
public sealed class SettingsStore(Database database, TimeProvider clock)
{
    private readonly SecretBox _secrets = new(database);

    public async Task<CompanySettings> ReadAsync(CancellationToken cancellation = default)
    {
        await using var context = database.OpenContext();
        return await ReadAsync(context, cancellation);
    }

    /// <summary>The settings as a transaction sees them.</summary>
    internal static async Task<CompanySettings> ReadAsync(CustomerSuccessContext context, CancellationToken cancellation)
    {
        var rows = await context.Settings.AsNoTracking().Select(row => new { row.Key, row.Value }).ToListAsync(cancellation);
        return CompanySettings.From(rows.Select(row => KeyValuePair.Create(row.Key, row.Value)));
    }

    /// <summary>A secret setting's value.</summary>
    /// <exception cref="InvalidOperationException">It cannot be read any more.</exception>
    internal string Open(string stored) => _secrets.Open(stored);

    /// <summary>A value as it may be stored without anybody being able to read it.</summary>
    internal string Seal(string value) => _secrets.Seal(value);

    /// <summary>Sets one key; a secret one is sealed. False for an unknown key or a value outside its range; nothing is changed then.</summary>
    public async Task<bool> SetAsync(Viewer viewer, string key, string value, CancellationToken cancellation = default)
    {
        value = CompanySettings.IsSecret(key) ? _secrets.Seal(value.Trim()) : value;
        if (new CompanySettings().TrySet(key, value) is not { } settings)
        {
            return false;
        }

        await using var context = database.OpenContext();
        var now = clock.GetUtcNow().UtcDateTime;
        if (key is CompanySettings.HealthGoodKey or CompanySettings.HealthWatchKey
            && !await HealthSchemes.SetBandAsync(context, viewer, key, key == CompanySettings.HealthGoodKey ? settings.HealthGood : settings.HealthWatch, now, cancellation))
        {
            return false;
        }

        var row = await context.Settings.FindAsync([key], cancellation);
        if (row is null)
        {
            row = new Setting { Key = key, Value = value, ChangedBy = viewer.UserId };
            context.Settings.Add(row);
        }

        row.Value = value.Trim();
        row.ChangedAt = now;
        row.ChangedBy = viewer.UserId;
        await context.SaveChangesAsync(cancellation);
        return true;
    }
}
