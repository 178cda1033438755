namespace CustomerSuccess.Web.Pages.Campaigns;

/// <summary>Addresses of campaigns.</summary>
public static class CampaignAddress
{
    public const string List = "/campaigns", New = "/campaigns/new", TabKey = "tab", ShowKey = "show", ArchivedKey = "archived";

    /// <summary>Parts of a campaign's page: what came of it, who gets it, what it says.</summary>
    public const string Results = "results", People = "people", Definition = "definition";

    public static string Of(string campaignId) => $"{List}/{Uri.EscapeDataString(campaignId)}";

    /// <summary>A part of a campaign's page.</summary>
    public static string Of(string campaignId, string tab, string? show = null) => $"{Of(campaignId)}?{TabKey}={tab}" + (show is null ? "" : $"&{ShowKey}={show}");

    /// <summary>A table of a campaign as a file.</summary>
    public static string File(string campaignId, string part) => $"{Of(campaignId)}/{part}.csv";
}
