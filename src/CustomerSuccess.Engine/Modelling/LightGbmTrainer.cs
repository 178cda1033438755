using CustomerSuccess.Core.Modelling;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;

namespace CustomerSuccess.Engine.Modelling;

/// <summary>Fits boosted trees by LightGBM and takes them over into our own form.</summary>
internal static class LightGbmTrainer
{
    // log-odds = Sigmoid × score
    private const double Sigmoid = 1;
    private const double LeafPenalty = 5;

    private static readonly Lazy<bool> Works = new(Try);

    /// <summary>False where its native library does not load, as on processors it is not built for.</summary>
    public static bool IsAvailable => Works.Value;

    /// <param name="inputs">Row by row, no NaN.</param>
    /// <param name="width">Inputs of a row.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row.</param>
    /// <param name="plan">Size and rate of the trees. One thread and a fresh context make the result repeatable.</param>
    public static TreeEnsemble Fit(float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan)
    {
        if (width == 0)
        {
            return new TreeEnsemble([], Sigmoid);
        }

        var grown = Train(FastTreeTrainer.Context(plan), inputs, width, labels, weights, plan).Transformer.Model.SubModel.TrainedTreeEnsemble;
        return new TreeEnsemble([.. grown.Trees.Zip(grown.TreeWeights, FastTreeTrainer.TakeOver)], Sigmoid).WithCovers(inputs, width, weights);
    }

    /// <summary>LightGBM as ML.NET gives it, with the data it was fitted on.</summary>
    internal static (BinaryPredictionTransformer<CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>> Transformer, IDataView Data) Train(
        MLContext ml, float[] inputs, int width, bool[] labels, double[] weights, TrainingPlan plan)
    {
        var data = FastTreeTrainer.Load(ml, inputs, width, labels, weights);
        var trainer = ml.BinaryClassification.Trainers.LightGbm(new LightGbmBinaryTrainer.Options
        {
            NumberOfIterations = plan.Trees,
            NumberOfLeaves = plan.Leaves,
            LearningRate = plan.LearningRate,
            MinimumExampleCountPerLeaf = plan.RowsPerLeaf,
            Booster = new GradientBooster.Options { FeatureFraction = plan.FeatureFraction, L2Regularization = LeafPenalty, MinimumChildWeight = 1e-3 },
            Sigmoid = Sigmoid,
            HandleMissingValue = false,
            UseCategoricalSplit = false,
            Seed = plan.Seed,
            NumberOfThreads = 1,
            Deterministic = true,
            ForceColumnWise = true,
            LabelColumnName = nameof(FastTreeTrainer.Row.Label),
            FeatureColumnName = nameof(FastTreeTrainer.Row.Features),
            ExampleWeightColumnName = FastTreeTrainer.AreWeighted(weights) ? nameof(FastTreeTrainer.Row.Weight) : null,
        });
        return (trainer.Fit(data), data);
    }

    private static bool Try()
    {
        try
        {
            _ = Fit([.. Enumerable.Range(0, 60).Select(i => (float)i)], 1, [.. Enumerable.Range(0, 60).Select(i => i % 7 > i / 20)], [.. Enumerable.Repeat(1.0, 60)], new TrainingPlan { Trees = 1, Leaves = 2, RowsPerLeaf = 5, FeatureFraction = 1 });
            return true;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException)
        {
            return false;
        }
    }
}
