using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs train</c>: trains, backtests, registers.</summary>
internal static class TrainCommand
{
    private static readonly Dictionary<string, Target[]> TargetWords = new(StringComparer.Ordinal)
    {
        ["churn"] = [Target.Churn],
        ["upsell"] = [Target.Upsell],
        ["product_churn"] = [Target.ProductChurn],
        ["all"] = [Target.Churn, Target.Upsell, Target.ProductChurn],
    };

    public static Command Create()
    {
        var asOf = Day("--as-of", "Use nothing dated after this day");
        var target = new Option<string>("--target") { DefaultValueFactory = _ => "all", Description = "churn, upsell, product_churn or all" };
        target.AcceptOnlyFromAmong([.. TargetWords.Keys]);
        var lead = Days("--lead", "Days from the as-of date to the horizon", 0, 365);
        var horizon = Days("--horizon", "Days in which an outcome counts", 1, 730);
        var grace = Days("--grace", "Days without MRR before that is a churn", 0, 365);
        var testFrom = Day("--test-from", "First day of the test (default: the last third of the dates)");
        var shuffle = new Option<int?>("--shuffle-labels") { Description = "Permute labels within each as-of date by this seed; nothing is registered" };
        var predictions = new Option<string?>("--predictions") { Description = "File for account_id, as_of, label, probability of the test rows; of a second target: FILE.upsell.csv, FILE.product_churn.csv" };
        var budget = BudgetOption.Create("default: the setting models.budget");
        var keep = new Option<bool>("--keep-leaks") { Description = "Learn from columns that give the outcome away; figures can then not be trusted (for single columns: the setting models.allowed_leaks)" };
        var command = new Command("train", "Learn from the company's history and test on its later part") { asOf, target, lead, horizon, grace, testFrom, budget, keep, shuffle, predictions };
        command.SetAction((parsed, interrupted) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            using var search = new SearchInterrupt(interrupted);
            var request = new TrainRequest
            {
                Targets = TargetWords[parsed.GetValue(target)!],
                AsOf = parsed.GetValue(asOf),
                LeadDays = parsed.GetValue(lead),
                HorizonDays = parsed.GetValue(horizon),
                GraceDays = parsed.GetValue(grace),
                TestFrom = parsed.GetValue(testFrom),
                Budget = BudgetOption.Read(parsed, budget),
                KeepLeaks = parsed.GetValue(keep),
                StopSearch = search.Stop,
                ShuffleSeed = parsed.GetValue(shuffle),
                PredictionsPath = parsed.GetValue(predictions),
            };
            var reports = await Output.WithStatusAsync("Training", show => services.GetRequiredService<TrainModels>().RunAsync(request, show, search.Cancelled));
            output.Write(new { Models = reports }, () => Print(reports));
            return ExitCode.Success;
        }, interrupted));
        return command;
    }

    private static Option<DateOnly?> Day(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"{name} takes a day such as 2024-12-31, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

    private static Option<int?> Days(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days < least || days > most))
            {
                result.AddError($"{name} takes a whole number of days from {least} to {most}.");
            }
        });
        return option;
    }

    private static void Print(IReadOnlyList<TrainReport> reports)
    {
        foreach (var report in reports)
        {
            var card = report.Card;
            Console.WriteLine(FormattableString.Invariant($"{Name(report)} model {card.Version}: lead {card.Definition.LeadDays}, horizon {card.Definition.HorizonDays}, grace {card.Definition.GraceDays} days"));
            PrintPart("Training", card.Train);
            PrintPart("Test", card.Test);
            ModelTables.PrintLeaks(card.Leaks, "set models.allowed_leaks to allow it");
            ModelTables.PrintScreen(card.Screen, "set models.kept_columns to keep them");
            ModelTables.PrintSearch(card.Search);
            ModelTables.PrintVerdict(report.Verdict, card);
            if (card.Metrics is { } metrics)
            {
                ModelTables.Print(metrics);
            }

            ModelTables.PrintDrivers(card.Drivers);
            if (card.Products is { } products)
            {
                ModelTables.Print(products);
            }

            if (card.Backtest is { } backtest)
            {
                BacktestTables.Print(backtest);
            }

            if (card.Hindsight is { } hindsight)
            {
                BacktestTables.Print(hindsight);
            }

            if (card.Forecast is { } forecast)
            {
                BacktestTables.Print(forecast);
            }

            Console.WriteLine(report.Decision switch
            {
                TrainDecision.Promoted => "It is in use now.",
                TrainDecision.KeptAsChallenger => "Kept as challenger: its log loss on the same later rows is not lower than that of the model in use.",
                TrainDecision.Unchanged => "It equals the model in use; nothing was registered.",
                TrainDecision.NotRegistered => "Labels were shuffled: nothing was registered.",
                _ when report.Target == Target.ProductChurn => report.Card.Product is null ? "It is not used; products have the account's probability, a lower bound, unless an earlier model is in use." : "It is not used; the model of all products stands for it.",
                _ => "It is not used; the queue goes by the rule score unless an earlier model is in use.",
            });
            if (report.ChampionRetired)
            {
                Console.WriteLine("The model in use until now does no better on these data and was taken out of use.");
            }

            Console.WriteLine();
        }
    }

    private static string Name(TrainReport report) => report.Target switch
    {
        Target.Churn => "Churn",
        Target.Upsell => "Upsell",
        _ => report.Card.Product is { } product ? $"Product churn ({product})" : "Product churn",
    };

    private static void PrintPart(string name, CardPart part) => Console.WriteLine(part.From is null
        ? $"{name}: no observations"
        : FormattableString.Invariant($"{name}: {part.Rows} observations of {part.Accounts} accounts at {part.Dates} dates, {part.From:yyyy-MM-dd} to {part.To:yyyy-MM-dd}; {part.Outcomes} outcomes"));
}
