using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Journal;

namespace CustomerSuccess.Core.Accounts;

/// <summary>A field of an account or a person that people may change.</summary>
/// <param name="Name">The contract's name, or the custom attribute's.</param>
/// <param name="Type">What its value is read as.</param>
/// <param name="Value">In the contract's writing: invariant numbers, ISO days, true and false; null where there is none.</param>
public sealed record ProfileField(string Name, FieldType Type, string? Value)
{
    public bool IsCustom { get; init; }

    /// <summary>True where there must be a value.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True where somebody changed it here and the sources say something else.</summary>
    public bool IsOwnWord { get; init; }

    /// <summary>What the sources last said, where <see cref="IsOwnWord"/>.</summary>
    public string? Imported { get; init; }

    /// <summary>Longest text in UTF-16 units.</summary>
    public int MaxLength { get; init; }
}

/// <summary>A change of one field that somebody asks for.</summary>
/// <param name="Field">Its name.</param>
/// <param name="Seen">The value that the author saw, in the contract's writing: another one in between is a conflict.</param>
/// <param name="Value">What it is to be, as typed: digits of any width, dates in any of the ways that files may write; null or blank for nothing.</param>
public sealed record FieldEdit(string Field, string? Seen, string? Value);

/// <summary>An account's or person's fields as they stand.</summary>
/// <param name="No">The account's or the person's number.</param>
/// <param name="Fields">The contract's own in their order, then custom ones by name.</param>
public sealed record ProfileSheet(int No, IReadOnlyList<ProfileField> Fields)
{
    public string? this[string field] => Fields.FirstOrDefault(known => known.Name == field)?.Value;
}

/// <summary>A value that a field had, newest first in lists.</summary>
/// <param name="Day">The company's day from which it held, or on which it was changed.</param>
/// <param name="At">When somebody changed it here, UTC; null for what a source brought.</param>
/// <param name="Before">What stood before; null where nothing did or where it is not known.</param>
/// <param name="Value">What stood from then on.</param>
/// <param name="ByEmail">Who changed it; null for a source.</param>
public sealed record FieldPast(DateOnly Day, DateTime? At, string? Before, string? Value, string? ByEmail)
{
    /// <summary>True where an import put another value in its place, on the day of that import.</summary>
    public bool IsReplaced { get; init; }
}

/// <summary>Reads what people type into a field.</summary>
public static class ProfileValue
{
    /// <summary>The value in the contract's writing.</summary>
    /// <param name="type">What it is read as.</param>
    /// <param name="typed">As typed.</param>
    /// <param name="value">Null where it is blank; false for a blank flag.</param>
    /// <returns>Null where it can be read, else the code of what is wrong: <c>not_a_number</c>, <c>not_a_date</c>, <c>not_a_flag</c> or <c>out_of_range</c>.</returns>
    public static string? Read(FieldType type, string? typed, out string? value)
    {
        var text = EnteredText.Of(typed);
        value = text ?? (type == FieldType.Flag ? "false" : null);
        if (text is null)
        {
            return null;
        }

        switch (type)
        {
            case FieldType.Whole:
                if (!NumberCell.TryWhole(text, out var whole))
                {
                    return "not_a_number";
                }

                value = whole.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return whole is < 0 or > int.MaxValue ? "out_of_range" : null;
            case FieldType.Number:
                if (!NumberCell.TryNumber(text, out var number))
                {
                    return "not_a_number";
                }

                value = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                return null;
            case FieldType.Day:
                if (DateCell.TryDay(text, DayOrder.Unknown, out var day) != DateResult.Ok)
                {
                    return "not_a_date";
                }

                value = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
                return null;
            case FieldType.Flag:
                if (!WordCell.TryFlag(text, out var flag))
                {
                    return "not_a_flag";
                }

                value = flag ? "true" : "false";
                return null;
            default:
                return null;
        }
    }
}
