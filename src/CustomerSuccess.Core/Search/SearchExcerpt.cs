namespace CustomerSuccess.Core.Search;

/// <summary>A stretch of an excerpt.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="IsHit">True where it is what was looked for.</param>
public readonly record struct ExcerptPart(string Text, bool IsHit);

/// <summary>Cuts out of a text what was looked for, with what stands around it.</summary>
public static class SearchExcerpt
{
    /// <summary>The text's stretch around the first hit; its beginning where nothing is hit. What was cut off shows as an ellipsis.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="words">Folded, as <see cref="SearchTokens.WordsOf"/> gives them.</param>
    /// <param name="length">Characters at most, beside the ellipses.</param>
    public static IReadOnlyList<ExcerptPart> Of(string text, IReadOnlyList<string> words, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        var hits = Hits(FoldedText.Of(text), words);
        var from = hits.Count > 0 && text.Length > length ? Math.Clamp(hits[0].From - (length / 4), 0, text.Length - length) : 0;
        var until = Math.Min(text.Length, from + length);
        (from, until) = (Whole(text, from), Whole(text, until));
        List<ExcerptPart> parts = from > 0 ? [new("…", false)] : [];
        var at = from;
        foreach (var (start, end) in hits.Where(hit => hit.End > from && hit.From < until))
        {
            var (first, last) = (Math.Max(start, from), Math.Min(end, until));
            Add(text[at..first], false);
            Add(text[first..last], true);
            at = last;
        }

        Add(text[at..until], false);
        Add(until < text.Length ? "…" : "", false);
        return parts;

        void Add(string part, bool isHit)
        {
            if (part.Length > 0)
            {
                parts.Add(new(part, isHit));
            }
        }
    }

    /// <summary>Where words stand in the text as it was written, one after another, those that touch as one.</summary>
    private static List<(int From, int End)> Hits(FoldedText folded, IReadOnlyList<string> words)
    {
        List<(int From, int End)> found = [];
        foreach (var word in words)
        {
            for (var at = folded.Text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.Text.IndexOf(word, at + word.Length, StringComparison.Ordinal))
            {
                found.Add((folded.FromOf(at), folded.EndOf(at + word.Length)));
            }
        }

        found.Sort();
        List<(int From, int End)> apart = [];
        foreach (var hit in found)
        {
            if (apart.Count > 0 && hit.From <= apart[^1].End)
            {
                apart[^1] = (apart[^1].From, Math.Max(apart[^1].End, hit.End));
            }
            else
            {
                apart.Add(hit);
            }
        }

        return apart;
    }

    private static int Whole(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at - 1 : at;
}
