using System.Globalization;

namespace CustomerSuccess.Web.Pages.Calls;

/// <summary>Addresses of the call page. A telephone system opens <c>/call?from=NUMBER</c>.</summary>
public static class CallAddress
{
    public const string Path = "/call";

    /// <summary>The page that finds out who calls.</summary>
    public static string FromNumber(string number) => $"{Path}?from={Uri.EscapeDataString(number)}";

    /// <summary>The page with the call form ready.</summary>
    /// <param name="accountNo">The account's internal number.</param>
    /// <param name="contactNo">Whom; null where that is to be chosen.</param>
    /// <param name="play">The suggested play that the call carries out; null for none.</param>
    /// <param name="from">The number that calls in; null for a call that goes out.</param>
    public static string Of(int accountNo, int? contactNo = null, string? play = null, string? from = null)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"{Path}?account={accountNo}");
        address += contactNo is { } contact ? string.Create(CultureInfo.InvariantCulture, $"&contact={contact}") : "";
        address += play is null ? "" : $"&play={Uri.EscapeDataString(play)}";
        return address + (from is null ? "" : $"&from={Uri.EscapeDataString(from)}");
    }
}
