using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Draws up the queue of past months from rows that their model had not seen, and lays it beside what became of the accounts.</summary>
internal static class QueueHindsight
{
    private const string Segment = FeatureNames.Attribute + "segment";

    /// <returns>What stands on the card, and the rows worth keeping: all of the days whose times to come do not overlap, by which CSMs' losses are told, else those that matter to the queue. Their model's id is not set yet.</returns>
    public static (CardHindsight Card, IReadOnlyList<BacktestRow> Kept) Of(LabelledTable data, TestScores scores, IReadOnlyList<Observation> known, TrainingTask task, int draws, CompanySettings settings)
    {
        var rows = Rows(data, scores, known, task, settings);
        var hindsight = new Hindsight(rows, task.Capacity, settings.Margin, settings.MinuteCost, draws, new TrainingPlan().Seed);
        var reader = new FeatureReader(data.Table);
        decimal[] sizes = [.. rows.Where(row => row.Mrr is not null).Select(row => row.Mrr!.Value).Order()];
        var whole = Apart([.. hindsight.Dates.Select(date => date[0].AsOf)], task.Definition.HorizonDays);
        string? Size(HindsightRow row) => row.Mrr is not { } mrr ? null : mrr < sizes[sizes.Length / 3] ? "small" : mrr < sizes[2 * sizes.Length / 3] ? "medium" : "large";
        return (new CardHindsight
        {
            Months = hindsight.Months(),
            Gain = TestCurves.Lift(scores.Model, [.. scores.Rows.Select(r => data.Labels[r])]),
            Capacities = hindsight.Capacities(),
            Profit = hindsight.Profit(settings.Currency),
            Segments =
            [
                .. hindsight.Segments("segment", row => reader.Category(Segment, row.Row), data.Events),
                .. hindsight.Segments("plan", row => reader.Category(FeatureNames.Plan, row.Row), data.Events),
                .. hindsight.Segments("size", Size, data.Events),
            ],
        }, [.. hindsight.Dates.SelectMany(date => Kept(date, (int)task.Capacity, whole.Contains(date[0].AsOf)))]);
    }

    /// <summary>Days of the last year, from the newest back, of which no two are less than a horizon apart.</summary>
    private static HashSet<DateOnly> Apart(IReadOnlyList<DateOnly> dates, int horizonDays)
    {
        var apart = new List<DateOnly>();
        foreach (var day in dates.OrderDescending())
        {
            if (apart.Count == 0 || (apart[^1].DayNumber - day.DayNumber >= horizonDays && apart[0].AddYears(-1) < day))
            {
                apart.Add(day);
            }
        }

        return [.. apart];
    }

    private static IEnumerable<BacktestRow> Kept(IReadOnlyList<HindsightRow> date, int capacity, bool isWhole)
    {
        var byRisk = Hindsight.ByRisk(date).Select((row, i) => (row.AccountNo, i)).ToDictionary(x => x.AccountNo, x => x.i);
        return date.Select((row, i) => (Row: row, Place: i, ByRisk: byRisk[row.AccountNo]))
            .Where(x => isWhole || x.Place < capacity || x.ByRisk < capacity || x.Row.LeftOn is not null)
            .Select(x => new BacktestRow
            {
                AsOf = x.Row.AsOf,
                AccountNo = x.Row.AccountNo,
                Rank = x.Place + 1,
                RiskRank = x.ByRisk + 1,
                Listed = x.Place < capacity,
                Probability = x.Row.Probability,
                Mrr = x.Row.Mrr,
                LeftOn = x.Row.LeftOn,
            });
    }

    private static List<HindsightRow> Rows(LabelledTable data, TestScores scores, IReadOnlyList<Observation> known, TrainingTask task, CompanySettings settings)
    {
        var judged = scores.Rows.Select(r => (data.Table.AccountNo[r], data.Table.AsOf[r])).ToHashSet();
        var facts = known.Where(o => judged.Contains((o.AccountNo, o.AsOf))).ToDictionary(o => (o.AccountNo, o.AsOf));
        var reader = new FeatureReader(data.Table);
        var life = Enumerable.Range(0, scores.Rows.Length).GroupBy(i => data.Table.AsOf[scores.Rows[i]])
            .ToDictionary(date => date.Key, date => new SegmentLife([.. date.Select(i => (reader.Category(Segment, scores.Rows[i]), scores.Model[i]))], task.Definition.HorizonDays));
        var rows = new List<HindsightRow>(scores.Rows.Length);
        for (var i = 0; i < scores.Rows.Length; i++)
        {
            var r = scores.Rows[i];
            var (account, asOf) = (data.Table.AccountNo[r], data.Table.AsOf[r]);
            var fact = facts[(account, asOf)];
            var months = life[asOf].MonthsOf(reader.Category(Segment, r));
            var touch = SuggestTouches.For(new TouchCandidate(account, r, scores.Rules?[i] ?? 0, scores.Model[i], null, fact.Mrr, months), reader, settings, TouchLimits.None).FirstOrDefault(t => !t.IsUpsell);
            rows.Add(new HindsightRow(r, account, asOf, scores.Model[i], scores.Rules?[i], fact.Mrr, data.Labels[r] ? fact.ChurnEventOn ?? asOf : null, touch?.ValuePerMinute ?? 0, touch?.Effect ?? 0, touch?.Minutes ?? 0, months));
        }

        return rows;
    }
}
