using System.Diagnostics;
using System.Globalization;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerSuccess.Benchmarks;

/// <summary>
/// One fit through the product's pipeline (encoding, trees, regression, covers, calibration on held-out accounts) against bare FastTree of the same trees
/// on the same numbers, and probabilities of the same rows against bare Transform. Runs alternate; the best of each counts, by the clock and by processor time.
/// </summary>
internal static class ModelBenchmark
{
    private const int Rows = 100_000;
    private const int Columns = 50;
    private const int Repeats = 3;

    public static int Run()
    {
        var data = Make(Rows, Columns);
        var plan = TrainingPlan.For(Rows, data.Labels.Count(label => label));
        int[] all = [.. Enumerable.Range(0, Rows)];
        var inputs = new float[Rows * Columns];
        for (var c = 0; c < Columns; c++)
        {
            for (var r = 0; r < Rows; r++)
            {
                inputs[(r * Columns) + c] = (float)data.Table.Columns[c].Numbers![r];
            }
        }

        Time bareFit = Time.Longest, ourFit = Time.Longest, bareScore = Time.Longest, ourScore = Time.Longest;
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var ml = FastTreeTrainer.Context(plan);
            BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>? transformer = null;
            IDataView? view = null;
            bareFit = bareFit.OrLess(Time.Of(() => (transformer, view) = FastTreeTrainer.Train(ml, inputs, Columns, data.Labels, data.Weights, plan)));
            ScoringModel? ours = null;
            ourFit = ourFit.OrLess(Time.Of(() => ours = ModelFitter.Fit(data, all, plan).Model));
            bareScore = bareScore.OrLess(Time.Of(() => _ = transformer!.Transform(view!).GetColumn<float>("Probability").ToArray()));
            ourScore = ourScore.OrLess(Time.Of(() => _ = ours!.Probabilities(data.Table)));
        }

        Console.WriteLine(FormattableString.Invariant($"{Rows} rows x {Columns} columns, {plan.Trees} trees x {plan.Leaves} leaves, best of {Repeats} alternating runs"));
        Print("one fit", "bare FastTree", bareFit, ourFit, "at most 1.5");
        Print("probabilities of all rows", "bare Transform", bareScore, ourScore, "at most 2.0");
        return 0;
    }

    private static void Print(string what, string peer, Time bare, Time ours, string goal) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what}: {peer} {bare.Seconds:0.000} s (processor {bare.Processor:0.000}), ours {ours.Seconds:0.000} s (processor {ours.Processor:0.000}); ratio {ours.Seconds / bare.Seconds:0.00} (processor {ours.Processor / bare.Processor:0.00}), goal {goal}"));

    internal static LabelledTable Make(int rows, int width)
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, width).Select(_ => new double[rows]).ToArray();
        var labels = new bool[rows];
        for (var r = 0; r < rows; r++)
        {
            var signal = -2.2;
            for (var c = 0; c < width; c++)
            {
                values[c][r] = (random.Next(1_000_000) + random.Next(1_000_000) + random.Next(1_000_000)) / 500_000.0 - 3;
                signal += c < 10 ? values[c][r] * (c % 2 == 0 ? 0.5 : -0.4) : 0;
            }

            signal += values[0][r] > 0 && values[1][r] > 0 ? 1 : 0;
            labels[r] = random.Next(1_000_000) < 1_000_000 / (1 + Math.Exp(-signal));
        }

        return new LabelledTable(
            new FeatureTable([.. Enumerable.Range(0, rows)], new DateOnly[rows], [.. values.Select((x, c) => FeatureColumn.OfNumbers(FormattableString.Invariant($"x{c}"), x))]),
            labels,
            [.. labels.Select((label, i) => label ? i : -1)],
            [.. labels.Select(_ => 1.0)]);
    }

    private readonly record struct Time(double Seconds, double Processor)
    {
        public static Time Longest => new(double.MaxValue, double.MaxValue);

        public static Time Of(Action work)
        {
            using var process = Process.GetCurrentProcess();
            var before = process.TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            work();
            watch.Stop();
            process.Refresh();
            return new Time(watch.Elapsed.TotalSeconds, (process.TotalProcessorTime - before).TotalSeconds);
        }

        public Time OrLess(Time other) => new(Math.Min(Seconds, other.Seconds), Math.Min(Processor, other.Processor));
    }
}
