namespace CustomerSuccess.Core.Activity;

/// <summary>A day's counter of one metric, of an account or of one of its people. Read in the order of its key: account, day, metric, contact, source.</summary>
public sealed class UsageDay
{
    public int AccountNo { get; set; }

    public DateOnly Day { get; set; }

    public int MetricId { get; set; }

    /// <summary>0 for the account as a whole.</summary>
    public int ContactNo { get; set; }

    public int SourceId { get; set; }

    public double Count { get; set; }

    /// <summary>Distinct people behind the counter; null where unknown.</summary>
    public int? Users { get; set; }

    public int ImportFileId { get; set; }
}

/// <summary>A counted thing: a feature of the product, or an event.</summary>
public sealed class Metric
{
    public int MetricId { get; set; }

    /// <summary>What is counted; where a name is counted of several products, those after the first carry theirs: <c>logins (Archive)</c>.</summary>
    public required string Name { get; set; }

    /// <summary>The product that it is part of, as whoever said so writes it; null where it is none's, or nobody has said. It holds for every day.</summary>
    public string? Product { get; set; }
}
