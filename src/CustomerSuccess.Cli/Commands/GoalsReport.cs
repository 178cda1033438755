using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Goals;
using CustomerSuccess.Engine.Goals;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report goals</c>: KGIs with the KPIs that serve them, and how they stand.</summary>
internal static class GoalsReport
{
    private static readonly FigureColumn<GoalRow>[] Columns =
    [
        new("goal_id", row => row.Goal.GoalId),
        new("title", row => row.Goal.Title),
        new("kind", row => Word(row.Goal.Kind)),
        new("parent_id", row => row.Goal.ParentId),
        new("measure", row => Word(row.Goal.Measure)),
        new("unit", row => Word(MeasureCatalogue.Of(row.Goal.Measure).Unit)),
        new("segment", row => row.Goal.Segment),
        new("of_owner", row => row.Goal.OfOwner),
        new("plan", row => row.Goal.Plan),
        new("owner", row => row.Goal.OwnerEmail),
        new("start_on", row => Day(row.Goal.StartOn)),
        new("start", row => row.Goal.StartValue, 4),
        new("due_on", row => Day(row.Goal.DueOn)),
        new("target", row => row.Goal.TargetValue, 4),
        new("month", row => row.Standing.Point is { } point ? Day(point.Month) : null),
        new("value", row => row.Standing.Point?.Value, 6),
        new("lower", row => row.Standing.Point?.Lower, 6),
        new("upper", row => row.Standing.Point?.Upper, 6),
        new("n", row => row.Standing.Point?.N),
        new("path", row => row.Standing.Expected, 6),
        new("status", row => Word(row.Standing.Status)),
        new("review_due", row => row.ReviewDue is { } due ? Day(due) : null),
    ];

    public static Command Create()
    {
        var format = Figures.CreateFormat();
        var command = new Command("goals", "Goals (KGI, KPI): figure, path, target, and status by rules that respect intervals") { format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var overview = await services.GetRequiredService<GoalQuery>().ListAsync(Viewer.System, cancellation);
            Figures.Print(output, parsed.GetValue(format)!, Columns, overview.Rows);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
