using System.Globalization;

namespace CustomerSuccess.Web.Pages.Surveys;

/// <summary>Addresses of surveys.</summary>
public static class SurveyAddress
{
    public const string List = "/surveys", New = "/surveys/new", TabKey = "tab", WaveKey = "wave", ShowKey = "show";

    /// <summary>Parts of a survey's page: what came of it, who was asked, what it says.</summary>
    public const string Results = "results", People = "people", Definition = "definition";

    public static string Of(string surveyId) => $"{List}/{Uri.EscapeDataString(surveyId)}";

    /// <summary>A part of a survey's page.</summary>
    public static string Of(string surveyId, string tab, int? wave = null, string? show = null) =>
        $"{Of(surveyId)}?{TabKey}={tab}" + (wave is { } no ? $"&{WaveKey}={no.ToString(CultureInfo.InvariantCulture)}" : "") + (show is null ? "" : $"&{ShowKey}={show}");
}
