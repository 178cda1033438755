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
    public static TreeEnsemble Fit(float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan)
    {
        // FastTree's log-odds are 2 × rate × score
        var scale = 2 * plan.LearningRate;
        if (width == 0)
        {
            return new TreeEnsemble([], scale);
        }

        var trained = Train(Context(plan), inputs, width, labels, weights, plan).Transformer.Model.SubModel.TrainedTreeEnsemble;
        var trees = trained.Trees.Zip(trained.TreeWeights, (tree, weight) => new Tree(
            [.. tree.NumericalSplitFeatureIndexes],
            [.. tree.NumericalSplitThresholds],
            [.. tree.LeftChild],
            [.. tree.RightChild],
            [.. tree.LeafValues.Select(leaf => leaf * weight)],
            new double[tree.LeafValues.Count])).ToArray();
        return new TreeEnsemble(trees, scale).WithCovers(inputs, width, weights);
    }

    internal static MLContext Context(TrainingPlan plan) => new(plan.Seed);

    /// <summary>FastTree as ML.NET gives it, with the data it was fitted on.</summary>
    internal static (BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>> Transformer, IDataView Data) Train(
        MLContext ml, float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, width);
        var data = ml.Data.LoadFromEnumerable(Rows(inputs, width, labels, weights), schema);
        var weighted = Array.Exists(weights, w => w != weights[0]);
        var trainer = ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfTrees = plan.Trees,
            NumberOfLeaves = plan.Leaves,
            LearningRate = plan.LearningRate,
            MinimumExampleCountPerLeaf = plan.RowsPerLeaf,
            FeatureFraction = plan.FeatureFraction,
            Seed = plan.Seed,
            FeatureSelectionSeed = plan.Seed,
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            ExampleWeightColumnName = weighted ? nameof(Row.Weight) : null,
        });
        return (trainer.Fit(data), data);
    }

    private static IEnumerable<Row> Rows(float[] inputs, int width, bool[] labels, double[] weights)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            yield return new Row { Label = labels[i], Features = inputs.AsSpan(i * width, width).ToArray(), Weight = (float)weights[i] };
        }
    }
}
