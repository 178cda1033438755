using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Engine.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report effects</c>: whether plays work, by their random draws.</summary>
internal static class EffectsReport
{
    private static readonly FigureColumn<Line>[] Columns =
    [
        new("play", line => line.Row.Entry.Play.Key),
        new("part", line => line.Part),
        new("verdict", line => JsonNamingPolicy.SnakeCaseLower.ConvertName(line.Effect.Verdict.ToString())),
        new("offered", line => line.Effect.Offered),
        new("held_out", line => line.Effect.HeldOut),
        new("done", line => line.Part is null ? line.Row.Done : null),
        new("pending", line => line.Effect.Pending),
        new("offered_known", line => line.Effect.Known.Offered.Accounts),
        new("offered_outcomes", line => line.Effect.Known.Offered.Outcomes),
        new("held_out_known", line => line.Effect.Known.HeldOut.Accounts),
        new("held_out_outcomes", line => line.Effect.Known.HeldOut.Outcomes),
        new("offered_rate", line => Finite(line.Effect.Known.Offered.Rate), 6),
        new("held_out_rate", line => Finite(line.Effect.Known.HeldOut.Rate), 6),
        new("difference", line => Finite(line.Effect.Difference.Value), 6),
        new("lower_looking", line => Finite(line.Effect.Difference.Lower), 6),
        new("upper_looking", line => Finite(line.Effect.Difference.Upper), 6),
        new("difference_at_end", line => Finite(line.Effect.AtEnd.Value), 6),
        new("lower_at_end", line => Finite(line.Effect.AtEnd.Lower), 6),
        new("upper_at_end", line => Finite(line.Effect.AtEnd.Upper), 6),
        new("end_reached", line => line.Effect.IsEndReached),
        new("relative_effect", line => Finite(line.Effect.Relative.Value), 6),
        new("relative_lower", line => Finite(line.Effect.Relative.Lower), 6),
        new("relative_upper", line => Finite(line.Effect.Relative.Upper), 6),
        new("stated_effect", line => line.Row.Entry.Play.PriorEffect, 6),
        new("learned_effect", line => line.Effect.Learned.Value, 6),
        new("planned_end", line => line.Effect.PlannedEnd),
        new("answer_on", line => line.Effect.AnswerOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new("holdout_share", line => line.Part is null ? line.Row.Share : null, 6),
    ];

    /// <summary>For a terminal: what decides, and no more.</summary>
    private static readonly string[] Shown = ["play", "part", "verdict", "offered", "held_out", "offered_rate", "held_out_rate", "difference", "lower_looking", "upper_looking", "stated_effect", "learned_effect", "answer_on"];

    public static Command Create()
    {
        var format = Figures.CreateFormat();
        var command = new Command("effects", "Effects of plays by their random draws, with intervals that hold at every look and at the planned end; by segment where enough is known") { format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var report = await services.GetRequiredService<EffectsQuery>().RunAsync(cancellation);
            var lines = report.Plays.Where(row => row.IsMeasured)
                .SelectMany(row => row.Segments.Select(segment => new Line(row, segment.Part, segment.Effect)).Prepend(new Line(row, null, row.Effect)));
            var kind = parsed.GetValue(format)!;
            var isTable = !output.IsJson && kind == "table";
            Figures.Print(output, kind, isTable ? [.. Columns.Where(column => Shown.Contains(column.Name)).Select(column => column.Decimals is null ? column : column with { Decimals = 3 })] : Columns, lines);
            if (isTable && report.KnownUntil is { } known)
            {
                Output.Note(string.Create(CultureInfo.InvariantCulture, $"Outcomes are known of draws up to {known.AddDays(-report.Rule.Span):yyyy-MM-dd}. Rates are of churn, of expansion for plays that sell; the intervals hold however often you look."));
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private sealed record Line(PlayEffectRow Row, string? Part, PlayEffect Effect);
}
