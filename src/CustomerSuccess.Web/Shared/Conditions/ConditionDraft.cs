using CustomerSuccess.Core.Segments;

namespace CustomerSuccess.Web.Shared.Conditions;

/// <summary>How the parts of a group go together.</summary>
public enum GroupMode
{
    All,
    Any,

    /// <summary>None of them holds.</summary>
    None,
}

/// <summary>A condition while somebody writes it: a group of parts, or one test that may not be complete yet.</summary>
public sealed class ConditionDraft
{
    /// <summary>True for a group; false for a test.</summary>
    public bool IsGroup { get; private init; }

    public GroupMode Mode { get; set; }

    public List<ConditionDraft> Parts { get; } = [];

    public string? Field { get; set; }

    public TestKind Kind { get; set; } = TestKind.Known;

    public IReadOnlyList<string> Values { get; set; } = [];

    /// <summary>Tells parts apart while they are drawn.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public static ConditionDraft Group(GroupMode mode = GroupMode.All, params IEnumerable<ConditionDraft> parts)
    {
        var group = new ConditionDraft { IsGroup = true, Mode = mode };
        group.Parts.AddRange(parts);
        return group;
    }

    public static ConditionDraft Test() => new();

    /// <summary>A group that says what a condition says.</summary>
    public static ConditionDraft Of(Condition condition) => Read(condition) is { IsGroup: true } group ? group : Group(GroupMode.All, Read(condition));

    /// <summary>What the draft says; a test without a field asks for the field without a name, which no rule lets pass.</summary>
    public Condition ToCondition() => !IsGroup ? new FieldTest(Field ?? "", Kind, Values)
        : Mode switch
        {
            GroupMode.Any => new AnyOf(Inner()),
            GroupMode.None => new NotOf(new AnyOf(Inner())),
            _ => new AllOf(Inner()),
        };

    private List<Condition> Inner() => [.. Parts.Select(part => part.ToCondition())];

    private static ConditionDraft Read(Condition condition) => condition switch
    {
        AllOf all => Group(GroupMode.All, all.Parts.Select(Read)),
        AnyOf any => Group(GroupMode.Any, any.Parts.Select(Read)),
        NotOf { Part: AnyOf none } => Group(GroupMode.None, none.Parts.Select(Read)),
        NotOf not => Group(GroupMode.None, Read(not.Part)),
        FieldTest test => new ConditionDraft { Field = test.Field, Kind = test.Kind, Values = test.Values },
        _ => Group(),
    };
}
