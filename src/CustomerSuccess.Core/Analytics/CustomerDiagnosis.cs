namespace CustomerSuccess.Core.Analytics;

/// <summary>A monthly flow of customers beside what the months before would have led one to expect.</summary>
/// <param name="Actual">Customers of the month.</param>
/// <param name="Expected">The months' rate applied to the month's base.</param>
/// <param name="Rate">That rate: customers of the base who did so in a month, 0–1 and above for new ones.</param>
/// <param name="Earlier">Customers of the months the rate comes from.</param>
public sealed record FlowDeviation(int Actual, double Expected, double Rate, int Earlier)
{
    /// <summary>Half of a 95 % interval in standard errors.</summary>
    private const double Z = 1.959964;

    /// <summary>Actual less expected.</summary>
    public double Deviation => Actual - Expected;

    /// <summary>True where chance does not explain it: counts of a Poisson process, whose rate is itself known by counts alone.</summary>
    public bool IsReal => Math.Abs(Deviation) > Z * Math.Sqrt(Math.Max(1, Expected) + (Earlier == 0 ? 0 : Expected * Expected / Earlier));
}

/// <summary>How many new customers a month are needed.</summary>
/// <param name="ToStand">To stand still next month; 0 where those won back make up for those lost.</param>
/// <param name="ToGoal">On each of the coming months to reach the goal; null without one.</param>
/// <param name="Goal">Active customers aimed at; null for none.</param>
/// <param name="Months">Months up to the goal.</param>
public sealed record NewCustomersNeeded(double ToStand, double? ToGoal, int? Goal, int Months);

/// <summary>Why active customers changed in a month: more lost, fewer won back, or fewer new ones than the months before would have led one to expect.</summary>
/// <param name="Month">The month's end.</param>
/// <param name="Months">Months before it that the rates come from.</param>
/// <param name="Active">Active customers at its start.</param>
/// <param name="Change">Of active customers in it.</param>
/// <param name="Lost">Customers who lapsed; by active ones.</param>
/// <param name="WonBack">Customers who came back; by lapsed ones.</param>
/// <param name="Came">New customers; by active ones.</param>
/// <param name="Needed">New customers a month that are needed from here.</param>
public sealed record CustomerDiagnosis(DateOnly Month, int Months, int Active, int Change, FlowDeviation Lost, FlowDeviation WonBack, FlowDeviation Came, NewCustomersNeeded Needed)
{
    /// <summary>Months that rates come from, at most; and below which no diagnosis is made.</summary>
    public const int MostMonths = 12, FewestMonths = 3;

    /// <summary>The change that the rates would have led one to expect.</summary>
    public double ExpectedChange => Came.Expected + WonBack.Expected - Lost.Expected;

    /// <summary>By how much the change differs from that.</summary>
    public double Deviation => Change - ExpectedChange;

    /// <summary>What the three flows leave unexplained of the deviation: 0 as long as stock and flows close.</summary>
    public double Remainder => Deviation - (Came.Deviation + WonBack.Deviation - Lost.Deviation);

    /// <summary>The diagnosis of the last month; null where fewer than <see cref="FewestMonths"/> with active customers lie before it.</summary>
    /// <param name="months">Month after month, each with its flows; the first one's flows are not looked at.</param>
    /// <param name="goal">Active customers aimed at; null for none.</param>
    /// <param name="goalMonths">Months up to the goal, 1 or more.</param>
    public static CustomerDiagnosis? Of(IReadOnlyList<StageMonth> months, int? goal, int goalMonths)
    {
        if (months.Count < FewestMonths + 2)
        {
            return null;
        }

        var now = months[^1];
        var earlier = months.Skip(1).SkipLast(1).TakeLast(MostMonths).Where(month => month.ActiveBefore > 0).ToList();
        if (earlier.Count < FewestMonths)
        {
            return null;
        }

        var lost = Flow(now.Lost, earlier.Sum(month => month.Lost), earlier.Sum(month => month.ActiveBefore), now.ActiveBefore);
        var back = Flow(now.WonBack, earlier.Sum(month => month.WonBack), earlier.Sum(month => month.LapsedBefore), now.LapsedBefore);
        var came = Flow(now.Came, earlier.Sum(month => month.Came), earlier.Sum(month => month.ActiveBefore), now.ActiveBefore);
        var needed = new NewCustomersNeeded(
            Math.Max(0, (lost.Rate * now.Active) - (back.Rate * now.Lapsed)), goal is { } aim ? ToReach(aim, goalMonths, now.Active, now.Lapsed, lost.Rate, back.Rate) : null, goal, goalMonths);
        return new(now.End, earlier.Count, now.ActiveBefore, now.Active - now.ActiveBefore, lost, back, came, needed);
    }

    /// <summary>New customers each month with whom active ones are a goal's after some months, if customers are lost and won back at the same rates as before; 0 where none are needed.</summary>
    internal static double ToReach(int goal, int months, double active, double lapsed, double lostRate, double backRate)
    {
        // active customers at the end grow in a straight line with the new ones
        var without = Ahead(0);
        var slope = Ahead(1) - without;
        return Math.Max(0, (goal - without) / slope);

        double Ahead(double came)
        {
            var (a, l) = (active, lapsed);
            for (var month = 0; month < months; month++)
            {
                var (lost, back) = (a * lostRate, l * backRate);
                (a, l) = (a - lost + back + came, l + lost - back);
            }

            return a;
        }
    }

    private static FlowDeviation Flow(int actual, int earlier, int earlierBase, int presentBase)
    {
        var rate = earlierBase == 0 ? 0 : (double)earlier / earlierBase;
        return new(actual, rate * presentBase, rate, earlier);
    }
}
