using System.Text.RegularExpressions;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Mail;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Sequences;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>Checks plays before they are kept.</summary>
public static partial class PlayRules
{
    public const int MostTriggers = 8;

    /// <summary>No key: addresses name the play that is being written like this.</summary>
    public const string New = "new";

    /// <summary>Likewise the page of all effects.</summary>
    private const string Effects = "effects";

    /// <summary>Likewise the page of letters to be posted.</summary>
    private const string Letters = "letters";

    /// <summary>Whoever can be named to do a play.</summary>
    public static IReadOnlyList<string> Doers { get; } = ["csm", "csm_with_support", "csm_with_finance", "csm_with_sponsor", "csm_with_sales"];

    public static IReadOnlyList<string> AllChannels { get; } = [Channels.Call, Channels.Email, Channels.Meeting, Channels.Sms, Channels.Line, Channels.Message, Channels.Internal];

    /// <summary>The rules that a play breaks, by field. Of a condition the code stands under <c>trigger</c> or <c>exit</c>.</summary>
    /// <param name="play">What is to be kept.</param>
    /// <param name="fields">Every field that conditions can ask for.</param>
    /// <param name="templates">Ids of the message templates there are.</param>
    public static IReadOnlyDictionary<string, string> Check(Play play, IReadOnlyDictionary<string, SegmentField> fields, IReadOnlySet<string> templates)
    {
        var problems = new Dictionary<string, string>();
        if (!Key().IsMatch(play.Key) || play.Key is New or Effects or Letters)
        {
            problems["key"] = "not_a_key";
        }

        var isBuiltIn = PlayCatalogue.Find(play.Key) is not null;
        EnteredText.Check(problems, "name_en", EnteredText.Of(play.NameEn), Play.LongestName, isRequired: !isBuiltIn && EnteredText.Of(play.NameJa) is null);
        EnteredText.Check(problems, "name_ja", EnteredText.Of(play.NameJa), Play.LongestName);
        EnteredText.Check(problems, "message_en", EnteredText.Of(play.MessageEn), Play.LongestMessage);
        EnteredText.Check(problems, "message_ja", EnteredText.Of(play.MessageJa), Play.LongestMessage);
        CheckText("text_en", play.TextEn);
        CheckText("text_ja", play.TextJa);
        Check("channels", play.Channels.Count == 0 ? "missing" : play.Channels.All(AllChannels.Contains) && play.Channels.Distinct().Count() == play.Channels.Count ? null : "unknown");
        Check("minutes", play.Minutes is >= 1 and <= 1440 ? null : "out_of_range");
        Check("cost", play.Cost is >= 0 and <= 100_000_000 ? null : "out_of_range");
        Check("effect", play.PriorEffect is > 0 and <= 1 ? null : "out_of_range");
        Check("holdout", play.HoldoutShare is null or (>= 0 and <= Holdout.Most) ? null : "out_of_range");
        Check("cool_down", play.CoolDownDays is >= 1 and <= 3650 ? null : "out_of_range");
        Check("by", Doers.Contains(play.By) ? null : "unknown");
        Check("template", play.TemplateId is null || templates.Contains(play.TemplateId) ? null : "unknown");
        Check("trigger", play.Triggers.Count is 0 ? "missing" : play.Triggers.Count > MostTriggers ? "too_many" : null);
        foreach (var trigger in play.Triggers)
        {
            if (ConditionRules.Check(trigger.When, fields, mayBeEmpty: true) is [var first, ..])
            {
                problems["trigger"] = first.Code;
            }
            else if (trigger.Args.Values.Any(field => !fields.ContainsKey(field.TrimStart('-'))))
            {
                problems["trigger"] = "unknown_field";
            }
        }

        if (play.Exit is { } exit && ConditionRules.Check(exit, fields) is [var wrong, ..])
        {
            problems["exit"] = wrong.Code;
        }

        if (play.Sequence is { } sequence)
        {
            SequenceRules.Check(problems, sequence, fields, templates);
        }

        return problems;

        void CheckText(string field, string? text)
        {
            EnteredText.Check(problems, field, EnteredText.Of(text), Play.LongestText);
            Check(field, FieldTemplate.Parse(text ?? "").Problems.Count > 0 ? "bad_template" : null);
        }

        void Check(string field, string? code)
        {
            if (code is not null)
            {
                problems[field] = code;
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{1,39}$")]
    private static partial Regex Key();
}
