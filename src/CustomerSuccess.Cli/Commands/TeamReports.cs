using System.CommandLine;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Engine.Team;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report team</c>: what CSMs look after and do, and their losses against those expected. In no order of merit.</summary>
internal static class TeamReports
{
    private static readonly FigureColumn<TeamRow>[] Columns =
    [
        new("owner", row => row.Email),
        new("accounts", row => row.Load?.Accounts),
        new("mrr", row => row.Load?.Mrr, 2),
        new("open_minutes", row => row.Load?.OpenMinutes, 1),
        new("week_minutes_taken", row => row.Load?.WeekTaken, 1),
        new("week_minutes", row => row.Load?.WeekCapacity, 1),
        new("touches", row => row.Touches),
        new("touch_minutes", row => row.TouchMinutes, 1),
        new("accounts_touched", row => row.AccountsTouched),
        new("predictions", row => row.Predictions),
        new("handed_over", row => row.HandedOver),
        new("losses", row => row.Outcome?.Observed, 4),
        new("losses_expected", row => row.Outcome?.Expected, 4),
        new("ratio", row => row.Outcome?.Ratio, 4),
        new("ratio_lower", row => row.Outcome?.Lower, 4),
        new("ratio_upper", row => row.Outcome?.Upper, 4),
        new("difference", row => row.Outcome?.Difference, 4),
        new("mrr_lost", row => row.MrrLost, 2),
        new("verdict", row => row.Outcome is { } outcome ? JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.Verdict.ToString()) : null),
    ];

    public static Command Create()
    {
        var format = Figures.CreateFormat();
        var command = new Command("team", "Portfolio, work and risk-adjusted losses by CSM, with 95% intervals") { format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var overview = await services.GetRequiredService<TeamReport>().OverviewAsync(Viewer.System, cancellation);
            if (overview.Windows.Count == 0)
            {
                Output.Note("No score run with predictions lies far enough back: losses cannot be compared with expected ones yet.");
            }

            Figures.Print(output, parsed.GetValue(format)!, Columns, overview.Rows);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }
}
