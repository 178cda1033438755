using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Engine.Features;

/// <summary>The rows that are asked for, by account and then by day, each with its place in the table.</summary>
internal sealed class FeatureRows
{
    /// <summary>Up to so many accounts a query names them one by one; beyond, it reads the range they lie in.</summary>
    private const int MostNamed = 500;

    private readonly int[] _accounts;

    /// <summary>At i: where the rows of the i-th account begin; one more than accounts.</summary>
    private readonly int[] _first;
    private readonly DateOnly[] _days;
    private readonly int[] _places;

    private FeatureRows(int[] accounts, int[] first, DateOnly[] days, int[] places)
    {
        _accounts = accounts;
        _first = first;
        _days = days;
        _places = places;
    }

    public int Count => _days.Length;

    /// <summary>Accounts, ascending.</summary>
    public ReadOnlySpan<int> Accounts => _accounts;

    /// <summary>Rows in any order; several of one account and day are rows of their own.</summary>
    public static FeatureRows Of(int[] accountNo, DateOnly[] asOf)
    {
        var places = new int[accountNo.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(places, (a, b) =>
            accountNo[a] != accountNo[b] ? accountNo[a].CompareTo(accountNo[b])
            : asOf[a] != asOf[b] ? asOf[a].CompareTo(asOf[b])
            : a.CompareTo(b));
        List<int> accounts = [];
        List<int> first = [];
        var days = new DateOnly[places.Length];
        for (var i = 0; i < places.Length; i++)
        {
            days[i] = asOf[places[i]];
            if (i == 0 || accountNo[places[i]] != accounts[^1])
            {
                accounts.Add(accountNo[places[i]]);
                first.Add(i);
            }
        }

        first.Add(places.Length);
        return new FeatureRows([.. accounts], [.. first], days, places);
    }

    /// <summary>Every account at every day.</summary>
    public static (int[] AccountNo, DateOnly[] AsOf) Grid(IReadOnlyList<int> accounts, IReadOnlyList<DateOnly> days)
    {
        var accountNo = new int[accounts.Count * days.Count];
        var asOf = new DateOnly[accountNo.Length];
        for (var i = 0; i < accountNo.Length; i++)
        {
            accountNo[i] = accounts[i / days.Count];
            asOf[i] = days[i % days.Count];
        }

        return (accountNo, asOf);
    }

    /// <summary>The position of an account; negative where none of its rows is asked for.</summary>
    public int IndexOf(int account) => Array.BinarySearch(_accounts, account);

    /// <summary>Days of the account at a position, ascending.</summary>
    public ReadOnlySpan<DateOnly> DaysAt(int position) => _days.AsSpan(_first[position].._first[position + 1]);

    /// <summary>Places in the table of the account's days.</summary>
    public ReadOnlySpan<int> PlacesAt(int position) => _places.AsSpan(_first[position].._first[position + 1]);

    /// <summary>SQL that chooses the accounts, perhaps with others between them.</summary>
    public string Condition() => _accounts.Length switch
    {
        0 => "1 = 0",
        <= MostNamed => FormattableString.Invariant($"account_no IN ({string.Join(',', _accounts)})"),
        _ => FormattableString.Invariant($"account_no BETWEEN {_accounts[0]} AND {_accounts[^1]}"),
    };

    /// <summary>The same choice for a query in LINQ: the accounts themselves where they are few, else null and their range.</summary>
    public (int[]? Named, int Least, int Most) Choice() =>
        _accounts.Length == 0 ? ([], 0, 0) : (_accounts.Length <= MostNamed ? _accounts : null, _accounts[0], _accounts[^1]);
}
