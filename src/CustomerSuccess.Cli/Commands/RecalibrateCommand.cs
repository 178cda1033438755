using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs recalibrate</c>: follows new outcomes without retraining.</summary>
internal static class RecalibrateCommand
{
    public static Command Create()
    {
        var target = new Option<string>("--target") { DefaultValueFactory = _ => "all", Description = "churn, upsell or all" };
        target.AcceptOnlyFromAmong("churn", "upsell", "all");
        var command = new Command("recalibrate", "Fit the calibration of the models in use to outcomes that came after their training") { target };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var reports = new List<RecalibrationReport>();
            foreach (var which in new[] { Target.Churn, Target.Upsell }.Where(t => parsed.GetValue(target) == "all" || string.Equals(t.ToString(), parsed.GetValue(target), StringComparison.OrdinalIgnoreCase)))
            {
                reports.Add(await Output.WithStatusAsync("Recalibrating", show => services.GetRequiredService<RecalibrateModels>().RunAsync(which, null, show, cancellation)));
            }

            output.Write(new { Models = reports }, () => reports.ForEach(Print));
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static void Print(RecalibrationReport report) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Target}: ") + report.Decision switch
    {
        RecalibrationDecision.NoModel => "no model is in use.",
        RecalibrationDecision.TooFewOutcomes => string.Create(CultureInfo.InvariantCulture, $"{report.Later!.Outcomes} outcomes since model {report.Parent} was trained, {Recalibration.LeastOutcomes} are needed. Nothing was changed."),
        RecalibrationDecision.Unchanged => string.Create(CultureInfo.InvariantCulture, $"model {report.Parent} stays: log loss of {report.Later!.Rows} later rows {report.Line!.LogLossBefore:0.0000}, recalibrated {report.Line.LogLossAfter:0.0000}, which is not better beyond noise."),
        _ => string.Create(CultureInfo.InvariantCulture, $"model {report.Version} is {report.Parent} recalibrated (slope {report.Line!.Slope:0.00}, offset {report.Line.Offset:+0.00;-0.00}) and in use: log loss of {report.Later!.Rows} later rows {report.Line.LogLossBefore:0.0000}, now {report.Line.LogLossAfter:0.0000}."),
    });
}
