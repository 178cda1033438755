namespace CustomerSuccess.Core.Activity;

/// <summary>A known outcome of an account without contract rows; its attributes are taken as of <see cref="AsOf"/>. Ignored for an account that has terms.</summary>
public sealed class Outcome : Fact
{
    public DateOnly AsOf { get; set; }

    public bool? Churned { get; set; }

    public bool? Expanded { get; set; }
}

/// <summary>The random draw behind the effect of a play: whether an account was offered it or held out.</summary>
public sealed class Assignment : Fact
{
    public required string Play { get; set; }

    public DateOnly AssignedOn { get; set; }

    /// <summary><c>offered</c> or <c>held_out</c>.</summary>
    public required string Arm { get; set; }

    public string? PlayVersion { get; set; }
}
