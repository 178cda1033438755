using CustomerSuccess.Core.Inquiries;

namespace CustomerSuccess.Core.Feedback;

/// <summary>
/// Finds which of many words a folded text holds in one pass over it, however many there are (Aho and Corasick, 1975). A Latin word counts where a word begins so, a Japanese one anywhere,
/// as <see cref="ThemeWords.Finds"/> has it.
/// </summary>
internal sealed class WordFinder
{
    private readonly Dictionary<char, int> _letters = [];
    private readonly int[] _next;
    private readonly int[][] _ends;
    private readonly string[] _words;

    /// <param name="words">Folded; none is empty.</param>
    public WordFinder(IReadOnlyList<string> words)
    {
        _words = [.. words];
        foreach (var letter in _words.SelectMany(word => word))
        {
            _letters.TryAdd(letter, _letters.Count);
        }

        var width = _letters.Count;
        var states = 1 + _words.Sum(word => word.Length);
        (_next, _ends) = (new int[states * width], new int[states][]);
        var (count, ends) = (1, new List<int>?[states]);
        for (var w = 0; w < _words.Length; w++)
        {
            var state = 0;
            foreach (var letter in _words[w])
            {
                ref var next = ref _next[(state * width) + _letters[letter]];
                state = next == 0 ? next = count++ : next;
            }

            (ends[state] ??= []).Add(w);
        }

        // level by level, each state goes on where the longest end of it that begins a word would
        var (fallback, queue) = (new int[states], new Queue<int>());
        for (var letter = 0; letter < width; letter++)
        {
            if (_next[letter] != 0)
            {
                queue.Enqueue(_next[letter]);
            }
        }

        while (queue.TryDequeue(out var state))
        {
            if (ends[fallback[state]] is { } shorter)
            {
                (ends[state] ??= []).AddRange(shorter);
            }

            for (var letter = 0; letter < width; letter++)
            {
                ref var next = ref _next[(state * width) + letter];
                var instead = _next[(fallback[state] * width) + letter];
                if (next == 0)
                {
                    next = instead;
                }
                else
                {
                    fallback[next] = instead;
                    queue.Enqueue(next);
                }
            }
        }

        for (var state = 0; state < states; state++)
        {
            _ends[state] = ends[state]?.ToArray() ?? [];
        }
    }

    /// <summary>Marks the words that a text holds; false where it holds none.</summary>
    /// <param name="folded">The text.</param>
    /// <param name="found">A place for each word, all false.</param>
    public bool Find(string folded, bool[] found)
    {
        var (state, width, any) = (0, _letters.Count, false);
        for (var i = 0; i < folded.Length; i++)
        {
            state = _letters.TryGetValue(folded[i], out var letter) ? _next[(state * width) + letter] : 0;
            foreach (var word in _ends[state])
            {
                if (!found[word] && Begins(folded, i + 1 - _words[word].Length, _words[word]))
                {
                    found[word] = any = true;
                }
            }
        }

        return any;
    }

    /// <summary>後はAPI: a Latin word may follow Japanese without a blank.</summary>
    private static bool Begins(string folded, int at, string word) =>
        TextLanguage.IsJapanese(word[0]) || at == 0 || !char.IsLetterOrDigit(folded[at - 1]) || TextLanguage.IsJapanese(folded[at - 1]);
}
