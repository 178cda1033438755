using System.Globalization;

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

    /// <summary>A filter by the values that are known, with the chosen one among them.</summary>
    /// <param name="key">Names it in the address.</param>
    /// <param name="label">What is narrowed, in words.</param>
    /// <param name="known">Values there are, in their order; null while they are not known.</param>
    /// <param name="value">The chosen one; null for none.</param>
    /// <param name="nameOf">A value in words.</param>
    public static ChoiceFilter Of(string key, string label, IEnumerable<string>? known, string? value, Func<string, string> nameOf) =>
        new(key, label, [.. (known ?? []).Append(value ?? "").Where(one => one.Length > 0).Distinct().Select(one => new FilterChoice(one, nameOf(one)))], value);
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

/// <summary>Days from and to, both counted.</summary>
/// <param name="Label">In words.</param>
/// <param name="From">Null for from the beginning.</param>
/// <param name="To">Null for until now.</param>
public sealed record PeriodChoice(string Label, DateOnly? From, DateOnly? To);

/// <summary>A stretch of days: one that is offered, or any.</summary>
/// <param name="Key">Names its first day in the address.</param>
/// <param name="ToKey">Names its last day.</param>
/// <param name="Label">What is narrowed, in words; stands for no narrowing as well.</param>
/// <param name="Choices">Stretches that are offered.</param>
/// <param name="From">The first day; null for from the beginning.</param>
/// <param name="To">The last day; null for until now.</param>
public sealed record PeriodFilter(string Key, string ToKey, string Label, IReadOnlyList<PeriodChoice> Choices, DateOnly? From, DateOnly? To) : Filter(Key, Label)
{
    private const string Form = "yyyy-MM-dd";

    public override bool IsActive => From is not null || To is not null;

    public override string? Narrowed => IsActive ? Choices.FirstOrDefault(choice => choice.From == From && choice.To == To)?.Label ?? $"{(From is { } from ? Format.Day(from) : "")}–{(To is { } to ? Format.Day(to) : "")}" : null;

    /// <summary>The change to another stretch.</summary>
    public FilterChange Change(DateOnly? from, DateOnly? to) => new(Key, Write(from), new(ToKey, Write(to)));

    /// <summary>A day as addresses and date inputs write it; null for none.</summary>
    public static string? Write(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>A day out of an address or a date input; null for what is none.</summary>
    public static DateOnly? Read(string? text) => DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A filter is set or, with null, taken away.</summary>
/// <param name="Key">Names it in the address.</param>
/// <param name="Value">As the address writes it.</param>
/// <param name="And">What changes with it; null for nothing.</param>
public sealed record FilterChange(string Key, string? Value, FilterChange? And = null);
