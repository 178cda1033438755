using CustomerSuccess.Core.Analytics;

namespace CustomerSuccess.Engine.Analytics;

/// <summary>Lists the accounts behind a figure of the lifecycle.</summary>
internal static class LifecycleRows
{
    public static IReadOnlyList<LifecycleRow> Of(CustomerBook customers, IReadOnlyList<int> places, LifecycleAccountAsk ask)
    {
        var rows = (ask.Next ? Followed(customers, places, ask) : ask.WinBack ? Lapsed(customers, places, ask) : Standing(customers, places, ask)).ToList();
        IOrderedEnumerable<LifecycleRow> By<T>(Func<LifecycleRow, T> key, IComparer<T>? comparer = null) => ask.Descending ? rows.OrderByDescending(key, comparer) : rows.OrderBy(key, comparer);
        var sorted = ask.Sort switch
        {
            LifecycleSort.Name => By(row => customers.Company.Entries[row.AccountNo].NameSort, StringComparer.Ordinal),
            LifecycleSort.Recency => By(row => row.Score?.Values.Recency ?? -1),
            LifecycleSort.Frequency => By(row => row.Score?.Values.Frequency ?? -1),
            LifecycleSort.Worth => By(row => row.Worth ?? -1),
            LifecycleSort.Gone => By(row => row.LeftOn is { } left ? ask.Month.DayNumber - left.DayNumber : -1),
            _ => By(row => row.Money),
        };
        return [.. sorted.ThenBy(row => row.AccountNo).ThenByDescending(row => row.Day)];
    }

    /// <summary>Customers at the month end, by their stage, their cell and what they were a month before.</summary>
    private static IEnumerable<LifecycleRow> Standing(CustomerBook customers, IReadOnlyList<int> places, LifecycleAccountAsk ask)
    {
        var before = new DateOnly(ask.Month.Year, ask.Month.Month, 1).AddDays(-1);
        var (now, then, scores, former) = (customers.Stages(ask.Month), customers.Stages(before), customers.Scores(ask.Month), customers.Scores(before));
        foreach (var place in places)
        {
            var (cell, cellBefore) = (scores.CellOf(place), former.CellOf(place));
            if ((now[place] is null && cell.R == 0 && cellBefore.R == 0) || !Is(ask.To, now[place]) || !Is(ask.From, then[place]) || (ask.Decile is { } decile && scores.DecileOf(place) != decile))
            {
                continue;
            }

            bool InCell((int R, int F, decimal Money) one) => one.R > 0 && (ask.R is null || one.R == ask.R) && (ask.F is null || one.F == ask.F);
            var (isIn, wasIn) = (InCell(cell), InCell(cellBefore));
            if ((ask.R is not null || ask.F is not null || ask.Entered is not null) && !(ask.Entered switch { true => isIn && !wasIn, false => wasIn && !isIn, null => isIn }))
            {
                continue;
            }

            if (ask.OfPurchases && (customers.ActivityOf(place)?.Purchases is not { } purchases || !Bought(purchases, ask)))
            {
                continue;
            }

            if (ask.To is null && ask.From is null && ask.R is null && ask.F is null && ask.Decile is null && now[place] is null && cell.R == 0)
            {
                continue;
            }

            // a list of a cell counts what the table counts
            var byScores = ask.R is not null || ask.F is not null || ask.Decile is not null;
            yield return Row(customers, place, ask.Month, now[place], then[place], byScores ? cell.Money : now.MoneyOf(place), scores[place], scores.DecileOf(place));
        }
    }

    private static bool Bought(PurchaseHistory purchases, LifecycleAccountAsk ask)
    {
        var days = purchases.OccasionsUntil(ask.Month);
        return days.Count > 0 && !(days.Count < ask.LeastPurchases) && !(days.Count > ask.MostPurchases)
            && (ask.FirstBought is not { } month || (days[0] <= month && days[0].Year == month.Year && days[0].Month == month.Month))
            && (ask.RepeatedWithin is not { } within || (days.Count > 1 && days[1].DayNumber - days[0].DayNumber <= within));
    }

    /// <summary>Customers at the earlier days, each with what came next.</summary>
    private static IEnumerable<LifecycleRow> Followed(CustomerBook customers, IReadOnlyList<int> places, LifecycleAccountAsk ask)
    {
        foreach (var day in LifecycleReport.NextDays(customers, ask.Month))
        {
            var (scores, stages) = (customers.Scores(day), customers.Stages(day));
            foreach (var place in places)
            {
                if (scores[place] is { } score && (ask.R is null || score.R == ask.R) && (ask.F is null || score.F == ask.F)
                    && LifecycleReport.FateOf(customers, place, day) is var fate and not NextFate.Unknown && (ask.Fate is null || fate == ask.Fate))
                {
                    yield return Row(customers, place, day, stages[place], null, score.Values.Money, score, scores.DecileOf(place)) with { Day = day, Fate = fate };
                }
            }
        }
    }

    private static IEnumerable<LifecycleRow> Lapsed(CustomerBook customers, IReadOnlyList<int> places, LifecycleAccountAsk ask)
    {
        var lapsed = LapsedCustomers.Of(customers);
        var scores = customers.Scores(ask.Month);
        foreach (var place in places)
        {
            if (lapsed.Of(place) is { } one && !(one.GoneDays < ask.GoneFrom) && !(one.GoneDays >= ask.GoneTo))
            {
                yield return Row(customers, place, ask.Month, CustomerStage.Lapsed, null, one.Money, scores[place], scores.DecileOf(place)) with { LeftOn = one.LeftOn, Reason = one.Reason, Chance = one.Chance, Worth = one.Worth };
            }
        }
    }

    private static LifecycleRow Row(CustomerBook customers, int place, DateOnly day, CustomerStage? stage, CustomerStage? before, decimal money, RfmScore? score, int? decile) =>
        Row(customers.Company.Accounts[place], day, stage, before, money, score, decile);

    private static LifecycleRow Row(BookEntry entry, DateOnly day, CustomerStage? stage, CustomerStage? before, decimal money, RfmScore? score, int? decile) =>
        new(entry.AccountNo, entry.AccountId, entry.Namespace, entry.Name, entry.Segment.On(day), entry.Owner.On(day), stage, before, money, score, decile);

    private static bool Is(StageChoice? asked, CustomerStage? stage) => asked switch
    {
        null => true,
        StageChoice.Nobody => stage is null,
        StageChoice.Active => stage is { } one && one.IsActive(),
        { } choice => stage?.ToString() == choice.ToString(),
    };
}
