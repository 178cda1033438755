using CustomerSuccess.Core.Feedback;

namespace CustomerSuccess.Core.Tests.Feedback;

public sealed class SentimentModelTests
{
    private static readonly string[] Good = ["great support", "easy to use", "saves us hours", "very happy", "a real help", "we like it"];
    private static readonly string[] Bad = ["nobody answers", "too slow", "very expensive", "we are frustrated", "not easy to use", "it fails again"];
    private static readonly string[] GoodJa = ["使いやすいです", "とても満足しています", "助かっています", "対応が早いです", "勧めたいです", "見やすいです"];
    private static readonly string[] BadJa = ["動作が遅いです", "不満です", "返信がありません", "高いと感じます", "使いにくいです", "困っています"];
    private static readonly string[] About = ["report", "import", "dashboard", "api", "list", "invoice", "login", "mobile view"];

    [Fact]
    public void What_a_company_s_own_scores_teach_holds_on_texts_that_were_not_learned_from_in_both_languages()
    {
        var model = SentimentModel.Learn(Texts(300, noise: 0.05));
        model.HasSkill.Should().BeTrue();
        model.Skill.Select(skill => skill.Language).Should().Equal(null, "en", "ja");
        model.Skill.Should().OnlyContain(skill => skill.Auc > 0.85 && skill.Right > 0.85 * skill.Told && skill.Told > 0.5 * skill.Texts);

        // what was never in it, by a second measure than its own
        var fresh = Texts(200, noise: 0, seed: 77).ToList();
        var told = fresh.Where(text => model.Of(text.Folded) != Sentiment.Unclear).ToList();
        told.Count(text => (model.Of(text.Folded) == Sentiment.Unhappy) == text.IsUnhappy).Should().BeGreaterThan((int)(0.9 * told.Count));
        model.Of(ThemeWords.Folded("xyzzy")).Should().Be(Sentiment.Unclear, "nothing of it was ever seen");
        model.Of(ThemeWords.Folded("The report is not easy to use")).Should().Be(Sentiment.Unhappy);
    }

    [Fact]
    public void The_same_texts_give_the_same_model_in_any_order()
    {
        var texts = Texts(60, noise: 0.1).ToList();
        var (one, other) = (SentimentModel.Learn(texts), SentimentModel.Learn(texts.AsEnumerable().Reverse()));
        one.Skill.Should().Equal(other.Skill);
        texts.Should().OnlyContain(text => one.Unhappy(text.Folded) == other.Unhappy(text.Folded));
    }

    [Fact]
    public void Too_little_and_nothing_to_learn_are_told_and_nothing_is_said_of_texts()
    {
        var few = SentimentModel.Learn(Texts(10, noise: 0));
        (few.HasEnough, few.HasSkill, few.Unhappy("too slow")).Should().Be((false, false, null));
        var random = new Random(3);
        var chance = SentimentModel.Learn(Texts(300, noise: 0).Select(text => text with { IsUnhappy = random.Next(2) == 0 }));
        (chance.HasEnough, chance.HasSkill, chance.Of("too slow")).Should().Be((true, false, Sentiment.Unclear));
        SentimentModel.Learn([]).HasEnough.Should().BeFalse();
    }

    private static IEnumerable<ScoredText> Texts(int count, double noise, int seed = 1)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            foreach (var ja in (bool[])[false, true])
            {
                var bad = random.Next(2) == 0;
                var words = (ja, bad) switch { (true, true) => BadJa, (true, false) => GoodJa, (false, true) => Bad, _ => Good };
                var (one, two, thing) = (words[random.Next(6)], words[random.Next(6)], About[random.Next(8)]);
                var text = ja ? $"{thing}は{one}。{two}。{i}" : $"The {thing}: {one}, {two}. {i}";
                yield return new(ThemeWords.Folded(text), random.NextDouble() < noise ? !bad : bad, ja ? "ja" : "en");
            }
        }
    }
}
