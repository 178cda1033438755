namespace CustomerSuccess.Core.Risk;

/// <summary>One theme's part of a change.</summary>
/// <param name="Theme">See <see cref="Features.FeatureThemes"/>.</param>
/// <param name="Before">Its points then (0.09 = 9 points).</param>
/// <param name="Now">Its points now.</param>
public sealed record ThemeChange(string Theme, double Before, double Now)
{
    public double Points => Now - Before;
}

/// <summary>What moved an account's risk between two runs: the parts and the change of the base add up to the whole.</summary>
/// <param name="EarlierAsOf">The day of the earlier run.</param>
/// <param name="Before">The probability then, 0–1; the rule score / 100 in fallback.</param>
/// <param name="Now">The same now.</param>
/// <param name="BaseChange">What the base moved: another model, or the same one, then 0.</param>
/// <param name="OtherModel">True where another model was in use then.</param>
/// <param name="Themes">The strongest first, either way; what moved less than 0.05 points is summed in <paramref name="Rest"/>.</param>
/// <param name="Rest">The sum of the small ones.</param>
public sealed record RiskChange(DateOnly EarlierAsOf, double Before, double Now, double BaseChange, bool OtherModel, IReadOnlyList<ThemeChange> Themes, double Rest)
{
    /// <summary>An earlier run is one at least so many days before.</summary>
    public const int Days = 7;

    private const double Least = 0.0005;

    /// <summary>The difference of two sets of parts; a theme that one of them lacks had no points there.</summary>
    public static RiskChange Of(DateOnly earlierAsOf, bool otherModel, (double Base, IReadOnlyDictionary<string, double> Points) before, (double Base, IReadOnlyDictionary<string, double> Points) now)
    {
        ThemeChange[] all = [.. now.Points.Keys.Union(before.Points.Keys, StringComparer.Ordinal)
            .Select(theme => new ThemeChange(theme, before.Points.GetValueOrDefault(theme), now.Points.GetValueOrDefault(theme)))];
        ThemeChange[] shown = [.. all.Where(change => Math.Abs(change.Points) >= Least).OrderByDescending(change => Math.Abs(change.Points)).ThenBy(change => change.Theme, StringComparer.Ordinal)];
        return new RiskChange(
            earlierAsOf,
            before.Base + before.Points.Values.Sum(),
            now.Base + now.Points.Values.Sum(),
            now.Base - before.Base,
            otherModel,
            shown,
            all.Sum(change => change.Points) - shown.Sum(change => change.Points));
    }
}
