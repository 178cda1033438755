namespace CustomerSuccess.Engine.Ingestion.Presets;

/// <summary>A preset that does not exist or does not hold together; the message names every problem.</summary>
public sealed class PresetException(string preset, IReadOnlyList<string> problems)
    : FormatException($"Preset {preset}: {string.Join("; ", problems)}.")
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
