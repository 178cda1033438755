using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;

namespace CustomerSuccess.Core.Surveys;

/// <summary>What a survey must be before anybody is asked, and what an answer must be before it is kept.</summary>
public static class SurveyRules
{
    public const int LongestAnswer = 5_000;

    /// <summary>The scale of a kind: of NPS as Reichheld asks it, of satisfaction in five steps, of effort in seven (1 hard, 7 easy); null for none.</summary>
    public static (int Least, int Most)? ScaleOf(SurveyKind kind) => kind switch
    {
        SurveyKind.Nps => (0, 10),
        SurveyKind.Csat => (1, 5),
        SurveyKind.Ces => (1, 7),
        _ => null,
    };

    /// <summary>Where a score stands: NPS to 6, 7–8, from 9; satisfaction to 2, 3, from 4; effort to 3, 4, from 5.</summary>
    public static ScoreGroup GroupOf(SurveyKind kind, double score)
    {
        var (low, high) = kind switch { SurveyKind.Nps => (7, 9), SurveyKind.Csat => (3, 4), _ => (4, 5) };
        return score < low ? ScoreGroup.Low : score < high ? ScoreGroup.Middle : ScoreGroup.High;
    }

    /// <summary>Modes that make sense for a kind.</summary>
    public static IReadOnlyList<SurveyMode> ModesOf(SurveyKind kind) => kind switch
    {
        SurveyKind.Exit => [SurveyMode.AfterLeaving],
        SurveyKind.Csat or SurveyKind.Ces => [SurveyMode.AfterInquiry, SurveyMode.Wave, SurveyMode.Continuous],
        _ => [SurveyMode.Wave, SurveyMode.Continuous],
    };

    /// <summary>The plan with its texts trimmed, and without what its kind has no use for.</summary>
    public static SurveyPlan Clean(SurveyPlan plan)
    {
        var questions = plan.Questions.Select((question, i) => Clean(question, i == 0 ? plan.Scale : null)).ToList();
        return plan with
        {
            Name = EnteredText.Of(plan.Name) ?? "",
            SegmentId = EnteredText.Of(plan.SegmentId),
            SubjectEn = EnteredText.Of(plan.SubjectEn),
            SubjectJa = EnteredText.Of(plan.SubjectJa),
            IntroEn = EnteredText.Of(plan.IntroEn),
            IntroJa = EnteredText.Of(plan.IntroJa),
            ThanksEn = EnteredText.Of(plan.ThanksEn),
            ThanksJa = EnteredText.Of(plan.ThanksJa),
            Questions = questions,
            FollowUps = plan.HasScore
                ? [.. plan.FollowUps.Select(follow => follow with { ThanksEn = EnteredText.Of(follow.ThanksEn), ThanksJa = EnteredText.Of(follow.ThanksJa), Task = EnteredText.Of(follow.Task) }).Where(follow => !follow.IsEmpty).OrderBy(follow => follow.Group)]
                : [],
        };
    }

    /// <summary>
    /// What is wrong, by field: <c>missing</c>, <c>too_long</c>, <c>too_many</c>, <c>out_of_range</c>, <c>not_of_kind</c>, <c>unknown</c>, or a <see cref="TemplateProblem"/> as text.
    /// Fields of questions are <c>questions.1.text_en</c> and so on, of what follows <c>follow.low.task</c>.
    /// </summary>
    /// <param name="plan">As <see cref="Clean(SurveyPlan)"/> gives it.</param>
    /// <param name="fields">Fields that a template may name.</param>
    /// <param name="attributes">Custom attributes that answers may be written to.</param>
    public static Dictionary<string, string> Check(SurveyPlan plan, IReadOnlyDictionary<string, IReadOnlyList<string>?> fields, IReadOnlyCollection<AttributeDefinition> attributes)
    {
        var problems = new Dictionary<string, string>();
        EnteredText.Check(problems, "name", EnteredText.Of(plan.Name), SurveyPlan.LongestName, isRequired: true);
        if (!ModesOf(plan.Kind).Contains(plan.Mode))
        {
            problems["mode"] = "not_of_kind";
        }

        Range(problems, "most_per_account", plan.MostPerAccount, 1, 100);
        Range(problems, "least_age", plan.LeastAgeDays, 0, 3650);
        Range(problems, "months_between", plan.MonthsBetween, 0, 60);
        Range(problems, "per_day", plan.PerDay, 1, 10_000);
        Range(problems, "delay", plan.DelayHours, 0, 24 * 30);
        Range(problems, "expiry", plan.ExpiryDays, 1, 180);
        if (plan.ReminderDays is { } reminder)
        {
            Range(problems, "reminder", reminder, 1, Math.Max(1, plan.ExpiryDays - 1));
        }

        // a language is there as a whole or not at all
        if (plan.SubjectEn is null && plan.SubjectJa is null)
        {
            problems["subject_en"] = "missing";
        }

        foreach (var language in new[] { "en", "ja" })
        {
            var isUsed = plan.Has(language);
            var (subject, intro, thanks) = language == "ja" ? (plan.SubjectJa, plan.IntroJa, plan.ThanksJa) : (plan.SubjectEn, plan.IntroEn, plan.ThanksEn);
            Template(problems, $"subject_{language}", subject, SurveyPlan.LongestSubject, false, fields);
            Template(problems, $"intro_{language}", intro, SurveyPlan.LongestIntro, isUsed, fields);
            EnteredText.Check(problems, $"thanks_{language}", thanks, SurveyPlan.LongestThanks, isUsed);
            for (var i = 0; i < plan.Questions.Count; i++)
            {
                var question = plan.Questions[i];
                EnteredText.Check(problems, $"questions.{i}.text_{language}", language == "ja" ? question.TextJa : question.TextEn, SurveyQuestion.LongestText, isUsed);
                if (question.Kind == QuestionKind.Choice && isUsed && question.Choices.Any(choice => (language == "ja" ? choice.Ja : choice.En) is null))
                {
                    problems[$"questions.{i}.choices_{language}"] = "missing";
                }
            }
        }

        Questions(problems, plan, attributes);
        foreach (var follow in plan.FollowUps)
        {
            var name = follow.Group switch { ScoreGroup.Low => "low", ScoreGroup.Middle => "middle", _ => "high" };
            EnteredText.Check(problems, $"follow.{name}.task", follow.Task, SurveyFollowUp.LongestTask);
            EnteredText.Check(problems, $"follow.{name}.thanks_en", follow.ThanksEn, SurveyPlan.LongestThanks);
            EnteredText.Check(problems, $"follow.{name}.thanks_ja", follow.ThanksJa, SurveyPlan.LongestThanks);
            Range(problems, $"follow.{name}.due", follow.DueDays, 0, SurveyFollowUp.MostDays);
        }

        return problems;
    }

    /// <summary>An answer as it is kept; null where nothing was said.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="typed">As it was sent: digits of any width.</param>
    /// <param name="value">Invariant numbers; the value of a choice; a text without what databases cannot hold.</param>
    /// <returns>Null where it can be kept, else <c>missing</c>, <c>not_a_number</c>, <c>out_of_range</c>, <c>unknown</c> or <c>too_long</c>.</returns>
    public static string? Read(SurveyQuestion question, string? typed, out string? value)
    {
        value = EnteredText.Of(typed);
        if (value is null)
        {
            return question.IsRequired ? "missing" : null;
        }

        switch (question.Kind)
        {
            case QuestionKind.Score or QuestionKind.Number:
                if (!Ingestion.NumberCell.TryNumber(value, out var number) || (question.Kind == QuestionKind.Score && number != Math.Floor(number)))
                {
                    return "not_a_number";
                }

                value = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                return number < question.Least || number > question.Most ? "out_of_range" : null;
            case QuestionKind.Choice:
                var chosen = value;
                return question.Choices.Any(choice => choice.Value == chosen) ? null : "unknown";
            default:
                return value.Length > LongestAnswer ? "too_long" : null;
        }
    }

    private static SurveyQuestion Clean(SurveyQuestion question, (int Least, int Most)? scale)
    {
        var kind = scale is null ? question.Kind : QuestionKind.Score;
        var isScale = kind == QuestionKind.Score;
        return question with
        {
            Kind = kind,
            TextEn = EnteredText.Of(question.TextEn),
            TextJa = EnteredText.Of(question.TextJa),
            IsRequired = scale is not null || question.IsRequired,
            Least = scale?.Least ?? (kind is QuestionKind.Score or QuestionKind.Number ? question.Least ?? (isScale ? 0 : null) : null),
            Most = scale?.Most ?? (kind is QuestionKind.Score or QuestionKind.Number ? question.Most ?? (isScale ? 10 : null) : null),
            LeastEn = isScale ? EnteredText.Of(question.LeastEn) : null,
            LeastJa = isScale ? EnteredText.Of(question.LeastJa) : null,
            MostEn = isScale ? EnteredText.Of(question.MostEn) : null,
            MostJa = isScale ? EnteredText.Of(question.MostJa) : null,
            Choices = kind == QuestionKind.Choice ? [.. question.Choices.Select(choice => new SurveyChoice(EnteredText.Of(choice.En), EnteredText.Of(choice.Ja))).Where(choice => choice.Value.Length > 0)] : [],
            Attribute = EnteredText.Of(question.Attribute),
        };
    }

    private static void Questions(Dictionary<string, string> problems, SurveyPlan plan, IReadOnlyCollection<AttributeDefinition> attributes)
    {
        if (plan.Questions.Count is 0 or > SurveyPlan.MostQuestions)
        {
            problems["questions"] = plan.Questions.Count == 0 ? "missing" : "too_many";
        }

        if (plan.Questions.Select(question => question.Id).Distinct(StringComparer.Ordinal).Count() != plan.Questions.Count)
        {
            problems["questions"] = "unknown";
        }

        for (var i = 0; i < plan.Questions.Count; i++)
        {
            var question = plan.Questions[i];
            if (question.Kind == QuestionKind.Score && (question.Least is not (>= 0 and <= 1) || question.Most is not (>= 2 and <= 10)))
            {
                problems[$"questions.{i}.most"] = "out_of_range";
            }

            if (question.Kind == QuestionKind.Number && question.Least > question.Most)
            {
                problems[$"questions.{i}.most"] = "out_of_range";
            }

            if (question.Kind == QuestionKind.Choice)
            {
                if (question.Choices.Count is < 2 or > SurveyQuestion.MostChoices || question.Choices.DistinctBy(choice => choice.Value).Count() != question.Choices.Count)
                {
                    problems[$"questions.{i}.choices_en"] = question.Choices.Count < 2 ? "missing" : "too_many";
                }
                else if (question.Choices.Any(choice => choice.En?.Length > SurveyQuestion.LongestChoice || choice.Ja?.Length > SurveyQuestion.LongestChoice))
                {
                    problems[$"questions.{i}.choices_en"] = "too_long";
                }
            }

            if (question.Attribute is { } name && !Fits(question, attributes.FirstOrDefault(known => known.IsCustom && known.Name == name && known.Record == RecordOf(question.AttributeOf))))
            {
                problems[$"questions.{i}.attribute"] = "unknown";
            }
        }
    }

    /// <summary>The record, as the import contract names it, whose attributes are meant.</summary>
    public static string RecordOf(AttributeOwner owner) => owner == AttributeOwner.Account ? "accounts" : "contacts";

    /// <summary>True where an attribute can hold what is answered.</summary>
    private static bool Fits(SurveyQuestion question, AttributeDefinition? attribute) =>
        attribute?.Type == AttributeType.Category || (attribute?.Type == AttributeType.Number && question.Kind is QuestionKind.Score or QuestionKind.Number);

    private static void Template(Dictionary<string, string> problems, string field, string? text, int most, bool isRequired, IReadOnlyDictionary<string, IReadOnlyList<string>?> fields)
    {
        EnteredText.Check(problems, field, text, most, isRequired);
        if (text is not null && !problems.ContainsKey(field) && FieldTemplate.Parse(text).Check(fields) is [var problem, ..])
        {
            problems[field] = problem.ToString();
        }
    }

    private static void Range(Dictionary<string, string> problems, string field, int value, int least, int most)
    {
        if (value < least || value > most)
        {
            problems[field] = "out_of_range";
        }
    }
}
