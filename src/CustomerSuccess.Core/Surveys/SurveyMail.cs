using System.Globalization;
using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Core.Surveys;

/// <summary>The messages by which people are asked: markup in which the score is one press away.</summary>
public static class SurveyMail
{
    /// <summary>Fields that only a survey knows.</summary>
    public const string Buttons = "survey.buttons";

    /// <summary>A filled subject cannot be reminded of by a field; the words stand before it.</summary>
    public static string Subject(SurveyPlan plan, string language, bool isReminder) =>
        !isReminder ? plan.SubjectIn(language) : language == "ja" ? "【再送】" + plan.SubjectIn(language) : "Reminder: " + plan.SubjectIn(language);

    /// <summary>The text: to whom, why, the first question, and what answers it. Fields stay to be filled in.</summary>
    public static string Body(SurveyPlan plan, string language, bool isReminder, DateOnly until)
    {
        var question = plan.Questions[0];
        var reminder = isReminder ? language == "ja" ? "先日お送りしたご質問について、改めてご案内いたします。行き違いの場合はご容赦ください。\n\n" : "This is a reminder of a question that we sent you a few days ago.\n\n" : "";
        var last = language == "ja" ? $"回答期限：{until:yyyy'年'M'月'd'日'}" : "Answers are taken until " + until.ToString("MMMM d, yyyy", CultureInfo.GetCultureInfo("en-US")) + ".";
        return $"{{{{contact.address_line}}}}\n\n{reminder}{plan.IntroIn(language)}\n\n**{MarkupText.Escape(question.In(language))}**\n\n{{{{{Buttons}}}}}\n\n{last}";
    }

    /// <summary>A button for each score with what its ends mean, or one button to the questions.</summary>
    /// <param name="plan">The survey.</param>
    /// <param name="language">The reader's.</param>
    /// <param name="link">Where the questions stand.</param>
    public static string ButtonMarkup(SurveyPlan plan, string language, string link)
    {
        var question = plan.Questions[0];
        if (question is not { Kind: QuestionKind.Score, Least: { } least, Most: { } most })
        {
            return $"[{(language == "ja" ? "回答する" : "Answer")}]({link}){{.button}}";
        }

        var buttons = string.Join(' ', Enumerable.Range((int)least, (int)(most - least) + 1).Select(score => string.Create(CultureInfo.InvariantCulture, $"[{score}]({link}?s={score}){{.button}}")));
        string?[] ends = [End(least, question.LeastIn(language), language), End(most, question.MostIn(language), language)];
        var meaning = string.Join(language == "ja" ? "　" : " · ", ends.OfType<string>());
        return meaning.Length == 0 ? buttons : $"{buttons}\n\n{MarkupText.Escape(meaning)}";
    }

    private static string? End(double score, string? meaning, string language) =>
        meaning is null ? null : score.ToString(CultureInfo.InvariantCulture) + (language == "ja" ? "：" : " = ") + meaning;
}
