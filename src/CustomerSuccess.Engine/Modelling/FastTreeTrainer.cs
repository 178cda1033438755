using CustomerSuccess.Core.Modelling;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Fits boosted trees by ML.NET's FastTree and takes them over into our own form.</summary>
internal static class FastTreeTrainer
{
    internal sealed class Row
    {
        public bool Label { get; set; }

        public float[] Features { get; set; } = [];

        public float Weight { get; set; }
    }

    /// <param name="inputs">Row by row, no NaN: FastTree would skip the row.</param>
    /// <param name="width">Inputs of a row.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row.</param>
    /// <param name="plan">Size and rate of the trees; a fresh context with the plan's seed makes the result repeatable.</param>
    /// <param name="threads">Null for one on each core. The trees are the same, bit for bit.</param>
    public static TreeEnsemble Fit(float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan, int? threads = null)
    {
        // FastTree's log-odds are 2 × rate × score
        var scale = 2 * plan.LearningRate;
        if (width == 0)
        {
            return new TreeEnsemble([], scale);
        }

        var trained = Train(Context(plan), inputs, width, labels, weights, plan, threads).Transformer.Model.SubModel.TrainedTreeEnsemble;
        return new TreeEnsemble([.. trained.Trees.Zip(trained.TreeWeights, TakeOver)], scale).WithCovers(inputs, width, weights);
    }

    internal static MLContext Context(TrainingPlan plan) => new(plan.Seed);

    /// <summary>FastTree as ML.NET gives it, with the data it was fitted on.</summary>
    internal static (BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Transformer, IDataView Data) Train(
        MLContext ml, float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan, int? threads = null)
    {
        var data = Load(ml, inputs, width, labels, weights);
        var trainer = ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfThreads = threads,
            NumberOfTrees = plan.Trees,
            NumberOfLeaves = plan.Leaves,
            LearningRate = plan.LearningRate,
            MinimumExampleCountPerLeaf = plan.RowsPerLeaf,
            FeatureFraction = plan.FeatureFraction,
            Seed = plan.Seed,
            FeatureSelectionSeed = plan.Seed,
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            ExampleWeightColumnName = AreWeighted(weights) ? nameof(Row.Weight) : null,
        });
        return (trainer.Fit(data), data);
    }

    internal static bool AreWeighted(double[] weights) => Array.Exists(weights, w => w != weights[0]);

    internal static IDataView Load(MLContext ml, float[] inputs, int width, bool[] labels, double[] weights)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        return ml.Data.LoadFromEnumerable(Rows(inputs, width, labels, weights), schema);
    }

    /// <summary>A tree of ML.NET's in our form, without covers.</summary>
    internal static Tree TakeOver(RegressionTreeBase tree, double weight) => new(
        [.. tree.NumericalSplitFeatureIndexes],
        [.. tree.NumericalSplitThresholds],
        [.. tree.LeftChild],
        [.. tree.RightChild],
        [.. tree.LeafValues.Select(leaf => leaf * weight)],
        new double[tree.LeafValues.Count]);

    private static IEnumerable<Row> Rows(float[] inputs, int width, bool[] labels, double[] weights)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            yield return new Row { Label = labels[i], Features = inputs.AsSpan(i * width, width).ToArray(), Weight = (float)weights[i] };
        }
    }
}
