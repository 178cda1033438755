using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Feedback;
using CustomerSuccess.Engine.Feedback;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report feedback</c>: what customers say by theme, whether it grows, what MRR is behind it.</summary>
internal static class FeedbackReports
{
    private const string Themes = "themes", Months = "months", Proposed = "proposed", Sentiment = "sentiment";

    private const int Quarter = 3, Most = 120;

    private static readonly FigureColumn<(FeedbackOverview All, ThemeFigures One)>[] ThemeColumns =
    [
        new("theme", r => r.One.Theme.ThemeId),
        new("name", r => r.One.Theme.NameIn("en")),
        new("name_ja", r => r.One.Theme.NameJa),
        new("kind", r => Word(r.One.Theme.Kind.ToString())),
        new("from", r => Day(r.All.From)),
        new("to", r => Day(r.All.To)),
        new("texts", r => r.One.Texts),
        new("accounts", r => r.One.Accounts),
        new("mrr", r => r.One.Mrr, 2),
        new("gone", r => r.One.Gone),
        new("share", r => r.One.Share, 6),
        new("share_before", r => r.One.ShareBefore, 6),
        new("change", r => r.One.Change.Difference, 6),
        new("lower", r => r.One.Change.Lower, 6),
        new("upper", r => r.One.Change.Upper, 6),
        new("p", r => r.One.Change.P, 6),
        new("course", r => Word(r.One.Change.Course.ToString())),
        new("nps", r => r.One.Nps?.Score, 1),
        new("nps_answers", r => r.One.Nps?.Answers),
        new("csat", r => r.One.Csat, 2),
        new("csat_answers", r => r.One.CsatAnswers),
        new("unhappy", r => r.All.HasSentiment ? r.One.Unhappy : null),
        new("sentiment_told", r => r.All.HasSentiment ? r.One.Told : null),
        new("spoke", r => r.One.Churn.With),
        new("left_after", r => r.One.Churn.LeftWith),
        new("wrote_of_others", r => r.One.Churn.Without),
        new("left_of_others", r => r.One.Churn.LeftWithout),
    ];

    private static readonly FigureColumn<(FeedbackOverview All, FeedbackMonth Month, int Place)>[] MonthColumns =
    [
        new("month", r => r.Month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("theme", r => r.All.Themes[r.Place].Theme.ThemeId),
        new("accounts", r => r.Month.Accounts[r.Place]),
        new("wrote", r => r.Month.Wrote),
    ];

    private static readonly FigureColumn<ProposedTheme>[] ProposedColumns = [new("words", r => string.Join(' ', r.Proposal.Terms)), new("accounts", r => r.Proposal.Accounts), new("texts", r => r.Proposal.Texts)];

    private static readonly FigureColumn<SentimentSkill>[] SentimentColumns =
    [
        new("language", r => r.Language ?? "all"), new("texts", r => r.Texts), new("unhappy", r => r.Unhappy), new("auc", r => r.Auc, 4), new("lower", r => r.Lower, 4), new("upper", r => r.Upper, 4), new("told", r => r.Told), new("right", r => r.Right),
    ];

    public static Command Create()
    {
        var part = new Option<string>("--part") { Description = "themes, months, proposed or sentiment", DefaultValueFactory = _ => Themes };
        part.AcceptOnlyFromAmong(Themes, Months, Proposed, Sentiment);
        var months = new Option<int>("--months") { Description = "Months up to the last one with a text", DefaultValueFactory = _ => Quarter };
        months.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Most)
            {
                result.AddError($"--months is 1 to {Most}.");
            }
        });
        var year = new Option<bool>("--against-year") { Description = "Compare with the same months a year before" };
        var language = new Option<string?>("--language") { Description = "ja or en" };
        language.AcceptOnlyFromAmong("ja", "en");
        var format = Figures.CreateFormat();
        var command = new Command("feedback", "What customers say in comments and inquiries by theme, whether it grows, and the MRR behind it") { part, months, year, language, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var ask = new FeedbackAsk(new FeedbackScope(Language: parsed.GetValue(language)), parsed.GetValue(months), parsed.GetValue(year));
            var overview = await services.GetRequiredService<FeedbackReport>().OverviewAsync(Viewer.System, ask, cancellation);
            var kind = parsed.GetValue(format)!;
            switch (parsed.GetValue(part))
            {
                case Months:
                    Figures.Print(output, kind, MonthColumns, overview.Months.SelectMany(month => Enumerable.Range(0, overview.Themes.Count).Select(place => (overview, month, place))));
                    break;
                case Proposed:
                    Figures.Print(output, kind, ProposedColumns, overview.Proposed);
                    break;
                case Sentiment:
                    Figures.Print(output, kind, SentimentColumns, overview.Skill);
                    break;
                default:
                    Figures.Print(output, kind, ThemeColumns, overview.Themes.Select(one => (overview, one)));
                    break;
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
