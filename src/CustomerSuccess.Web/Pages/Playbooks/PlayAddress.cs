namespace CustomerSuccess.Web.Pages.Playbooks;

/// <summary>Addresses of plays.</summary>
public static class PlayAddress
{
    public const string List = "/plays", New = "/plays/new", Effects = "/plays/effects", Letters = "/plays/letters", LettersFile = "/files/letters", File = "/files/plays.json";

    public static string Of(string key) => $"/plays/{Uri.EscapeDataString(key)}";

    /// <summary>A file with one play.</summary>
    public static string FileOf(string key) => $"{File}?key={Uri.EscapeDataString(key)}";

    /// <summary>The queue in which a play is suggested, narrowed to it.</summary>
    public static string Queue(string key, bool isUpsell) => $"{(isUpsell ? "/opportunities" : "/queue")}?play={Uri.EscapeDataString(key)}";
}
