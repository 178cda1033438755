namespace CustomerSuccess.Core.Playbooks;

/// <summary>A play that somebody wrote or changed. One with the key of a built-in play stands for it; the others stand beside them.</summary>
public sealed class StoredPlay
{
    public required string PlayKey { get; set; }

    /// <summary>As <see cref="PlayText"/> writes it.</summary>
    public required string PlayJson { get; set; }

    /// <summary>True where nobody is to be asked to do it: it was turned off, or deleted and not shipped.</summary>
    public bool IsOff { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>When it was deleted; a built-in play whose changes are deleted is as it was shipped.</summary>
    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }
}

/// <summary>What a play said in one of its versions. Versions are only added.</summary>
public sealed class PlayVersion
{
    public required string PlayKey { get; set; }

    /// <summary>From 1; what was shipped is version 0.</summary>
    public int Version { get; set; }

    /// <summary>Null where the play was deleted, or put back to what was shipped.</summary>
    public string? PlayJson { get; set; }

    public DateTime At { get; set; }

    public string? ByEmail { get; set; }
}

/// <summary>A play as it holds now.</summary>
/// <param name="Play">What it says.</param>
/// <param name="Version">0 where nobody changed it.</param>
/// <param name="ChangedAt">UTC; null where nobody changed it.</param>
/// <param name="ChangedByEmail">Who did.</param>
public sealed record PlayEntry(Play Play, int Version, DateTime? ChangedAt, string? ChangedByEmail)
{
    public bool IsBuiltIn => PlayCatalogue.Find(Play.Key) is not null;

    /// <summary>The plays that hold: the shipped ones as they were changed, with a company's own before the last, which is for whoever has no better reason to be called.</summary>
    public static IReadOnlyList<PlayEntry> Of(IEnumerable<StoredPlay> stored)
    {
        var known = stored.Where(play => play.DeletedAt is null).ToDictionary(play => play.PlayKey, StringComparer.Ordinal);
        var shipped = PlayCatalogue.All.Select(play => known.TryGetValue(play.Key, out var changed) ? Of(changed) : new PlayEntry(play, 0, null, null)).ToList();
        var own = known.Values.Where(play => PlayCatalogue.Find(play.PlayKey) is null).OrderBy(play => play.PlayKey, StringComparer.Ordinal).Select(Of);
        return [.. shipped.Where(entry => entry.Play.Key != PlayCatalogue.CheckIn), .. own, .. shipped.Where(entry => entry.Play.Key == PlayCatalogue.CheckIn)];
    }

    private static PlayEntry Of(StoredPlay stored) => new(PlayText.Read(stored.PlayJson), stored.Version, stored.ChangedAt, stored.ChangedByEmail);
}
