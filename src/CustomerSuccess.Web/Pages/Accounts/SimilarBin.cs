using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Web.Pages.Accounts;

/// <summary>Finds what became of accounts with a similar probability.</summary>
internal static class SimilarBin
{
    /// <summary>The bin of the backtest whose range holds the probability, else the one whose mean is nearest; null without bins.</summary>
    public static ReliabilityBin? Of(ModelCard? card, double probability) =>
        card?.Reliability.FirstOrDefault(bin => probability >= bin.Lowest && probability <= bin.Highest)
        ?? card?.Reliability.MinBy(bin => Math.Abs(bin.Mean - probability));
}
