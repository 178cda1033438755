using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Values of an attribute, each from a day on.</summary>
/// <param name="values">By their day, ascending.</param>
internal readonly struct ValueHistory((DateOnly From, string? Value)[] values)
{
    private readonly (DateOnly From, string? Value)[]? _values = values;

    /// <summary>The value on a day; null where nothing was known then, or the value was cleared.</summary>
    public string? On(DateOnly day)
    {
        for (var i = (_values?.Length ?? 0) - 1; i >= 0; i--)
        {
            if (_values![i].From <= day)
            {
                return _values[i].Value;
            }
        }

        return null;
    }

    public bool TellsTheSameAs(ValueHistory other) => (_values ?? []).AsSpan().SequenceEqual(other._values ?? []);

    /// <summary>The value on a day, and those that came after it up to another day.</summary>
    public IReadOnlyList<Core.Team.OwnedFrom> Along(DateOnly first, DateOnly last) =>
        [new(first, On(first)), .. (_values ?? []).Where(value => value.From > first && value.From <= last).Select(value => new Core.Team.OwnedFrom(value.From, value.Value))];
}

/// <summary>What figures need of one account.</summary>
internal sealed record BookEntry(int AccountNo, string AccountId, string Namespace, string Name, string NameSort)
{
    public AccountContracts Contracts { get; init; } = AccountContracts.Of([]);

    /// <summary>As the account's record has it today; null where nobody said.</summary>
    public string? Country { get; init; }

    /// <summary>Likewise.</summary>
    public string? Industry { get; init; }

    public ValueHistory Segment { get; init; }

    public ValueHistory Owner { get; init; }

    public ValueHistory Region { get; init; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<NpsAnswer> Answers { get; init; } = [];

    /// <summary>The first month end on which the account pays; null for none.</summary>
    public DateOnly? FirstMonthEnd { get; init; }

    /// <summary>True where another reading of the account found nothing that figures would tell otherwise.</summary>
    public bool TellsTheSameAs(BookEntry other) =>
        (AccountNo, AccountId, Namespace, Name, NameSort, Country, Industry, FirstMonthEnd) == (other.AccountNo, other.AccountId, other.Namespace, other.Name, other.NameSort, other.Country, other.Industry, other.FirstMonthEnd)
        && Contracts.Terms.SequenceEqual(other.Contracts.Terms) && Segment.TellsTheSameAs(other.Segment) && Owner.TellsTheSameAs(other.Owner) && Region.TellsTheSameAs(other.Region)
        && Answers.SequenceEqual(other.Answers);

    public static DateOnly? FirstMonthEndOf(MrrTimeline mrr) =>
        mrr.ChangeDays.Count == 0 ? null : CohortTally.FirstMonthEnd(mrr, MonthEnds.OnOrAfter(mrr.ChangeDays[^1]));
}
