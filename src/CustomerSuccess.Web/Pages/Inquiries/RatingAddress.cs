using Microsoft.AspNetCore.Components;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Addresses of the page where a customer says how satisfied they are.</summary>
public static class RatingAddress
{
    public const string Path = "/rating";

    /// <summary>The whole address, as a message carries it.</summary>
    /// <param name="navigation">Tells by which name this server is reached.</param>
    /// <param name="token">The link's token.</param>
    /// <param name="language">In which the customer reads; null for the browser's.</param>
    public static string Of(NavigationManager navigation, string token, string? language) =>
        navigation.ToAbsoluteUri($"{Path}/{token}" + (language is null ? "" : $"?lang={language}")).ToString();
}
