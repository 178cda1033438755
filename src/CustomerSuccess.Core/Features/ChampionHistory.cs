namespace CustomerSuccess.Core.Features;

/// <summary>A time in which a person is an account's champion.</summary>
/// <param name="ContactNo">The person.</param>
/// <param name="From">The first day.</param>
/// <param name="Until">The first day on which he or she is champion no more; null while it lasts.</param>
/// <param name="Left">True where he or she left the customer on that day.</param>
public readonly record struct ChampionSpan(int ContactNo, DateOnly From, DateOnly? Until, bool Left)
{
    public bool Holds(DateOnly t) => From <= t && !(Until <= t);
}

/// <summary>What is known of an account's champions at a day; NaN = missing.</summary>
public readonly record struct ChampionFeatures(double Champions, double Gone)
{
    public static ChampionFeatures Missing { get; } = new(double.NaN, double.NaN);
}

/// <summary>Who was one account's champion when, from values with their first day of validity. What is said only today says nothing of earlier days.</summary>
public sealed class ChampionHistory
{
    private readonly List<ChampionSpan> _spans = [];
    private DateOnly? _knownFrom;

    /// <summary>The times as champion, by person.</summary>
    public IReadOnlyList<ChampionSpan> Spans => _spans;

    /// <summary>Takes a person in.</summary>
    /// <param name="contactNo">The person.</param>
    /// <param name="values">Whether he or she is champion from a day on, ascending by day.</param>
    /// <param name="leftOn">The day on which he or she left the customer; null where still there.</param>
    public void Add(int contactNo, IReadOnlyList<(DateOnly From, bool IsChampion)> values, DateOnly? leftOn)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var (from, champion) = values[i];
            _knownFrom = _knownFrom is { } known && known <= from ? known : from;
            DateOnly? until = i + 1 < values.Count ? values[i + 1].From : null;
            if (!champion || leftOn <= from)
            {
                continue;
            }

            var left = leftOn is not null && !(until <= leftOn);
            _spans.Add(new ChampionSpan(contactNo, from, left ? leftOn : until, left));
        }
    }

    public ChampionFeatures At(DateOnly t)
    {
        if (!(_knownFrom <= t))
        {
            return ChampionFeatures.Missing;
        }

        HashSet<int> there = [];
        var left = false;
        foreach (var span in _spans)
        {
            if (span.Holds(t))
            {
                there.Add(span.ContactNo);
            }
            else if (span.Left)
            {
                left |= InquiryHistory.IsIn(span.Until, t, 91);
            }
        }

        return new ChampionFeatures(there.Count, left && there.Count == 0 ? 1 : 0);
    }
}
