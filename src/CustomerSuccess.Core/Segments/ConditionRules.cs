using System.Globalization;

namespace CustomerSuccess.Core.Segments;

/// <summary>A rule that a condition breaks.</summary>
/// <param name="Path">Which part: indexes of parts from the top, apart by dots; empty for the whole.</param>
/// <param name="Code"><c>empty_group</c>, <c>too_many</c>, <c>too_deep</c>, <c>no_field</c>, <c>unknown_field</c>, <c>wrong_test</c>, <c>missing_value</c>, <c>not_a_number</c>, <c>not_a_day</c>, <c>out_of_range</c>, <c>too_long</c>, <c>too_many_values</c>, <c>refers_to_itself</c>.</param>
/// <param name="Field">The field that is spoken of; null where none is.</param>
public sealed record ConditionProblem(string Path, string Code, string? Field = null);

/// <summary>Checks conditions before they are kept.</summary>
public static class ConditionRules
{
    public const int MostValues = 200;

    public const int LongestValue = 200;

    /// <summary>Days that a test may count: about 30 years.</summary>
    public const int MostDays = 10_957;

    /// <summary>The rules that a condition breaks.</summary>
    /// <param name="condition">What is to be kept.</param>
    /// <param name="fields">Every field that there is.</param>
    /// <param name="mayBeEmpty">True where a condition without tests is meant: everybody.</param>
    public static IReadOnlyList<ConditionProblem> Check(Condition condition, IReadOnlyDictionary<string, SegmentField> fields, bool mayBeEmpty = false)
    {
        var problems = new List<ConditionProblem>();
        if (condition.Tests.Take(Condition.MostTests + 1).Count() > Condition.MostTests)
        {
            problems.Add(new("", "too_many"));
        }

        Check(condition, "", 0, fields, mayBeEmpty, problems);
        return problems;
    }

    /// <summary>True where a segment's condition asks, directly or by way of others, for the segment itself.</summary>
    /// <param name="segmentId">The segment.</param>
    /// <param name="condition">What it is to say.</param>
    /// <param name="others">What the other segments say, by id.</param>
    public static bool RefersToItself(string segmentId, Condition condition, IReadOnlyDictionary<string, Condition> others)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Condition>([condition]);
        while (open.TryPop(out var next))
        {
            foreach (var id in SegmentsOf(next))
            {
                if (id == segmentId)
                {
                    return true;
                }

                if (seen.Add(id) && others.TryGetValue(id, out var other))
                {
                    open.Push(other);
                }
            }
        }

        return false;
    }

    /// <summary>The segments that a condition asks for.</summary>
    public static IEnumerable<string> SegmentsOf(Condition condition) => condition.Fields.Select(SegmentOf).OfType<string>().Distinct();

    /// <summary>The segment that a field speaks of; null where it speaks of none.</summary>
    public static string? SegmentOf(string field)
    {
        foreach (var prefix in (ReadOnlySpan<string>)[SegmentFields.Member, SegmentFields.Entered, SegmentFields.Left])
        {
            if (field.StartsWith(prefix, StringComparison.Ordinal))
            {
                return field[prefix.Length..];
            }
        }

        return null;
    }

    private static void Check(Condition condition, string path, int depth, IReadOnlyDictionary<string, SegmentField> fields, bool mayBeEmpty, List<ConditionProblem> problems)
    {
        if (depth > Condition.Deepest)
        {
            problems.Add(new(path, "too_deep"));
            return;
        }

        switch (condition)
        {
            case AllOf { Parts.Count: 0 } when !(mayBeEmpty && depth == 0):
            case AnyOf { Parts.Count: 0 }:
                problems.Add(new(path, "empty_group"));
                break;
            case AllOf all:
                CheckParts(all.Parts);
                break;
            case AnyOf any:
                CheckParts(any.Parts);
                break;
            case NotOf { Part: AnyOf or AllOf } not:
                // a group of which nothing holds counts as one group
                Check(not.Part, path, depth, fields, false, problems);
                break;
            case NotOf not:
                Check(not.Part, Of(path, 0), depth + 1, fields, false, problems);
                break;
            case FieldTest test when Problem(test, fields) is { } code:
                problems.Add(new(path, code, test.Field));
                break;
        }

        void CheckParts(IReadOnlyList<Condition> parts)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                Check(parts[i], Of(path, i), depth + 1, fields, false, problems);
            }
        }
    }

    /// <summary>The path of a part.</summary>
    public static string Of(string path, int part) => string.Create(CultureInfo.InvariantCulture, $"{path}{(path.Length > 0 ? "." : "")}{part}");

    private static string? Problem(FieldTest test, IReadOnlyDictionary<string, SegmentField> fields)
    {
        if (test.Field.Length == 0)
        {
            return "no_field";
        }

        if (!fields.TryGetValue(test.Field, out var field))
        {
            return "unknown_field";
        }

        if (!field.Tests.Contains(test.Kind))
        {
            return "wrong_test";
        }

        if (test.Kind is TestKind.Known or TestKind.Missing or TestKind.Yes or TestKind.No)
        {
            return test.Values.Count == 0 ? null : "too_many_values";
        }

        if (test.Values.Count == 0 || test.Values.Any(string.IsNullOrWhiteSpace))
        {
            return "missing_value";
        }

        if (test.Kind is TestKind.OneOf or TestKind.NoneOf)
        {
            return test.Values.Count > MostValues ? "too_many_values" : test.Values.Any(value => value.Length > LongestValue) ? "too_long" : null;
        }

        if (test.Values.Count > 1)
        {
            return "too_many_values";
        }

        return test.Kind switch
        {
            TestKind.Contains => test.Values[0].Length > LongestValue ? "too_long" : null,
            TestKind.OnOrAfter or TestKind.OnOrBefore => test.Day is null ? "not_a_day" : null,
            TestKind.InLastDays or TestKind.MoreThanDaysAgo or TestKind.InNextDays => !double.IsFinite(test.Number) ? "not_a_number" : test.Number is < 0 or > MostDays ? "out_of_range" : null,
            TestKind.AnniversaryInDays => !double.IsFinite(test.Number) ? "not_a_number" : test.Number is < 0 or > 366 ? "out_of_range" : null,
            _ => double.IsFinite(test.Number) ? null : "not_a_number",
        };
    }
}
