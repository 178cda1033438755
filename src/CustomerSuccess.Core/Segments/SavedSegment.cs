namespace CustomerSuccess.Core.Segments;

/// <summary>A set of accounts that has a name: those that fulfil a condition. Plays, the queue and lists ask for it.</summary>
public sealed class SavedSegment
{
    public const int LongestName = 80;

    public const int LongestDescription = 500;

    /// <summary>A version 7 UUID.</summary>
    public required string SegmentId { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    /// <summary>As <see cref="ConditionText"/> writes it.</summary>
    public required string ConditionJson { get; set; }

    /// <summary>Accounts in it as of the newest score run.</summary>
    public int Accounts { get; set; }

    /// <summary>Their MRR in the reporting currency.</summary>
    public decimal Mrr { get; set; }

    /// <summary>The day as of which accounts were last told apart; null before there was a score run.</summary>
    public DateOnly? CountedOn { get; set; }

    /// <summary>How often accounts were told apart so far.</summary>
    public int Countings { get; set; }

    public DateTime ChangedAt { get; set; }

    public string? ChangedByEmail { get; set; }

    public DateTime? DeletedAt { get; set; }

    public int Version { get; set; }

    public Condition Condition => ConditionText.Read(ConditionJson);
}

/// <summary>What a segment said in one of its versions. Versions are only added.</summary>
public sealed class SegmentVersion
{
    public required string SegmentId { get; set; }

    /// <summary>From 1.</summary>
    public int Version { get; set; }

    public required string Name { get; set; }

    public string? Description { get; set; }

    public required string ConditionJson { get; set; }

    public DateTime At { get; set; }

    public string? ByEmail { get; set; }

    public Condition Condition => ConditionText.Read(ConditionJson);
}

/// <summary>A stay of an account in a segment.</summary>
public sealed class SegmentStay
{
    public int AccountNo { get; set; }

    public required string SegmentId { get; set; }

    /// <summary>The counting that told it: <see cref="SegmentCount.CountNo"/>.</summary>
    public int EnteredNo { get; set; }

    /// <summary>The day as of which it was in.</summary>
    public DateOnly EnteredOn { get; set; }

    /// <summary>True where the segment was changed, not the account.</summary>
    public bool EnteredByChange { get; set; }

    /// <summary>The first day as of which it was no longer in; null while it is.</summary>
    public DateOnly? LeftOn { get; set; }

    /// <summary>True where the segment was changed, not the account.</summary>
    public bool LeftByChange { get; set; }
}

/// <summary>The size of a segment at a counting: each score run and each change is one.</summary>
public sealed class SegmentCount
{
    public required string SegmentId { get; set; }

    /// <summary>From 1, in their order.</summary>
    public int CountNo { get; set; }

    /// <summary>UTC.</summary>
    public DateTime At { get; set; }

    public DateOnly AsOf { get; set; }

    /// <summary>The version that was counted by.</summary>
    public int Version { get; set; }

    public int Accounts { get; set; }

    public int Entered { get; set; }

    public int Left { get; set; }

    public decimal Mrr { get; set; }
}

/// <summary>What somebody asks of a segment.</summary>
public sealed record SegmentDraft(string? Name, string? Description, Condition Condition)
{
    public static SegmentDraft Of(SavedSegment segment) => new(segment.Name, segment.Description, segment.Condition);
}
