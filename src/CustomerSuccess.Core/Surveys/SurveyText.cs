using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace CustomerSuccess.Core.Surveys;

/// <summary>Surveys and answers as the JSON text in which they are stored.</summary>
public static class SurveyText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        // "no reminder" is written too: what is left out stands for a survey's defaults
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static string Write(SurveyPlan plan) => JsonSerializer.Serialize(plan, Json);

    public static string Write(SurveyQuestion question) => JsonSerializer.Serialize(question, Json);

    /// <exception cref="FormatException">The text is no survey.</exception>
    public static SurveyPlan Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SurveyPlan>(text, Json) ?? throw new FormatException("A survey is expected, not null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"The text is no survey: {error.Message}", error);
        }
    }

    /// <summary>Answers by the id of their question, in the order of the questions.</summary>
    public static string WriteAnswers(IReadOnlyDictionary<string, string> answers) => JsonSerializer.Serialize(answers, Json);

    public static IReadOnlyDictionary<string, string> ReadAnswers(string? text) =>
        text is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(text, Json) ?? [];
}
