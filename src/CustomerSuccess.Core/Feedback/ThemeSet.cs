namespace CustomerSuccess.Core.Feedback;

/// <summary>The themes of a company at one state of its edits, and which of them a text is of. The same text is always of the same themes.</summary>
public sealed class ThemeSet
{
    private readonly (ThemeWords Words, int Target)[] _rules;

    /// <param name="stored">What the company made of themes, and its own ones.</param>
    public ThemeSet(IEnumerable<FeedbackTheme> stored)
    {
        var edited = stored.ToDictionary(theme => theme.ThemeId, StringComparer.Ordinal);
        All =
        [
            .. ThemeCatalogue.All.Select(theme => edited.GetValueOrDefault(theme.ThemeId, theme)),
            .. edited.Values.Where(theme => ThemeCatalogue.Of(theme.ThemeId) is null).OrderBy(theme => theme.ThemeId, StringComparer.Ordinal),
        ];
        var byId = All.ToDictionary(theme => theme.ThemeId, StringComparer.Ordinal);
        Shown = [.. All.Where(theme => !theme.IsHidden && TargetOf(theme, byId) == theme)];
        var places = Shown.Select((theme, i) => (theme.ThemeId, i)).ToDictionary(pair => pair.ThemeId, pair => pair.i, StringComparer.Ordinal);
        _rules = [.. All.Where(theme => !theme.IsHidden).Select(theme => (ThemeWords.Parse(theme.Words), Target: places.GetValueOrDefault(TargetOf(theme, byId).ThemeId, -1))).Where(rule => rule.Target >= 0 && !rule.Item1.IsEmpty)];
        Stamp = string.Join('|', All.Where(theme => theme.Version > 0).Select(theme => FormattableString.Invariant($"{theme.ThemeId}:{theme.Version}")));
    }

    /// <summary>Every theme, also hidden and merged ones.</summary>
    public IReadOnlyList<FeedbackTheme> All { get; }

    /// <summary>Themes that stand for themselves, in an order that edits of others do not change.</summary>
    public IReadOnlyList<FeedbackTheme> Shown { get; }

    /// <summary>Tells this state from every other.</summary>
    public string Stamp { get; }

    /// <summary>Which of the themes shown a folded text is of, by their places in <see cref="Shown"/>, ascending.</summary>
    public int[] Of(string folded)
    {
        var found = new SortedSet<int>();
        foreach (var (words, target) in _rules)
        {
            if (!found.Contains(target) && words.Finds(folded))
            {
                found.Add(target);
            }
        }

        return [.. found];
    }

    /// <summary>The parts by which texts of a theme are told, those of themes merged into it among them.</summary>
    public IReadOnlyList<string> PartsOf(string themeId)
    {
        var byId = All.ToDictionary(theme => theme.ThemeId, StringComparer.Ordinal);
        return [.. All.Where(theme => !theme.IsHidden && TargetOf(theme, byId).ThemeId == themeId).SelectMany(theme => ThemeWords.Parse(theme.Words).Parts).Distinct(StringComparer.Ordinal)];
    }

    private static FeedbackTheme TargetOf(FeedbackTheme theme, Dictionary<string, FeedbackTheme> byId)
    {
        var target = theme;
        for (var steps = 0; target.MergedInto is { } next && byId.TryGetValue(next, out var found) && steps < byId.Count; steps++)
        {
            target = found;
        }

        // a circle, which edits refuse, would be nobody's
        return target.MergedInto is not null && byId.ContainsKey(target.MergedInto) ? theme : target;
    }
}
