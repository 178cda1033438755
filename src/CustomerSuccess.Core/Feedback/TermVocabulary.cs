namespace CustomerSuccess.Core.Feedback;

/// <summary>A text with the terms that name what it is about.</summary>
/// <param name="Account">Who wrote it.</param>
/// <param name="Text">As it was written.</param>
/// <param name="Terms">Numbers of a vocabulary, each once.</param>
/// <param name="IsCaught">True where a theme catches it.</param>
public readonly record struct TermedText(int Account, string Text, int[] Terms, bool IsCaught);

/// <summary>Numbers the terms of texts, so that a text's terms take little room and are told apart quickly. It may be asked by several threads at once.</summary>
public sealed class TermVocabulary
{
    private readonly Lock _numbering = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];

    /// <summary>How many terms there are.</summary>
    public int Count
    {
        get
        {
            lock (_numbering)
            {
                return _terms.Count;
            }
        }
    }

    /// <summary>The term of a number.</summary>
    public string this[int number]
    {
        get
        {
            lock (_numbering)
            {
                return _terms[number];
            }
        }
    }

    /// <summary>The terms of a text, as <see cref="FeedbackTerms.Named"/> finds them.</summary>
    public int[] Of(string text)
    {
        var named = FeedbackTerms.Named(text);
        var numbers = new int[named.Count];
        lock (_numbering)
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                if (!_numbers.TryGetValue(named[i], out numbers[i]))
                {
                    _numbers.Add(named[i], numbers[i] = _terms.Count);
                    _terms.Add(named[i]);
                }
            }
        }

        return numbers;
    }
}
