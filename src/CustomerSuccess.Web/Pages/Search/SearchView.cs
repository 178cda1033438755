using System.Globalization;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Core.Search;
using CustomerSuccess.Web.Pages.Accounts;
using CustomerSuccess.Web.Pages.Inquiries;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Search;

/// <summary>A search as its address writes it, and the addresses of what it finds.</summary>
public static class SearchView
{
    public const string Path = "/search", File = "/search.csv";

    public const string Words = "q", Kind = "kind", Account = "account", From = "from", Until = "until", Rows = "rows";

    /// <summary>What is shown at first, after the first and after the second request for more.</summary>
    private static readonly int[] Steps = [50, 200, 1_000];

    /// <summary>Every value that narrows.</summary>
    public static IReadOnlyList<string> Keys { get; } = [Words, Kind, Account, From, Until];

    public static SearchRequest Parse(ListAddress address) => new()
    {
        Words = address[Words],
        Kinds = address[Kind] is { } kind && SearchKinds.All.Contains(kind) ? [kind] : [],
        AccountNo = int.TryParse(address[Account], NumberStyles.None, CultureInfo.InvariantCulture, out var account) ? account : null,
        From = Day(address[From]),
        Until = Day(address[Until]),
    };

    /// <summary>Hits to show.</summary>
    public static int RowsOf(ListAddress address) => int.TryParse(address[Rows], NumberStyles.None, CultureInfo.InvariantCulture, out var rows) && Steps.Contains(rows) ? rows : Steps[0];

    /// <summary>Hits to show after these; null where the search should be narrowed instead.</summary>
    public static int? RowsAfter(int rows) => Steps.Where(step => step > rows).Select(step => (int?)step).FirstOrDefault();

    /// <summary>A day as the address writes it.</summary>
    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The address of a search for words.</summary>
    public static string Of(string words) => $"{Path}?{Words}={Uri.EscapeDataString(words)}";

    /// <summary>Where a hit is shown.</summary>
    public static string Href(SearchHit hit)
    {
        switch (hit.Kind)
        {
            case SearchKinds.Inquiry when InquiryKey.TryParse(hit.RecordId) is { } key:
                return InquiryAddress.Of(key);
            case SearchKinds.Message when hit.RecordId.LastIndexOf('/') is > 0 and var at && InquiryKey.TryParse(hit.RecordId[..at]) is { } thread:
                return InquiryAddress.Of(thread);
        }

        var account = InquiryAddress.OfAccount(hit.AccountId, hit.Namespace);
        var tab = hit.Kind switch
        {
            SearchKinds.Person => AccountTabs.People,
            SearchKinds.Comment => AccountTabs.Answers,
            SearchKinds.File => AccountTabs.Files,
            SearchKinds.Touch or SearchKinds.Note => AccountTabs.Timeline,
            _ => null,
        };
        return tab is null ? account : $"{account}{(account.Contains('?', StringComparison.Ordinal) ? '&' : '?')}tab={tab}";
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
