using CustomerSuccess.Core.Health;
using CustomerSuccess.Core.Journal;
using CustomerSuccess.Core.Products;
using CustomerSuccess.Engine.Accounts;
using CustomerSuccess.Engine.Health;
using CustomerSuccess.Engine.Products;

namespace CustomerSuccess.Web.Pages.Accounts.Parts;

/// <summary>Health of an account, what moved it and what CSMs think: what the part shows and does.</summary>
public sealed class AccountHealthViewModel(HealthQuery health, ProductQuery products, Judgements judgements, AccountQuery accounts)
{
    public AccountHealth? Own { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<HealthPoint> History { get; private set; } = [];

    /// <summary>Health and risk by product.</summary>
    public AccountProducts? Products { get; private set; }

    public async Task ReadAsync(OpenAccount account, CancellationToken cancellation)
    {
        Own = await health.OfAccountAsync(account.Viewer, account.No, cancellation);
        History = await accounts.HealthHistoryAsync(account.Viewer, account.No, cancellation) ?? [];
        Products = await products.OfAccountAsync(account.Viewer, account.No, cancellation);
    }

    public Task<ActResult<Judgement>> JudgeAsync(OpenAccount account, HealthBand band, string reason) => judgements.RecordAsync(account.Viewer, account.No, band, reason);

    public Task<ActResult<Judgement>> WithdrawAsync(OpenAccount account, string judgementId) => judgements.WithdrawAsync(account.Viewer, account.No, judgementId);
}
