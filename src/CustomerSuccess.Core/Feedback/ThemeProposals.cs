namespace CustomerSuccess.Core.Feedback;

/// <summary>A theme that nobody defined.</summary>
/// <param name="Terms">The terms that tell it, the strongest first: the words with which it would begin.</param>
/// <param name="Texts">Texts of no theme that hold the first of them.</param>
/// <param name="Accounts">Customers behind them.</param>
/// <param name="Quotes">Places of some of these texts in what was given, at most three.</param>
public sealed record ThemeProposal(IReadOnlyList<string> Terms, int Texts, int Accounts, IReadOnlyList<int> Quotes);

/// <summary>Finds what customers speak of that no theme catches.</summary>
public static class ThemeProposals
{
    /// <summary>Customers who must speak of it.</summary>
    public const int LeastAccounts = 4;

    private const int Most = 5, MostTerms = 6;

    private const double Together = 0.34;

    /// <summary>
    /// Takes again and again the term that most customers wrote in texts of no theme, and those that mostly stand with it, until too few are left. What is in texts with a theme just as often tells nothing new and is left out.
    /// </summary>
    /// <param name="texts">Each text's account, words as written, and whether a theme catches it.</param>
    public static IReadOnlyList<ThemeProposal> Of(IReadOnlyList<(int Account, string Text, bool IsCaught)> texts)
    {
        var vocabulary = new TermVocabulary();
        return Of([.. texts.Select(text => new TermedText(text.Account, text.Text, vocabulary.Of(text.Text), text.IsCaught))], vocabulary);
    }

    /// <summary>The same of texts whose terms were found before.</summary>
    /// <param name="texts">Each with its terms.</param>
    /// <param name="vocabulary">Of which the terms are.</param>
    public static IReadOnlyList<ThemeProposal> Of(IReadOnlyList<TermedText> texts, TermVocabulary vocabulary)
    {
        var (inCaught, free) = (new int[vocabulary.Count], new int[vocabulary.Count]);
        var caught = 0;
        foreach (var text in texts)
        {
            var counts = text.IsCaught ? inCaught : free;
            foreach (var term in text.Terms)
            {
                counts[term]++;
            }

            caught += text.IsCaught ? 1 : 0;
        }

        var all = texts.Count - caught;
        bool IsTold(int term) => free[term] > 0 && (caught == 0 || (double)free[term] / all > 2.0 * inCaught[term] / caught);
        var told = new Dictionary<int, List<int>>();
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var term in texts[i].IsCaught ? [] : texts[i].Terms)
            {
                if (IsTold(term))
                {
                    (told.TryGetValue(term, out var own) ? own : told[term] = []).Add(i);
                }
            }
        }

        // customers by places of their own, so that they can be told apart without a set for each term
        var places = new Dictionary<int, int>();
        var customers = texts.Select(text => places.TryGetValue(text.Account, out var known) ? known : places[text.Account] = places.Count).ToArray();
        var (seen, round) = (new int[places.Count], 0);
        var taken = new bool[texts.Count];
        var found = new List<ThemeProposal>();
        while (found.Count < Most)
        {
            var best = (Term: -1, Accounts: 0, Texts: 0);
            foreach (var (term, own) in told)
            {
                var (accounts, count) = (0, 0);
                round++;
                foreach (var text in own)
                {
                    if (!taken[text])
                    {
                        count++;
                        accounts += seen[customers[text]] == round ? 0 : 1;
                        seen[customers[text]] = round;
                    }
                }

                if (accounts >= LeastAccounts && (accounts > best.Accounts || (accounts == best.Accounts && (count > best.Texts || (count == best.Texts && string.CompareOrdinal(vocabulary[term], vocabulary[best.Term]) < 0)))))
                {
                    best = (term, accounts, count);
                }
            }

            if (best.Term < 0)
            {
                break;
            }

            List<int> mine = [.. told[best.Term].Where(text => !taken[text])];
            var with = new Dictionary<int, int>();
            foreach (var term in mine.SelectMany(text => texts[text].Terms))
            {
                with[term] = with.GetValueOrDefault(term) + 1;
            }

            var beside = with.Where(pair => pair.Key != best.Term && told.ContainsKey(pair.Key)).Select(pair => (Term: vocabulary[pair.Key], Share: pair.Value / (double)(mine.Count + told[pair.Key].Count - pair.Value)))
                .Where(one => one.Share >= Together).OrderByDescending(one => one.Share).ThenBy(one => one.Term, StringComparer.Ordinal).Take(MostTerms - 1).Select(one => one.Term);
            found.Add(new([vocabulary[best.Term], .. beside], mine.Count, best.Accounts, [.. mine.GroupBy(text => texts[text].Text, StringComparer.Ordinal).Select(same => same.First()).Take(3)]));
            foreach (var text in mine)
            {
                taken[text] = true;
            }

            told.Remove(best.Term);
        }

        return found;
    }
}
