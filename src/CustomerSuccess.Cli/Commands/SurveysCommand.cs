using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Outreach;
using CustomerSuccess.Core.Surveys;
using CustomerSuccess.Engine.Surveys;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs surveys</c>: list surveys, look at the message, start a wave, and read what was answered.</summary>
internal static class SurveysCommand
{
    public static Command Create() => new("surveys", "Look at surveys and start their waves") { List(), Preview(), Start(), Results() };

    private static Command List()
    {
        var command = new Command("list", "Print every survey with how many people it has reached");
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var rows = await services.GetRequiredService<SurveyQuery>().ListAsync(Viewer.System, cancellation);
            output.Write(new { Surveys = rows.Select(row => Head(row.Survey, row.Counts, row.LastAskedAt)) }, () =>
            {
                if (rows.Count == 0)
                {
                    Output.Note("There are no surveys yet.");
                    return;
                }

                var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Name", "Kind", "Asked when", "On").AddColumn(new TableColumn("Waves").RightAligned()).AddColumn(new TableColumn("Asked").RightAligned()).AddColumn(new TableColumn("Answered").RightAligned()).AddColumn(new TableColumn("Rate").RightAligned());
                foreach (var row in rows)
                {
                    table.AddRow(row.Survey.SurveyId, Markup.Escape(row.Survey.Name), Word(row.Survey.Kind), Word(row.Survey.Mode), row.Survey.IsOn ? "yes" : "no", Count(row.Survey.Waves), Count(row.Counts.Asked), Count(row.Counts.Answered), Rate(row.Counts));
                }

                AnsiConsole.Write(table);
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Preview()
    {
        var id = Id();
        var command = new Command("preview", "Print the message as a real account would get it, and how many accounts it is for") { id };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var query = services.GetRequiredService<SurveyQuery>();
            if (await FindAsync(query, parsed.GetValue(id)!, cancellation) is not { } details)
            {
                return ExitCode.Failure;
            }

            var result = await query.PreviewAsync(Viewer.System, details.Versions[0].Plan, null, cancellation);
            if (result.Value is not { } preview)
            {
                Output.Note(result.Problems.Count == 0 ? "Nobody can be asked: no account is in its audience." : $"The message cannot be written: {Words(result.Problems)}.");
                return ExitCode.Failure;
            }

            var mail = preview.Mail;
            output.Write(new { Survey = details.Survey.SurveyId, preview.Accounts, mail.Summary.Subject, mail.Summary.Language, mail.Text }, () =>
            {
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{mail.Summary.Subject}[/]{(preview.Accounts is { } accounts ? $"  for {Count(accounts)} accounts" : "")}");
                Console.WriteLine(mail.Text);
            });
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Start()
    {
        var id = Id();
        var command = new Command("start", "Start a wave; the application invites and sends while it serves") { id };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var result = await services.GetRequiredService<SurveyEdits>().StartWaveAsync(Viewer.System, parsed.GetValue(id)!, cancellation);
            if (result.Value is not { } wave)
            {
                Output.Note(result.Problems.Count == 0 ? $"There is no survey '{parsed.GetValue(id)}'." : $"No wave was started: {Words(result.Problems)}.");
                return ExitCode.Failure;
            }

            output.Write(new { Survey = wave.SurveyId, Wave = wave.WaveNo, wave.Version, wave.StartedAt }, () => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Wave {wave.WaveNo} has started."));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static Command Results()
    {
        var id = Id();
        var wave = new Option<int?>("--wave") { Description = "One wave; without it all" };
        var command = new Command("results", "Print who answered what, by question and by segment") { id, wave };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var query = services.GetRequiredService<SurveyQuery>();
            if (await FindAsync(query, parsed.GetValue(id)!, cancellation) is not { } details || await query.ResultsAsync(Viewer.System, details.Survey.SurveyId, parsed.GetValue(wave), cancellation) is not { } results)
            {
                return ExitCode.Failure;
            }

            output.Write(
                new
                {
                    Survey = Head(details.Survey, results.Counts, null),
                    Wave = parsed.GetValue(wave),
                    HeldBack = results.HeldBack.Select(row => new { row.Reason, People = row.Count }),
                    Nps = results.Nps,
                    Questions = results.Questions.Select(own => new { own.Question.Id, En = own.Question.TextEn, Ja = own.Question.TextJa, own.Answers, own.Mean, Tally = own.Tally.Select(answer => new { answer.Value, answer.Count }) }),
                    Segments = results.Segments.Select(part => new { Segment = part.Value, part.Asked, part.Answered }),
                    Owners = results.Owners.Select(part => new { Owner = part.Value, part.Asked, part.Answered }),
                },
                () => Print(details.Survey, results));
            return ExitCode.Success;
        }, cancellation, waitsForImports: false));
        return command;
    }

    private static async Task<SurveyDetails?> FindAsync(SurveyQuery query, string surveyId, CancellationToken cancellation)
    {
        if (await query.FindAsync(Viewer.System, surveyId, cancellation) is { Survey.DeletedAt: null } details)
        {
            return details;
        }

        Output.Note($"There is no survey '{surveyId}'.");
        return null;
    }

    private static string Words(IReadOnlyDictionary<string, string> problems) => string.Join("; ", problems.Select(problem => problem switch
    {
        { Key: "mode" } => "this survey is not asked in waves but asks people on its own, while it is on",
        { Key: "wave" } => "its last wave is still inviting",
        { Key: "sender", Value: HoldReasons.WebAddressMissing } => "web.address is not set, without which nobody can answer",
        _ => MailTexts.Reason(problem.Value),
    }));

    private static void Print(Survey survey, SurveyResults results)
    {
        var counts = results.Counts;
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{survey.Name}[/]  {Count(counts.Asked)} asked, {Count(counts.Answered)} answered ({Rate(counts)}), {Count(counts.Waiting)} waiting, {Count(counts.HeldBack)} held back");
        if (results.Nps is { } nps)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"NPS {nps.Score:0.0} ({nps.Lower:0.0} to {nps.Upper:0.0})");
        }

        foreach (var (reason, people) in results.HeldBack)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  held back: {reason} {people}");
        }

        foreach (var own in results.Questions)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{own.Question.TextEn ?? own.Question.TextJa}  {Count(own.Answers)} answers{(own.Mean is { } mean ? $", mean {mean:0.00}" : "")}");
            foreach (var (value, count) in own.Tally)
            {
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {value}: {Count(count)}");
            }
        }
    }

    private static object Head(Survey survey, SurveyCounts counts, DateTime? lastAskedAt) => new
    {
        Id = survey.SurveyId,
        survey.Name,
        Kind = Word(survey.Kind),
        Mode = Word(survey.Mode),
        survey.IsOn,
        survey.Version,
        survey.Waves,
        LastAskedAt = lastAskedAt,
        counts.Waiting,
        counts.Asked,
        counts.Opened,
        counts.Answered,
        counts.Expired,
        counts.HeldBack,
    };

    private static Argument<string> Id() => new("survey-id") { Description = "The survey's id, as the list prints it" };

    private static string Rate(SurveyCounts counts) => counts.Rate is { } rate ? rate.ToString("P1", CultureInfo.InvariantCulture) : "–";

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
