using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Web.Shared.Conditions;

/// <summary>What the parts of a condition's editor share.</summary>
/// <param name="Fields">Every field that can be asked for.</param>
/// <param name="Segments">Names of segments by id.</param>
/// <param name="Currency">Of money.</param>
/// <param name="Values">The texts that a field has.</param>
public sealed record ConditionEditing(IReadOnlyDictionary<string, SegmentField> Fields, IReadOnlyDictionary<string, string> Segments, string Currency, Func<string, Task<IReadOnlyList<string>>> Values)
{
    /// <summary>What is wrong, by the part's path.</summary>
    public IReadOnlyDictionary<string, string> Problems { get; init; } = new Dictionary<string, string>();

    /// <summary>The rules that a condition breaks, by path; the first of each part.</summary>
    public IReadOnlyDictionary<string, string> Check(Condition condition, bool mayBeEmpty = false) =>
        ConditionRules.Check(condition, Fields, mayBeEmpty).GroupBy(problem => problem.Path).ToDictionary(own => own.Key, own => own.First().Code);
}
