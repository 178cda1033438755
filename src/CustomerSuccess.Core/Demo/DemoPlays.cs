namespace CustomerSuccess.Core.Demo;

/// <summary>A play of the demo company with what it really does.</summary>
/// <param name="Play">Its key in the catalogue.</param>
/// <param name="Share">Share of the accounts that is held out.</param>
/// <param name="Effects">True relative effect by segment: reduction of churn, for a play that sells the growth of the probability of expansion; below 0 where it does harm.</param>
public sealed record DemoPlay(string Play, double Share, IReadOnlyDictionary<string, double> Effects)
{
    /// <summary>Expanded by a twentieth or more within the window, of those for whom it fires: measured over many simulated companies.</summary>
    internal const double ExpansionRate = 0.19;

    public bool IsUpsell => Playbooks.PlayCatalogue.Find(Play)!.IsUpsell;

    /// <summary>Rate of all accounts in relation to that of the held out.</summary>
    public double Mixed(string segment) => Share + ((1 - Share) * Ratio(segment));

    /// <summary>Rate of the offered in relation to that of the held out.</summary>
    public double Ratio(string segment) => IsUpsell ? 1 + Effects[segment] : 1 - Effects[segment];
}

/// <summary>A customer that was drawn for a play.</summary>
/// <param name="Play">The play.</param>
/// <param name="AccountId">The customer.</param>
/// <param name="Segment">Its segment.</param>
/// <param name="AssignedOn">A month's last day.</param>
/// <param name="IsOffered">False for a held-out customer.</param>
/// <param name="Happened">True where it left (expanded) within the window; null where the files end before.</param>
/// <param name="Risk">Probability of leaving within the window by the hazard of its first month, 0–1, over both arms together.</param>
/// <param name="Mrr">On that day, in the company's currency.</param>
public sealed record DemoTrial(DemoPlay Play, string AccountId, string Segment, DateOnly AssignedOn, bool IsOffered, bool? Happened, double Risk, decimal Mrr);

/// <summary>The plays whose effects are known in the demo company: useful ones, useless ones, one that harms, one that helps small customers alone.</summary>
public static class DemoPlays
{
    /// <summary>Days within which an outcome counts: the defaults of lead and horizon.</summary>
    public const int Window = 104;

    public static IReadOnlyList<DemoPlay> All { get; } =
    [
        Of("check_in", 0.5, 0.6),
        Of("usage_recovery", 0.4, 0.7, 0, 0),
        Of("payment_help", 0.3, 0.5),
        Of("feature_coaching", 0.4, 0),
        Of("renewal_talk", 0.4, -1),
        Of("detractor_call", 0.3, 0),
        Of("add_seats", 0.4, 0.8),
    ];

    private static DemoPlay Of(string play, double share, double effect) => Of(play, share, effect, effect, effect);

    private static DemoPlay Of(string play, double share, double small, double middle, double large) =>
        new(play, share, new SortedDictionary<string, double>(StringComparer.Ordinal) { ["SMB"] = small, ["Mid-market"] = middle, ["Enterprise"] = large });
}
