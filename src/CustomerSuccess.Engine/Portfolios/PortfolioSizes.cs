using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Portfolios;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Portfolios;

/// <summary>How many accounts everybody looks after, and what they pay.</summary>
internal static class PortfolioSizes
{
    /// <summary>Colleagues and owners, by address in lower case; accounts count as far as a run scored them, since others do not pay.</summary>
    public static async Task<Dictionary<string, PortfolioSize>> ReadAsync(CustomerSuccessContext context, Viewer viewer, CancellationToken cancellation)
    {
        var sizes = (await Colleagues.ListAsync(context, cancellation)).ToDictionary(colleague => colleague.Email, colleague => new PortfolioSize(colleague.Email, 0, 0));
        if (await ScoreRunQuery.NewestAsync(context, cancellation) is not { } run)
        {
            return sizes;
        }

        var scores = context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run.ScoreRunId && score.OwnerEmail != null);
        if (viewer.OwnPortfolioOnly)
        {
            var visible = context.Accounts.VisibleTo(viewer).Select(account => account.AccountNo);
            scores = scores.Where(score => visible.Contains(score.AccountNo));
        }

        var owned = await scores.GroupBy(score => score.OwnerEmail!).Select(own => new { own.Key, Accounts = own.Count(), Mrr = own.Sum(score => score.Mrr) }).ToListAsync(cancellation);
        foreach (var own in owned)
        {
            var email = own.Key.ToLowerInvariant();
            var size = sizes.GetValueOrDefault(email) ?? new(email, 0, 0);
            sizes[email] = size with { Accounts = size.Accounts + own.Accounts, Mrr = size.Mrr + own.Mrr };
        }

        return sizes;
    }
}
