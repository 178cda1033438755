namespace CustomerSuccess.Engine.Handouts;

/// <summary>Use of one feature.</summary>
/// <param name="Name">As the company calls it.</param>
/// <param name="Count">In the period.</param>
/// <param name="Before">In as many days before it; null where nothing was counted of the account then.</param>
public sealed record ReportedFeature(string Name, double Count, double? Before);

/// <summary>What people used it in a month.</summary>
/// <param name="Month">Its last day within the period.</param>
/// <param name="Users">Who did anything.</param>
public sealed record ReportedUsers(DateOnly Month, int Users);

/// <summary>A goal or step of the success plan.</summary>
/// <param name="Title">As agreed.</param>
/// <param name="Measure">By what it is measured; null where it is not.</param>
/// <param name="Target">What was aimed at.</param>
/// <param name="Current">What it is.</param>
/// <param name="On">When it was reached, or is due.</param>
public sealed record ReportedGoal(string Title, string? Measure, double? Target, double? Current, DateOnly? On);

/// <summary>What a report tells a customer. It has nothing but what the customer knows or may know: no score, no probability, no money, nothing of others.</summary>
public sealed record CustomerReportFigures
{
    public required string Account { get; init; }

    public required string Company { get; init; }

    public required DateOnly Today { get; init; }

    public required DateOnly From { get; init; }

    public required DateOnly To { get; init; }

    public required string Language { get; init; }

    /// <summary>To whom; null for the company alone.</summary>
    public string? Contact { get; init; }

    public string? ContactTitle { get; init; }

    /// <summary>Plans that run at the period's end.</summary>
    public IReadOnlyList<string> Plans { get; init; } = [];

    public int? Seats { get; init; }

    public IReadOnlyList<ReportedUsers> Users { get; init; } = [];

    /// <summary>Most used first.</summary>
    public IReadOnlyList<ReportedFeature> Features { get; init; } = [];

    /// <summary>Uses of all features by month.</summary>
    public IReadOnlyList<(DateOnly Month, double Count)> Uses { get; init; } = [];

    public IReadOnlyList<ReportedGoal> Reached { get; init; } = [];

    public IReadOnlyList<ReportedGoal> Done { get; init; } = [];

    public int Inquiries { get; init; }

    public int Resolved { get; init; }

    public double? FirstResponseMinutes { get; init; }

    public double? ResolutionHours { get; init; }

    public int Meetings { get; init; }

    public int Trainings { get; init; }

    /// <summary>Steps that the plan has still to come: what is offered as next steps.</summary>
    public IReadOnlyList<ReportedGoal> Coming { get; init; } = [];

    public string? Note { get; init; }

    public string? NextSteps { get; init; }

    /// <summary>Who looks after the customer: the owner's name and address.</summary>
    public string? OwnerName { get; init; }

    public string? OwnerEmail { get; init; }

    /// <summary>How the company is reached besides.</summary>
    public string? Reach { get; init; }
}
