using System.Globalization;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Benchmarks.Proof;

/// <summary>
/// How often skill is claimed: on companies with their real labels (goal: at least 95 of 100) and with labels permuted within each date (at most 8 of 100).
/// Each result is a line of <c>skill.csv</c> in the folder of the companies; what stands there is not computed again.
/// </summary>
internal static class SkillProof
{
    private const string Heading = "seed,labels,verdict,auc,auc_lower,rule_auc,train_outcomes,test_outcomes";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = ProofOptions.Parse(args, 1001, 1100);
        var path = Path.Combine(Directory.CreateDirectory(options.Folder).FullName, string.Create(CultureInfo.InvariantCulture, $"skill-{options.Accounts}.csv"));
        if (!File.Exists(path))
        {
            await File.WriteAllLinesAsync(path, [Heading]);
        }

        foreach (var seed in options.Seeds)
        {
            var done = (await File.ReadAllLinesAsync(path)).Select(line => string.Join(',', line.Split(',').Take(2))).ToHashSet();
            if (done.Contains($"{seed},real") && done.Contains($"{seed},shuffled"))
            {
                continue;
            }

            await using var company = await options.OpenAsync(seed);
            var data = await company.DataAsync();
            foreach (var labels in new[] { "real", "shuffled" }.Where(labels => !done.Contains($"{seed},{labels}")))
            {
                int? shuffle = labels == "shuffled" ? seed : null;
                var card = ModelTraining.Test(shuffle is null ? data : data.Shuffle(seed), company.TaskFor(shuffleSeed: shuffle), _ => { }).Card;
                var (model, rules) = (card.Metrics?.Model.RocAuc, card.Metrics?.RuleScore?.RocAuc);
                var line = string.Create(CultureInfo.InvariantCulture, $"{seed},{labels},{card.Verdict},{model?.Value:0.0000},{model?.Lower:0.0000},{rules?.Value:0.0000},{card.Train.Outcomes},{card.Test.Outcomes}");
                await File.AppendAllLinesAsync(path, [line]);
                Console.WriteLine(line);
            }
        }

        var results = (await File.ReadAllLinesAsync(path)).Skip(1).Select(line => line.Split(',')).Where(cells => int.Parse(cells[0], CultureInfo.InvariantCulture) is var seed && seed >= options.From && seed <= options.To).ToList();
        var real = Print(results, "real");
        var shuffled = Print(results, "shuffled");
        return real.Claims >= 0.95 * real.Runs && shuffled.Claims <= 0.08 * shuffled.Runs ? 0 : 1;
    }

    private static (int Runs, int Claims) Print(List<string[]> results, string labels)
    {
        var runs = results.Where(cells => cells[1] == labels).ToList();
        var claims = runs.Count(cells => cells[2] == nameof(Verdict.Skilled));
        double[] aucs = [.. runs.Where(cells => cells[3].Length > 0).Select(cells => double.Parse(cells[3], CultureInfo.InvariantCulture)).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{labels} labels: skill claimed in {claims} of {runs.Count} companies ({string.Join(", ", runs.GroupBy(cells => cells[2]).Select(group => $"{group.Key} {group.Count()}"))}){(aucs.Length == 0 ? "" : $"; AUC {aucs[0]:0.000}–{aucs[^1]:0.000}, median {aucs[aucs.Length / 2]:0.000}")}"));
        return (runs.Count, claims);
    }
}
