using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>Observations with features and outcomes, one row each.</summary>
/// <param name="Table">The features.</param>
/// <param name="Labels">Whether the outcome came.</param>
/// <param name="Events">By row, a number of its outcome (rows that look ahead to the same event share it); −1 without one.</param>
/// <param name="Weights">By row, 1 unless the data say otherwise.</param>
public sealed record LabelledTable(FeatureTable Table, bool[] Labels, int[] Events, double[] Weights)
{
    public int Rows => Labels.Length;

    /// <summary>Churn or upsell observations of known outcome, joined with the features of the same account and date.</summary>
    public static LabelledTable Of(Target target, FeatureTable table, IReadOnlyList<Observation> observations, int horizonDays)
    {
        var row = new Dictionary<(int, DateOnly), int>();
        for (var i = 0; i < table.Rows; i++)
        {
            row[(table.AccountNo[i], table.AsOf[i])] = i;
        }

        var known = observations
            .Where(o => IsKnown(target, o) && row.ContainsKey((o.AccountNo, o.AsOf)))
            .OrderBy(o => o.AsOf).ThenBy(o => o.AccountNo).ToArray();
        var labels = known.Select(o => (target == Target.Churn ? o.Churned : o.Expanded) == true).ToArray();
        return new LabelledTable(
            table.Take([.. known.Select(o => row[(o.AccountNo, o.AsOf)])]),
            labels,
            Number(target, known, labels, horizonDays),
            [.. labels.Select(_ => 1.0)]);
    }

    /// <summary>True where an observation's outcome is known, so that it can be learned from.</summary>
    public static bool IsKnown(Target target, Observation observation) =>
        !observation.Leaving && (target == Target.Churn ? observation.Churned : observation.Expanded) is not null;

    /// <summary>The same rows without some columns; names that the table lacks do no harm.</summary>
    public LabelledTable Without(IReadOnlyCollection<string> columns) =>
        columns.Count == 0 ? this : this with { Table = Table with { Columns = [.. Table.Columns.Where(column => !columns.Contains(column.Name))] } };

    /// <summary>The set of rows at the given positions.</summary>
    public CardPart Describe(IReadOnlyCollection<int> rows) => new(
        rows.Count == 0 ? null : rows.Min(r => Table.AsOf[r]),
        rows.Count == 0 ? null : rows.Max(r => Table.AsOf[r]),
        rows.Select(r => Table.AsOf[r]).Distinct().Count(),
        rows.Count,
        rows.Select(r => Table.AccountNo[r]).Distinct().Count(),
        rows.Count(r => Labels[r]),
        OutcomesIn(rows));

    /// <summary>Distinct outcomes among the rows.</summary>
    public int OutcomesIn(IEnumerable<int> rows) => rows.Select(r => Events[r]).Where(e => e >= 0).Distinct().Count();

    /// <summary>The same rows with outcomes permuted within each as-of date, so that nothing but chance ties them to features.</summary>
    public LabelledTable Shuffle(int seed)
    {
        var labels = (bool[])Labels.Clone();
        var events = (int[])Events.Clone();
        var stream = 0;
        foreach (var date in Enumerable.Range(0, Rows).GroupBy(r => Table.AsOf[r]).OrderBy(g => g.Key))
        {
            var rows = date.ToArray();
            var from = (int[])rows.Clone();
            SeededRandom.Of(seed, stream++).Shuffle(from.AsSpan());
            for (var i = 0; i < rows.Length; i++)
            {
                (labels[rows[i]], events[rows[i]]) = (Labels[from[i]], Events[from[i]]);
            }
        }

        return this with { Labels = labels, Events = events };
    }

    /// <summary>Churn is one event for each account and day; expansions seen from dates whose windows overlap are one.</summary>
    private static int[] Number(Target target, Observation[] observations, bool[] labels, int horizonDays)
    {
        var events = new int[observations.Length];
        Array.Fill(events, -1);
        var numbers = new Dictionary<(int, DateOnly), int>();
        var since = new Dictionary<int, DateOnly>();
        for (var i = 0; i < observations.Length; i++)
        {
            if (!labels[i])
            {
                continue;
            }

            var o = observations[i];
            DateOnly day;
            if (target == Target.Churn)
            {
                day = o.ChurnEventOn ?? o.AsOf;
            }
            else if (!since.TryGetValue(o.AccountNo, out day) || o.AsOf.DayNumber - day.DayNumber >= horizonDays)
            {
                day = since[o.AccountNo] = o.AsOf;
            }

            if (!numbers.TryGetValue((o.AccountNo, day), out events[i]))
            {
                numbers[(o.AccountNo, day)] = events[i] = numbers.Count;
            }
        }

        return events;
    }
}
