namespace CustomerSuccess.Core.Demo;

/// <summary>What a database has to do with the demo company.</summary>
public enum DemoState
{
    /// <summary>It never held the demo company.</summary>
    None,

    /// <summary>It holds the demo company, wholly or in part.</summary>
    Present,

    /// <summary>Its demo company is being thrown away; whoever starts next carries that to its end.</summary>
    Discarding,

    /// <summary>It held the demo company, which was thrown away.</summary>
    Discarded,
}
