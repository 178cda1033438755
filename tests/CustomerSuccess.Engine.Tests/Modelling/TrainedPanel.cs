using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Modelling;

namespace CustomerSuccess.Engine.Tests.Modelling;

/// <summary>A company whose outcomes follow from its usage and what was learned from it, once for all tests that look at the same.</summary>
internal static class TrainedPanel
{
    public static CardDefinition Definition { get; } = new(0, 31, 0);

    public static LabelledTable Data { get; } = Synthetic.Panel(700, 18, 0.04, 1, 1);

    public static TrainingTask Task { get; } = new(
        Target.Churn, "2024-06-30-2", new DateOnly(2024, 6, 30), Definition, null, 20, table => table.Find("noise")!.Numbers!, null, new DateTime(2024, 7, 1, 0, 0, 0, DateTimeKind.Utc));

    private static readonly Lazy<TrainedModel> Learned = new(() => ModelTraining.Run(Data, Task, _ => { }, CancellationToken.None));

    public static TrainedModel Trained => Learned.Value;
}
