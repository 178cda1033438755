using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report drivers</c>: what makes customers leave, by MRR at stake, and who stays.</summary>
internal static class DriversReports
{
    private const string Reasons = "reasons", Segments = "segments", Months = "months", Shapes = "shapes", Stays = "stays";

    private static readonly FigureColumn<(DriversOverview All, string? Segment, DriverTotal Total)>[] ReasonColumns =
    [
        new("as_of", r => Day(r.All.Run!.AsOf)),
        new("reason", r => r.Total.Theme),
        new("at_stake_mrr", r => Money(r.All, r.Total.AtStake), 2),
        new("lowered_mrr", r => Money(r.All, r.Total.Lowered), 2),
        new("net_mrr", r => Money(r.All, r.Total.Net), 2),
        new("accounts", r => r.Total.Raised),
        new("accounts_mrr", r => r.Total.RaisedMrr, 2),
        new("accounts_at_stake_mrr", r => Money(r.All, r.Total.RaisedAtStake), 2),
        new("borne_out", r => r.All.BorneOut?.Contains(r.Total.Theme)),
    ];

    private static readonly FigureColumn<(DriversOverview All, string? Segment, DriverTotal Total)>[] SegmentColumns = [new("segment", r => r.Segment), .. ReasonColumns[1..^1]];

    private static readonly FigureColumn<(DriversOverview All, DriverMonth Month, DriverTotal Total)>[] MonthColumns =
    [
        new("month_end", r => Day(r.Month.AsOf)),
        new("reason", r => r.Total.Theme),
        new("at_stake_mrr", r => Money(r.All, r.Total.AtStake), 2),
        new("share_of_mrr", r => Money(r.All, r.Month.ShareOf(r.Total.Theme)), 6),
        new("accounts", r => r.Total.Raised),
    ];

    private static readonly FigureColumn<(FeatureShape Shape, int Place)>[] ShapeColumns =
    [
        new("reason", r => r.Shape.Theme),
        new("feature", r => r.Shape.Feature),
        new("level", r => r.Shape.Curve is null ? r.Shape.Levels[r.Place].Level : null),
        new("from", r => r.Shape.Curve?.Edges[r.Place], 6),
        new("to", r => r.Shape.Curve?.Edges[r.Place + 1], 6),
        new("accounts", r => r.Shape.Curve?.Rows[r.Place] ?? r.Shape.Levels[r.Place].Rows),
        new("effect_from", r => r.Shape.Curve?.Effects[r.Place] ?? r.Shape.Levels[r.Place].MeanPoints, 6),
        new("effect_to", r => r.Shape.Curve?.Effects[r.Place + 1] ?? r.Shape.Levels[r.Place].MeanPoints, 6),
    ];

    private static readonly FigureColumn<(string Attribute, StayPart Part)>[] StayColumns =
    [
        new("attribute", r => r.Attribute),
        new("value", r => r.Part.Value),
        new("accounts", r => r.Part.Customers),
        new("kept", r => r.Part.Kept),
        new("rate", r => r.Part.Rate, 6),
        new("lower", r => r.Part.Lower, 6),
        new("upper", r => r.Part.Upper, 6),
        new("verdict", r => JsonNamingPolicy.SnakeCaseLower.ConvertName(r.Part.Verdict.ToString())),
    ];

    public static Command Create()
    {
        var part = new Option<string>("--part") { Description = "reasons, segments, months, shapes or stays", DefaultValueFactory = _ => Reasons };
        part.AcceptOnlyFromAmong(Reasons, Segments, Months, Shapes, Stays);
        var segment = new Option<string?>("--segment") { Description = "Reasons of one segment" };
        var format = Figures.CreateFormat();
        var command = new Command("drivers", "What makes customers leave, by MRR at stake, with segments, month ends and shapes; who stays") { part, segment, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var overview = await services.GetRequiredService<DriversReport>().OverviewAsync(Viewer.System, parsed.GetValue(segment), cancellation);
            if (overview.Run is null)
            {
                Output.Note("Nothing has been scored yet. `cs score` does it.");
                return ExitCode.Failure;
            }

            if (overview.Part is null)
            {
                Output.Note(parsed.GetValue(segment) is { } asked ? $"There is no segment '{asked}'." : "The newest scores were made without these figures. `cs score` makes them.");
                return ExitCode.Failure;
            }

            if (overview.Run.IsFallback)
            {
                Output.Note("No model is in use: the reasons are those of the rule score, and no MRR is at stake.");
            }

            Print(output, parsed.GetValue(format)!, parsed.GetValue(part)!, overview);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static void Print(Output output, string format, string part, DriversOverview overview)
    {
        switch (part)
        {
            case Segments:
                Figures.Print(output, format, SegmentColumns, overview.Segments.SelectMany(own => own.Totals.Where(total => total.AtStake > 0).Select(total => (overview, own.Segment, total))));
                break;
            case Months:
                Figures.Print(output, format, MonthColumns, overview.Months.SelectMany(month => month.Part.Totals.Where(total => total.AtStake > 0).Select(total => (overview, month, total))));
                break;
            case Shapes:
                Figures.Print(output, format, ShapeColumns, overview.Shapes.SelectMany(shape => Enumerable.Range(0, shape.Curve?.Rows.Count ?? shape.Levels.Count).Select(place => (shape, place))));
                break;
            case Stays:
                Figures.Print(output, format, StayColumns, overview.Stays.SelectMany(table => table.Parts.Select(own => (table.Attribute, own))));
                break;
            default:
                Figures.Print(output, format, ReasonColumns, overview.Ranked.Select(total => (overview, (string?)null, total)));
                break;
        }
    }

    private static double? Money(DriversOverview overview, double? amount) => overview.Run!.IsFallback ? null : amount;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
