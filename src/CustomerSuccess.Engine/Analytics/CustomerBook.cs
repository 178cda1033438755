using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Stages and scores of every account on a day, each account at the place it has in the company's book.</summary>
/// <param name="book">The company.</param>
/// <param name="activity">What its accounts did.</param>
internal sealed class CustomerBook(CompanyBook book, ActivityBook activity)
{
    private const sbyte Nobody = -1;

    private readonly AccountActivity?[] _activity = [.. book.Accounts.Select(entry => activity.Accounts.GetValueOrDefault(entry.AccountNo))];

    public CompanyBook Company { get; } = book;

    public ActivityBook Activity { get; } = activity;

    /// <summary>True where active is who pays; a business without any contract goes by purchases.</summary>
    public bool ByContracts => Company.FirstTerm is not null;

    /// <summary>The last month end that figures reach; null where there is nothing.</summary>
    public DateOnly? Last => ByContracts ? Company.LastMonth : Activity.LastMonth;

    /// <summary>The day up to which it is known who left; null where there is nothing.</summary>
    public DateOnly? KnownUntil => ByContracts ? Company.ContractsUntil : Activity.LastMonth;

    public AccountActivity? ActivityOf(int place) => _activity[place];

    /// <summary>The stages at a month end, computed once.</summary>
    public StageSheet Stages(DateOnly day) => Activity.Figures.Figure($"stages|{day:O}", () => StagesOn(day));

    /// <summary>The scores on a day, computed once.</summary>
    public RfmSheet Scores(DateOnly day) => Activity.Figures.Figure($"rfm|{day:O}", () => ScoresOn(day));

    /// <summary>Recency, frequency and money of an account on a day, as <see cref="RfmQuery"/> has them; false for one that had done nothing by then.</summary>
    private bool TryValues(int place, DateOnly day, Func<string, decimal> rate, out (int Recency, int Frequency, decimal Money) values)
    {
        values = default;
        if (_activity[place] is not { } activity)
        {
            return false;
        }

        if (activity.Purchases is { } purchases)
        {
            var count = purchases.CountUntil(day);
            if (count == 0)
            {
                return false;
            }

            var (recent, amount) = purchases.Between(day.AddDays(-Rfm.Window), day);
            values = (day.DayNumber - purchases.Days[count - 1].DayNumber, recent, amount);
            return true;
        }

        if (activity.Use!.LastUntil(day) is not { } last)
        {
            return false;
        }

        values = (day.DayNumber - last.DayNumber, activity.Use.Between(day.AddDays(-Rfm.Window), day), Company.Accounts[place].Contracts.Mrr.On(day, rate));
        return true;
    }

    private Func<string, decimal> RatesOf(DateOnly day) => currency => Company.Rates.On(currency, day);

    private RfmSheet ScoresOn(DateOnly day)
    {
        var rate = RatesOf(day);
        var places = new List<int>(_activity.Length);
        var (recency, frequency, money) = (new List<int>(_activity.Length), new List<int>(_activity.Length), new List<decimal>(_activity.Length));
        for (var place = 0; place < _activity.Length; place++)
        {
            if (TryValues(place, day, rate, out var known))
            {
                places.Add(place);
                recency.Add(-known.Recency);
                frequency.Add(known.Frequency);
                money.Add(known.Money);
            }
        }

        return new(Company.Accounts, [.. places], [.. recency], [.. frequency], [.. money]);
    }

    private StageSheet StagesOn(DateOnly day)
    {
        var settings = Company.Settings;
        var (accounts, rate) = (Company.Accounts, RatesOf(day));
        var (stages, money) = (new sbyte[accounts.Count], new decimal[accounts.Count]);
        var (frequencies, amounts) = (new int[accounts.Count], new decimal[accounts.Count]);
        var (everyF, everyM, known) = (new int[accounts.Count], new decimal[accounts.Count], 0);
        for (var place = 0; place < accounts.Count; place++)
        {
            frequencies[place] = -1;
            if (TryValues(place, day, rate, out var values))
            {
                everyF[known] = frequencies[place] = values.Frequency;
                everyM[known++] = amounts[place] = values.Money;
            }
        }

        var leastF = Rfm.ScoresAbove(everyF.AsSpan(0, known), settings.LifecycleLoyalScore);
        var leastM = Rfm.ScoresAbove(everyM.AsSpan(0, known), settings.LifecycleLoyalScore);
        for (var place = 0; place < accounts.Count; place++)
        {
            var isLoyal = frequencies[place] >= 0 && !(frequencies[place] <= leastF) && !(amounts[place] <= leastM);
            var stage = ByContracts ? CustomerStages.Of(accounts[place].Contracts.Mrr, day, settings.LifecycleNewDays, settings.GraceDays, isLoyal)
                : _activity[place]?.Purchases is { } purchases ? CustomerStages.Of(purchases, day, settings.LifecycleNewDays, settings.LifecycleActiveDays, isLoyal)
                : null;
            stages[place] = stage is { } one ? (sbyte)one : Nobody;
            money[place] = stage is null ? 0 : ByContracts ? accounts[place].Contracts.Mrr.On(day, rate) : amounts[place];
        }

        return new(stages, money);
    }
}

/// <summary>The stage and the money of every account.</summary>
internal sealed class StageSheet(sbyte[] stages, decimal[] money)
{
    public CustomerStage? this[int place] => stages[place] < 0 ? null : (CustomerStage)stages[place];

    public decimal MoneyOf(int place) => money[place];
}

/// <summary>The scores and the decile of every account. What only lists need is told when it is first asked for.</summary>
internal sealed class RfmSheet
{
    private const int None = -1;

    private readonly IReadOnlyList<BookEntry> _accounts;
    private readonly int[] _places, _recency, _frequency;
    private readonly decimal[] _money;
    private readonly int[] _rows;
    private readonly int[] _r, _f;
    private readonly Lazy<int[]> _m, _deciles;

    /// <param name="accounts">Of the book.</param>
    /// <param name="places">Accounts with scores, by their places in the book, ascending.</param>
    /// <param name="recency">Of each, below or at 0: the nearer, the better.</param>
    /// <param name="frequency">Of each.</param>
    /// <param name="money">Of each.</param>
    public RfmSheet(IReadOnlyList<BookEntry> accounts, int[] places, int[] recency, int[] frequency, decimal[] money)
    {
        (_accounts, _places, _recency, _frequency, _money) = (accounts, places, recency, frequency, money);
        _rows = new int[accounts.Count];
        Array.Fill(_rows, None);
        for (var row = 0; row < places.Length; row++)
        {
            _rows[places[row]] = row;
        }

        (_r, _f) = (Rfm.ScoresOfNumbers(recency), Rfm.ScoresOfNumbers(frequency));
        _m = new(() => Rfm.Scores(_money));
        _deciles = new(Numbered);
    }

    /// <summary>How many accounts have scores.</summary>
    public int Count => _places.Length;

    public RfmScore? this[int place] => _rows[place] is >= 0 and var row ? new(ValuesOf(row), _r[row], _f[row], _m.Value[row]) : null;

    /// <summary>Its cell and its money; R is 0 for an account without scores.</summary>
    public (int R, int F, decimal Money) CellOf(int place) => _rows[place] is >= 0 and var row ? (_r[row], _f[row], _money[row]) : default;

    /// <summary>Deciles of some accounts.</summary>
    public IReadOnlyList<Decile> DecilesOf(IEnumerable<int> places)
    {
        int[] rows = [.. places.Select(place => _rows[place]).Where(row => row >= 0)];
        return Rfm.Deciles([.. rows.Select(ValuesOf)], [.. rows.Select(row => _deciles.Value[row])]);
    }

    /// <summary>1–10; null for an account without scores.</summary>
    public int? DecileOf(int place) => _rows[place] is >= 0 and var row ? _deciles.Value[row] : null;

    private RfmValues ValuesOf(int row) => new(_accounts[_places[row]].AccountId, -_recency[row], _frequency[row], _money[row]);

    /// <summary>As <see cref="Rfm.DecilesOf"/> has them.</summary>
    private int[] Numbered()
    {
        int[] order = [.. Enumerable.Range(0, _places.Length)];
        var money = Array.ConvertAll(_money, one => -one);
        Array.Sort(money, order);
        var byId = Comparer<int>.Create((one, other) => string.CompareOrdinal(_accounts[_places[one]].AccountId, _accounts[_places[other]].AccountId) is not 0 and var first ? first : one.CompareTo(other));
        for (int start = 0, end; start < order.Length; start = end)
        {
            end = start + 1;
            while (end < order.Length && money[end] == money[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                Array.Sort(order, start, end - start, byId);
            }
        }

        var deciles = new int[order.Length];
        for (var position = 0; position < order.Length; position++)
        {
            deciles[order[position]] = 1 + (int)(10L * position / order.Length);
        }

        return deciles;
    }
}
