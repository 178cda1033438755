namespace CustomerSuccess.Core.Feedback;

/// <summary>A text whose author also said by a score how satisfied he or she is.</summary>
/// <param name="Folded">As <see cref="ThemeWords.Folded"/> makes it.</param>
/// <param name="IsUnhappy">True for a low score, false for a high one; those in between teach nothing.</param>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
public readonly record struct ScoredText(string Folded, bool IsUnhappy, string Language);

/// <summary>How well sentiment is told on texts that were not learned from.</summary>
/// <param name="Language"><c>ja</c>, <c>en</c>, or null for both.</param>
/// <param name="Texts">Different texts with a high or a low score.</param>
/// <param name="Unhappy">Of these, with a low one.</param>
/// <param name="Auc">How often an unhappy text is ranked above a happy one, 0–1; null where one kind is missing.</param>
/// <param name="Lower">Lower end of its 95 % interval (Hanley and McNeil, 1982).</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Told">Texts of which something was said.</param>
/// <param name="Right">Of these, as their score has it.</param>
public sealed record SentimentSkill(string? Language, int Texts, int Unhappy, double? Auc, double? Lower, double? Upper, int Told, int Right);

/// <summary>What a text sounds like.</summary>
public enum Sentiment
{
    /// <summary>Nothing can be said.</summary>
    Unclear,
    Happy,
    Unhappy,
}

/// <summary>
/// Tells from a company's own texts with scores what other texts sound like: logistic regression with a ridge over words, pairs of words and, in Japanese, pairs and triples of characters. No word list and nothing from elsewhere.
/// The same texts give the same model, in whatever order.
/// </summary>
public sealed class SentimentModel
{
    /// <summary>Different texts of either kind below which nothing is learned.</summary>
    public const int LeastOfEach = 30;

    /// <summary>The probability of being unhappy from which a text is called so, and below which it is called happy.</summary>
    public const double UnhappyFrom = 0.7, HappyBelow = 0.3;

    /// <summary>Different texts that are learned from at most.</summary>
    private const int Most = 20_000;

    private const int Folds = 5, Rounds = 25, LeastTexts = 2;

    private const double Ridge = 0.02, Pace = 0.3;

    private readonly Dictionary<string, float>? _weights;
    private readonly float _base;

    private SentimentModel(Dictionary<string, float>? weights, float level, IReadOnlyList<SentimentSkill> skill) => (_weights, _base, Skill) = (weights, level, skill);

    /// <summary>On texts that were not learned from: of both languages, then of each.</summary>
    public IReadOnlyList<SentimentSkill> Skill { get; }

    /// <summary>True where there are enough texts of either kind.</summary>
    public bool HasEnough => Skill[0].Unhappy >= LeastOfEach && Skill[0].Texts - Skill[0].Unhappy >= LeastOfEach;

    /// <summary>True where it is better than chance: only then anything is said.</summary>
    public bool HasSkill => HasEnough && Skill[0].Lower > 0.5;

    /// <summary>Learns, and tests itself in five parts. A text that was written often is in one part alone and counts once, by how most who wrote it scored.</summary>
    public static SentimentModel Learn(IEnumerable<ScoredText> scored)
    {
        var texts = scored.Where(text => text.Folded.Length > 0).GroupBy(text => text.Folded, StringComparer.Ordinal)
            .Select(same => (same.First().Language, Text: same.Key, Unhappy: same.Count(text => text.IsUnhappy), Of: same.Count(), Hash: Hash(same.Key)))
            .Where(text => text.Unhappy * 2 != text.Of).OrderBy(text => text.Hash).ThenBy(text => text.Text, StringComparer.Ordinal).Take(Most)
            .Select(text => new Row(text.Language, [.. FeedbackTerms.Learned(text.Text).Order(StringComparer.Ordinal)], text.Unhappy * 2 > text.Of)).ToList();
        var unhappy = texts.Count(text => text.IsUnhappy);
        if (unhappy < LeastOfEach || texts.Count - unhappy < LeastOfEach)
        {
            return new(null, 0, [new(null, texts.Count, unhappy, null, null, null, 0, 0)]);
        }

        var held = new double[texts.Count];
        (Dictionary<string, float> Weights, float Base) whole = default;
        Parallel.For(0, Folds + 1, fold =>
        {
            if (fold == Folds)
            {
                whole = Fit(texts);
                return;
            }

            var (weights, level) = Fit([.. texts.Where((_, i) => i % Folds != fold)]);
            for (var i = fold; i < texts.Count; i += Folds)
            {
                held[i] = Probability(texts[i].Terms, weights, level);
            }
        });

        var all = texts.Select((text, i) => (text.Language, text.IsUnhappy, P: held[i])).ToList();
        IReadOnlyList<SentimentSkill> skill = [SkillOf(null, all), .. all.GroupBy(one => one.Language).OrderBy(own => own.Key, StringComparer.Ordinal).Select(own => SkillOf(own.Key, [.. own]))];
        return new(whole.Weights, whole.Base, skill);
    }

    /// <summary>The probability that a text's author is unhappy, 0–1; null where nothing may be said.</summary>
    public double? Unhappy(string folded)
    {
        if (!HasSkill)
        {
            return null;
        }

        var terms = FeedbackTerms.Learned(folded);
        return terms.Any(_weights!.ContainsKey) ? Probability(terms, _weights, _base) : null;
    }

    /// <summary>What a text sounds like.</summary>
    public Sentiment Of(string folded) => Unhappy(folded) switch { >= UnhappyFrom => Sentiment.Unhappy, <= HappyBelow => Sentiment.Happy, _ => Sentiment.Unclear };

    private static (Dictionary<string, float> Weights, float Base) Fit(IReadOnlyList<Row> rows)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (term, count) in rows.SelectMany(row => row.Terms).CountBy(term => term))
        {
            if (count >= LeastTexts)
            {
                ids.Add(term, ids.Count);
            }
        }

        var known = rows.Select(row => row.Terms.Where(ids.ContainsKey).Select(term => ids[term]).ToArray()).ToArray();
        var (weights, squares) = (new double[ids.Count], new double[ids.Count]);
        var unhappy = rows.Count(row => row.IsUnhappy);
        // both kinds weigh alike, however many there are
        var (heavy, light) = (rows.Count / (2.0 * unhappy), rows.Count / (2.0 * (rows.Count - unhappy)));
        double level = 0, levelSquares = 0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < rows.Count; i++)
            {
                var size = 1 / Math.Sqrt(Math.Max(1, known[i].Length));
                var score = level;
                foreach (var id in known[i])
                {
                    score += weights[id] * size;
                }

                var error = ((1 / (1 + Math.Exp(-score))) - (rows[i].IsUnhappy ? 1 : 0)) * (rows[i].IsUnhappy ? heavy : light);
                levelSquares += error * error;
                level -= Pace * error / Math.Sqrt(levelSquares + 1e-9);
                foreach (var id in known[i])
                {
                    var slope = (error * size) + (Ridge * weights[id] / known[i].Length);
                    squares[id] += slope * slope;
                    weights[id] -= Pace * slope / Math.Sqrt(squares[id] + 1e-9);
                }
            }
        }

        return (ids.ToDictionary(pair => pair.Key, pair => (float)weights[pair.Value], StringComparer.Ordinal), (float)level);
    }

    private static double Probability(IReadOnlyCollection<string> terms, Dictionary<string, float> weights, float level)
    {
        var (sum, known) = (0.0, 0);
        foreach (var term in terms.Order(StringComparer.Ordinal))
        {
            if (weights.TryGetValue(term, out var weight))
            {
                sum += weight;
                known++;
            }
        }

        return 1 / (1 + Math.Exp(-(level + (sum / Math.Sqrt(Math.Max(1, known))))));
    }

    private static SentimentSkill SkillOf(string? language, List<(string Language, bool IsUnhappy, double P)> rows)
    {
        var (unhappy, happy) = (rows.Count(row => row.IsUnhappy), rows.Count(row => !row.IsUnhappy));
        var told = rows.Where(row => row.P is >= UnhappyFrom or <= HappyBelow).ToList();
        var right = told.Count(row => row.P >= UnhappyFrom == row.IsUnhappy);
        if (unhappy == 0 || happy == 0)
        {
            return new(language, rows.Count, unhappy, null, null, null, told.Count, right);
        }

        var (ranks, at) = (0.0, 0);
        foreach (var same in rows.GroupBy(row => row.P).OrderBy(same => same.Key))
        {
            var count = same.Count();
            ranks += same.Count(row => row.IsUnhappy) * (at + ((count + 1) / 2.0));
            at += count;
        }

        var auc = (ranks - (unhappy * (unhappy + 1) / 2.0)) / ((double)unhappy * happy);
        var (q1, q2) = (auc / (2 - auc), 2 * auc * auc / (1 + auc));
        var deviation = Math.Sqrt(Math.Max(0, ((auc * (1 - auc)) + ((unhappy - 1) * (q1 - (auc * auc))) + ((happy - 1) * (q2 - (auc * auc)))) / ((double)unhappy * happy)));
        return new(language, rows.Count, unhappy, auc, Math.Max(0, auc - (1.959964 * deviation)), Math.Min(1, auc + (1.959964 * deviation)), told.Count, right);
    }

    /// <summary>FNV-1a, so that what is learned from, and in which part a text is tested, depends on the text alone.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    private sealed record Row(string Language, string[] Terms, bool IsUnhappy);
}
