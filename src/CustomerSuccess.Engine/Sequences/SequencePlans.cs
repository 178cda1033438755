using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Sequences;

/// <summary>What plays said in the versions that enrolments follow.</summary>
internal static class SequencePlans
{
    /// <summary>A play as it was in a version; null where that version says nothing.</summary>
    public static async Task<Play?> FindAsync(CustomerSuccessContext context, string key, int version, CancellationToken cancellation)
    {
        var json = await context.PlayVersions.AsNoTracking().Where(known => known.PlayKey == key && known.Version == version).Select(known => known.PlayJson).FirstOrDefaultAsync(cancellation);
        return json is not null ? PlayText.Read(json) : PlayCatalogue.Find(key);
    }

    /// <summary>The same for many.</summary>
    public static async Task<IReadOnlyDictionary<(string Key, int Version), Play>> ReadAsync(CustomerSuccessContext context, IEnumerable<(string Key, int Version)> wanted, CancellationToken cancellation)
    {
        var plays = new Dictionary<(string, int), Play>();
        foreach (var (key, version) in wanted.Distinct())
        {
            if (await FindAsync(context, key, version, cancellation) is { } play)
            {
                plays.Add((key, version), play);
            }
        }

        return plays;
    }

    /// <summary>The play of a key as it holds now; null where there is none.</summary>
    public static async Task<PlayEntry?> CurrentAsync(CustomerSuccessContext context, string key, CancellationToken cancellation) =>
        (await PlayQuery.ReadAsync(context, cancellation)).FirstOrDefault(entry => entry.Play.Key == key);
}
