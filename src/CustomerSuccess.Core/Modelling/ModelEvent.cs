namespace CustomerSuccess.Core.Modelling;

public enum ModelAction
{
    /// <summary>Put in use because it won on the same later rows, or because there was none before.</summary>
    PutInUse,

    /// <summary>Put in use by a person.</summary>
    Promoted,

    /// <summary>Put in use again by a person, in place of the one that followed it.</summary>
    RolledBack,

    /// <summary>Taken out of use, because later data no longer bear it out.</summary>
    Retired,
}

/// <summary>What became of a model, and by whom. Never changed.</summary>
public sealed class ModelEvent
{
    public int ModelEventId { get; set; }

    public int ModelId { get; set; }

    public Target Target { get; set; }

    public required string Version { get; set; }

    public ModelAction Action { get; set; }

    public DateTime At { get; set; }

    /// <summary>The sign-in's id; <c>system</c> for the command line and background work.</summary>
    public required string By { get; set; }

    /// <summary>The address of who did it; null for the system.</summary>
    public string? ByEmail { get; set; }

    /// <summary>The version that it took the place of; null where there was none.</summary>
    public string? InPlaceOf { get; set; }
}
