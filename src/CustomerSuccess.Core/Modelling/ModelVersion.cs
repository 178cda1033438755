namespace CustomerSuccess.Core.Modelling;

/// <summary>What a model predicts.</summary>
public enum Target
{
    Churn,
    Upsell,

    /// <summary>That an account which stays drops one of its products.</summary>
    ProductChurn,
}

public enum ModelStatus
{
    /// <summary>Tested, and shown beside the model in use.</summary>
    Challenger,

    /// <summary>In use.</summary>
    Champion,

    /// <summary>Was in use before.</summary>
    Retired,

    /// <summary>May not be shown: too few outcomes, no skill, or no better than the rules.</summary>
    Refused,
}

/// <summary>The honest verdict over a trained model.</summary>
public enum Verdict
{
    /// <summary>The model beats chance and the rules on later data.</summary>
    Skilled,

    /// <summary>Fewer outcomes than anything can be learned from; nothing was fitted.</summary>
    TooFewOutcomes,

    /// <summary>The lower bound of its AUC is not above 0.5.</summary>
    NoSkill,

    /// <summary>Its AUC is below the rule score's on the same rows.</summary>
    NoBetterThanRules,
}

/// <summary>A trained model with its card. The bytes live in the database; <c>models/</c> receives a copy of every promoted one.</summary>
public sealed class ModelVersion
{
    public int ModelId { get; set; }

    public Target Target { get; set; }

    /// <summary>The key of the product that it predicts alone; null for a model of accounts, or of all products.</summary>
    public string? Product { get; set; }

    /// <summary>Such as <c>2024-12-31-1</c>: the last fact day it knew, and a count.</summary>
    public required string Version { get; set; }

    public ModelStatus Status { get; set; }

    public Verdict Verdict { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? PromotedAt { get; set; }

    /// <summary>SHA-256 over the canonical text of the served model; null where nothing was fitted.</summary>
    public string? Hash { get; set; }

    /// <summary>The served model's canonical text, compressed; null where nothing was fitted.</summary>
    public byte[]? Content { get; set; }

    /// <summary>The card: what it is, on what, how good. Stable snake_case keys.</summary>
    public required string CardJson { get; set; }
}
