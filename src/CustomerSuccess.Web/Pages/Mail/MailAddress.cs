using System.Globalization;

namespace CustomerSuccess.Web.Pages.Mail;

/// <summary>Addresses of the outbox and of messages.</summary>
public static class MailAddress
{
    public const string List = "/mail", New = "/mail/new";

    public static string Of(int accountNo, string mailId) => string.Create(CultureInfo.InvariantCulture, $"{List}/{accountNo}/{Uri.EscapeDataString(mailId)}");

    /// <summary>A new message to an account.</summary>
    /// <param name="accountNo">The account's internal number.</param>
    /// <param name="play">The play that it carries out; null for none.</param>
    /// <param name="contactNo">To whom; null where that is to be chosen.</param>
    /// <param name="channel">How; null for e-mail.</param>
    public static string NewOf(int accountNo, string? play = null, int? contactNo = null, string? channel = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{New}?account={accountNo}")
        + (contactNo is { } contact ? string.Create(CultureInfo.InvariantCulture, $"&contact={contact}") : "")
        + (play is null ? "" : $"&play={Uri.EscapeDataString(play)}")
        + (channel is null ? "" : $"&channel={Uri.EscapeDataString(channel)}");

    /// <summary>Messages to an account.</summary>
    public static string OfAccount(int accountNo) => string.Create(CultureInfo.InvariantCulture, $"{List}?account={accountNo}");
}
