using CustomerSuccess.Core.Features;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Benchmarks.Proof;

/// <summary>The themes that the models page shows first, of companies whose true causes and decoys are known. Goal: the first five are true causes in ten companies of ten.</summary>
internal static class DriversProof
{
    private const int First = 5;

    /// <summary>What the simulator's hazards look at: the causes, and contract, tenure, size and seats in use. What only shows the same thing counts as it.</summary>
    private static readonly HashSet<string> True =
    [
        FeatureThemes.UsageTheme, FeatureThemes.Users, FeatureThemes.SeatUse, FeatureThemes.BreadthTheme, "metric:dashboard", "metric:report", "metric:export",
        FeatureThemes.Waiting, FeatureThemes.Service, FeatureThemes.Nps, FeatureThemes.Champion, FeatureThemes.Payments, FeatureThemes.Price,
        FeatureThemes.Renewal, FeatureThemes.Tenure, FeatureThemes.Size, FeatureNames.Plan,
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var options = ProofOptions.Parse(args, 201, 210);
        var (companies, clean) = (0, 0);
        foreach (var seed in options.Seeds)
        {
            await using var company = await options.OpenAsync(seed);
            var card = ModelTraining.Test(await company.DataAsync(), company.TaskFor(), _ => { }).Card;
            var first = card.Drivers.Take(First).ToList();
            companies++;
            clean += first.Count == First && first.All(driver => True.Contains(driver.Theme)) ? 1 : 0;
            Console.WriteLine(FormattableString.Invariant($"seed {seed}: {card.Train.Outcomes}/{card.Test.Outcomes} outcomes, AUC {card.Metrics?.Model.RocAuc?.Value:0.000} ({card.Metrics?.Model.RocAuc?.Lower:0.000}); kept of its own: {Names(card.Screen?.Columns.Where(c => c.Kept).Select(c => c.Column))}"));
            Console.WriteLine($"    {Names(card.Drivers.Select(d => FormattableString.Invariant($"{d.Theme}{(True.Contains(d.Theme) ? "" : "(!)")} {1000 * d.LossIncrease:0.0}±{1000 * d.StandardError:0.0}")))}");
        }

        Console.WriteLine($"The first {First} themes are true causes and no decoy in {clean} of {companies} companies.");
        return clean == companies ? 0 : 1;
    }

    private static string Names(IEnumerable<string>? names) => names is not null && names.Any() ? string.Join(", ", names) : "none";
}
