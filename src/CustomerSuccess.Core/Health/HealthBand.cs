using CustomerSuccess.Core.Settings;

namespace CustomerSuccess.Core.Health;

/// <summary>What a health of 0–100 (100 is good) means at a glance.</summary>
public enum HealthBand
{
    Good,
    Watch,
    Danger,
}

/// <summary>Cuts health into bands by the settings <c>health.good</c> and <c>health.watch</c>.</summary>
public static class HealthBands
{
    /// <summary>The band of a health; null where there is none.</summary>
    public static HealthBand? Of(double? health, CompanySettings settings) => health switch
    {
        null => null,
        { } h when h >= settings.HealthGood => HealthBand.Good,
        { } h when h >= settings.HealthWatch => HealthBand.Watch,
        _ => HealthBand.Danger,
    };
}
