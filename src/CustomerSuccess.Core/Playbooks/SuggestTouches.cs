using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Segments;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Playbooks;

/// <summary>What is known of an account when touches are chosen for it.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="Row">Its row in the features.</param>
/// <param name="RuleScore">0–100, 100 is worst.</param>
/// <param name="ChurnProbability">Within the horizon, 0–1; null in fallback.</param>
/// <param name="UpsellProbability">Of expansion; null without an upsell model.</param>
/// <param name="Mrr">Reporting currency; null where the account has no terms, so that money is not known.</param>
/// <param name="Months">Discounted life to expect, by the segment's hazard.</param>
public readonly record struct TouchCandidate(int AccountNo, int Row, double RuleScore, double? ChurnProbability, double? UpsellProbability, decimal? Mrr, double Months)
{
    /// <summary>What stands open; null where it is not known.</summary>
    public StandingFacts? Standing { get; init; }

    /// <summary>Why it may churn, strongest first: of touches that are worth about the same the one that speaks of the strongest goes first.</summary>
    public IReadOnlyList<Driver> Drivers { get; init; } = [];

    /// <summary>The account's score; null where none is asked for.</summary>
    public AccountScore? Score { get; init; }

    /// <summary>Attributes, events and stays in segments; null where none is asked for.</summary>
    public IFieldValues? Others { get; init; }

    /// <summary>The contract that has ended; null for an account that pays.</summary>
    public EndedContract? Ended { get; init; }

    /// <summary>For a contract that has ended: how often such customers come back within the horizon, 0–1. Then <see cref="Mrr"/> is what was lost.</summary>
    public double? ReturnRate { get; init; }

    /// <summary>What the saved segments say, by id.</summary>
    public IReadOnlyDictionary<string, Condition>? Segments { get; init; }
}

/// <summary>What forbids touches of an account.</summary>
/// <param name="Plays">Plays in their cool-down.</param>
/// <param name="Channels">Channels that everybody there opted out of.</param>
/// <param name="DaysSinceContact">Days since the account was last contacted; null where it never was.</param>
public sealed record TouchLimits(IReadOnlySet<string> Plays, IReadOnlySet<string> Channels, double? DaysSinceContact)
{
    public static TouchLimits None { get; } = new(new HashSet<string>(), new HashSet<string>(), null);

    /// <summary>Plays that are suggested already: a contact since then does not take their suggestion away.</summary>
    public IReadOnlySet<string> Suggested { get; init; } = new HashSet<string>();

    /// <summary>Suggestions that were snoozed until a day to come, or dismissed: they stay away until their reason changes materially.</summary>
    public IReadOnlyList<PutAsideReason> PutAside { get; init; } = [];

    /// <summary>True where a play may not be suggested for a reason.</summary>
    public bool KeepAway(string play, PlayReason reason)
    {
        foreach (var aside in PutAside)
        {
            if (aside.Play == play && aside.Code == reason.Code && !MaterialChange.IsMaterial(reason.Code, aside.Args, reason.Args))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A suggestion that somebody snoozed or dismissed, with the numbers that its reason had then.</summary>
public sealed record PutAsideReason(string Play, string Code, IReadOnlyDictionary<string, double> Args);

/// <summary>
/// Chooses up to three touches for an account: saving before selling, then by value per minute; among those worth about the same,
/// the one that speaks of the account's stronger reason goes first.
/// In fallback the account's rule points × MRR stand for the value, and plays are ordered by their effect per minute.
/// Without known money (no terms) the value per minute is the churn that a minute avoids, P × effect / minutes.
/// </summary>
public static class SuggestTouches
{
    public const int Most = 3;

    /// <summary>A touch is worth about as much as the best where it brings at least this share of the best's value per minute.</summary>
    public const double NearlyEqual = 0.8;

    /// <summary>The suggestions, first to do first; none where limits forbid all. The first is given even where its value is below 0.</summary>
    /// <param name="account">For whom.</param>
    /// <param name="features">Features by row.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="limits">What forbids touches of the account.</param>
    /// <param name="plays">The plays there are, in their order; null for those that every company starts with.</param>
    public static IReadOnlyList<Suggestion> For(in TouchCandidate account, FeatureReader features, CompanySettings settings, TouchLimits limits, IReadOnlyList<Play>? plays = null)
    {
        var signs = new AccountSigns(features, account.Row, settings, account.RuleScore) { Standing = account.Standing, Score = account.Score, Drivers = account.Drivers, Others = account.Others, Segments = account.Segments, Ended = account.Ended };
        List<(Suggestion Suggestion, double Order)> found = [];
        foreach (var play in plays ?? PlayCatalogue.All)
        {
            if (!play.IsOn || play.Learned?.Harms(account.Score?.Segment) == true || (play.Key == PlayCatalogue.CheckIn && found.Exists(f => !f.Suggestion.IsUpsell))
                || limits.Plays.Contains(play.Key)
                || (limits.DaysSinceContact < settings.ContactGapDays && !play.IsReply && !limits.Suggested.Contains(play.Key))
                || play.Channels.FirstOrDefault(channel => !limits.Channels.Contains(channel)) is not { } channel
                || play.Reasons(signs).FirstOrDefault(reason => !limits.KeepAway(play.Key, reason)) is not { } reason)
            {
                continue;
            }

            found.Add(Valued(account, play, channel, reason, settings));
        }

        var ordered = InOrder([.. found.Where(f => !f.Suggestion.IsUpsell)], account.Drivers).Concat(InOrder([.. found.Where(f => f.Suggestion.IsUpsell)], account.Drivers));
        var kept = ordered.Where((suggestion, i) => i == 0 || suggestion.Value is not <= 0).Take(Most).ToList();
        for (var i = 0; i < kept.Count; i++)
        {
            kept[i].Rank = i + 1;
        }

        return kept;
    }

    /// <summary>The most valuable first; of those nearly as valuable the one that speaks of the stronger reason.</summary>
    private static IEnumerable<Suggestion> InOrder(List<(Suggestion Suggestion, double Order)> found, IReadOnlyList<Driver> drivers)
    {
        while (found.Count > 0)
        {
            var best = found.Max(f => f.Order);
            var next = found
                .Where(f => f.Order == best || (best > 0 && f.Order >= NearlyEqual * best))
                .OrderBy(f => PlayReasons.PlaceAmong(f.Suggestion.ReasonCode, drivers))
                .ThenByDescending(f => f.Order)
                .ThenBy(f => f.Suggestion.Play, StringComparer.Ordinal)
                .First();
            found.Remove(next);
            yield return next.Suggestion;
        }
    }

    private static (Suggestion Suggestion, double Order) Valued(in TouchCandidate account, Play play, string channel, PlayReason reason, CompanySettings settings)
    {
        var mrr = (double?)account.Mrr;
        var expansion = account.UpsellProbability ?? PlayCatalogue.ExpansionPrior;
        var relative = play.EffectFor(account.Score?.Segment);
        var effect = play.IsUpsell ? relative * expansion : relative;
        double? value = null;
        if (account is { ReturnRate: { } back, Mrr: { } lost })
        {
            value = TouchValue.OfUpsell(relative * back, (double)lost, settings.Margin, account.Months, play.Minutes, settings.MinuteCost) - (double)play.Cost;
        }
        else if (account.ChurnProbability is { } churn && mrr is { } worth)
        {
            value = (play.IsUpsell
                ? TouchValue.OfUpsell(effect, PlayCatalogue.ExpansionShare * worth, settings.Margin, account.Months, play.Minutes, settings.MinuteCost)
                : TouchValue.OfSaving(churn, effect, worth, settings.Margin, account.Months, play.Minutes, settings.MinuteCost)) - (double)play.Cost;
        }

        var perMinute = value is { } known ? known / play.Minutes
            : play.IsUpsell ? effect / play.Minutes
            : account.ChurnProbability is { } p ? p * effect / play.Minutes
            : account.RuleScore * (mrr ?? 1) / play.Minutes;
        var suggestion = new Suggestion
        {
            AccountNo = account.AccountNo,
            Play = play.Key,
            IsUpsell = play.IsUpsell,
            Channel = channel,
            ReasonCode = reason.Code,
            ReasonArgsJson = JsonOf(reason.Args),
            Minutes = play.Minutes,
            Effect = effect,
            Value = value is { } v ? decimal.Round((decimal)v, 4) : null,
            ValuePerMinute = perMinute,
        };
        return (suggestion, value is null ? effect / play.Minutes : perMinute);
    }

    private static string JsonOf(IReadOnlyDictionary<string, double> args) => System.Text.Json.JsonSerializer.Serialize(args);
}
