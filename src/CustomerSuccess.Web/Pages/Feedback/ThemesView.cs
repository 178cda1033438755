using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Feedback;

/// <summary>What the page of themes shows, as its address says it.</summary>
/// <param name="Words">Words with which a new theme begins, separated by commas; null for none.</param>
/// <param name="History">The theme whose versions are shown; null for none.</param>
public sealed record ThemesView(string? Words = null, string? History = null)
{
    public const string Path = "/feedback/themes", WordsKey = "words", HistoryKey = "history";

    public static ThemesView Parse(ListAddress address) => new(address[WordsKey], address[HistoryKey]);

    /// <summary>The address at which a theme begins with words.</summary>
    public static string New(IReadOnlyList<string> words) => ListAddress.Parse(Path).With(WordsKey, string.Join(',', words)).ToString();

    /// <summary>The address at which a theme's versions are shown.</summary>
    public static string HistoryOf(string themeId) => ListAddress.Parse(Path).With(HistoryKey, themeId).ToString();
}
