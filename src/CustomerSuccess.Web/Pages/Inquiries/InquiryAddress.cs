using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Web.Shared;

namespace CustomerSuccess.Web.Pages.Inquiries;

/// <summary>Addresses of the desk's pages.</summary>
public static class InquiryAddress
{
    public const string List = "/inquiries", New = "/inquiries/new", Received = "/inquiries/received", Answers = "/inquiries/answers", Settings = "/inquiries/settings";

    /// <summary>The page of an inquiry.</summary>
    public static string Of(InquiryKey key) => $"{List}/{Uri.EscapeDataString(key.ToString())}";

    /// <summary>The page of an account.</summary>
    public static string OfAccount(string accountId, string ns) =>
        AccountAddress.Of(accountId, ns);

    /// <summary>A new inquiry of an account, and of a contact there.</summary>
    public static string NewOf(int accountNo, int? contactNo) =>
        System.FormattableString.Invariant($"{New}?account={accountNo}") + (contactNo is { } no ? System.FormattableString.Invariant($"&contact={no}") : "");
}
