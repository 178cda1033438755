using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Engine.Risk;

/// <summary>Asks the model, or the rules, again for rows whose matters are settled one after the other.</summary>
internal sealed class ReliefSearch(FeatureTable table, ScoringModel? churn)
{
    /// <summary>By row, what would lower its risk.</summary>
    /// <param name="risks">By row, the probability as it is; the rule score / 100 without a model.</param>
    public IReadOnlyList<Relief>[] Run(IEnumerable<double> risks)
    {
        var reader = new FeatureReader(table);
        var found = Enumerable.Range(0, table.Rows).Select(_ => new List<Relief>()).ToArray();
        foreach (var change in Reliefs.Changes)
        {
            (int Row, Reliefs.Step Step)[] steps = [.. Enumerable.Range(0, table.Rows)
                .Select(row => (row, step: Reliefs.Of(change, reader, row)))
                .Where(pair => pair.step is not null)
                .Select(pair => (pair.row, pair.step!.Value))];
            if (steps.Length == 0)
            {
                continue;
            }

            var settled = Settled(steps);
            var then = churn is null ? [.. RuleScore.Of(settled).Select(score => score / 100)] : churn.Probabilities(settled);
            for (var i = 0; i < steps.Length; i++)
            {
                found[steps[i].Row].Add(new Relief(change, then[i], steps[i].Step.Count));
            }
        }

        return [.. risks.Select((risk, row) => found[row].Count == 0 ? [] : Reliefs.Best(risk, found[row]))];
    }

    /// <summary>Copies of the rows with the steps' values; columns that no step touches stay as they are.</summary>
    private FeatureTable Settled((int Row, Reliefs.Step Step)[] steps)
    {
        var settled = table.Take([.. steps.Select(step => step.Row)]);
        var column = settled.Columns.Where(c => c.Numbers is not null).ToDictionary(c => c.Name, c => c.Numbers!, StringComparer.Ordinal);
        for (var i = 0; i < steps.Length; i++)
        {
            foreach (var (feature, value) in steps[i].Step.Values)
            {
                if (column.TryGetValue(feature, out var numbers))
                {
                    numbers[i] = value;
                }
            }
        }

        return settled;
    }
}
