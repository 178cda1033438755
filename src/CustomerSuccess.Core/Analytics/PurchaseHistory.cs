namespace CustomerSuccess.Core.Analytics;

/// <summary>What one customer bought, oldest first.</summary>
public sealed class PurchaseHistory
{
    private readonly DateOnly[] _days;
    private readonly decimal[] _amounts;

    /// <param name="purchases">In any order; amounts in the reporting currency.</param>
    public PurchaseHistory(IEnumerable<(DateOnly Day, decimal Amount)> purchases)
    {
        var sorted = purchases.OrderBy(purchase => purchase.Day).ToArray();
        _days = Array.ConvertAll(sorted, purchase => purchase.Day);
        _amounts = Array.ConvertAll(sorted, purchase => purchase.Amount);
    }

    /// <summary>The day of each purchase, ascending; several of one day stand beside one another.</summary>
    public IReadOnlyList<DateOnly> Days => _days;

    /// <summary>Its amount, reporting currency.</summary>
    public IReadOnlyList<decimal> Amounts => _amounts;

    public bool TellsTheSameAs(PurchaseHistory other) => _days.AsSpan().SequenceEqual(other._days) && _amounts.AsSpan().SequenceEqual(other._amounts);

    /// <summary>How many purchases fall on a day or before it.</summary>
    public int CountUntil(DateOnly day)
    {
        int low = 0, high = _days.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_days[middle] <= day)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Purchases after the first day up to the last one, with their amount.</summary>
    public (int Count, decimal Amount) Between(DateOnly after, DateOnly until)
    {
        var (from, to) = (CountUntil(after), CountUntil(until));
        var sum = 0m;
        for (var i = from; i < to; i++)
        {
            sum += _amounts[i];
        }

        return (Math.Max(0, to - from), sum);
    }

    /// <summary>The days on which something was bought up to a day, each once, ascending: what repeat purchases are counted by.</summary>
    public IReadOnlyList<DateOnly> OccasionsUntil(DateOnly day)
    {
        var count = CountUntil(day);
        var occasions = new List<DateOnly>(count);
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || _days[i] != _days[i - 1])
            {
                occasions.Add(_days[i]);
            }
        }

        return occasions;
    }

    /// <summary>Repeat purchases as the BG/NBD model counts them at a day; null for who had bought nothing by then.</summary>
    public PurchaseSummary? SummaryOn(DateOnly day)
    {
        var occasions = OccasionsUntil(day);
        return occasions.Count == 0 ? null : new(
            occasions.Count - 1,
            (occasions[^1].DayNumber - occasions[0].DayNumber) / PurchaseSummary.DaysPerWeek,
            (day.DayNumber - occasions[0].DayNumber) / PurchaseSummary.DaysPerWeek);
    }
}

/// <summary>All that the BG/NBD model needs of a customer.</summary>
/// <param name="Frequency">Repeat purchases: days with a purchase after the first.</param>
/// <param name="Recency">Weeks from the first purchase to the last; 0 without repeats.</param>
/// <param name="Age">Weeks from the first purchase to the day looked at.</param>
public readonly record struct PurchaseSummary(int Frequency, double Recency, double Age)
{
    /// <summary>Time runs in weeks, as in the publications.</summary>
    public const double DaysPerWeek = 7;
}
