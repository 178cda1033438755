namespace CustomerSuccess.Core.Demo;

/// <summary>Why a simulated customer leaves.</summary>
public enum ChurnCause
{
    /// <summary>None that any file shows: competitors, closures, chance.</summary>
    NoCause,
    UsageDecline,
    UnansweredInquiries,
    LowNps,
    ChampionLeft,
    FailedPayments,
    Price,
    Season,
}

/// <summary>How a customer stands at the end of a month: what next month's hazards are computed from.</summary>
internal readonly record struct Standing
{
    /// <summary>Seats bought.</summary>
    public int Seats { get; init; }

    /// <summary>Share of the seats whose people usually work with the product, 0–1.</summary>
    public double ActiveShare { get; init; }

    /// <summary>True for yearly terms.</summary>
    public bool Yearly { get; init; }

    /// <summary>Months since the first term began.</summary>
    public int Tenure { get; init; }

    /// <summary>True where a yearly term ends in the month looked at.</summary>
    public bool RenewsNext { get; init; }

    /// <summary>Calendar month looked at, 1–12.</summary>
    public int CalendarMonth { get; init; }

    /// <summary>Share of its usual usage that has been lost, 0–1.</summary>
    public double Decline { get; init; }

    /// <summary>Months since serious inquiries went unanswered; null where none did in the last five.</summary>
    public int? Unanswered { get; init; }

    /// <summary>How far satisfaction lies below the customer's usual, in points of the 0–10 scale.</summary>
    public double Dissatisfaction { get; init; }

    /// <summary>Months since a champion left who was not replaced; null where none did in the last six.</summary>
    public int? ChampionGone { get; init; }

    /// <summary>Payments failed in a row.</summary>
    public int FailedPayments { get; init; }

    /// <summary>Relative price rise of the last four months.</summary>
    public double PriceRise { get; init; }
}

/// <summary>
/// Additive competing monthly hazards. Each known cause adds its own; the rest has no cause, and differs only by contract, tenure, size, and how many seats are in use.
/// The figures are chosen so that 1–3 % leave a month, at least 30 % of them without a cause, and the true probabilities reach an AUC of at most 0.85.
/// </summary>
internal static class Hazards
{
    /// <summary>No customer is ever surer to leave within a month than this.</summary>
    public const double Most = 0.6;

    public static int Count { get; } = Enum.GetValues<ChurnCause>().Length;

    /// <summary>Fills the hazard of each cause, by its number; their sum is the probability of leaving within the month.</summary>
    /// <param name="s">How the customer stands.</param>
    /// <param name="hazards">What is filled.</param>
    /// <param name="factor">By what all of them are multiplied.</param>
    public static double Of(in Standing s, Span<double> hazards, double factor = 1)
    {
        // a monthly contract is left more easily, whatever the reason
        var ease = s.Yearly ? 0.6 : 1.5;
        hazards[(int)ChurnCause.NoCause] = 0.0085 * Contract(s) * TenureFactor(s.Tenure) * Size(s.Seats) * Math.Exp(-2.5 * (s.ActiveShare - 0.66));
        hazards[(int)ChurnCause.UsageDecline] = 0.17 * s.Decline * s.Decline * ease;
        hazards[(int)ChurnCause.UnansweredInquiries] = s.Unanswered is >= 1 ? 0.05 * ease : 0;
        hazards[(int)ChurnCause.LowNps] = 0.0024 * s.Dissatisfaction * s.Dissatisfaction * ease;
        hazards[(int)ChurnCause.ChampionLeft] = s.ChampionGone is >= 2 ? 0.06 * ease : 0;
        hazards[(int)ChurnCause.FailedPayments] = s.FailedPayments > 1 ? 0.035 * s.FailedPayments : 0;
        hazards[(int)ChurnCause.Price] = 0.09 * s.PriceRise * (s.Seats < 15 ? 1.3 : 0.8);
        hazards[(int)ChurnCause.Season] = s.CalendarMonth is 3 or 9 ? 0.003 : 0;
        var sum = 0d;
        foreach (ref var hazard in hazards)
        {
            hazard *= factor;
            sum += hazard;
        }

        if (sum > Most)
        {
            foreach (ref var hazard in hazards)
            {
                hazard *= Most / sum;
            }

            sum = Most;
        }

        return sum;
    }

    /// <summary>The cause of a departure, drawn in proportion to the hazards.</summary>
    public static ChurnCause Draw(ReadOnlySpan<double> hazards, double sum, double uniform)
    {
        var left = uniform * sum;
        for (var cause = 0; cause < hazards.Length; cause++)
        {
            left -= hazards[cause];
            if (left < 0)
            {
                return (ChurnCause)cause;
            }
        }

        return ChurnCause.NoCause;
    }

    private static double Contract(in Standing s) => !s.Yearly ? 2.1 : s.RenewsNext ? 0.9 : 0.42;

    private static double TenureFactor(int months) => months < 6 ? 1.5 : months < 12 ? 1.2 : months < 24 ? 0.85 : 0.6;

    private static double Size(int seats) => seats < 12 ? 1.35 : seats < 40 ? 0.9 : 0.45;
}
