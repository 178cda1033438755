using System.Globalization;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Core.Sequences;

/// <summary>Checks the steps of plays before they are kept.</summary>
public static class SequenceRules
{
    public const int MostSteps = 12;

    public const int LongestDelay = 365;

    public const int LongestSubject = 200;

    public const int LongestBody = 20_000;

    /// <summary>How a step can reach the customer.</summary>
    public static IReadOnlyList<string> AllChannels { get; } = [Channels.Email, Channels.Sms, Channels.Line, Channels.Message, Channels.Call, Channels.Meeting, Channels.Letter, Channels.Internal];

    /// <summary>The field under which a step's problem stands: <c>step.</c>, its place from 0, and its own field.</summary>
    public static string FieldOf(int step, string field) => string.Create(CultureInfo.InvariantCulture, $"step.{step}.{field}");

    /// <summary>Adds the rules that a sequence breaks.</summary>
    /// <param name="problems">By field; the first problem of a field stays.</param>
    /// <param name="sequence">What is to be kept.</param>
    /// <param name="fields">Every field that conditions can ask for.</param>
    /// <param name="templates">Ids of the message templates there are.</param>
    public static void Check(IDictionary<string, string> problems, PlaySequence sequence, IReadOnlyDictionary<string, SegmentField> fields, IReadOnlySet<string> templates)
    {
        Note("steps", sequence.Steps.Count == 0 ? "missing" : sequence.Steps.Count > MostSteps ? "too_many" : null);
        for (var i = 0; i < sequence.Steps.Count; i++)
        {
            foreach (var (field, code) in Check(sequence.Steps[i], fields, templates))
            {
                Note(FieldOf(i, field), code);
            }
        }

        Note("goal", sequence.Goal is { } goal && ConditionRules.Check(goal, fields) is [var wrong, ..] ? wrong.Code : null);

        void Note(string field, string? code)
        {
            if (code is not null)
            {
                problems.TryAdd(field, code);
            }
        }
    }

    private static IEnumerable<(string Field, string Code)> Check(PlayStep step, IReadOnlyDictionary<string, SegmentField> fields, IReadOnlySet<string> templates)
    {
        if (!AllChannels.Contains(step.Channel))
        {
            yield return ("channel", "unknown");
        }

        if (step.Delay is < 0 or > LongestDelay)
        {
            yield return ("delay", "out_of_range");
        }

        if (step.Hour is < 0 or > 23)
        {
            yield return ("hour", "out_of_range");
        }

        if (step.Minutes is < 0 or > 1440 or double.NaN)
        {
            yield return ("minutes", "out_of_range");
        }

        if (step.TemplateId is { } template && !templates.Contains(template))
        {
            yield return ("template", "unknown");
        }

        var isMessage = step.Channel is Channels.Email or Channels.Letter;
        if (isMessage && step.TemplateId is null && step.In("en") is null)
        {
            yield return ("subject_en", "missing");
        }

        if (Channels.IsGateway(step.Channel) && step.TextIn("en") is null)
        {
            yield return ("body_en", "missing");
        }

        foreach (var (language, subject, body) in new[] { ("en", step.SubjectEn, step.BodyEn), ("ja", step.SubjectJa, step.BodyJa) })
        {
            if (isMessage && step.TemplateId is null && EnteredText.Of(subject) is null != EnteredText.Of(body) is null)
            {
                yield return (EnteredText.Of(subject) is null ? "subject_" + language : "body_" + language, "missing");
            }

            if (subject?.Length > LongestSubject)
            {
                yield return ("subject_" + language, "too_long");
            }

            if (body?.Length > LongestBody)
            {
                yield return ("body_" + language, "too_long");
            }

            if (FieldTemplate.Parse(subject ?? "").Problems.Count > 0)
            {
                yield return ("subject_" + language, "bad_template");
            }

            if (FieldTemplate.Parse(body ?? "").Problems.Count > 0)
            {
                yield return ("body_" + language, "bad_template");
            }
        }

        if (step.SkipWhen is { } skip && ConditionRules.Check(skip, fields) is [var wrong, ..])
        {
            yield return ("skip", wrong.Code);
        }
    }
}
