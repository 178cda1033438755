using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Tests.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Benchmarks;

/// <summary>
/// Exact contributions of 200 grown trees of 31 leaves on one core, against the textbook's TreeSHAP of the same trees and rows. Runs alternate; the median counts.
/// </summary>
internal static class ExplainBenchmark
{
    private const int Rows = 20_000;
    private const int Columns = 50;
    private const int TextbookRows = 400;
    private const int Rounds = 5;

    public static int Run()
    {
        var data = ModelBenchmark.Make(Rows, Columns);
        var plan = TrainingPlan.For(Rows, data.Labels.Count(label => label)) with { Trees = 200, Leaves = 31, RowsPerLeaf = 20 };
        int[] all = [.. Enumerable.Range(0, Rows)];
        var model = ModelFitter.Fit(data, all, plan).Model;
        var width = model.Encoder.TreeColumn.Length;
        var inputs = model.Encoder.TreeInputs(data.Table, all);
        var (ours, textbook) = (new TreeContributions(model.Trees), new TextbookTreeShap(model.Trees));
        var (found, expected) = (new double[inputs.Length], new double[TextbookRows * width]);
        List<double> ourTimes = [], textbookTimes = [], singleTimes = [];
        for (var round = 0; round < Rounds; round++)
        {
            Array.Clear(found);
            Array.Clear(expected);
            textbookTimes.Add(Seconds(() =>
            {
                for (var i = 0; i < TextbookRows; i++)
                {
                    textbook.Add(inputs.AsSpan(i * width, width), expected.AsSpan(i * width, width));
                }
            }));
            ourTimes.Add(Seconds(() => ours.Add(inputs, Rows, found)));
            singleTimes.Add(Seconds(() => ours.Add(inputs.AsSpan(0, width), new double[width])));
        }

        var furthest = Enumerable.Range(0, expected.Length).Max(i => Math.Abs(found[i] - expected[i]));
        double textbookRate = TextbookRows / Median(textbookTimes), rate = Rows / Median(ourTimes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{model.Trees.Trees.Length} trees, {model.Trees.Trees.Sum(tree => tree.Leaf.Length)} leaves, {width} inputs, one thread: textbook {textbookRate:0} rows/s, ours {rate:0} rows/s (rounds {string.Join(", ", ourTimes.Select(t => (Rows / t).ToString("0", CultureInfo.InvariantCulture)))}; goal 3000); ratio {rate / textbookRate:0.0}; one row alone {Median(singleTimes) * 1000:0.00} ms; furthest apart {furthest:0.0e0}"));
        return furthest < 1e-9 ? 0 : 1;
    }

    private static double Seconds(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(Rounds / 2);
}
