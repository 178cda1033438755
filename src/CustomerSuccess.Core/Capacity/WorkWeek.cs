using System.Globalization;

namespace CustomerSuccess.Core.Capacity;

/// <summary>A CSM's minutes for touches by weekday.</summary>
public sealed class WorkWeek : IEquatable<WorkWeek>
{
    /// <summary>Minutes of a day.</summary>
    public const int Most = 1440;

    private const int Days = 7;

    private readonly double[] _minutes;

    /// <param name="minutes">From Monday to Sunday, each 0–1440.</param>
    public WorkWeek(IReadOnlyList<double> minutes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(minutes.Count, Days);
        _minutes = [.. minutes];
    }

    /// <summary>From Monday to Sunday.</summary>
    public IReadOnlyList<double> Minutes => _minutes;

    /// <summary>As many minutes on each day from Monday to Friday, none on the weekend.</summary>
    public static WorkWeek Weekdays(double minutes) => new([minutes, minutes, minutes, minutes, minutes, 0, 0]);

    public double On(DayOfWeek day) => _minutes[((int)day + 6) % Days];

    /// <summary>What <see cref="ToString"/> writes; null for anything else.</summary>
    public static WorkWeek? Parse(string? text)
    {
        var parts = text?.Split(',') ?? [];
        var minutes = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out minutes[i]) || minutes[i] is < 0 or > Most)
            {
                return null;
            }
        }

        return minutes.Length == Days ? new(minutes) : null;
    }

    /// <summary>From Monday to Sunday, separated by commas.</summary>
    public override string ToString() => string.Join(',', _minutes.Select(minutes => minutes.ToString("R", CultureInfo.InvariantCulture)));

    public bool Equals(WorkWeek? other) => other is not null && _minutes.SequenceEqual(other._minutes);

    public override bool Equals(object? obj) => Equals(obj as WorkWeek);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}

/// <summary>A CSM's own week, where it differs from the company's.</summary>
public sealed class CsmCapacity
{
    /// <summary>In lower case.</summary>
    public required string Email { get; set; }

    /// <summary>As <see cref="WorkWeek"/> writes it; null for the company's.</summary>
    public string? Week { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public int Version { get; set; }
}

/// <summary>Days on which somebody, or everybody, is away.</summary>
public sealed class Absence
{
    /// <summary>For <see cref="Email"/>: a day off of the whole company.</summary>
    public const string Everybody = "";

    /// <summary>Characters of a note.</summary>
    public const int LongestNote = 200;

    /// <summary>In lower case; <see cref="Everybody"/> for the company.</summary>
    public required string Email { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string AbsenceId { get; set; }

    public DateOnly From { get; set; }

    /// <summary>The last day of it.</summary>
    public DateOnly Until { get; set; }

    public string? Note { get; set; }

    public DateTime CreatedAt { get; set; }

    public string? CreatedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public bool Covers(DateOnly day) => DeletedAt is null && From <= day && day <= Until;
}

/// <summary>How many minutes a CSM has on a day.</summary>
/// <param name="week">By weekday.</param>
/// <param name="away">The CSM's own days off and the company's.</param>
/// <param name="isHoliday">True for a public holiday.</param>
public sealed class CsmCalendar(WorkWeek week, IReadOnlyList<Absence> away, Func<DateOnly, bool> isHoliday)
{
    public WorkWeek Week => week;

    public double MinutesOn(DateOnly day) => isHoliday(day) || away.Any(off => off.Covers(day)) ? 0 : week.On(day.DayOfWeek);

    /// <summary>The absence that covers a day; null where there is none.</summary>
    public Absence? AwayOn(DateOnly day) => away.FirstOrDefault(off => off.Covers(day));
}

/// <summary>A CSM's week and absences, to be looked at and changed.</summary>
/// <param name="Email">In lower case; <see cref="Absence.Everybody"/> for the company.</param>
/// <param name="Own">Null where the company's week holds.</param>
/// <param name="Company">The company's week.</param>
/// <param name="Version">Of the week; 0 for none of its own.</param>
/// <param name="Away">Absences that have not passed, earliest first.</param>
public sealed record CapacitySheet(string Email, WorkWeek? Own, WorkWeek Company, int Version, IReadOnlyList<Absence> Away)
{
    public WorkWeek Week => Own ?? Company;
}
