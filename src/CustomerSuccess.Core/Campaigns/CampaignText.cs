using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CustomerSuccess.Core.Campaigns;

/// <summary>Campaigns as the JSON text in which they are stored.</summary>
public static class CampaignText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(CampaignPlan plan) => JsonSerializer.Serialize(plan, Json);

    /// <exception cref="FormatException">The text is no campaign.</exception>
    public static CampaignPlan Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<CampaignPlan>(text, Json) ?? throw new FormatException("A campaign is expected, not null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The text is no campaign: {error.Message}", error);
        }
    }
}
