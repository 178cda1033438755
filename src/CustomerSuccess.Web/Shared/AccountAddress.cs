namespace CustomerSuccess.Web.Shared;

/// <summary>Where an account's page stands.</summary>
public static class AccountAddress
{
    /// <param name="accountId">The id as the sources write it.</param>
    /// <param name="ns">Its namespace; blank for none.</param>
    public static string Of(string accountId, string? ns) => $"/accounts/{Uri.EscapeDataString(accountId)}" + (string.IsNullOrEmpty(ns) ? "" : $"?ns={Uri.EscapeDataString(ns)}");
}
