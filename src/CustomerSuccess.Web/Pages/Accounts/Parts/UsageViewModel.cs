using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Engine.Accounts;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Usage of an account: what the part shows.</summary>
public sealed class UsageViewModel(FeatureUseQuery features, AccountQuery accounts)
{
    private const int Weeks = 52, Metrics = 5;

    /// <summary>Null where nothing was ever counted.</summary>
    public FeatureUseSheet? Sheet { get; private set; }

    /// <summary>Null until it was read.</summary>
    public WeeklyUsage? Year { get; private set; }

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation) => Sheet = await features.FindAsync(account.Viewer, account.No, cancellation);

    public async Task ReadYearAsync(OpenAccount account, CancellationToken cancellation) =>
        Year = await accounts.UsageAsync(account.Viewer, account.No, Sheet?.Until ?? account.Today, Weeks, Metrics, cancellation);
}
