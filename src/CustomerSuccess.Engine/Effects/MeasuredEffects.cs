using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Playbooks;

namespace CustomerSuccess.Engine.Effects;

/// <summary>What holdouts have shown of removing a reason for leaving.</summary>
public static class MeasuredEffects
{
    /// <summary>Plays whose effect has an interval, by the theme that they go against: those with a verdict first, then those with most known outcomes.</summary>
    public static ILookup<string, PlayEffectRow> ByTheme(EffectsReport report) => report.Plays
        .Where(row => row.Effect.Known.AreEnough)
        .OrderBy(row => row.Effect.Verdict is EffectVerdict.Works or EffectVerdict.Harms or EffectVerdict.DoesNotWork ? 0 : 1).ThenByDescending(row => row.Effect.Known.Accounts).ThenBy(row => row.Entry.Play.Key, StringComparer.Ordinal)
        .SelectMany(row => PlayThemes.Of(row.Entry.Play).Select(theme => (Theme: theme, Row: row)))
        .ToLookup(pair => pair.Theme, pair => pair.Row, StringComparer.Ordinal);
}
