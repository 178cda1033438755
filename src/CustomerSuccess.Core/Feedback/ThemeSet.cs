namespace CustomerSuccess.Core.Feedback;

/// <summary>The themes of a company at one state of its edits, and which of them a text is of. The same text is always of the same themes.</summary>
public sealed class ThemeSet
{
    private readonly (int[][] Any, int[][] None, int Target)[] _rules;
    private readonly WordFinder _finder;
    private readonly int _words;

    /// <param name="stored">What the company made of themes, and its own ones.</param>
    public ThemeSet(IEnumerable<FeedbackTheme> stored)
    {
        All = AllOf(stored);
        var byId = All.ToDictionary(theme => theme.ThemeId, StringComparer.Ordinal);
        Shown = [.. All.Where(theme => !theme.IsHidden && TargetOf(theme, byId) == theme)];
        var places = Shown.Select((theme, i) => (theme.ThemeId, i)).ToDictionary(pair => pair.ThemeId, pair => pair.i, StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[][] Numbered(IReadOnlyList<string[]> entries) => [.. entries.Select(entry => entry.Select(part => numbers.TryGetValue(part, out var known) ? known : numbers[part] = numbers.Count).ToArray())];
        _rules =
        [
            .. All.Where(theme => !theme.IsHidden).Select(theme => (Words: ThemeWords.Parse(theme.Words), Target: places.GetValueOrDefault(TargetOf(theme, byId).ThemeId, -1))).Where(rule => rule.Target >= 0 && !rule.Words.IsEmpty)
                .Select(rule => (Numbered(rule.Words.Any), Numbered(rule.Words.None), rule.Target)),
        ];
        (_finder, _words) = (new([.. numbers.OrderBy(word => word.Value).Select(word => word.Key)]), numbers.Count);
        Stamp = StampOf(All);
    }

    /// <summary>Every theme, also hidden and merged ones.</summary>
    public IReadOnlyList<FeedbackTheme> All { get; }

    /// <summary>Themes that stand for themselves, in an order that edits of others do not change.</summary>
    public IReadOnlyList<FeedbackTheme> Shown { get; }

    /// <summary>Tells this state from every other.</summary>
    public string Stamp { get; }

    /// <summary>What <see cref="Stamp"/> would be, without the rest.</summary>
    /// <param name="stored">What the company made of themes, and its own ones.</param>
    public static string StampOf(IEnumerable<FeedbackTheme> stored) =>
        string.Join('|', AllOf(stored).Where(theme => theme.Version > 0).Select(theme => FormattableString.Invariant($"{theme.ThemeId}:{theme.Version}")));

    /// <summary>Which of the themes shown a folded text is of, by their places in <see cref="Shown"/>, ascending.</summary>
    public int[] Of(string folded)
    {
        var held = new bool[_words];
        if (!_finder.Find(folded, held))
        {
            return [];
        }

        var found = new SortedSet<int>();
        foreach (var (any, none, target) in _rules)
        {
            if (!found.Contains(target) && Holds(any, held) && !Holds(none, held))
            {
                found.Add(target);
            }
        }

        return [.. found];
    }

    private static List<FeedbackTheme> AllOf(IEnumerable<FeedbackTheme> stored)
    {
        var edited = stored.ToDictionary(theme => theme.ThemeId, StringComparer.Ordinal);
        return
        [
            .. ThemeCatalogue.All.Select(theme => edited.GetValueOrDefault(theme.ThemeId, theme)),
            .. edited.Values.Where(theme => ThemeCatalogue.Of(theme.ThemeId) is null).OrderBy(theme => theme.ThemeId, StringComparer.Ordinal),
        ];
    }

    private static bool Holds(int[][] entries, bool[] held)
    {
        foreach (var entry in entries)
        {
            if (Array.TrueForAll(entry, part => held[part]))
            {
                return true;
            }
        }

        return false;
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
