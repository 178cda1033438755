using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Feedback;

/// <summary>Everything of a theme that people edit.</summary>
public sealed record ThemeState(string Name, string? NameJa, ThemeKind Kind, string Words, string? MergedInto, bool IsHidden)
{
    public static ThemeState Of(FeedbackTheme theme) => new(theme.Name, theme.NameJa, theme.Kind, theme.Words, theme.MergedInto, theme.IsHidden);
}

/// <summary>A version of a theme.</summary>
/// <param name="Version">Counts up from 1; 0 as it is shipped.</param>
/// <param name="Entry">What made it so; null as it is shipped.</param>
/// <param name="State">What the theme was then.</param>
public sealed record ThemeVersion(int Version, JournalEntry? Entry, ThemeState State)
{
    /// <summary>Which fields differ from the version before, in the journal's writing.</summary>
    public IReadOnlyDictionary<string, FieldChange> Changes => FieldChanges.Read(Entry?.ChangesJson);
}

/// <summary>What a theme was, version by version, out of the journal: every change counts its version up by one and notes the fields before it.</summary>
public static class ThemeHistory
{
    /// <summary>A theme's versions.</summary>
    /// <param name="now">The theme as it stands.</param>
    /// <param name="newestFirst">Its entries in the journal; where the oldest are left out, so are their versions.</param>
    /// <returns>Newest first; of a theme of the catalogue with its shipped state last.</returns>
    public static IReadOnlyList<ThemeVersion> Of(FeedbackTheme now, IReadOnlyList<JournalEntry> newestFirst)
    {
        var (state, version) = (ThemeState.Of(now), now.Version);
        var versions = new List<ThemeVersion>();
        foreach (var entry in newestFirst.Take(now.Version))
        {
            versions.Add(new(version--, entry, state));
            state = Before(state, FieldChanges.Read(entry.ChangesJson));
        }

        if (version == 0 && ThemeCatalogue.Of(now.ThemeId) is { } shipped)
        {
            versions.Add(new(0, null, ThemeState.Of(shipped)));
        }

        return versions;
    }

    private static ThemeState Before(ThemeState state, IReadOnlyDictionary<string, FieldChange> changes)
    {
        foreach (var (field, change) in changes)
        {
            state = field switch
            {
                "name" => state with { Name = change.Before ?? "" },
                "name_ja" => state with { NameJa = change.Before },
                "kind" => state with { Kind = Enum.TryParse<ThemeKind>(change.Before, out var kind) ? kind : state.Kind },
                "words" => state with { Words = change.Before ?? "" },
                "merged_into" => state with { MergedInto = change.Before },
                "hidden" => state with { IsHidden = change.Before == "true" },
                _ => state,
            };
        }

        return state;
    }
}
