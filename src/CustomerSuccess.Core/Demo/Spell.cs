namespace CustomerSuccess.Core.Demo;

/// <summary>One term at one price.</summary>
internal sealed record DemoTerm(DateOnly StartedOn, DateOnly? TermEndsOn, int Seats, decimal SeatPrice)
{
    public DateOnly? EndedOn { get; set; }

    public DateOnly? NoticeOn { get; set; }

    public string? EndReason { get; set; }

    public decimal Mrr => Seats * SeatPrice;
}

/// <summary>A month of a customer's life.</summary>
internal readonly record struct LifeMonth
{
    /// <summary>Counted from the plan's first month.</summary>
    public int Month { get; init; }

    public int Seats { get; init; }

    /// <summary>People working with the product at the month's end, before weekdays and holidays.</summary>
    public double ActivePeople { get; init; }

    /// <summary>Share of usual usage lost at the month's end, 0–1.</summary>
    public double Decline { get; init; }

    /// <summary>Usual answer on the scale 0–10 in this month.</summary>
    public double Satisfaction { get; init; }

    /// <summary>Serious inquiries that nobody will answer for weeks.</summary>
    public int Neglected { get; init; }

    public bool PaymentFails { get; init; }

    public bool ChampionLeaves { get; init; }

    public bool ChampionReplaced { get; init; }
}

/// <summary>A customer's time from a first term to leaving (or to the end of the simulation).</summary>
internal sealed class Spell
{
    public required DateOnly StartedOn { get; init; }

    public List<DemoTerm> Terms { get; } = [];

    public List<LifeMonth> Months { get; } = [];

    /// <summary>Month, true probability and, where it happened, the cause.</summary>
    public List<(int Month, double Probability, ChurnCause? Cause)> Truth { get; } = [];

    /// <summary>First day without service; null where it goes on.</summary>
    public DateOnly? EndedOn { get; set; }
}
