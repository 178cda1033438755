using System.Globalization;

namespace CustomerSuccess.Core.Segments;

/// <summary>
/// What has to hold of an account: tests of its fields, put together by all, any and not, as deep as needed.
/// A field that is missing for an account fulfils no test but <see cref="TestKind.Missing"/>, so that nothing is said of what is not known.
/// </summary>
public abstract record Condition
{
    /// <summary>How many tests a condition may have in all.</summary>
    public const int MostTests = 60;

    /// <summary>How deep groups may stand within each other.</summary>
    public const int Deepest = 6;

    /// <summary>Holds for every account.</summary>
    public static Condition Always { get; } = new AllOf([]);

    /// <summary>True where it holds.</summary>
    public abstract bool Holds(IFieldValues values);

    /// <summary>Every test in it, from left to right.</summary>
    public abstract IEnumerable<FieldTest> Tests { get; }

    /// <summary>The fields that it asks for.</summary>
    public IEnumerable<string> Fields => Tests.Select(test => test.Field).Distinct();
}

/// <summary>Every part holds; without parts it always does.</summary>
public sealed record AllOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override IEnumerable<FieldTest> Tests => Parts.SelectMany(part => part.Tests);

    public override bool Holds(IFieldValues values)
    {
        foreach (var part in Parts)
        {
            if (!part.Holds(values))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>At least one part holds; without parts it never does.</summary>
public sealed record AnyOf(IReadOnlyList<Condition> Parts) : Condition
{
    public override IEnumerable<FieldTest> Tests => Parts.SelectMany(part => part.Tests);

    public override bool Holds(IFieldValues values)
    {
        foreach (var part in Parts)
        {
            if (part.Holds(values))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The part does not hold.</summary>
public sealed record NotOf(Condition Part) : Condition
{
    public override IEnumerable<FieldTest> Tests => Part.Tests;

    public override bool Holds(IFieldValues values) => !Part.Holds(values);
}

/// <summary>What a test asks of a field.</summary>
public enum TestKind
{
    /// <summary>There is a value.</summary>
    Known,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>A number, or a day by its number.</summary>
    AtLeast,
    AtMost,
    Above,
    Below,
    Equals,

    /// <summary>A text that is one of those named, without regard to case; of several texts, any of them.</summary>
    OneOf,

    /// <summary>A known text that is none of those named.</summary>
    NoneOf,

    /// <summary>A text with the one named in it, without regard to case.</summary>
    Contains,

    /// <summary>A flag.</summary>
    Yes,
    No,

    /// <summary>A day from the one named on.</summary>
    OnOrAfter,
    OnOrBefore,

    /// <summary>A day out of the last so many days, the as-of day among them.</summary>
    InLastDays,

    /// <summary>A day that lies more than so many days back.</summary>
    MoreThanDaysAgo,

    /// <summary>The as-of day or one of the next so many days.</summary>
    InNextDays,

    /// <summary>A day whose anniversary is the as-of day or one of the next so many days.</summary>
    AnniversaryInDays,
}

/// <summary>One question about one field.</summary>
public sealed record FieldTest : Condition
{
    private readonly double _number;
    private readonly double _day;

    /// <param name="field">Name of the field, out of <see cref="SegmentFields"/>.</param>
    /// <param name="kind">What is asked.</param>
    /// <param name="values">Numbers in invariant writing, days as ISO dates, texts as they are; none where the kind asks for none.</param>
    public FieldTest(string field, TestKind kind, params IReadOnlyList<string> values)
    {
        (Field, Kind, Values) = (field, kind, values);
        _number = values.Count > 0 && double.TryParse(values[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        _day = values.Count > 0 && DateOnly.TryParseExact(values[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.DayNumber : double.NaN;
    }

    public string Field { get; }

    public TestKind Kind { get; }

    public IReadOnlyList<string> Values { get; }

    /// <summary>The first value as a number; NaN where it is none.</summary>
    public double Number => _number;

    /// <summary>The first value as a day; null where it is none.</summary>
    public DateOnly? Day => double.IsNaN(_day) ? null : DateOnly.FromDayNumber((int)_day);

    public override IEnumerable<FieldTest> Tests => [this];

    public bool Equals(FieldTest? other) => other is not null && Field == other.Field && Kind == other.Kind && Values.SequenceEqual(other.Values, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Field, Kind, Values.Count);

    public override bool Holds(IFieldValues values) => Kind switch
    {
        TestKind.Known => IsKnown(values),
        TestKind.Missing => !IsKnown(values),
        TestKind.OneOf => Texts(values) is { } texts && texts.Exists(IsNamed),
        TestKind.NoneOf => Texts(values) is { } texts && !texts.Exists(IsNamed),
        TestKind.Contains => Values.Count > 0 && Texts(values) is { } texts && texts.Exists(text => text.Contains(Values[0], StringComparison.OrdinalIgnoreCase)),
        // every comparison with NaN is false
        TestKind.AtLeast => values.Number(Field) >= _number,
        TestKind.AtMost => values.Number(Field) <= _number,
        TestKind.Above => values.Number(Field) > _number,
        TestKind.Below => values.Number(Field) < _number,
        TestKind.Equals => values.Number(Field) == _number,
        TestKind.Yes => values.Number(Field) == 1,
        TestKind.No => values.Number(Field) == 0,
        TestKind.OnOrAfter => values.Number(Field) >= _day,
        TestKind.OnOrBefore => values.Number(Field) <= _day,
        TestKind.InLastDays => values.AsOf.DayNumber - values.Number(Field) is var ago && ago >= 0 && ago <= _number,
        TestKind.MoreThanDaysAgo => values.AsOf.DayNumber - values.Number(Field) > _number,
        TestKind.InNextDays => values.Number(Field) - values.AsOf.DayNumber is var ahead && ahead >= 0 && ahead <= _number,
        TestKind.AnniversaryInDays => DaysToAnniversary(values) <= _number,
        _ => false,
    };

    private bool IsKnown(IFieldValues values) => !double.IsNaN(values.Number(Field)) || values.Texts(Field).Count > 0;

    private List<string>? Texts(IFieldValues values) => values.Texts(Field) is { Count: > 0 } texts ? [.. texts] : null;

    private bool IsNamed(string text) => Values.Contains(text, StringComparer.OrdinalIgnoreCase);

    /// <summary>Days to the next anniversary of a day in the past, 0 on the day itself; of 29 February it is 28 February in other years.</summary>
    private double DaysToAnniversary(IFieldValues values)
    {
        var number = values.Number(Field);
        if (double.IsNaN(number) || number >= values.AsOf.DayNumber)
        {
            return double.NaN;
        }

        var day = DateOnly.FromDayNumber((int)number);
        var years = values.AsOf.Year - day.Year;
        var next = years > 0 && day.AddYears(years) >= values.AsOf ? day.AddYears(years) : day.AddYears(years + 1);
        return next.DayNumber - values.AsOf.DayNumber;
    }
}

/// <summary>What is known of one account, field by field.</summary>
public interface IFieldValues
{
    /// <summary>The day as of which it is known.</summary>
    DateOnly AsOf { get; }

    /// <summary>A number, a day's number, or a flag as 1 or 0; NaN where it is missing or a text.</summary>
    double Number(string field);

    /// <summary>The text of a field, or its texts; none where it is missing or a number.</summary>
    IReadOnlyList<string> Texts(string field);
}
