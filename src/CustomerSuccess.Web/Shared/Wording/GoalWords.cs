using CustomerSuccess.Core.Goals;
using CustomerSuccess.Web.Shared.Values;
using Microsoft.Extensions.Localization;

namespace CustomerSuccess.Web.Shared.Wording;

/// <summary>Goals and what they measure, in words.</summary>
public sealed class GoalWords(IStringLocalizer<GoalWords> text, ColleagueNames people)
{
    private const decimal Percent = 100;

    public string Kind(GoalKind kind) => text["Kind_" + kind];

    public string Measure(GoalMeasure measure) => text["Measure_" + measure];

    /// <summary>What a value of a month speaks of, such as the three months that end with it.</summary>
    public string Time(GoalMeasure measure) => text["Time_" + MeasureCatalogue.Of(measure).Time];

    public string Status(GoalStatus status) => text["Status_" + status];

    /// <summary>What a status means.</summary>
    public string StatusHint(GoalStatus status) => text["StatusHint_" + status];

    public static Tone Tone(GoalStatus status) => status switch
    {
        GoalStatus.Reached or GoalStatus.OnTrack => Values.Tone.Good,
        GoalStatus.Behind => Values.Tone.Watch,
        GoalStatus.Missed => Values.Tone.Danger,
        _ => Values.Tone.Neutral,
    };

    /// <summary>A value in the measure's unit.</summary>
    public string Value(GoalMeasure measure, double? value, string currency) => value is null ? Format.Missing : MeasureCatalogue.Of(measure).Unit switch
    {
        MeasureUnit.Share => Format.Percent(value),
        MeasureUnit.Money => Format.Money(value, currency),
        MeasureUnit.Count => Format.Number(value, 0),
        MeasureUnit.Stars => Format.Number(value, 2),
        MeasureUnit.Hours => text["Hours", Format.Number(value)],
        _ => Format.Number(value),
    };

    /// <summary>The unit behind a field; null for none.</summary>
    public string? Unit(GoalMeasure measure, string currency) => MeasureCatalogue.Of(measure).Unit switch
    {
        MeasureUnit.Share => text["UnitPercent"].Value,
        MeasureUnit.Money => currency,
        MeasureUnit.Hours => text["UnitHours"].Value,
        _ => null,
    };

    /// <summary>A stored value as people type it: shares in per cent.</summary>
    public static decimal? Typed(GoalMeasure measure, decimal? stored) => MeasureCatalogue.Of(measure).Unit == MeasureUnit.Share ? stored * Percent : stored;

    /// <summary>What was typed, as it is stored.</summary>
    public static decimal? Stored(GoalMeasure measure, decimal? typed) => MeasureCatalogue.Of(measure).Unit == MeasureUnit.Share ? typed / Percent : typed;

    /// <summary>The figure's interval and how many it rests on; null without a figure.</summary>
    public string? Grounds(GoalMeasure measure, MeasurePoint? point, string currency) => point switch
    {
        null => null,
        { Lower: { } lower, Upper: { } upper } => text["Interval", Value(measure, lower, currency), Value(measure, upper, currency), Format.Count(point.N)].Value,
        _ => text["Count", Format.Count(point.N)].Value,
    };

    /// <summary>The accounts that a goal speaks of; null for all.</summary>
    public string? Scope(GoalScope scope)
    {
        string?[] parts = [scope.Segment is { } segment ? text["ScopeSegment", segment].Value : null, scope.Plan is { } plan ? text["ScopePlan", plan].Value : null, scope.Owner is { } owner ? text["ScopeOwner", people.Of(owner)].Value : null];
        return parts.Any(part => part is not null) ? string.Join(text["ScopeAnd"].Value, parts.OfType<string>()) : null;
    }

    /// <summary>A goal's line on a chart.</summary>
    public string GoalLine(Goal goal) => text["GoalLine", goal.Title];

    public string LinkKind(GoalLinkKind kind) => text["Link_" + kind];

    /// <summary>Where a link leads.</summary>
    public static string LinkHref(GoalLink link) => link.Kind switch
    {
        GoalLinkKind.Play => $"/plays/{Uri.EscapeDataString(link.Id)}",
        GoalLinkKind.Segment => $"/segments/{Uri.EscapeDataString(link.Id)}",
        _ => "/marks",
    };
}
