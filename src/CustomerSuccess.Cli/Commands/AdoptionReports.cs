using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Analytics;
using CustomerSuccess.Engine.Analytics;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerSuccess.Cli.Commands;

/// <summary><c>cs report adoption</c>: use of the product's features, and which of them go with staying.</summary>
internal static class AdoptionReports
{
    private const string Features = "features", Months = "months", Together = "together", Unused = "unused";

    private static readonly FigureColumn<(AdoptionOverview All, FeatureAdoption Feature, AdoptionMetric? Metric)>[] FeatureColumns =
    [
        new("as_of", r => Day(r.All.Head!.AsOf)),
        new("feature", r => r.Feature.Metric),
        new("accounts", r => r.Feature.Accounts),
        new("share_of_paying", r => r.All.Tally!.Paying == 0 ? null : (double)r.Feature.Accounts / r.All.Tally.Paying, 6),
        new("users", r => r.Feature.Users),
        new("uses", r => r.Feature.Uses, 2),
        new("median_uses", r => r.Feature.MedianUses, 2),
        new("new_accounts", r => r.Feature.NewCustomers),
        new("within_30_days", r => r.Feature.Within30),
        new("within_90_days", r => r.Feature.Within90),
        new("median_days", r => r.Feature.MedianDays, 1),
        new("finding", r => JsonNamingPolicy.SnakeCaseLower.ConvertName((r.Metric is { } metric ? r.All.VerdictOf(metric) : AdoptionVerdict.TooFew).ToString())),
        new("kept", r => Enough(r.Metric)?.Kept, 6),
        new("similar_kept", r => Enough(r.Metric)?.ControlsKept, 6),
        new("difference", r => Enough(r.Metric)?.Difference, 6),
        new("lower", r => Enough(r.Metric)?.Lower, 6),
        new("upper", r => Enough(r.Metric)?.Upper, 6),
        new("matched", r => r.Metric?.Comparison?.Matched),
        new("similar", r => r.Metric?.Comparison?.Controls),
        new("unmatched_difference", r => r.Metric?.Comparison?.RawDifference, 6),
    ];

    private static readonly FigureColumn<(DateOnly Month, string Feature, int Accounts)>[] MonthColumns =
    [
        new("month", r => r.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        new("feature", r => r.Feature),
        new("accounts", r => r.Accounts),
    ];

    private static readonly FigureColumn<FeaturePair>[] PairColumns = [new("feature", r => r.First), new("with", r => r.Second), new("accounts", r => r.Both)];

    private static readonly FigureColumn<QuietMetric>[] QuietColumns = [new("feature", r => r.Metric), new("last_use", r => r.LastUse is { } day ? Day(day) : null)];

    public static Command Create()
    {
        var part = new Option<string>("--part") { Description = "features, months, together or unused", DefaultValueFactory = _ => Features };
        part.AcceptOnlyFromAmong(Features, Months, Together, Unused);
        var format = Figures.CreateFormat();
        var command = new Command("adoption", "Use of the product's features, and whether their users stay more often than similar customers") { part, format };
        command.SetAction((parsed, cancellation) => CommandLine.WithEngineAsync(parsed, async (services, output) =>
        {
            var overview = await services.GetRequiredService<AdoptionReport>().OverviewAsync(Viewer.System, cancellation);
            if (overview is not { Head: { } head, Tally: { } tally })
            {
                Output.Note("No use of features is known yet. `cs score` computes it.");
                return ExitCode.Failure;
            }

            var kind = parsed.GetValue(format)!;
            switch (parsed.GetValue(part))
            {
                case Months:
                    Figures.Print(output, kind, MonthColumns, tally.Features.SelectMany(feature => feature.Months.Select((accounts, i) => (head.AsOf.AddMonths(i - AdoptionSheet.Months + 1), feature.Metric, accounts))));
                    break;
                case Together:
                    Figures.Print(output, kind, PairColumns, tally.Pairs);
                    break;
                case Unused:
                    Figures.Print(output, kind, QuietColumns, head.Quiet);
                    break;
                default:
                    Figures.Print(output, kind, FeatureColumns, tally.Features.Select(feature => (overview, feature, head.Metrics.FirstOrDefault(metric => metric.Metric == feature.Metric))));
                    break;
            }

            return ExitCode.Success;
        }, cancellation));
        return command;
    }

    private static MatchedComparison? Enough(AdoptionMetric? metric) => metric?.Comparison is { IsEnough: true } compared ? compared : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
