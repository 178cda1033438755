namespace CustomerSuccess.Core.Health;

/// <summary>What moved a health.</summary>
/// <param name="Part">A dimension in lower case, <c>judgement</c>, or <c>weights</c>.</param>
/// <param name="Points">Points of health; negative lowered it.</param>
public readonly record struct HealthPart(string Part, double Points);

/// <summary>A change of health between two days with the parts that add up to it.</summary>
public sealed record HealthChange(DateOnly From, DateOnly To, double Before, double After, IReadOnlyList<HealthPart> Parts)
{
    public const string JudgementPart = "judgement", WeightsPart = "weights";

    /// <summary>Points up to which a part is nothing but what computing leaves over.</summary>
    private const double Nothing = 1e-9;

    /// <summary>The change between the whole numbers that are shown, split into whole numbers that add up to it: what is cut off goes to the largest remainders.</summary>
    public (int Change, IReadOnlyList<(string Part, int Points)> Parts) Whole()
    {
        var change = (int)(Math.Round(After) - Math.Round(Before));
        var whole = Parts.Select(part => (int)Math.Floor(part.Points)).ToArray();
        int[] byRemainder = [.. Enumerable.Range(0, whole.Length).OrderByDescending(i => Parts[i].Points - whole[i]).ThenBy(i => i)];
        // where both ends are halves, they round by up to a point more or less than what the parts add up to
        for (var (i, missing) = (0, change - whole.Sum()); i < Math.Abs(missing) && byRemainder.Length > 0; i++)
        {
            whole[missing > 0 ? byRemainder[i % byRemainder.Length] : byRemainder[^(1 + (i % byRemainder.Length))]] += Math.Sign(missing);
        }

        return (change, [.. Parts.Select((part, i) => (part.Part, whole[i])).Where(part => part.Item2 != 0).OrderByDescending(part => Math.Abs(part.Item2))]);
    }

    /// <summary>
    /// Splits the change exactly. First the old point is weighed by the new weights: that is the part of the weights. Then dimensions that vanished are left out,
    /// those in both move, and those that appeared come in. Leaving out a set V of total weight W (of 1) changes a weighted mean T by −Σ over V of w (x − T) / (1 − W),
    /// so each dimension has its own part of it. What the judgement adds at either end is a part too. Strongest first; parts of nothing are left out, and what they hold goes to the strongest.
    /// </summary>
    /// <param name="from">The earlier point.</param>
    /// <param name="fromWeights">By which it was computed.</param>
    /// <param name="to">The later point.</param>
    /// <param name="toWeights">By which it was computed.</param>
    /// <returns>Null where one of them has no total.</returns>
    public static HealthChange? Between(HealthPoint from, HealthWeights fromWeights, HealthPoint to, HealthWeights toWeights)
    {
        if (from.Total is not { } before || to.Total is not { } after)
        {
            return null;
        }

        var parts = new double[HealthWeights.Dimensions.Count];
        var judgement = (to.JudgementPoints ?? 0) - (from.JudgementPoints ?? 0);
        var old = before - (from.JudgementPoints ?? 0);
        var reweighed = toWeights.Total(from);
        // without a common ground all of the rest is due to the weights
        var start = reweighed ?? old;
        var stays = HealthWeights.Dimensions.Where(d => toWeights[d] > 0 && HealthScore.Of(from, d) is not null && HealthScore.Of(to, d) is not null).ToArray();
        if (reweighed is not null && stays.Length > 0)
        {
            Leave(from, start, -1);
            Leave(to, toWeights.Total(to)!.Value, 1);
            var all = stays.Sum(d => toWeights[d]);
            foreach (var d in stays)
            {
                parts[(int)d] += toWeights[d] / all * (HealthScore.Of(to, d)!.Value - HealthScore.Of(from, d)!.Value);
            }
        }
        else if (reweighed is not null)
        {
            // nothing in common: each is measured from the middle
            foreach (var (point, sign) in new[] { (from, -1), (to, 1) })
            {
                var there = HealthWeights.Dimensions.Where(d => toWeights[d] > 0 && HealthScore.Of(point, d) is not null).ToArray();
                foreach (var d in there)
                {
                    parts[(int)d] += sign * toWeights[d] / there.Sum(other => toWeights[other]) * (HealthScore.Of(point, d)!.Value - 50);
                }
            }
        }

        var weights = after - before - judgement - parts.Sum();
        List<HealthPart> told = [.. HealthWeights.Dimensions.Select(d => new HealthPart(d.ToString().ToLowerInvariant(), parts[(int)d]))
            .Append(new(JudgementPart, judgement)).Append(new(WeightsPart, weights)).OrderByDescending(part => Math.Abs(part.Points))];
        var kept = told.Count(part => Math.Abs(part.Points) > Nothing);
        if (kept == 0 && Math.Round(before) != Math.Round(after))
        {
            kept = 1;
        }

        if (kept > 0)
        {
            told[0] = told[0] with { Points = told[0].Points + told.Skip(kept).Sum(part => part.Points) };
        }

        return new(from.AsOf, to.AsOf, before, after, [.. told.Take(kept)]);

        void Leave(HealthPoint point, double total, int sign)
        {
            var there = HealthWeights.Dimensions.Where(d => toWeights[d] > 0 && HealthScore.Of(point, d) is not null).ToArray();
            var all = there.Sum(d => toWeights[d]);
            var left = there.Except(stays).ToArray();
            var share = left.Sum(d => toWeights[d]) / all;
            foreach (var d in left)
            {
                parts[(int)d] += sign * toWeights[d] / all * (HealthScore.Of(point, d)!.Value - total) / (1 - share);
            }
        }
    }
}
