using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Analytics;

/// <summary>A customer at one day, with what became of it.</summary>
/// <param name="Account">Its number: a customer looked at on several days is one witness.</param>
/// <param name="Cell">What must be equal among those compared: the day, the plan, how long it has been a customer.</param>
/// <param name="Adopts">True where it uses the feature.</param>
/// <param name="Size">MRR in the reporting currency.</param>
/// <param name="Use">How much it uses of everything else.</param>
/// <param name="Left">True where it left in the time after the day.</param>
public readonly record struct ComparedUnit(int Account, (int Day, string? Plan, int Age) Cell, bool Adopts, double Size, double Use, bool Left);

/// <summary>Whether who uses a feature stays.</summary>
public enum AdoptionVerdict
{
    /// <summary>Too few are alike, or too few left.</summary>
    TooFew,

    /// <summary>Chance explains the difference.</summary>
    Alike,

    /// <summary>Who uses it stays more often than customers who are alike.</summary>
    Keeps,

    /// <summary>Less often.</summary>
    Loses,
}

/// <summary>
/// Retention of who uses a feature against customers who are alike and do not.
/// Each user is compared with up to <see cref="MostMatches"/> non-users of the same day, plan and age whose MRR differs by a factor of at most <see cref="SizeFactor"/>
/// and whose use of everything else by at most <see cref="UseFactor"/>, the nearest by both: matching within calipers, with replacement
/// (Stuart 2010, "Matching methods for causal inference", Statistical Science 25(1)). The difference is the average over matched users, those without a match are left out.
/// Its interval is from the variance of sums over customers, each with all the weight that matching gave it, as Abadie and Spiess (2022, "Robust post-matching inference", JASA 117) advise.
/// It is an association: what matching does not know, it does not take away.
/// </summary>
/// <param name="Adopters">Users, one for each day.</param>
/// <param name="Others">Non-users, likewise.</param>
/// <param name="RawDifference">Share of users kept less that of all non-users, before any matching; null where there are none of either.</param>
/// <param name="Matched">Users with a match.</param>
/// <param name="Controls">Different non-users that they were compared with.</param>
/// <param name="Leavers">Of the matched of both kinds, who left.</param>
/// <param name="Kept">Share of matched users kept.</param>
/// <param name="ControlsKept">Share kept of those like them.</param>
/// <param name="Deviation">Standard error of the difference.</param>
public sealed record MatchedComparison(int Adopters, int Others, double? RawDifference, int Matched, int Controls, int Leavers, double Kept, double ControlsKept, double Deviation)
{
    public const int MostMatches = 5, LeastMatched = 40, LeastLeavers = 10;

    public const double SizeFactor = 1.25, UseFactor = 2;

    /// <summary>At least so many users must have a match, or what is said is of few of them.</summary>
    public const double LeastShare = 0.2;

    private const double Normal95 = 1.959964;

    public double Difference => Kept - ControlsKept;

    /// <summary>Lower end of the 95 % interval of the difference.</summary>
    public double Lower => Math.Max(-1, Difference - (Normal95 * Deviation));

    public double Upper => Math.Min(1, Difference + (Normal95 * Deviation));

    public bool IsEnough => Matched >= LeastMatched && Controls >= LeastMatched && Leavers >= LeastLeavers && Matched >= LeastShare * Adopters && Deviation > 0;

    /// <summary>What may be said of a feature that is one of several looked at: the error of 5 % is shared out among them (Bonferroni).</summary>
    public AdoptionVerdict Verdict(int features)
    {
        var most = NormalDistribution.Quantile(1 - (0.025 / Math.Max(1, features)));
        return !IsEnough ? AdoptionVerdict.TooFew
            : Difference > most * Deviation ? AdoptionVerdict.Keeps
            : Difference < -most * Deviation ? AdoptionVerdict.Loses
            : AdoptionVerdict.Alike;
    }

    /// <summary>Compares.</summary>
    /// <param name="units">Customers at days.</param>
    /// <param name="seen">Called with each matched user and each non-user it was compared with; null for nobody.</param>
    public static MatchedComparison Of(IReadOnlyList<ComparedUnit> units, Action<ComparedUnit>? seen = null)
    {
        var weights = new double[units.Count];
        var matched = 0;
        foreach (var cell in Enumerable.Range(0, units.Count).GroupBy(i => units[i].Cell))
        {
            int[] controls = [.. cell.Where(i => !units[i].Adopts && units[i].Size > 0).OrderBy(i => units[i].Size).ThenBy(i => units[i].Account)];
            double[] sizes = Array.ConvertAll(controls, i => units[i].Size);
            foreach (var user in cell.Where(i => units[i].Adopts && units[i].Size > 0))
            {
                var near = Nearest(units, controls, sizes, units[user]);
                if (near.Count == 0)
                {
                    continue;
                }

                matched++;
                weights[user]++;
                foreach (var control in near)
                {
                    weights[control] += 1.0 / near.Count;
                }
            }
        }

        return Of(units, weights, matched, seen);
    }

    private static List<int> Nearest(IReadOnlyList<ComparedUnit> units, int[] controls, double[] sizes, ComparedUnit user)
    {
        var from = Array.BinarySearch(sizes, user.Size / SizeFactor);
        from = from < 0 ? ~from : from;
        while (from > 0 && sizes[from - 1] >= user.Size / SizeFactor)
        {
            from--;
        }

        var near = new List<(double Distance, int Unit)>();
        for (var c = from; c < controls.Length && sizes[c] <= user.Size * SizeFactor; c++)
        {
            var other = units[controls[c]];
            var use = Math.Abs(Math.Log((1 + other.Use) / (1 + user.Use))) / Math.Log(UseFactor);
            var size = Math.Log(other.Size / user.Size) / Math.Log(SizeFactor);
            if (use <= 1 && other.Account != user.Account)
            {
                near.Add(((use * use) + (size * size), controls[c]));
            }
        }

        return [.. near.OrderBy(pair => pair.Distance).ThenBy(pair => units[pair.Unit].Account).Take(MostMatches).Select(pair => pair.Unit)];
    }

    private static MatchedComparison Of(IReadOnlyList<ComparedUnit> units, double[] weights, int matched, Action<ComparedUnit>? seen)
    {
        var (kept, controlsKept, controls, leavers) = (0.0, 0.0, 0, 0);
        var (adopters, adoptersKept, others, othersKept) = (0, 0, 0, 0);
        for (var i = 0; i < units.Count; i++)
        {
            var stays = units[i].Left ? 0 : 1;
            (adopters, adoptersKept, others, othersKept) = units[i].Adopts ? (adopters + 1, adoptersKept + stays, others, othersKept) : (adopters, adoptersKept, others + 1, othersKept + stays);
            if (weights[i] == 0)
            {
                continue;
            }

            seen?.Invoke(units[i]);
            leavers += 1 - stays;
            controls += units[i].Adopts ? 0 : 1;
            kept += units[i].Adopts ? stays : 0;
            controlsKept += units[i].Adopts ? 0 : weights[i] * stays;
        }

        double? raw = adopters == 0 || others == 0 ? null : ((double)adoptersKept / adopters) - ((double)othersKept / others);
        if (matched == 0)
        {
            return new(adopters, others, raw, 0, 0, 0, 0, 0, 0);
        }

        (kept, controlsKept) = (kept / matched, controlsKept / matched);
        var byAccount = new Dictionary<int, double>();
        for (var i = 0; i < units.Count; i++)
        {
            if (weights[i] > 0)
            {
                var off = ((units[i].Left ? 0 : 1) - (units[i].Adopts ? kept : controlsKept)) * weights[i] / matched;
                byAccount[units[i].Account] = byAccount.GetValueOrDefault(units[i].Account) + (units[i].Adopts ? off : -off);
            }
        }

        return new(adopters, others, raw, matched, controls, leavers, kept, controlsKept, Math.Sqrt(byAccount.Values.Sum(own => own * own)));
    }
}
