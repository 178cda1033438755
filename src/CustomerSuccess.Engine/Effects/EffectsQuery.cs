using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Analytics;
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

/// <summary>Which of the accounts that were drawn for a play are listed.</summary>
/// <param name="Play">The play's key.</param>
public sealed record DrawnAsk(string Play)
{
    /// <summary>True for the offered, false for the held-out ones; null for both.</summary>
    public bool? Offered { get; init; }

    /// <summary>True for those alone whose outcome is known.</summary>
    public bool Known { get; init; }

    /// <summary>True for those alone for whom it happened: they left or, of a play that sells, expanded.</summary>
    public bool Happened { get; init; }

    /// <summary>Those alone whose outcome could be known on this day; null for any.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>An account that was drawn.</summary>
/// <param name="Draw">The draw with its outcome.</param>
/// <param name="IsDone">True where a touch of the play was made while the outcome was open.</param>
/// <param name="KnownOn">The day from which on its outcome can be known.</param>
public sealed record DrawnRow(int AccountNo, string AccountId, string Namespace, string Name, string? Segment, Drawn Draw, bool IsDone, DateOnly KnownOn);

/// <summary>Some of the accounts drawn.</summary>
/// <param name="Total">How many the viewer may see.</param>
/// <param name="Hidden">How many more there are.</param>
public sealed record DrawnStretch(Play Play, IReadOnlyList<DrawnRow> Rows, int Total, int Hidden);

/// <summary>
/// Measures the effects of plays by their random draws. The figures are the whole company's for every reader: part of the accounts would have another answer
/// than the one by which touches are valued. Accounts behind a figure are named to whoever may see them, and to nobody else.
/// </summary>
public sealed class EffectsQuery(Database database, SettingsStore settingsStore, AsOfDates asOfDates, CompanyBooks books, EffectBooks effects, TimeProvider clock)
{
    public async Task<EffectsReport> RunAsync(CancellationToken cancellation = default)
    {
        var settings = await settingsStore.ReadAsync(cancellation);
        var found = await ReadAsync(settings, cancellation);
        var rows = await Task.Run(() => found.Facts.Figures.List<PlayEffectRow>($"effects|{found.Key}", () => [.. found.Entries.Select(entry => RowOf(entry, found.Drawn(), settings, found.Rule, found.Today))]), cancellation);
        return new(found.Today, found.Known, found.Rule, rows);
    }

    /// <summary>One play's; null where there is no such play.</summary>
    public async Task<(EffectsReport Report, PlayEffectRow Row)?> FindAsync(string play, CancellationToken cancellation = default) =>
        await RunAsync(cancellation) is var report && report.Plays.FirstOrDefault(row => row.Entry.Play.Key == play) is { } found ? (report, found) : null;

    /// <summary>The accounts behind a play's figures that the viewer may see, those drawn last first.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="ask">Which of them.</param>
    /// <param name="offset">The first row, from 0.</param>
    /// <param name="limit">Rows of the page, 1 or more.</param>
    /// <param name="cancellation">Ends the query.</param>
    /// <returns>Null where there is no such play.</returns>
    public async Task<DrawnStretch?> AccountsAsync(Viewer viewer, DrawnAsk ask, int offset, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var settings = await settingsStore.ReadAsync(cancellation);
        var found = await ReadAsync(settings, cancellation);
        if (found.Entries.FirstOrDefault(entry => entry.Play.Key == ask.Play)?.Play is not { } play)
        {
            return null;
        }

        var rule = found.Rule;
        var drawn = await Task.Run(found.Drawn, cancellation);
        await using var context = database.OpenContext();
        var asked = drawn.Of(play.Key).Where(own => (ask.Offered is not { } offered || own.Draw.IsOffered == offered) && (!ask.Known || own.Draw.IsKnown) && (!ask.Happened || own.Draw.Outcome == OutcomeState.Happened)
            && (ask.Until is not { } until || (own.Draw.IsKnown && own.Draw.AssignedOn.AddDays(rule.Span) <= until))).ToList();
        var visible = await context.Accounts.AsNoTracking().VisibleTo(viewer).Select(account => new { account.AccountNo, account.AccountId, account.Namespace, account.Name }).ToDictionaryAsync(account => account.AccountNo, cancellation);
        var rows = asked.Where(own => visible.ContainsKey(own.AccountNo)).OrderByDescending(own => own.Draw.AssignedOn).ThenBy(own => own.AccountNo).ToList();
        return new(
            play, [.. rows.Skip(offset).Take(limit).Select(own => (Own: own, Account: visible[own.AccountNo])).Select(row => new DrawnRow(
                row.Own.AccountNo, row.Account.AccountId, row.Account.Namespace, row.Account.Name, row.Own.Segment, row.Own.Draw, row.Own.IsDone, row.Own.Draw.AssignedOn.AddDays(rule.Span)))],
            rows.Count, asked.Count - rows.Count);
    }

    private async Task<Found> ReadAsync(CompanySettings settings, CancellationToken cancellation)
    {
        var (rule, today, known) = (LabelRule.Of(settings), settings.Today(clock), (await asOfDates.ReachesAsync(cancellation)).Contracts);
        await using var context = database.OpenContext();
        var entries = await PlayQuery.ReadAsync(context, cancellation);
        var book = await books.ForReadersAsync(cancellation);
        var facts = await effects.ForAsync(book, cancellation);
        var key = FormattableString.Invariant($"{today:O}|{known:O}|{rule}|{settings.PlayPriorWeight}|{settings.HoldoutShare}|{string.Join(',', entries.Select(entry => FormattableString.Invariant($"{entry.Play.Key}:{entry.Version}")))}");
        return new(entries, facts, rule, today, known, key, () => facts.Figures.Figure($"drawn|{key}", () => DrawnAccounts.Of(book, facts.Accounts, entries.Select(entry => entry.Play), settings, known, today)));
    }

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

    /// <summary>The plays, and what is held of their draws.</summary>
    /// <param name="Key">Whatever the figures depend on beside the facts.</param>
    /// <param name="Drawn">Every draw with its outcome.</param>
    private sealed record Found(IReadOnlyList<PlayEntry> Entries, Shelf<EffectFacts> Facts, LabelRule Rule, DateOnly Today, DateOnly? Known, string Key, Func<DrawnAccounts> Drawn);
}
