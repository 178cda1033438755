namespace CustomerSuccess.Core.Health;

/// <summary>The sides from which an account's health is seen.</summary>
public enum HealthDimension
{
    Adoption,
    Engagement,
    Support,
    Sentiment,
    Commercial,
    Relationship,
}
