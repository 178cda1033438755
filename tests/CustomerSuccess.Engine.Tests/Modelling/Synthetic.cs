using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>Small made-up companies with a known law behind their outcomes.</summary>
internal static class Synthetic
{
    /// <summary>Accounts at month ends. Usage, with a strength of 0 for none, moves the odds of an outcome; a number and a category mean nothing.</summary>
    public static LabelledTable Panel(int accounts, int months, double rate, double strength, int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var rows = new List<(int Account, DateOnly AsOf, double Usage, double Noise, int Plan, bool Label)>();
        for (var account = 1; account <= accounts; account++)
        {
            var plan = random.Next(3);
            for (var month = 0; month < months; month++)
            {
                var usage = Normal(ref random);
                var odds = Math.Exp(Math.Log(rate / (1 - rate)) - (strength * usage));
                var label = random.Next(1_000_000) < 1_000_000 * odds / (1 + odds);
                rows.Add((account, new DateOnly(2023, 2, 1).AddMonths(month).AddDays(-1), usage, Normal(ref random), plan, label));
                if (label)
                {
                    break;
                }
            }
        }

        bool[] labels = [.. rows.Select(r => r.Label)];
        return new LabelledTable(
            new FeatureTable([.. rows.Select(r => r.Account)], [.. rows.Select(r => r.AsOf)],
            [
                FeatureColumn.OfNumbers("usage", [.. rows.Select(r => r.Usage)]),
                FeatureColumn.OfNumbers("noise", [.. rows.Select(r => r.Noise)]),
                FeatureColumn.OfCategories("plan", [.. rows.Select(r => r.Plan)], ["a", "b", "c"]),
            ]),
            labels,
            [.. labels.Select((label, i) => label ? i : -1)],
            [.. labels.Select(_ => 1.0)]);
    }

    /// <summary>Rows of numbers, some missing, whose outcome depends on several of them.</summary>
    public static LabelledTable Wide(int rows, int columns, int seed, double missing = 0.1)
    {
        var random = new SeededRandom((ulong)seed);
        var numbers = Enumerable.Range(0, columns).Select(_ => new double[rows]).ToArray();
        var labels = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                numbers[j][i] = random.Next(1000) < 1000 * missing ? double.NaN : Normal(ref random);
            }

            var signal = numbers.Take(4).Sum(x => double.IsNaN(x[i]) ? 0 : x[i]) + (numbers[0][i] > 0 && numbers[1][i] > 0 ? 1 : 0) - 1.5;
            labels[i] = random.Next(1_000_000) < 1_000_000 / (1 + Math.Exp(-signal));
        }

        return new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, rows)], new DateOnly[rows], [.. numbers.Select((x, j) => FeatureColumn.OfNumbers($"x{j}", x))]),
            labels,
            [.. labels.Select((label, i) => label ? i : -1)],
            [.. labels.Select(_ => 1.0)]);
    }

    private static double Normal(ref SeededRandom random)
    {
        var sum = 0.0;
        for (var i = 0; i < 12; i++)
        {
            sum += random.Next(1_000_000) / 1e6;
        }

        return sum - 6;
    }
}
