using CustomerSuccess.Core.Demo;

namespace CustomerSuccess.Core.Start;

/// <summary>The steps from an empty database to the first queue, in their order.</summary>
public enum StartStepKind
{
    Company,
    Accounts,
    Contracts,
    Usage,
    Inquiries,
    Surveys,
    Rejected,
    Horizon,
    Train,
    Score,
    Colleagues,
    Queue,
}

/// <summary>A step as the database has it.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="IsDone">True where its result stands in the database.</param>
/// <param name="IsReady">True where what it needs is there.</param>
/// <param name="Count">What its sentence counts: accounts, rejected rows, colleagues, ...</param>
public sealed record StartStep(StartStepKind Kind, bool IsDone, bool IsReady, int Count)
{
    /// <summary>True for a step without which a queue comes about all the same.</summary>
    public bool IsOptional => Kind is StartStepKind.Inquiries or StartStepKind.Surveys;
}

/// <summary>How far a company is on its way to the first queue.</summary>
/// <param name="Demo">What the database has to do with the demo company.</param>
/// <param name="DemoSignInWorks">True where somebody may still sign in with the demo's known password.</param>
/// <param name="Steps">Every step, in order.</param>
public sealed record FirstSteps(DemoState Demo, bool DemoSignInWorks, IReadOnlyList<StartStep> Steps)
{
    /// <summary>The first step that is open, ready and needed; null where none is.</summary>
    public StartStep? Next => Steps.FirstOrDefault(step => step is { IsDone: false, IsReady: true, IsOptional: false });

    /// <summary>Steps that are needed and open.</summary>
    public int Open => Steps.Count(step => step is { IsDone: false, IsOptional: false });
}
