using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Benchmarks;

/// <summary>Asks every shipped play of many accounts, all of them turned on: once every trigger alone, then the choice of touches as a score run makes it.</summary>
internal static class PlaysBenchmark
{
    private const int Rounds = 5;

    public static int Run(string[] args)
    {
        var accounts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var random = new Random(7);
        var table = new FeatureTable(
            [.. Enumerable.Range(1, accounts)],
            [.. Enumerable.Repeat(new DateOnly(2024, 6, 30), accounts)],
            [.. FeatureCatalogue.Fixed.Where(feature => feature.Kind == FeatureKind.Number).Select(feature => FeatureColumn.OfNumbers(feature.Name, [.. Enumerable.Range(0, accounts).Select(_ => Value(feature.Unit))]))]);
        var features = new FeatureReader(table);
        var settings = new CompanySettings();
        Play[] plays = [.. PlayCatalogue.All.Select(play => play with { IsOn = true })];
        for (var round = 1; round <= Rounds; round++)
        {
            var asking = Stopwatch.StartNew();
            long reasons = 0;
            for (var row = 0; row < accounts; row++)
            {
                var signs = new AccountSigns(features, row, settings, 20);
                foreach (var play in plays)
                {
                    reasons += play.Reasons(signs).Count();
                }
            }

            asking.Stop();
            var choosing = Stopwatch.StartNew();
            long touches = 0;
            for (var row = 0; row < accounts; row++)
            {
                touches += SuggestTouches.For(new TouchCandidate(row + 1, row, 20, 0.1, 0.05, 500, 20) { Score = new AccountScore { Name = "", NameSort = "", RuleScore = 20, Mrr = 500 } }, features, settings, TouchLimits.None, plays).Count;
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {plays.Length} plays over {accounts:N0} accounts: {asking.Elapsed.TotalSeconds:F2} s, {reasons:N0} reasons; touches chosen in {choosing.Elapsed.TotalSeconds:F2} s, {touches:N0}"));
        }

        return 0;

        double Value(FeatureUnit unit) => random.Next(4) == 0 ? double.NaN : unit switch
        {
            FeatureUnit.Change => (random.NextDouble() * 2) - 1,
            FeatureUnit.Share or FeatureUnit.Ratio => random.NextDouble() * 3,
            FeatureUnit.Flag => random.Next(2),
            FeatureUnit.Count => random.Next(4),
            _ => random.Next(200),
        };
    }
}
