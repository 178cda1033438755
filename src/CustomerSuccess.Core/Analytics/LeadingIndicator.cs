namespace CustomerSuccess.Core.Analytics;

/// <summary>Active customers and their money at a month end.</summary>
/// <param name="End">The month end.</param>
/// <param name="Active">Customers.</param>
/// <param name="Money">MRR, or purchases of the trailing 365 days.</param>
public readonly record struct CustomersAndMoney(DateOnly End, int Active, decimal Money);

/// <summary>Customers against their money over three months: where customers fall while money still rises, money follows them down later.</summary>
/// <param name="From">Three months before.</param>
/// <param name="To">Now.</param>
public readonly record struct LeadingIndicator(CustomersAndMoney From, CustomersAndMoney To)
{
    /// <summary>Months looked back on.</summary>
    public const int Months = 3;

    /// <summary>Months after an alarm in which money is watched.</summary>
    public const int Watched = 6;

    /// <summary>True where customers fell and money rose.</summary>
    public bool IsAlarm => To.Active < From.Active && To.Money > From.Money;

    /// <summary>The indicator of every month that has one three months before it, oldest first.</summary>
    /// <param name="months">Month after month.</param>
    public static IReadOnlyList<LeadingIndicator> Of(IReadOnlyList<CustomersAndMoney> months) =>
        [.. months.Skip(Months).Select((month, i) => new LeadingIndicator(months[i], month))];

    /// <summary>What followed earlier alarms: of the spells of alarm that began <see cref="Watched"/> months ago or longer, how many were followed by less money within those months.</summary>
    /// <param name="months">Month after month.</param>
    public static (int Alarms, int Followed) History(IReadOnlyList<CustomersAndMoney> months)
    {
        var indicators = Of(months);
        var (alarms, followed) = (0, 0);
        for (var i = 0; i + Watched < indicators.Count; i++)
        {
            if (!indicators[i].IsAlarm || (i > 0 && indicators[i - 1].IsAlarm))
            {
                continue;
            }

            alarms++;
            followed += indicators[i + Watched].To.Money < indicators[i].To.Money ? 1 : 0;
        }

        return (alarms, followed);
    }
}
