using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Web.Shared.Wording;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Conditions;

/// <summary>Conditions and the fields that they ask for, in the reader's words.</summary>
public sealed class ConditionWords(IStringLocalizer<ConditionWords> text, FeatureWords features)
{
    /// <summary>What a field is called.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="segments">Names of segments by id.</param>
    public string Field(string field, IReadOnlyDictionary<string, string> segments)
    {
        if (ConditionRules.SegmentOf(field) is { } id)
        {
            var name = segments.GetValueOrDefault(id) ?? text["GoneSegment"].Value;
            return text[field.StartsWith(SegmentFields.Member, StringComparison.Ordinal) ? "InSegment" : field.StartsWith(SegmentFields.Entered, StringComparison.Ordinal) ? "EnteredSegment" : "LeftSegment", name];
        }

        return text["field." + field] is { ResourceNotFound: false } own ? own.Value : features.Name(field);
    }

    /// <summary>The heading under which a field is offered.</summary>
    public string Group(string group) => text["group." + group] is { ResourceNotFound: false } name ? name.Value : group;

    public string Kind(TestKind kind) => text["kind." + ConditionText.NameOf(kind)];

    public string Mode(GroupMode mode) => text["mode." + mode];

    public string Problem(string code) => text["problem." + code] is { ResourceNotFound: false } words ? words.Value : code;

    /// <summary>A text of a field as people call it: a theme of drivers, a stage.</summary>
    public string Value(string field, string value) => field switch
    {
        SegmentFields.Drivers => features.Theme(value),
        SegmentFields.Stage => text["stage." + value] is { ResourceNotFound: false } stage ? stage.Value : value,
        _ => value,
    };

    /// <summary>A condition as a sentence.</summary>
    /// <param name="condition">What it says.</param>
    /// <param name="fields">Every field that there is.</param>
    /// <param name="segments">Names of segments by id.</param>
    /// <param name="currency">Of money.</param>
    public string Sentence(Condition condition, IReadOnlyDictionary<string, SegmentField> fields, IReadOnlyDictionary<string, string> segments, string currency)
    {
        return condition switch
        {
            AllOf { Parts.Count: 0 } => text["Everybody"],
            AllOf all => string.Join(text["And"], all.Parts.Select(Inner)),
            AnyOf any => string.Join(text["Or"], any.Parts.Select(Inner)),
            NotOf not => text["Not", Sentence(not.Part, fields, segments, currency)],
            FieldTest test => Test(test, fields, segments, currency),
            _ => "",
        };

        // a group of several within another one is put in brackets
        string Inner(Condition part) => part is AllOf { Parts.Count: > 1 } or AnyOf { Parts.Count: > 1 }
            ? text["Brackets", Sentence(part, fields, segments, currency)]
            : Sentence(part, fields, segments, currency);
    }

    private string Test(FieldTest test, IReadOnlyDictionary<string, SegmentField> fields, IReadOnlyDictionary<string, string> segments, string currency) =>
        text["is." + ConditionText.NameOf(test.Kind), Field(test.Field, segments), ValueOf(test, fields.GetValueOrDefault(test.Field)?.Unit ?? FeatureUnit.Count, currency)];

    private string ValueOf(FieldTest test, FeatureUnit unit, string currency) => test.Kind switch
    {
        TestKind.OneOf or TestKind.NoneOf => string.Join(text["Comma"], test.Values.Select(value => Value(test.Field, value))),
        TestKind.Contains => test.Values is [var part, ..] ? part : "",
        TestKind.OnOrAfter or TestKind.OnOrBefore => Format.Day(test.Day),
        TestKind.AtLeast or TestKind.AtMost or TestKind.Above or TestKind.Below or TestKind.Equals => unit switch
        {
            FeatureUnit.Share or FeatureUnit.Change => Format.Percent(test.Number, 0),
            FeatureUnit.Money => Format.Money(test.Number, currency),
            FeatureUnit.Days => text["Days", Format.Number(test.Number, 0)],
            _ => Format.Number(test.Number, test.Number == Math.Round(test.Number) ? 0 : 2),
        },
        _ => Format.Number(test.Number, 0),
    };
}
