using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace CustomerSuccess.Engine.Accounts;

/// <summary>What sources last said of fields that people have changed since: the contract's writing by field.</summary>
internal static class ImportedValues
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static Dictionary<string, string?> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string?>>(json, Json) ?? [];

    public static string Write(IReadOnlyDictionary<string, string?> values) => JsonSerializer.Serialize(values, Json);
}
