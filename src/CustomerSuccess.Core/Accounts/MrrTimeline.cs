namespace CustomerSuccess.Core.Accounts;

/// <summary>
/// An account's monthly recurring revenue day by day, in the currencies of its contracts:
/// the sum over terms with StartedOn ≤ day and (EndedOn empty or &gt; day).
/// </summary>
public sealed class MrrTimeline
{
    private readonly string[] _currencies;
    private readonly DateOnly[] _changeDays;

    /// <summary>By currency, then by change day: MRR from that day on until the next.</summary>
    private readonly decimal[][] _mrr;

    private MrrTimeline(string[] currencies, DateOnly[] changeDays, decimal[][] mrr)
    {
        _currencies = currencies;
        _changeDays = changeDays;
        _mrr = mrr;
    }

    /// <summary>Currencies of the terms, in ordinal order.</summary>
    public IReadOnlyList<string> Currencies => _currencies;

    /// <summary>The days on which a term starts or ends, ascending.</summary>
    public IReadOnlyList<DateOnly> ChangeDays => _changeDays;

    /// <summary>The first day with MRR &gt; 0; null for an account that never pays.</summary>
    public DateOnly? FirstPayingDay
    {
        get
        {
            for (var i = 0; i < _changeDays.Length; i++)
            {
                if (IsPayingFrom(i))
                {
                    return _changeDays[i];
                }
            }

            return null;
        }
    }

    /// <summary>The timeline of one account's terms. Voided terms, and terms that end before they count a day, are left out.</summary>
    public static MrrTimeline Of(IEnumerable<Subscription> terms)
    {
        var changes = new SortedDictionary<(DateOnly Day, string Currency), decimal>(Comparer<(DateOnly Day, string Currency)>.Create(static (a, b) =>
            a.Day != b.Day ? a.Day.CompareTo(b.Day) : string.CompareOrdinal(a.Currency, b.Currency)));
        foreach (var term in terms)
        {
            if (term.VoidedBy is not null || (term.EndedOn is { } end && end <= term.StartedOn))
            {
                continue;
            }

            var start = (term.StartedOn, term.Currency);
            changes[start] = changes.GetValueOrDefault(start) + term.Mrr;
            if (term.EndedOn is { } ended)
            {
                changes[(ended, term.Currency)] = changes.GetValueOrDefault((ended, term.Currency)) - term.Mrr;
            }
        }

        string[] currencies = [.. changes.Keys.Select(key => key.Currency).Distinct().Order(StringComparer.Ordinal)];
        DateOnly[] days = [.. changes.Keys.Select(key => key.Day).Distinct()];
        var mrr = Array.ConvertAll(currencies, _ => new decimal[days.Length]);
        foreach (var ((day, currency), change) in changes)
        {
            mrr[Array.IndexOf(currencies, currency)][Array.BinarySearch(days, day)] = change;
        }

        foreach (var values in mrr)
        {
            for (var i = 1; i < values.Length; i++)
            {
                values[i] += values[i - 1];
            }
        }

        return new MrrTimeline(currencies, days, mrr);
    }

    /// <summary>MRR on a day in one contract currency; 0 where there is none.</summary>
    public decimal On(DateOnly day, string currency)
    {
        var at = IndexOf(day);
        var c = Array.IndexOf(_currencies, currency);
        return at < 0 || c < 0 ? 0 : _mrr[c][at];
    }

    /// <summary>MRR on a day, each contract currency converted by <paramref name="rate"/>, which is asked only for currencies paid in that day.</summary>
    public decimal On(DateOnly day, Func<string, decimal> rate)
    {
        var at = IndexOf(day);
        var sum = 0m;
        for (var c = 0; at >= 0 && c < _currencies.Length; c++)
        {
            if (_mrr[c][at] != 0)
            {
                sum += _mrr[c][at] * rate(_currencies[c]);
            }
        }

        return sum;
    }

    /// <summary>True where MRR on the day is above 0 in any currency.</summary>
    public bool IsPaying(DateOnly day)
    {
        var at = IndexOf(day);
        return at >= 0 && IsPayingFrom(at);
    }

    /// <summary>True where the account is paying at a month end before the month of <paramref name="day"/>.</summary>
    public bool PaidAtMonthEndBefore(DateOnly day)
    {
        var month = new DateOnly(day.Year, day.Month, 1);
        for (var i = 0; i < _changeDays.Length && _changeDays[i] < month; i++)
        {
            var next = i + 1 < _changeDays.Length && _changeDays[i + 1] < month ? _changeDays[i + 1] : month;
            if (IsPayingFrom(i) && MonthEnds.OnOrAfter(_changeDays[i]) < next)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Churn events, ascending: the days on which MRR falls to 0 and stays 0 for more than <paramref name="graceDays"/> days.
    /// A day counts as known here whatever the data's reach; who labels leaves out what the data cannot yet say.
    /// </summary>
    public IReadOnlyList<DateOnly> ChurnEvents(int graceDays)
    {
        List<DateOnly> events = [];
        for (var i = 1; i < _changeDays.Length; i++)
        {
            if (IsChurn(i, graceDays))
            {
                events.Add(_changeDays[i]);
            }
        }

        return events;
    }

    /// <summary>True where a churn event lies after a day, up to another.</summary>
    public bool ChurnsWithin(DateOnly after, DateOnly until, int graceDays) => LastChurn(until, graceDays) > after;

    /// <summary>The last churn event up to a day; null for none.</summary>
    public DateOnly? LastChurn(DateOnly until, int graceDays)
    {
        for (var i = IndexOf(until); i > 0; i--)
        {
            if (IsChurn(i, graceDays))
            {
                return _changeDays[i];
            }
        }

        return null;
    }

    /// <summary>The last change up to each of some days, in one walk: -1 before the first.</summary>
    /// <param name="days">Ascending.</param>
    /// <param name="changes">As many places.</param>
    public void IndexesOf(ReadOnlySpan<DateOnly> days, Span<int> changes)
    {
        var at = -1;
        for (var i = 0; i < days.Length; i++)
        {
            while (at + 1 < _changeDays.Length && _changeDays[at + 1] <= days[i])
            {
                at++;
            }

            changes[i] = at;
        }
    }

    private bool IsChurn(int change, int graceDays)
    {
        if (IsPayingFrom(change) || !IsPayingFrom(change - 1))
        {
            return false;
        }

        var next = change + 1;
        while (next < _changeDays.Length && !IsPayingFrom(next))
        {
            next++;
        }

        return next == _changeDays.Length || _changeDays[next].DayNumber - _changeDays[change].DayNumber > graceDays;
    }

    /// <summary>MRR in the currency at a place of <see cref="Currencies"/> from a change on; 0 before the first.</summary>
    internal decimal From(int change, int currency) => change < 0 ? 0 : _mrr[currency][change];

    /// <summary>True where MRR is above 0 in any currency from a change on.</summary>
    public bool IsPayingFrom(int change)
    {
        if (change < 0)
        {
            return false;
        }

        foreach (var values in _mrr)
        {
            if (values[change] > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The last change up to the day; -1 before the first.</summary>
    internal int IndexOf(DateOnly day)
    {
        var at = Array.BinarySearch(_changeDays, day);
        return at >= 0 ? at : ~at - 1;
    }
}
