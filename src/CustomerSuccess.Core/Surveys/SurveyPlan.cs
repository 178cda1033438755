namespace CustomerSuccess.Core.Surveys;

/// <summary>What a survey asks for.</summary>
public enum SurveyKind
{
    /// <summary>Would they recommend us: 0–10.</summary>
    Nps,

    /// <summary>How satisfied they are: 1–5.</summary>
    Csat,

    /// <summary>How easy it was: 1–7.</summary>
    Ces,

    /// <summary>Why they left.</summary>
    Exit,

    /// <summary>Whatever the company wants to know.</summary>
    Own,
}

/// <summary>When people are asked.</summary>
public enum SurveyMode
{
    /// <summary>All at once, whenever somebody starts a wave.</summary>
    Wave,

    /// <summary>A few every day, drawn from all.</summary>
    Continuous,

    /// <summary>Whoever had an inquiry, after it was closed.</summary>
    AfterInquiry,

    /// <summary>Whoever's contracts have all ended.</summary>
    AfterLeaving,
}

/// <summary>Which people of an account are asked.</summary>
public enum SurveyRecipients
{
    /// <summary>Everybody, the champion first.</summary>
    Everybody,

    Champions,

    DecisionMakers,
}

/// <summary>How a question is answered.</summary>
public enum QuestionKind
{
    /// <summary>A whole number on a scale, by one press.</summary>
    Score,

    /// <summary>One of several texts.</summary>
    Choice,

    Number,

    Text,
}

/// <summary>Whose custom attribute an answer is written to.</summary>
public enum AttributeOwner
{
    Account,

    Contact,
}

/// <summary>One of the texts that a question offers.</summary>
public sealed record SurveyChoice(string? En, string? Ja)
{
    /// <summary>What is kept of the answer: the same in whichever language it was given.</summary>
    public string Value => En ?? Ja ?? "";

    public string In(string language) => (language == "ja" ? Ja ?? En : En ?? Ja) ?? "";
}

/// <summary>A question in the languages of the survey.</summary>
public sealed record SurveyQuestion
{
    public const int LongestText = 300, MostChoices = 20, LongestChoice = 120;

    /// <summary>Stable within the survey, such as <c>q1</c>.</summary>
    public required string Id { get; init; }

    public QuestionKind Kind { get; init; }

    public string? TextEn { get; init; }

    public string? TextJa { get; init; }

    public bool IsRequired { get; init; }

    public IReadOnlyList<SurveyChoice> Choices { get; init; } = [];

    /// <summary>Of a scale or a number; null for no bound of a number.</summary>
    public double? Least { get; init; }

    public double? Most { get; init; }

    /// <summary>What the ends of a scale mean.</summary>
    public string? LeastEn { get; init; }

    public string? LeastJa { get; init; }

    public string? MostEn { get; init; }

    public string? MostJa { get; init; }

    /// <summary>Name of the custom attribute that answers are written to; null for none.</summary>
    public string? Attribute { get; init; }

    public AttributeOwner AttributeOf { get; init; }

    public string In(string language) => (language == "ja" ? TextJa ?? TextEn : TextEn ?? TextJa) ?? "";

    public string? LeastIn(string language) => language == "ja" ? LeastJa ?? LeastEn : LeastEn ?? LeastJa;

    public string? MostIn(string language) => language == "ja" ? MostJa ?? MostEn : MostEn ?? MostJa;

    public bool Equals(SurveyQuestion? other) => other is not null && SurveyText.Write(this) == SurveyText.Write(other);

    public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
}

/// <summary>Where a score stands: detractors, passives and promoters of an NPS, and what corresponds to them on other scales.</summary>
public enum ScoreGroup
{
    Low,
    Middle,
    High,
}

/// <summary>What follows an answer whose score falls in a group.</summary>
/// <param name="Group">Which scores.</param>
public sealed record SurveyFollowUp(ScoreGroup Group)
{
    public const int LongestTask = 150, MostDays = 60;

    /// <summary>What stands on the page of thanks in place of the survey's thanks; null for these.</summary>
    public string? ThanksEn { get; init; }

    public string? ThanksJa { get; init; }

    /// <summary>Title of the task that the account's owner gets; null for none.</summary>
    public string? Task { get; init; }

    /// <summary>Days in which the task is due.</summary>
    public int DueDays { get; init; } = 1;

    public string? ThanksIn(string language) => language == "ja" ? ThanksJa : ThanksEn;

    public bool IsEmpty => ThanksEn is null && ThanksJa is null && Task is null;
}

/// <summary>A survey as somebody wrote it: what is asked, whom, when, and what follows.</summary>
public sealed record SurveyPlan
{
    public const int LongestName = 80, LongestSubject = 200, LongestIntro = 4_000, LongestThanks = 1_000, MostQuestions = 12;

    /// <summary>By which colleagues know it, and answers are told apart.</summary>
    public string Name { get; init; } = "";

    public SurveyKind Kind { get; init; }

    public SurveyMode Mode { get; init; }

    /// <summary>Whose accounts; null for all that pay.</summary>
    public string? SegmentId { get; init; }

    public SurveyRecipients Recipients { get; init; }

    /// <summary>People of one account that are asked at once.</summary>
    public int MostPerAccount { get; init; } = 3;

    /// <summary>Days that an account must have been with us.</summary>
    public int LeastAgeDays { get; init; } = 90;

    /// <summary>Months before the same person is asked by a survey of the kind again, of 30 days each.</summary>
    public int MonthsBetween { get; init; } = 6;

    /// <summary>People asked each day where it goes on all the time.</summary>
    public int PerDay { get; init; } = 20;

    /// <summary>Hours after an inquiry was closed.</summary>
    public int DelayHours { get; init; } = 24;

    /// <summary>Days after which whoever has not answered is reminded, once; null for never.</summary>
    public int? ReminderDays { get; init; } = 5;

    /// <summary>Days for which answers are taken.</summary>
    public int ExpiryDays { get; init; } = 21;

    public string? SubjectEn { get; init; }

    public string? SubjectJa { get; init; }

    /// <summary>What the message says before the question; a template with fields.</summary>
    public string? IntroEn { get; init; }

    public string? IntroJa { get; init; }

    public string? ThanksEn { get; init; }

    public string? ThanksJa { get; init; }

    public IReadOnlyList<SurveyQuestion> Questions { get; init; } = [];

    public IReadOnlyList<SurveyFollowUp> FollowUps { get; init; } = [];

    /// <summary>True where its first question is the score that figures are made of.</summary>
    public bool HasScore => Scale is not null;

    /// <summary>The scale of its kind; null where it has none of its own.</summary>
    public (int Least, int Most)? Scale => SurveyRules.ScaleOf(Kind);

    /// <summary>The word under which its scores stand among the facts; null where it has none.</summary>
    public string? FactKind => Kind switch { SurveyKind.Nps => "nps", SurveyKind.Csat => "csat", SurveyKind.Ces => "ces", _ => null };

    /// <summary>The languages it can be read in.</summary>
    public bool Has(string language) => language == "ja" ? SubjectJa is not null : SubjectEn is not null;

    /// <summary>The wanted language where the survey has it, else the one it has.</summary>
    public string LanguageFor(string wanted) => Has(wanted) ? wanted : Has("en") ? "en" : "ja";

    public string SubjectIn(string language) => (language == "ja" ? SubjectJa ?? SubjectEn : SubjectEn ?? SubjectJa) ?? "";

    public string IntroIn(string language) => (language == "ja" ? IntroJa ?? IntroEn : IntroEn ?? IntroJa) ?? "";

    public SurveyFollowUp? FollowUpOf(double? score) => score is { } given && HasScore ? FollowUps.FirstOrDefault(follow => follow.Group == SurveyRules.GroupOf(Kind, given)) : null;

    /// <summary>What whoever answered is thanked with.</summary>
    public string ThanksIn(string language, double? score) =>
        FollowUpOf(score)?.ThanksIn(language) ?? (language == "ja" ? ThanksJa ?? ThanksEn : ThanksEn ?? ThanksJa) ?? "";

    public bool Equals(SurveyPlan? other) => other is not null && SurveyText.Write(this) == SurveyText.Write(other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
