using System.CommandLine;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Risk;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs score</c>: snapshots features, probabilities, health, reasons and suggestions as of a day.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var asOf = new Option<DateOnly?>("--as-of") { Description = "Day to score as of (default: the day up to which usage is complete)" };
        var command = new Command("score", "Score every paying account and rank the risk queue") { asOf };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var run = await Output.WithStatusAsync("Scoring", step => services.GetRequiredService<ScoreAccounts>().RunAsync(parsed.GetValue(asOf), step, cancellation));
            foreach (var damaged in (await services.GetRequiredService<ModelRegistry>().LoadServingAsync(Target.Churn, cancellation)).Damaged)
            {
                Output.Note($"Model {damaged.Version} is damaged and was refused: {damaged.Reason}");
            }

            output.Write(Document(run), () => Print(run));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    /// <summary>How the run was made, as both verbs print it.</summary>
    public static object Document(RunSummary run) => new
    {
        run.ScoreRunId,
        run.AsOf,
        Mode = run.IsFallback ? "rule_score" : "model",
        run.FallbackReason,
        run.FallbackOutcomes,
        run.ChurnModelId,
        run.UpsellModelId,
        run.UsageUntil,
        run.ContractsUntil,
        run.Scored,
        run.Leaving,
        run.Currency,
        run.LeadDays,
        run.HorizonDays,
        run.FinishedAt,
    };

    public static string Explain(RunSummary run) => run.IsFallback
        ? $"Ranked by the rule score (0-100, 100 is worst; not a probability): {Why(run)}."
        : FormattableString.Invariant($"Ranked by the value of a minute, from the probability of churn between day {run.LeadDays} and day {run.LeadDays + run.HorizonDays}.");

    private static string Why(RunSummary run) => run.FallbackReason switch
    {
        "too_few_outcomes" => FormattableString.Invariant($"too few outcomes to learn from ({run.FallbackOutcomes})"),
        "no_skill" => "the model has no skill",
        "damaged_model" => "the model in use is damaged and was refused",
        "no_better_than_rules" => "the model is no better than the rules",
        _ => "no model has been trained",
    };

    private static void Print(RunSummary run)
    {
        Console.WriteLine(FormattableString.Invariant($"Scored {run.Scored} accounts as of {run.AsOf:yyyy-MM-dd}; {run.Leaving} are leaving."));
        Console.WriteLine(Explain(run));
    }
}
