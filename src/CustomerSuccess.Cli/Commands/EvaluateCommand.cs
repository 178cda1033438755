using System.CommandLine;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs evaluate</c>: cross-validates the product's learner on a flat table.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var table = new Option<string>("--table") { Required = true, Description = "CSV file with one row for each customer" };
        var id = new Option<string>("--id") { Required = true, Description = "Column that names the customer" };
        var label = new Option<string>("--label") { Required = true, Description = "Column with the outcome" };
        var positive = new Option<string?>("--positive") { Description = "Value of the label that is the outcome" };
        var ignore = new Option<string?>("--ignore") { Description = "Columns to leave out, comma-separated" };
        var weight = new Option<string?>("--weight") { Description = "Column with the rows' weights" };
        var folds = new Option<string?>("--folds") { Description = "CSV file with row_id (from 0) and fold" };
        var keep = new Option<bool>("--keep-leaks") { Description = "Learn from columns that alone give the outcome away" };
        var keptColumns = new Option<string?>("--keep-columns") { Description = "Columns to learn from without evidence of their own, comma-separated" };
        var outPath = new Option<string?>("--out") { Description = "File for row_id, fold and out-of-fold probability" };
        var budget = BudgetOption.Create("default: normal");
        var command = new Command("evaluate", "Cross-validate the learner on a flat table") { table, id, label, positive, ignore, weight, folds, keep, keptColumns, budget, outPath };
        command.SetAction((parsed, interrupted) => CommandLine.WithoutEngineAsync(parsed, async output =>
        {
            using var search = new SearchInterrupt(interrupted);
            var columns = new FlatTableColumns(
                parsed.GetValue(id)!,
                parsed.GetValue(label)!,
                parsed.GetValue(positive),
                Names(parsed.GetValue(ignore)),
                parsed.GetValue(weight));
            var request = new EvaluateRequest(parsed.GetValue(table)!, columns, parsed.GetValue(folds), parsed.GetValue(keep), parsed.GetValue(outPath))
            {
                KeptColumns = Names(parsed.GetValue(keptColumns)),
                Budget = BudgetOption.Read(parsed, budget) ?? Budget.Normal,
                StopSearch = search.Stop,
            };
            var report = await Output.WithStatusAsync("Evaluating", show => Task.Run(() => EvaluateTable.Run(request, show, search.Cancelled), search.Cancelled));
            output.Write(report, () => Print(report));
            return ExitCode.Success;
        }));
        return command;
    }

    private static string[] Names(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void Print(EvaluationReport report)
    {
        Console.WriteLine(FormattableString.Invariant($"{report.Rows} rows, {report.Positives} outcomes, {report.Folds} folds, {report.Columns.Count} columns"));
        ModelTables.PrintLeaks(report.Leaks, "--keep-leaks keeps it");
        foreach (var screen in report.Screens)
        {
            ModelTables.PrintScreen(screen, "--keep-columns keeps them");
        }

        foreach (var search in report.Searches)
        {
            ModelTables.PrintSearch(search);
        }

        ModelTables.PrintVerdict(report.Verdict, null);
        if (report.Metrics is { } metrics)
        {
            ModelTables.Print(metrics);
        }
    }
}
