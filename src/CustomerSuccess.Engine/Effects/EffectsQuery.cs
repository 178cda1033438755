using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Playbooks;
using CustomerSuccess.Engine.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Effects;

/// <summary>What is known of a play's effect.</summary>
/// <param name="Entry">The play.</param>
/// <param name="Effect">Over all accounts.</param>
/// <param name="Segments">By segment, those with enough known outcomes in both arms.</param>
/// <param name="Versions">By the play's version on the day of the draw, newest first; more than one only.</param>
/// <param name="StatedShare">Share that was to be held out before anything was known.</param>
/// <param name="Share">Share that is held out now.</param>
/// <param name="Done">Offered accounts for which a touch of the play is noted while their outcome was open.</param>
/// <param name="DoneAnyway">Held-out accounts likewise.</param>
public sealed record PlayEffectRow(PlayEntry Entry, PlayEffect Effect, IReadOnlyList<EffectOfPart> Segments, IReadOnlyList<EffectOfPart> Versions, double StatedShare, double Share, int Done, int DoneAnyway)
{
    /// <summary>True where somebody was drawn, or will be.</summary>
    public bool IsMeasured => Share > 0 || Effect.Offered + Effect.HeldOut > 0;
}

/// <summary>The effect on a part of the accounts.</summary>
/// <param name="Part">The segment, or the version; empty where it is not known.</param>
/// <param name="Effect">On it.</param>
public sealed record EffectOfPart(string Part, PlayEffect Effect);

/// <summary>The effects of all plays.</summary>
/// <param name="Today">The company's day.</param>
/// <param name="KnownUntil">How far contracts reach; outcomes are known of draws that lie <see cref="LabelRule.Span"/> days before it.</param>
/// <param name="Rule">Lead, horizon and grace.</param>
/// <param name="Plays">In the plays' order.</param>
public sealed record EffectsReport(DateOnly Today, DateOnly? KnownUntil, LabelRule Rule, IReadOnlyList<PlayEffectRow> Plays);

/// <summary>
/// Measures the effects of plays by their random draws. The figures are the whole company's for every reader: part of the accounts would have another answer
/// than the one by which touches are valued, and no account is named.
/// </summary>
public sealed class EffectsQuery(Database database, SettingsStore settingsStore, AsOfDates asOfDates, TimeProvider clock)
{
    public async Task<EffectsReport> RunAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var (rule, today, known) = (LabelRule.Of(settings), settings.Today(clock), (await asOfDates.ReachesAsync(cancellation)).Contracts);
        await using var context = database.OpenContext();
        var entries = await PlayQuery.ReadAsync(context, cancellation);
        var drawn = await DrawnAccounts.ReadAsync(context, entries.Select(entry => entry.Play), settings, known, today, cancellation);
        return new(today, known, rule, [.. entries.Select(entry => RowOf(entry, drawn, settings, rule, today))]);
    }

    /// <summary>One play's; null where there is no such play.</summary>
    public async Task<(EffectsReport Report, PlayEffectRow Row)?> FindAsync(string play, CancellationToken cancellation = default) =>
        await RunAsync(cancellation) is var report && report.Plays.FirstOrDefault(row => row.Entry.Play.Key == play) is { } found ? (report, found) : null;

    private static PlayEffectRow RowOf(PlayEntry entry, DrawnAccounts drawn, CompanySettings settings, LabelRule rule, DateOnly today)
    {
        List<DrawnAccount> own = [.. drawn.Of(entry.Play.Key)];
        var prior = drawn.PriorOf(entry.Play, settings);
        var effects = LearnedEffects.Of([.. own.Select(account => (account.Draw, account.Segment))], prior, rule, today);
        var versions = own.GroupBy(account => account.Version).ToList();
        return new(
            entry,
            effects.Whole,
            [.. effects.Segments.Select(segment => new EffectOfPart(segment.Key, segment.Value))],
            versions.Count < 2 ? [] : [.. versions.OrderByDescending(version => version.Max(account => account.Draw.AssignedOn)).Select(version => new EffectOfPart(version.Key, PlayEffect.Of(version.Select(account => account.Draw), prior, rule, today)))],
            Holdout.Stated(entry.Play, settings),
            Holdout.ShareOf(entry.Play, effects.Whole.Verdict, settings),
            own.Count(account => account.Draw.IsOffered && account.IsDone),
            own.Count(account => !account.Draw.IsOffered && account.IsDone));
    }
}
