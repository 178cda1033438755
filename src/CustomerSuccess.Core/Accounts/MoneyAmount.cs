namespace CustomerSuccess.Core.Accounts;

/// <summary>An amount in a currency (ISO 4217).</summary>
public readonly record struct MoneyAmount(decimal Amount, string Currency);
