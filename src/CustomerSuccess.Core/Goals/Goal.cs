using System.Globalization;

namespace CustomerSuccess.Core.Goals;

/// <summary>Whether a goal is an end in itself or serves one.</summary>
public enum GoalKind
{
    /// <summary>What the company wants to reach.</summary>
    Kgi,

    /// <summary>What it steers by on the way there.</summary>
    Kpi,
}

/// <summary>Which accounts a goal speaks of; null for all. An account counts by what it was at the time of the figure.</summary>
public sealed record GoalScope(string? Segment = null, string? Owner = null, string? Plan = null)
{
    public static GoalScope All { get; } = new();

    /// <summary>By what it narrows.</summary>
    public MeasureScopes Used => (Segment is null ? 0 : MeasureScopes.Segment) | (Owner is null ? 0 : MeasureScopes.Owner) | (Plan is null ? 0 : MeasureScopes.Plan);
}

/// <summary>A target for a figure, with whoever answers for it and a day by which it is to be reached.</summary>
public sealed class Goal
{
    /// <summary>Characters of a title and of a note.</summary>
    public const int LongestTitle = 80, LongestNote = 1000;

    /// <summary>Interim targets of one goal, and years between its first and last day.</summary>
    public const int MostSteps = 12, MostYears = 10;

    /// <summary>A version 7 UUID.</summary>
    public required string GoalId { get; set; }

    public GoalKind Kind { get; set; }

    /// <summary>The KGI that a KPI serves; null for none, and for every KGI.</summary>
    public string? ParentId { get; set; }

    public required string Title { get; set; }

    public string? Note { get; set; }

    public GoalMeasure Measure { get; set; }

    /// <summary>Accounts of this segment alone; null for all.</summary>
    public string? Segment { get; set; }

    /// <summary>Accounts of this colleague alone, an address in lower case; null for all.</summary>
    public string? OfOwner { get; set; }

    /// <summary>Accounts of this plan alone; null for all.</summary>
    public string? Plan { get; set; }

    /// <summary>Who answers for it, an address in lower case.</summary>
    public required string OwnerEmail { get; set; }

    /// <summary>The day from which the way to the target is measured.</summary>
    public DateOnly StartOn { get; set; }

    /// <summary>Where the figure stood then, in the measure's unit.</summary>
    public decimal StartValue { get; set; }

    /// <summary>The day by which it is to be reached.</summary>
    public DateOnly DueOn { get; set; }

    public decimal TargetValue { get; set; }

    /// <summary>Interim targets, as <see cref="GoalPath"/> writes them; null for a straight line.</summary>
    public string? Steps { get; set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>UTC.</summary>
    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    /// <summary>Given up; null while it stands.</summary>
    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }

    public GoalScope Scope => new(Segment, OfOwner, Plan);

    public GoalPath Path => new(StartOn, StartValue, DueOn, TargetValue, GoalPath.ParseSteps(Steps));
}

/// <summary>An interim target.</summary>
public readonly record struct GoalStep(DateOnly Day, decimal Value);

/// <summary>The way from where a figure stood to where it is to be: straight from one interim target to the next.</summary>
public sealed class GoalPath
{
    private readonly List<GoalStep> _points;

    /// <param name="startOn">The first day.</param>
    /// <param name="start">The value then.</param>
    /// <param name="dueOn">The last day, after the first.</param>
    /// <param name="target">The value then.</param>
    /// <param name="steps">Interim targets between the two days, in any order.</param>
    public GoalPath(DateOnly startOn, decimal start, DateOnly dueOn, decimal target, IReadOnlyList<GoalStep> steps) =>
        _points = [new(startOn, start), .. steps.OrderBy(step => step.Day), new(dueOn, target)];

    /// <summary>What the figure should be on a day; null before the first. From the last day on it is the target.</summary>
    public double? On(DateOnly day)
    {
        if (day < _points[0].Day)
        {
            return null;
        }

        for (var i = 1; i < _points.Count; i++)
        {
            var (before, after) = (_points[i - 1], _points[i]);
            if (day < after.Day)
            {
                var share = (double)(day.DayNumber - before.Day.DayNumber) / (after.Day.DayNumber - before.Day.DayNumber);
                return (double)before.Value + (share * (double)(after.Value - before.Value));
            }
        }

        return (double)_points[^1].Value;
    }

    /// <summary>Interim targets as text: <c>2026-09-30=0.92;2026-12-31=0.93</c>; null for none.</summary>
    public static string? WriteSteps(IEnumerable<GoalStep> steps) =>
        string.Join(';', steps.OrderBy(step => step.Day).Select(step => FormattableString.Invariant($"{step.Day:yyyy-MM-dd}={step.Value}"))) is { Length: > 0 } text ? text : null;

    /// <summary>What <see cref="WriteSteps"/> wrote; anything else is left out.</summary>
    public static IReadOnlyList<GoalStep> ParseSteps(string? text)
    {
        var steps = new List<GoalStep>();
        foreach (var part in text?.Split(';') ?? [])
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && DateOnly.TryParseExact(part[..at], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && decimal.TryParse(part[(at + 1)..], NumberStyles.Number, CultureInfo.InvariantCulture, out var value))
            {
                steps.Add(new(day, value));
            }
        }

        return steps;
    }
}
