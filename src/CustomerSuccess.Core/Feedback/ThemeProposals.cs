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
        var inCaught = new Dictionary<string, int>(StringComparer.Ordinal);
        var postings = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var caught = 0;
        for (var i = 0; i < texts.Count; i++)
        {
            foreach (var term in FeedbackTerms.Named(texts[i].Text))
            {
                if (texts[i].IsCaught)
                {
                    inCaught[term] = inCaught.GetValueOrDefault(term) + 1;
                }
                else
                {
                    (postings.TryGetValue(term, out var list) ? list : postings[term] = []).Add(i);
                }
            }

            caught += texts[i].IsCaught ? 1 : 0;
        }

        var free = texts.Count - caught;
        var told = postings.Where(pair => caught == 0 || (double)pair.Value.Count / free > 2.0 * inCaught.GetValueOrDefault(pair.Key) / caught).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var taken = new HashSet<int>();
        var found = new List<ThemeProposal>();
        while (found.Count < Most)
        {
            var best = told.Select(pair => (Term: pair.Key, Texts: pair.Value.Where(text => !taken.Contains(text)).ToHashSet()))
                .Select(one => (one.Term, one.Texts, Accounts: one.Texts.Select(text => texts[text].Account).Distinct().Count()))
                .Where(one => one.Accounts >= LeastAccounts)
                .OrderByDescending(one => one.Accounts).ThenByDescending(one => one.Texts.Count).ThenBy(one => one.Term, StringComparer.Ordinal).FirstOrDefault();
            if (best.Term is null)
            {
                break;
            }

            var beside = told.Where(pair => pair.Key != best.Term)
                .Select(pair => (Term: pair.Key, Both: pair.Value.Count(best.Texts.Contains), Own: pair.Value.Count))
                .Select(one => (one.Term, one.Both, Share: one.Both / (double)(best.Texts.Count + one.Own - one.Both)))
                .Where(one => one.Share >= Together).OrderByDescending(one => one.Share).ThenBy(one => one.Term, StringComparer.Ordinal).Take(MostTerms - 1).Select(one => one.Term);
            found.Add(new([best.Term, .. beside], best.Texts.Count, best.Accounts, [.. best.Texts.Order().GroupBy(text => texts[text].Text, StringComparer.Ordinal).Select(same => same.First()).Take(3)]));
            taken.UnionWith(best.Texts);
            told.Remove(best.Term);
        }

        return found;
    }
}
