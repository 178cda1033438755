using System.Globalization;
using CustomerSuccess.Web.Shared.Lists;

namespace CustomerSuccess.Web.Pages.Retention;

/// <summary>Whose accounts are listed, as the address says it.</summary>
/// <param name="MonthCloseId">The close.</param>
/// <param name="RestatementNo">Its restatement, from 1.</param>
public sealed record RestatedView(string MonthCloseId, int RestatementNo)
{
    public const string Path = "/retention/restated";

    private const string CloseKey = "close", NoKey = "no";

    /// <summary>Null where the address names no restatement.</summary>
    public static RestatedView? Parse(ListAddress address) =>
        address[CloseKey] is { } close && int.TryParse(address[NoKey], NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? new(close, no) : null;

    public static string Of(string monthCloseId, int restatementNo) => new RestatedView(monthCloseId, restatementNo).Address(Path);

    /// <summary>The list at another path, such as that of a file.</summary>
    public string Address(string path) => ListAddress.Parse(path).With(CloseKey, MonthCloseId).With(NoKey, RestatementNo.ToString(CultureInfo.InvariantCulture)).ToString();
}
