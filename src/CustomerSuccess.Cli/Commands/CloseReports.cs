using System.CommandLine;
using System.Globalization;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Closing;
using CustomerSuccess.Engine.Closing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report close</c> and <c>cs report restatements</c>: closed months as they were closed, and what changed them since.</summary>
internal static class CloseReports
{
    private static readonly FigureColumn<ClosedMonth>[] Closed =
    [
        new("month", m => Month(m.Close.Month)),
        new("state", m => m.Stands ? "closed" : "reopened"),
        new("closed_at", m => m.Close.ClosedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        new("closed_by", m => m.Close.ClosedByEmail ?? m.Close.ClosedByUser),
        new("restatements", m => m.Restatements),
        new("currency", m => m.Close.Currency),
        .. ClosedFigures.All.Select(figure => new FigureColumn<ClosedMonth>(figure.Name, m => Whole(figure, figure.Value(m.Figures)) ?? (object?)figure.Value(m.Figures), Decimals(figure))),
    ];

    private static readonly FigureColumn<(RestatementEntry Restatement, FigureChange Change)>[] Changes =
    [
        new("month", c => Month(c.Restatement.Entry.Month)),
        new("restatement", c => c.Restatement.Entry.RestatementNo),
        new("found_at", c => c.Restatement.Entry.FoundAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        new("cause", c => c.Restatement.Entry.Cause.ToString().ToLowerInvariant()),
        new("file", c => c.Restatement.FileName),
        new("by", c => c.Restatement.Entry.ByWhom),
        new("accounts", c => c.Restatement.Entry.Accounts),
        new("figure", c => c.Change.Figure.Name),
        new("before", c => Whole(c.Change.Figure, c.Change.Before) ?? (object?)c.Change.Before, 6),
        new("after", c => Whole(c.Change.Figure, c.Change.After) ?? (object?)c.Change.After, 6),
        new("difference", c => Whole(c.Change.Figure, c.Change.Difference) ?? (object?)c.Change.Difference, 6),
    ];

    public static Command CreateClosed() => Create("close", "Closed months with their figures as they were closed", async (services, output, format, cancellation) =>
        Figures.Print(output, format, Closed, await services.GetRequiredService<MonthCloses>().ListAsync(Viewer.System, cancellation)));

    public static Command CreateRestatements() => Create("restatements", "What later facts made of closed months: which figure, from what to what, by which import", async (services, output, format, cancellation) =>
    {
        await services.GetRequiredService<FollowCloses>().RunAsync(cancellation);
        Figures.Print(output, format, Changes, (await services.GetRequiredService<MonthCloses>().RestatementsAsync(Viewer.System, cancellation)).SelectMany(restatement => restatement.Changes.Select(change => (restatement, change))));
    });

    private static Command Create(string name, string description, Func<IServiceProvider, Output, string, CancellationToken, Task> print)
    {
        var format = Figures.CreateFormat();
        var command = new Command(name, description) { format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            await print(services, output, parsed.GetValue(format)!, cancellation);
            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    /// <summary>A count; null for what is none.</summary>
    private static int? Whole(ClosedFigure figure, decimal? value) => figure.Unit == FigureUnit.Count ? (int?)value : null;

    private static int? Decimals(ClosedFigure figure) => figure.Unit switch { FigureUnit.Money => 2, FigureUnit.Share => 6, _ => null };

    private static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
