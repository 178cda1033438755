using System.Runtime.InteropServices;
using CustomerSuccess.Core.Accounts;

namespace CustomerSuccess.Core.Inquiries;

/// <summary>A text that resembles another.</summary>
/// <param name="Item">What was added with it.</param>
/// <param name="Score">0–1: the share of what the text asked for would score against itself.</param>
public readonly record struct SimilarText<T>(T Item, double Score);

/// <summary>
/// Finds texts about the same matter, in Japanese and English, by Okapi BM25 (Robertson and Zaragoza, 2009; k₁ = 1.2, b = 0.75) over words where blanks
/// stand between them and over pairs of characters where none do. Not safe for use while texts are added.
/// </summary>
public sealed class SimilarTexts<T>
{
    private const double K1 = 1.2, B = 0.75;

    /// <summary>Terms of a text that are looked for: the rarest ones tell it apart.</summary>
    private const int MostTerms = 64;

    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<List<(int Text, int Count)>> _postings = [];
    private readonly List<T> _items = [];
    private readonly List<int> _lengths = [];
    private long _length;

    public int Count => _items.Count;

    /// <summary>Adds a text.</summary>
    public void Add(T item, string text)
    {
        var counts = Counts(text, out var length);
        var no = _items.Count;
        _items.Add(item);
        _lengths.Add(length);
        _length += length;
        foreach (var (term, count) in counts)
        {
            ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_terms, term, out var exists);
            if (!exists)
            {
                id = _postings.Count;
                _postings.Add([]);
            }

            _postings[id].Add((no, count));
        }
    }

    /// <summary>The texts that resemble one most, the best first.</summary>
    /// <param name="text">What is asked about.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="least">The score below which nothing is said, 0–1.</param>
    /// <param name="isWanted">False for items to leave out; null for none.</param>
    public IReadOnlyList<SimilarText<T>> Find(string text, int most, double least = 0.15, Predicate<T>? isWanted = null)
    {
        var average = _items.Count == 0 ? 0 : Math.Max(1, _length / (double)_items.Count);
        var counts = Counts(text, out var length);
        var known = counts
            .Select(term => (Id: _terms.TryGetValue(term.Key, out var id) ? id : -1, term.Value))
            .Select(term => (term.Id, term.Value, Weight: Weight(term.Id < 0 ? 0 : _postings[term.Id].Count)))
            .OrderByDescending(term => term.Weight).ThenBy(term => term.Id)
            .Take(MostTerms)
            .ToList();
        var whole = known.Sum(term => term.Weight * Saturated(term.Value, length, average));
        if (_items.Count == 0 || whole <= 0)
        {
            return [];
        }

        var scores = new Dictionary<int, double>();
        foreach (var (id, _, weight) in known.Where(term => term.Id >= 0))
        {
            foreach (var (no, count) in _postings[id])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(scores, no, out _) += weight * Saturated(count, _lengths[no], average);
            }
        }

        return
        [
            .. scores
                .Where(pair => pair.Value >= least * whole && (isWanted is null || isWanted(_items[pair.Key])))
                .OrderByDescending(pair => pair.Value).ThenByDescending(pair => pair.Key)
                .Take(most)
                .Select(pair => new SimilarText<T>(_items[pair.Key], Math.Min(1, pair.Value / whole))),
        ];
    }

    private double Weight(int texts) => Math.Log(1 + ((_items.Count - texts + 0.5) / (texts + 0.5)));

    private static double Saturated(int count, int length, double average) => count * (K1 + 1) / (count + (K1 * (1 - B + (B * length / average))));

    private static Dictionary<string, int> Counts(string text, out int length)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        length = 0;
        foreach (var term in Terms(text))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
            length++;
        }

        return counts;
    }

    /// <summary>Words of letters and digits, plurals folded, and pairs of neighbouring Japanese characters.</summary>
    internal static IEnumerable<string> Terms(string text)
    {
        var key = SortKey.Folded(text);
        for (var i = 0; i < key.Length;)
        {
            var start = i;
            if (TextLanguage.IsJapanese(key[i]))
            {
                while (i < key.Length && TextLanguage.IsJapanese(key[i]))
                {
                    i++;
                }

                for (var at = start; at < i - 1; at++)
                {
                    // a pair of hiragana is mostly grammar
                    if (!IsHiragana(key[at]) || !IsHiragana(key[at + 1]) || i - start <= 3)
                    {
                        yield return key.Substring(at, 2);
                    }
                }

                if (i - start == 1)
                {
                    yield return key.Substring(start, 1);
                }
            }
            else if (char.IsLetterOrDigit(key[i]))
            {
                while (i < key.Length && char.IsLetterOrDigit(key[i]) && !TextLanguage.IsJapanese(key[i]))
                {
                    i++;
                }

                if (i - start > 1)
                {
                    yield return Stem(key[start..i]);
                }
            }
            else
            {
                i++;
            }
        }
    }

    private static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u3096';

    /// <summary>Folds the commonest English endings, so that <c>exports</c>, <c>exported</c> and <c>exporting</c> meet.</summary>
    private static string Stem(string word) => word switch
    {
        { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => word[..^3],
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 4 } when word.EndsWith("ed", StringComparison.Ordinal) => word[..^2],
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };
}
