using CustomerSuccess.Core.Access;
using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Core.Workday;
using CustomerSuccess.Engine.Access;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Workday;

/// <summary>
/// One reading of a day: whose, when, over which run. A viewer who sees the own portfolio alone has a scope of the own accounts
/// (<see cref="DayScope.Of"/>), so that its owner says what <see cref="VisibleAccounts"/> would look for in every account anew.
/// </summary>
/// <param name="Spellings">How accounts spell the owner whose day it is; null for a team.</param>
internal sealed record DayReading(CustomerSuccessContext Context, Viewer Viewer, DayScope Scope, List<string?>? Spellings, ScoreRun? Run, CompanySettings Settings, DateOnly Today, DateTime Now, CancellationToken Cancellation)
{
    /// <summary>Accounts of whoever's day it is.</summary>
    public IQueryable<Account> Accounts
    {
        get
        {
            var accounts = Context.Accounts.AsNoTracking();
            return Spellings is null ? accounts.VisibleTo(Viewer) : accounts.Where(account => Spellings.Contains(account.OwnerEmail));
        }
    }

    /// <summary>Their rows in the run.</summary>
    public IQueryable<AccountScore> Scores
    {
        get
        {
            var run = Run?.ScoreRunId ?? 0;
            var scores = Context.AccountScores.AsNoTracking().Where(score => score.ScoreRunId == run);
            if (Spellings is { Count: 1 } one)
            {
                var owner = one[0];
                scores = scores.Where(score => score.OwnerEmail == owner);
            }
            else if (Spellings is not null)
            {
                scores = scores.Where(score => Spellings.Contains(score.OwnerEmail));
            }

            return scores;
        }
    }

    /// <summary>Ids of a few accounts.</summary>
    public Task<Dictionary<int, (string Id, string Namespace)>> IdsAsync(IEnumerable<int> accounts)
    {
        var numbers = accounts.ToList();
        return Context.Accounts.AsNoTracking().Where(account => numbers.Contains(account.AccountNo)).Select(account => new { account.AccountNo, account.AccountId, account.Namespace })
            .ToDictionaryAsync(account => account.AccountNo, account => (account.AccountId, account.Namespace), Cancellation);
    }
}
