using System.Globalization;
using CustomerSuccess.Core.Modelling;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary>Tables of backtests for people.</summary>
internal static class ModelTables
{
    private const int MostDrivers = 8;

    public static void PrintVerdict(Verdict verdict, ModelCard? card) => Console.WriteLine(verdict switch
    {
        Verdict.TooFewOutcomes when card is not null => string.Create(CultureInfo.InvariantCulture, $"Too few outcomes to learn from: {card.Train.Outcomes} in training (at least {card.LeastTrainOutcomes}), {card.Test.Outcomes} in the test (at least {card.LeastTestOutcomes}). Nothing was fitted."),
        Verdict.TooFewOutcomes => "Too few outcomes to learn from. Nothing was fitted.",
        Verdict.NoSkill when card?.WithinProducts?.RocAuc is { } within => string.Create(CultureInfo.InvariantCulture, $"No skill: the lower bound of its AUC among accounts with the same product ({within.Value:0.000}, from {within.Lower:0.000}) is not above 0.5."),
        Verdict.NoBetterThanRules when card?.WithinProducts is { } within => string.Create(CultureInfo.InvariantCulture, $"No better than the rules: AUC {within.RocAuc?.Value:0.000} among accounts with the same product, the rule score's is {within.RuleScoreAuc?.Value:0.000}."),
        Verdict.Skilled when card?.WithinProducts?.RocAuc is { } within => string.Create(CultureInfo.InvariantCulture, $"Skilled: AUC {within.Value:0.000} ({within.Lower:0.000}–{within.Upper:0.000}) among accounts with the same product, on data it had not seen."),
        Verdict.NoSkill => "No skill: the lower bound of its AUC is not above 0.5.",
        Verdict.NoBetterThanRules => "No better than the rules: its AUC is below the rule score's on the same rows.",
        _ => "Skilled: better than chance on data it had not seen.",
    });

    /// <summary>Each column that gives the outcome away, with the reason.</summary>
    /// <param name="leaks">The columns.</param>
    /// <param name="allow">How to allow one.</param>
    public static void PrintLeaks(IReadOnlyList<Leak> leaks, string allow)
    {
        foreach (var leak in leaks)
        {
            var reason = leak.Reason switch
            {
                LeakReason.FilledByOutcome => "whether it is filled in goes with the outcome",
                LeakReason.ValuesAreOutcome => "some of its values occur with the outcome alone",
                LeakReason.FarAboveOthers => "it alone ranks far better than all other columns together",
                _ => "it alone ranks better than anything known beforehand does",
            };
            Console.WriteLine(FormattableString.Invariant($"Leak '{leak.Column}': {reason} (AUC {leak.RocAuc:0.000}). {(leak.Kept ? "Kept as asked." : $"Left out; {allow}.")}"));
        }

        if (leaks.Any(leak => leak.Kept))
        {
            Console.WriteLine("These figures cannot be trusted: columns that know the outcome were kept.");
        }
    }

    /// <summary>The columns without evidence of their own, in one line.</summary>
    /// <param name="screen">What was found; null where none was screened.</param>
    /// <param name="keep">How to learn from them all the same.</param>
    public static void PrintScreen(ScreenReport? screen, string keep)
    {
        if (screen is not null)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Screen: {screen.LeftOut.Count} of {screen.Columns.Count} columns of your own show no evidence and are left out ({keep}): {string.Join(", ", screen.Columns.Where(c => !c.Kept).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Column} (p {c.PValue:0.000})")))}"));
        }
    }

    /// <summary>What was tried and what was chosen, in one line.</summary>
    public static void PrintSearch(SearchReport? search)
    {
        if (search?.Tried.FirstOrDefault(tried => tried.Chosen) is { } won)
        {
            var trees = won.Candidate;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"Search: {search.Tried.Count} candidates on {(search.Judged == SearchRows.LaterPeriods ? "later periods" : "folds")} of the training rows{(search.CutShort ? ", cut short" : "")}; chosen {trees.Learner} {trees.Trees} x {trees.Leaves} leaves, rate {trees.LearningRate}, weight {won.TreeWeight}, {search.Knots} knots: log loss {won.LogLoss:0.0000} ({won.Difference:+0.0000;-0.0000;0} against the first)"));
        }
    }

    /// <summary>What later predictions rest on, in one line.</summary>
    public static void PrintDrivers(IReadOnlyList<CardDriver> drivers)
    {
        if (drivers.Count > 0)
        {
            Console.WriteLine($"Drivers, by what later predictions lose without them (log loss x 1000): {string.Join(", ", drivers.Take(MostDrivers).Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Theme} {1000 * d.LossIncrease:0.0}{(d.IsBorneOut ? "" : "?")}")))}");
        }
    }

    public static void Print(CardMetrics metrics)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("");
        foreach (var heading in new[] { "model (95% interval)", "base rate", "logistic", "rule score" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        Add("ROC-AUC", m => m.RocAuc);
        Add("PR-AUC", m => m.PrAuc);
        Add("log loss", m => m.LogLoss);
        Add("Brier", m => m.Brier);
        Add("ECE", m => m.Ece);
        Add("lift at 10%", m => m.LiftAt10);
        Add("precision at 10%", m => m.PrecisionAt10);
        Add("lift at capacity", m => m.LiftAtCapacity);
        Add("precision at capacity", m => m.PrecisionAtCapacity);
        Output.Print(table);

        void Add(string name, Func<MetricEstimates, Estimate?> figure) => table.AddRow(
            name,
            figure(metrics.Model) is { } e ? string.Create(CultureInfo.InvariantCulture, $"{e.Value:0.0000} ({e.Lower:0.0000}–{e.Upper:0.0000})") : "–",
            Value(figure(metrics.BaseRate)),
            Value(figure(metrics.LogisticRegression)),
            Value(metrics.RuleScore is null ? null : figure(metrics.RuleScore)));
    }

    /// <summary>How good a model of all products is within each.</summary>
    public static void Print(IReadOnlyList<CardProduct> products)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn("product");
        foreach (var heading in new[] { "rows", "outcomes", "in the test", "ROC-AUC within it", "predicted", "observed" })
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        foreach (var own in products)
        {
            table.AddRow([.. new[]
            {
                ProductsCommand.Name(own.Name),
                own.Rows.ToString("N0", CultureInfo.InvariantCulture),
                own.Outcomes.ToString("N0", CultureInfo.InvariantCulture),
                own.TestOutcomes.ToString("N0", CultureInfo.InvariantCulture),
                own.RocAuc is { } e ? string.Create(CultureInfo.InvariantCulture, $"{e.Value:0.000} ({e.Lower:0.000}–{e.Upper:0.000})") : "–",
                own.MeanProbability is { } p ? (100 * p).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–",
                own.ObservedRate is { } r ? (100 * r).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "–",
            }.Select(Markup.Escape)]);
        }

        Output.Print(table);
    }

    private static string Value(Estimate? estimate) => estimate is null ? "–" : estimate.Value.ToString("0.0000", CultureInfo.InvariantCulture);
}
