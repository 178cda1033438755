using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Surveys;

namespace CustomerSuccess.Core.Tests.Surveys;

public sealed class SurveyRulesTests
{
    private static readonly AttributeDefinition[] Attributes = [new() { Record = "accounts", Name = "tier", Type = AttributeType.Category, IsCustom = true }, new() { Record = "contacts", Name = "joy", Type = AttributeType.Number, IsCustom = true }];

    private static Dictionary<string, string> Check(SurveyPlan plan) => SurveyRules.Check(SurveyRules.Clean(plan), MailFields.Known, Attributes);

    [Fact]
    public void Whatever_the_kind_a_survey_can_begin_as_it_is_offered_in_both_languages()
    {
        foreach (var kind in Enum.GetValues<SurveyKind>())
        {
            foreach (var language in new[] { "en", "ja" })
            {
                var plan = SurveyDefaults.Of(kind, language) with { Name = "Autumn" };
                Check(plan).Should().BeEmpty(kind.ToString());
                SurveyText.Read(SurveyText.Write(plan)).Should().BeEquivalentTo(plan);
                (plan.Has("en"), plan.Has("ja")).Should().Be((true, true));
            }
        }
    }

    [Fact]
    public void A_language_is_there_as_a_whole_or_not_at_all()
    {
        var plan = SurveyDefaults.Of(SurveyKind.Exit, "en") with { Name = "Exit", SubjectJa = null };
        Check(plan).Should().BeEmpty("Japanese is not offered then");
        plan.LanguageFor("ja").Should().Be("en");
        var half = SurveyDefaults.Of(SurveyKind.Exit, "en") with { Name = "Exit", ThanksJa = null };
        Check(half with { Questions = [.. half.Questions.Select(question => question with { TextJa = null, Choices = [.. question.Choices.Select(choice => choice with { Ja = null })] })] })
            .Keys.Should().BeEquivalentTo("thanks_ja", "questions.0.text_ja", "questions.0.choices_ja", "questions.1.text_ja", "questions.1.choices_ja", "questions.2.text_ja");
        Check(half with { SubjectEn = null, SubjectJa = null }).Should().ContainKey("subject_en");
    }

    [Fact]
    public void What_cannot_be_sent_or_kept_is_told_at_its_field()
    {
        var nps = SurveyDefaults.Of(SurveyKind.Nps, "en") with { Name = " " };
        Check(nps)["name"].Should().Be("missing");
        nps = nps with { Name = "N" };
        Check(nps with { SubjectEn = "{{contact.nme}}" })["subject_en"].Should().StartWith("unknown_field:contact.nme");
        Check(nps with { Mode = SurveyMode.AfterLeaving })["mode"].Should().Be("not_of_kind");
        Check(nps with { ReminderDays = 21 })["reminder"].Should().Be("out_of_range", "answers close that day");
        Check(nps with { Questions = [] })["questions"].Should().Be("missing");
        Check(nps with { Questions = [nps.Questions[0], nps.Questions[1] with { Attribute = "tier" }] }).Should().BeEmpty();
        Check(nps with { Questions = [nps.Questions[0] with { Attribute = "joy", AttributeOf = AttributeOwner.Contact }] }).Should().BeEmpty();
        Check(nps with { Questions = [nps.Questions[0], nps.Questions[1] with { Attribute = "joy", AttributeOf = AttributeOwner.Contact }] })["questions.1.attribute"].Should().Be("unknown", "words are no number");
        SurveyRules.Clean(nps with { Questions = [nps.Questions[0] with { Kind = QuestionKind.Text, Least = 3, IsRequired = false }] }).Questions[0]
            .Should().Match<SurveyQuestion>(question => question.Kind == QuestionKind.Score && question.Least == 0 && question.Most == 10 && question.IsRequired, "the score of a kind is what the kind says");
    }

    [Theory]
    [InlineData(QuestionKind.Score, "９", "9", null)]
    [InlineData(QuestionKind.Score, "9.5", null, "not_a_number")]
    [InlineData(QuestionKind.Score, "11", null, "out_of_range")]
    [InlineData(QuestionKind.Score, "-1", null, "out_of_range")]
    [InlineData(QuestionKind.Score, "ten", null, "not_a_number")]
    [InlineData(QuestionKind.Score, " ", null, "missing")]
    [InlineData(QuestionKind.Number, "1,234.5", null, "out_of_range")]
    [InlineData(QuestionKind.Choice, "The price", "The price", null)]
    [InlineData(QuestionKind.Choice, "価格", null, "unknown")]
    [InlineData(QuestionKind.Text, " a\0b ", "ab", null)]
    public void An_answer_is_read_or_refused(QuestionKind kind, string typed, string? kept, string? problem)
    {
        var question = new SurveyQuestion { Id = "q1", Kind = kind, IsRequired = true, Least = kind is QuestionKind.Score or QuestionKind.Number ? 0 : null, Most = kind is QuestionKind.Score or QuestionKind.Number ? 10 : null, Choices = [new("The price", "価格")] };
        SurveyRules.Read(question, typed, out var value).Should().Be(problem);
        if (problem is null)
        {
            value.Should().Be(kept);
        }
    }

    [Theory]
    [InlineData(SurveyKind.Nps, 6, ScoreGroup.Low)]
    [InlineData(SurveyKind.Nps, 7, ScoreGroup.Middle)]
    [InlineData(SurveyKind.Nps, 8, ScoreGroup.Middle)]
    [InlineData(SurveyKind.Nps, 9, ScoreGroup.High)]
    [InlineData(SurveyKind.Csat, 2, ScoreGroup.Low)]
    [InlineData(SurveyKind.Csat, 3, ScoreGroup.Middle)]
    [InlineData(SurveyKind.Csat, 4, ScoreGroup.High)]
    [InlineData(SurveyKind.Ces, 3, ScoreGroup.Low)]
    [InlineData(SurveyKind.Ces, 4, ScoreGroup.Middle)]
    [InlineData(SurveyKind.Ces, 5, ScoreGroup.High)]
    public void A_score_stands_in_its_group(SurveyKind kind, double score, ScoreGroup group) => SurveyRules.GroupOf(kind, score).Should().Be(group);

    [Fact]
    public void The_message_has_a_button_for_each_score_and_what_its_ends_mean()
    {
        var plan = SurveyDefaults.Of(SurveyKind.Nps, "ja");
        var markup = SurveyMail.ButtonMarkup(plan, "ja", "https://cs.example/s/T");
        markup.Should().StartWith("[0](https://cs.example/s/T?s=0){.button} [1]").And.Contain("[10](https://cs.example/s/T?s=10){.button}").And.Contain("10：ぜひ薦めたい");
        SurveyMail.Subject(plan, "ja", isReminder: true).Should().StartWith("【再送】");
        SurveyMail.ButtonMarkup(SurveyDefaults.Of(SurveyKind.Exit, "en"), "en", "https://cs.example/s/T").Should().Be("[Answer](https://cs.example/s/T){.button}");
        SurveyMail.Body(plan, "en", isReminder: false, new(2026, 12, 17)).Should().Contain("{{contact.address_line}}").And.Contain("{{survey.buttons}}").And.EndWith("Answers are taken until December 17, 2026.");
    }
}
