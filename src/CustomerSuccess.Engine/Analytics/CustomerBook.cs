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
    public StageSheet Stages(DateOnly day) => Company.Once($"stages|{day:O}", () => StagesOn(day));

    /// <summary>The scores on a day, computed once.</summary>
    public RfmSheet Scores(DateOnly day) => Company.Once($"rfm|{day:O}", () => ScoresOn(day));

    /// <summary>Recency, frequency and money of an account on a day, as <see cref="RfmQuery"/> has them; null for one that had done nothing by then.</summary>
    public RfmValues? ValuesOf(int place, DateOnly day)
    {
        var entry = Company.Accounts[place];
        if (_activity[place] is not { } activity)
        {
            return null;
        }

        if (activity.Purchases is { } purchases)
        {
            var count = purchases.CountUntil(day);
            if (count == 0)
            {
                return null;
            }

            var (recent, amount) = purchases.Between(day.AddDays(-Rfm.Window), day);
            return new(entry.AccountId, day.DayNumber - purchases.Days[count - 1].DayNumber, recent, amount);
        }

        return activity.Use!.LastUntil(day) is { } last ? new(entry.AccountId, day.DayNumber - last.DayNumber, activity.Use.Between(day.AddDays(-Rfm.Window), day), Mrr(entry, day)) : null;
    }

    private decimal Mrr(BookEntry entry, DateOnly day) => entry.Contracts.Mrr.On(day, currency => Company.Rates.On(currency, day));

    private RfmSheet ScoresOn(DateOnly day)
    {
        var (places, values) = (new List<int>(), new List<RfmValues>());
        for (var place = 0; place < _activity.Length; place++)
        {
            if (ValuesOf(place, day) is { } known)
            {
                places.Add(place);
                values.Add(known);
            }
        }

        var (scores, deciles) = (new RfmScore?[_activity.Length], new int[_activity.Length]);
        foreach (var (place, (score, decile)) in places.Zip(Rfm.Score(values).Zip(Rfm.DecilesOf(values))))
        {
            (scores[place], deciles[place]) = (score, decile);
        }

        return new(scores, deciles, values);
    }

    private StageSheet StagesOn(DateOnly day)
    {
        var settings = Company.Settings;
        var accounts = Company.Accounts;
        var (stages, money) = (new sbyte[accounts.Count], new decimal[accounts.Count]);
        var (frequencies, amounts) = (new int[accounts.Count], new decimal[accounts.Count]);
        var (everyF, everyM) = (new List<int>(accounts.Count), new List<decimal>(accounts.Count));
        for (var place = 0; place < accounts.Count; place++)
        {
            frequencies[place] = -1;
            if (ValuesOf(place, day) is { } values)
            {
                everyF.Add(frequencies[place] = values.Frequency);
                everyM.Add(amounts[place] = values.Money);
            }
        }

        var leastF = Rfm.ScoresAbove(everyF.ToArray(), settings.LifecycleLoyalScore);
        var leastM = Rfm.ScoresAbove(everyM.ToArray(), settings.LifecycleLoyalScore);
        for (var place = 0; place < accounts.Count; place++)
        {
            var isLoyal = frequencies[place] >= 0 && !(frequencies[place] <= leastF) && !(amounts[place] <= leastM);
            var stage = ByContracts ? CustomerStages.Of(accounts[place].Contracts.Mrr, day, settings.LifecycleNewDays, settings.GraceDays, isLoyal)
                : _activity[place]?.Purchases is { } purchases ? CustomerStages.Of(purchases, day, settings.LifecycleNewDays, settings.LifecycleActiveDays, isLoyal)
                : null;
            stages[place] = stage is { } known ? (sbyte)known : Nobody;
            money[place] = stage is null ? 0 : ByContracts ? Mrr(accounts[place], day) : amounts[place];
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

/// <summary>The scores and the decile of every account.</summary>
internal sealed class RfmSheet(RfmScore?[] scores, int[] deciles, IReadOnlyList<RfmValues> values)
{
    /// <summary>Everybody's, in the order of the book.</summary>
    public IReadOnlyList<RfmValues> Values => values;

    public RfmScore? this[int place] => scores[place];

    /// <summary>1–10; null for an account without scores.</summary>
    public int? DecileOf(int place) => deciles[place] == 0 ? null : deciles[place];
}
