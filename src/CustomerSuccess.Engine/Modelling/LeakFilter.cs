using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Finds leaks on training rows and leaves them out.</summary>
internal static class LeakFilter
{
    /// <summary>Rows that are looked at at most.</summary>
    private const int MostRows = 50_000;

    /// <param name="data">The table of the catalogue's features.</param>
    /// <param name="train">Training rows.</param>
    /// <param name="mayKeep">True for columns that an administrator allowed.</param>
    public static IReadOnlyList<Leak> Find(LabelledTable data, IReadOnlyList<int> train, Func<string, bool> mayKeep)
    {
        var plan = new TrainingPlan();
        int[] rows = [.. AccountSample.AtMost(MostRows, data.Table.AccountNo, train, plan.Seed).Select(p => train[p])];
        var part = new LabelledTable(data.Table.Take(rows), [.. rows.Select(r => data.Labels[r])], [.. rows.Select(r => data.Events[r])], [.. rows.Select(r => data.Weights[r])]);
        var folds = AccountFolds.Of(part.Table.AccountNo, [.. Enumerable.Range(0, part.Rows)], part.Labels, plan.Folds, plan.Seed);
        return [.. LeakGuard.Find(part, folds, name => !name.StartsWith(FeatureNames.Attribute, StringComparison.Ordinal)).Select(leak => leak with { Kept = mayKeep(leak.Column) })];
    }

    public static LabelledTable Without(LabelledTable data, IEnumerable<Leak> leaks) => data.Without([.. leaks.Where(leak => !leak.Kept).Select(leak => leak.Column)]);
}
