namespace CustomerSuccess.Web.Shared.Lists;

/// <summary>One way to narrow a list.</summary>
/// <param name="Key">Names it in the address.</param>
/// <param name="Label">What is narrowed, in words.</param>
public abstract record Filter(string Key, string Label)
{
    /// <summary>True where it narrows now.</summary>
    public abstract bool IsActive { get; }

    /// <summary>What it narrows to, in words, for the chip; null where the label says it.</summary>
    public abstract string? Narrowed { get; }
}

/// <summary>A word to search for.</summary>
public sealed record SearchFilter(string Key, string Label, string? Value) : Filter(Key, Label)
{
    public override bool IsActive => Value is not null;

    public override string? Narrowed => Value;
}

/// <summary>A value to filter by.</summary>
/// <param name="Value">As the address writes it.</param>
/// <param name="Label">In words.</param>
/// <param name="Count">How many have it; null where that is not known.</param>
public sealed record FilterChoice(string Value, string Label, int? Count = null);

/// <summary>One value out of several.</summary>
/// <param name="Key">Names it in the address.</param>
/// <param name="Label">What is narrowed, in words; stands for no narrowing as well.</param>
/// <param name="Choices">Every value there is.</param>
/// <param name="Value">The chosen one; null for none. One that is not among the choices is shown as it is.</param>
public sealed record ChoiceFilter(string Key, string Label, IReadOnlyList<FilterChoice> Choices, string? Value) : Filter(Key, Label)
{
    public override bool IsActive => Value is not null;

    public override string? Narrowed => Value is null ? null : Choices.FirstOrDefault(choice => choice.Value == Value)?.Label ?? Value;
}

/// <summary>A switch.</summary>
/// <param name="Key">Names it in the address, where it is <c>1</c>.</param>
/// <param name="Label">What remains, in words.</param>
/// <param name="On">True where it narrows now.</param>
/// <param name="Hint">On hover: what remains, exactly.</param>
public sealed record ToggleFilter(string Key, string Label, bool On, string? Hint = null) : Filter(Key, Label)
{
    public override bool IsActive => On;

    public override string? Narrowed => null;
}

/// <summary>A filter is set or, with null, taken away.</summary>
public sealed record FilterChange(string Key, string? Value);
