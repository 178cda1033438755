using CustomerSuccess.Core.Surveys;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>A survey while somebody writes it.</summary>
public sealed class SurveyDraft
{
    private SurveyPlan _rest = new();

    private SurveyDraft()
    {
    }

    public string? Name { get; set; }

    public SurveyKind Kind { get; private init; }

    public SurveyMode Mode { get; set; }

    public string? SegmentId { get; set; }

    public SurveyRecipients Recipients { get; set; }

    public decimal? MostPerAccount { get; set; }

    public decimal? LeastAge { get; set; }

    public decimal? MonthsBetween { get; set; }

    public decimal? PerDay { get; set; }

    public decimal? Delay { get; set; }

    public decimal? Reminder { get; set; }

    public decimal? Expiry { get; set; }

    public string? SubjectEn { get; set; }

    public string? SubjectJa { get; set; }

    public string? IntroEn { get; set; }

    public string? IntroJa { get; set; }

    public string? ThanksEn { get; set; }

    public string? ThanksJa { get; set; }

    public List<QuestionDraft> Questions { get; } = [];

    /// <summary>Low, middle and high.</summary>
    public IReadOnlyList<FollowUpDraft> FollowUps { get; private set; } = [];

    public bool HasScore => _rest.HasScore;

    public static SurveyDraft Of(SurveyPlan plan)
    {
        var draft = new SurveyDraft
        {
            _rest = plan,
            Name = plan.Name,
            Kind = plan.Kind,
            Mode = plan.Mode,
            SegmentId = plan.SegmentId,
            Recipients = plan.Recipients,
            MostPerAccount = plan.MostPerAccount,
            LeastAge = plan.LeastAgeDays,
            MonthsBetween = plan.MonthsBetween,
            PerDay = plan.PerDay,
            Delay = plan.DelayHours,
            Reminder = plan.ReminderDays,
            Expiry = plan.ExpiryDays,
            SubjectEn = plan.SubjectEn,
            SubjectJa = plan.SubjectJa,
            IntroEn = plan.IntroEn,
            IntroJa = plan.IntroJa,
            ThanksEn = plan.ThanksEn,
            ThanksJa = plan.ThanksJa,
            FollowUps = [.. Enum.GetValues<ScoreGroup>().Select(group => FollowUpDraft.Of(plan.FollowUps.FirstOrDefault(follow => follow.Group == group) ?? new(group)))],
        };
        draft.Questions.AddRange(plan.Questions.Select(QuestionDraft.Of));
        return draft;
    }

    /// <summary>A question at the end.</summary>
    public void Add(QuestionKind kind) => Questions.Add(QuestionDraft.Of(new SurveyQuestion { Id = NewId(), Kind = kind, Least = kind == QuestionKind.Score ? 0 : null, Most = kind == QuestionKind.Score ? 10 : null }));

    public void Move(QuestionDraft question, int by)
    {
        var at = Questions.IndexOf(question);
        Questions.RemoveAt(at);
        Questions.Insert(Math.Clamp(at + by, 0, Questions.Count), question);
    }

    public SurveyPlan ToPlan() => _rest with
    {
        Name = Name ?? "",
        Mode = Mode,
        SegmentId = SegmentId,
        Recipients = Recipients,
        MostPerAccount = (int)(MostPerAccount ?? 0),
        LeastAgeDays = (int)(LeastAge ?? -1),
        MonthsBetween = (int)(MonthsBetween ?? -1),
        PerDay = (int)(PerDay ?? 0),
        DelayHours = (int)(Delay ?? 0),
        ReminderDays = (int?)Reminder,
        ExpiryDays = (int)(Expiry ?? 0),
        SubjectEn = SubjectEn,
        SubjectJa = SubjectJa,
        IntroEn = IntroEn,
        IntroJa = IntroJa,
        ThanksEn = ThanksEn,
        ThanksJa = ThanksJa,
        Questions = [.. Questions.Select(question => question.ToQuestion())],
        FollowUps = [.. FollowUps.Select(follow => follow.ToFollowUp())],
    };

    /// <summary>An id that no question has, nor had among those that stand.</summary>
    private string NewId() => "q" + (1 + Questions.Select(question => int.TryParse(question.Id.AsSpan(1), out var no) ? no : 0).DefaultIfEmpty(0).Max()).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A question while somebody writes it.</summary>
public sealed class QuestionDraft
{
    private QuestionDraft()
    {
    }

    public required string Id { get; init; }

    public QuestionKind Kind { get; init; }

    public string? TextEn { get; set; }

    public string? TextJa { get; set; }

    public bool IsRequired { get; set; }

    /// <summary>One choice on each line, the same lines in both languages.</summary>
    public string? ChoicesEn { get; set; }

    public string? ChoicesJa { get; set; }

    public decimal? Least { get; set; }

    public decimal? Most { get; set; }

    public string? LeastEn { get; set; }

    public string? LeastJa { get; set; }

    public string? MostEn { get; set; }

    public string? MostJa { get; set; }

    /// <summary>The record and the name of a custom attribute, such as <c>accounts:tier</c>; null for none.</summary>
    public string? Attribute { get; set; }

    public static QuestionDraft Of(SurveyQuestion question) => new()
    {
        Id = question.Id,
        Kind = question.Kind,
        TextEn = question.TextEn,
        TextJa = question.TextJa,
        IsRequired = question.IsRequired,
        ChoicesEn = Lines(question.Choices.Select(choice => choice.En)),
        ChoicesJa = Lines(question.Choices.Select(choice => choice.Ja)),
        Least = (decimal?)question.Least,
        Most = (decimal?)question.Most,
        LeastEn = question.LeastEn,
        LeastJa = question.LeastJa,
        MostEn = question.MostEn,
        MostJa = question.MostJa,
        Attribute = question.Attribute is null ? null : $"{SurveyRules.RecordOf(question.AttributeOf)}:{question.Attribute}",
    };

    public SurveyQuestion ToQuestion()
    {
        var (english, japanese) = (Lines(ChoicesEn), Lines(ChoicesJa));
        var at = Attribute?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return new()
        {
            Id = Id,
            Kind = Kind,
            TextEn = TextEn,
            TextJa = TextJa,
            IsRequired = IsRequired,
            Choices = [.. Enumerable.Range(0, Math.Max(english.Count, japanese.Count)).Select(i => new SurveyChoice(english.ElementAtOrDefault(i), japanese.ElementAtOrDefault(i)))],
            Least = (double?)Least,
            Most = (double?)Most,
            LeastEn = LeastEn,
            LeastJa = LeastJa,
            MostEn = MostEn,
            MostJa = MostJa,
            Attribute = at < 0 ? null : Attribute![(at + 1)..],
            AttributeOf = Attribute?.StartsWith("contacts:", StringComparison.Ordinal) == true ? AttributeOwner.Contact : AttributeOwner.Account,
        };
    }

    private static string? Lines(IEnumerable<string?> texts) => string.Join('\n', texts.Select(text => text ?? "")).Trim() is { Length: > 0 } lines ? lines : null;

    private static List<string> Lines(string? text) => [.. (text ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];
}

/// <summary>What follows a score, while somebody writes it.</summary>
public sealed class FollowUpDraft
{
    private FollowUpDraft()
    {
    }

    public ScoreGroup Group { get; private init; }

    public string? ThanksEn { get; set; }

    public string? ThanksJa { get; set; }

    public string? Task { get; set; }

    public decimal? DueDays { get; set; }

    public static FollowUpDraft Of(SurveyFollowUp follow) => new() { Group = follow.Group, ThanksEn = follow.ThanksEn, ThanksJa = follow.ThanksJa, Task = follow.Task, DueDays = follow.DueDays };

    public SurveyFollowUp ToFollowUp() => new(Group) { ThanksEn = ThanksEn, ThanksJa = ThanksJa, Task = Task, DueDays = (int)(DueDays ?? 0) };
}
