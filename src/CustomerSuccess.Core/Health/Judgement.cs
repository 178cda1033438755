namespace CustomerSuccess.Core.Health;

/// <summary>
/// What a CSM thinks of an account. It counts in the account's health, less each day, and ends after <see cref="Days"/>.
/// It is never a feature of a model and never learned from: who knows that an account leaves judges accordingly.
/// </summary>
public sealed class Judgement
{
    /// <summary>Days over which a judgement loses its weight, in equal steps.</summary>
    public const int Days = 90;

    public int AccountNo { get; set; }

    /// <summary>A version 7 UUID.</summary>
    public required string JudgementId { get; set; }

    public HealthBand Band { get; set; }

    public required string Reason { get; set; }

    public DateTime At { get; set; }

    /// <summary>The company's day of <see cref="At"/>.</summary>
    public DateOnly Day { get; set; }

    /// <summary>The sign-in's id.</summary>
    public required string ByUser { get; set; }

    public string? ByEmail { get; set; }

    public DateTime? WithdrawnAt { get; set; }

    /// <summary>The health that a judgement speaks for: good is 100, watch 50, danger 0.</summary>
    public static double Health(HealthBand band) => band switch { HealthBand.Good => 100, HealthBand.Watch => 50, _ => 0 };

    /// <summary>The share of its weight that is left on a day, 1 on its own day to 0 after <see cref="Days"/>; 0 before it was made.</summary>
    public static double Left(DateOnly made, DateOnly day) =>
        day < made ? 0 : Math.Max(0, 1 - ((day.DayNumber - made.DayNumber) / (double)Days));

    /// <summary>How far the newest judgement moves a health that the dimensions alone give; 0 where there is none left.</summary>
    /// <param name="health">By the dimensions.</param>
    /// <param name="newest">The judgement.</param>
    /// <param name="day">The as-of date.</param>
    /// <param name="weight">Of a judgement of that day, where all dimensions together weigh 100.</param>
    public static double Points(double health, Judgement? newest, DateOnly day, double weight)
    {
        var left = newest is null ? 0 : weight * Left(newest.Day, day);
        return left == 0 ? 0 : left * (Health(newest!.Band) - health) / (100 + left);
    }
}
