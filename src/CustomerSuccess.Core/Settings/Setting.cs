namespace CustomerSuccess.Core.Settings;

/// <summary>One setting as stored; see <c>SettingsCatalogue</c> for what there is.</summary>
public sealed class Setting
{
    public required string Key { get; set; }

    public required string Value { get; set; }

    public DateTime ChangedAt { get; set; }

    public required string ChangedBy { get; set; }
}
