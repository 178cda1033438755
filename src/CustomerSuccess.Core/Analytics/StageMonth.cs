namespace CustomerSuccess.Core.Analytics;

/// <summary>How many customers stand in each stage at a month end, and how they came there from the month end before.</summary>
/// <remarks>Always: customers of a stage before, less those who went from it, plus those who came to it, are the customers of the stage now.</remarks>
public sealed class StageMonth(DateOnly end)
{
    private const int Nobody = CustomerStages.Count;

    private readonly int[] _stock = new int[CustomerStages.Count];
    private readonly decimal[] _money = new decimal[CustomerStages.Count];

    /// <summary>From a stage, or from no customer at all, to a stage.</summary>
    private readonly int[] _moves = new int[(CustomerStages.Count + 1) * CustomerStages.Count];

    /// <summary>The month end.</summary>
    public DateOnly End { get; } = end;

    /// <summary>Customers in a stage.</summary>
    public int this[CustomerStage stage] => _stock[(int)stage];

    /// <summary>Their money: MRR, or what they bought in the trailing 365 days.</summary>
    public decimal MoneyOf(CustomerStage stage) => _money[(int)stage];

    public int Active => _stock.Sum() - Lapsed;

    public int Lapsed => this[CustomerStage.Lapsed];

    /// <summary>Money of the active customers.</summary>
    public decimal Money => _money.Sum() - _money[(int)CustomerStage.Lapsed];

    /// <summary>Active now, and no customer before.</summary>
    public int Came => Sum(null, true);

    /// <summary>Active now, and lapsed before.</summary>
    public int WonBack => Stages.Where(stage => stage.IsActive()).Sum(stage => Moved(CustomerStage.Lapsed, stage));

    /// <summary>Lapsed now, and active before.</summary>
    public int Lost => Stages.Where(stage => stage.IsActive()).Sum(stage => Moved(stage, CustomerStage.Lapsed));

    /// <summary>Customers active at the month end before.</summary>
    public int ActiveBefore => Active - Came - WonBack + Lost;

    /// <summary>Customers lapsed at the month end before.</summary>
    public int LapsedBefore => Lapsed - Lost - Moved(null, CustomerStage.Lapsed) + WonBack;

    private static CustomerStage[] Stages { get; } = Enum.GetValues<CustomerStage>();

    /// <summary>Customers who went from one stage to another, or stayed in it.</summary>
    /// <param name="from">Null for who was no customer at the month end before.</param>
    /// <param name="to">The stage now.</param>
    public int Moved(CustomerStage? from, CustomerStage to) => _moves[Place(from, to)];

    /// <summary>Customers who came to a stage from another, or as new customers.</summary>
    public int Into(CustomerStage stage) => Moved(null, stage) + Stages.Where(other => other != stage).Sum(other => Moved(other, stage));

    /// <summary>Customers who left a stage for another.</summary>
    public int OutOf(CustomerStage stage) => Stages.Where(other => other != stage).Sum(other => Moved(stage, other));

    /// <summary>Counts a customer in.</summary>
    /// <param name="before">Its stage at the month end before; null for none.</param>
    /// <param name="now">Its stage.</param>
    /// <param name="money">Its money.</param>
    public void Add(CustomerStage? before, CustomerStage now, decimal money)
    {
        _stock[(int)now]++;
        _money[(int)now] += money;
        _moves[Place(before, now)]++;
    }

    private static int Place(CustomerStage? from, CustomerStage to) => ((from is { } stage ? (int)stage : Nobody) * CustomerStages.Count) + (int)to;

    private int Sum(CustomerStage? from, bool active) => Stages.Where(stage => stage.IsActive() == active).Sum(stage => Moved(from, stage));
}
