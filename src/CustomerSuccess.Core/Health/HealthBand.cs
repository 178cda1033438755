using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Health;

/// <summary>What a health of 0–100 (100 is good) means at a glance.</summary>
public enum HealthBand
{
    Good,
    Watch,
    Danger,
}

/// <summary>Cuts health into bands by the settings <c>health.good</c> and <c>health.watch</c>, which follow the scheme in force.</summary>
public static class HealthBands
{
    /// <summary>The band of a health; null where there is none.</summary>
    public static HealthBand? Of(double? health, CompanySettings settings) =>
        new HealthRule { Good = settings.HealthGood, Watch = settings.HealthWatch }.Band(health);
}
