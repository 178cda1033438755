using CustomerSuccess.Core.Features;

namespace CustomerSuccess.Core.Modelling;

/// <summary>
/// A trained model as it is served: trees and a logistic regression, blended in log-odds, then calibrated.
/// log-odds = TreeWeight × trees + (1 − TreeWeight) × regression. Safe for many threads.
/// </summary>
public sealed class ScoringModel(Encoder encoder, TreeEnsemble trees, LinearModel linear, double treeWeight, Calibrator calibrator)
{
    private readonly Lazy<TreeContributions> _contributions = new(() => new TreeContributions(trees));

    public Encoder Encoder => encoder;

    public TreeEnsemble Trees => trees;

    public LinearModel Linear => linear;

    public double TreeWeight => treeWeight;

    public Calibrator Calibrator => calibrator;

    /// <summary>Log-odds before calibration, averaged over the training rows.</summary>
    public double BaseLogOdds => (treeWeight * trees.Base) + ((1 - treeWeight) * linear.Intercept);

    /// <summary>SHA-256 over the canonical text, in hex.</summary>
    public string Hash => ModelText.Hash(this);

    /// <summary>The calibrated probability of every row, without reasons.</summary>
    public double[] Probabilities(FeatureTable table)
    {
        var probabilities = LogOdds(table);
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = calibrator.Probability(probabilities[i]);
        }

        return probabilities;
    }

    /// <summary>The blended log-odds of every row, before calibration.</summary>
    public double[] LogOdds(FeatureTable table)
    {
        var bound = new BoundColumns(encoder.Columns, table);
        var result = new double[table.Rows];
        ForBlocks(table.Rows, (from, to) =>
        {
            var tree = new float[encoder.TreeColumn.Length];
            var inputs = new double[encoder.LinearColumn.Length];
            for (var row = from; row < to; row++)
            {
                Encoder.WriteTree(bound, row, tree);
                Encoder.WriteLinear(bound, row, inputs);
                result[row] = (treeWeight * trees.LogOdds(tree)) + ((1 - treeWeight) * linear.LogOdds(inputs));
            }
        });
        return result;
    }

    /// <summary>Every row's probability with the points of each of the table's columns. A column of the model that the table lacks counts as missing and moves the base.</summary>
    public Prediction[] Predict(FeatureTable table)
    {
        var bound = new BoundColumns(encoder.Columns, table);
        var contributions = _contributions.Value;
        var result = new Prediction[table.Rows];
        ForBlocks(table.Rows, (from, to) =>
        {
            var width = encoder.TreeColumn.Length;
            var trees = new float[(to - from) * width];
            var inputs = new double[encoder.LinearColumn.Length];
            for (var row = from; row < to; row++)
            {
                Encoder.WriteTree(bound, row, trees.AsSpan((row - from) * width, width));
            }

            var byInput = new double[trees.Length];
            contributions.Add(trees, to - from, byInput);
            for (var row = from; row < to; row++)
            {
                Encoder.WriteLinear(bound, row, inputs);
                var points = new double[table.Columns.Count];
                var start = BaseLogOdds;
                for (var j = 0; j < width; j++)
                {
                    Book(points, bound.TableColumn[encoder.TreeColumn[j]], treeWeight * byInput[((row - from) * width) + j], ref start);
                }

                for (var j = 0; j < inputs.Length; j++)
                {
                    Book(points, bound.TableColumn[encoder.LinearColumn[j]], (1 - treeWeight) * linear.Term(j, inputs[j]), ref start);
                }

                result[row] = InPoints(start, points);
            }
        });
        return result;
    }

    private static void Book(double[] points, int column, double logOdds, ref double start)
    {
        if (column < 0)
        {
            start += logOdds;
        }
        else
        {
            points[column] += logOdds;
        }
    }

    /// <summary>From contributions in log-odds to probability points: φ × (P − P₀) / Σφ; where Σφ vanishes, that ratio's limit.</summary>
    private Prediction InPoints(double start, double[] contributions)
    {
        var sum = contributions.Sum();
        var basis = calibrator.Probability(start);
        var probability = calibrator.Probability(start + sum);
        var slope = Math.Abs(sum) > 1e-6 ? (probability - basis) / sum : calibrator.Derivative(start);
        for (var c = 0; c < contributions.Length; c++)
        {
            contributions[c] *= slope;
        }

        return new Prediction(probability, basis, contributions);
    }

    private static void ForBlocks(int rows, Action<int, int> block)
    {
        const int size = 2048;
        Parallel.For(0, (rows + size - 1) / size, b => block(b * size, Math.Min(rows, (b + 1) * size)));
    }
}
