using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Effects;

/// <summary>Which arm stands for an account and a play as of a day.</summary>
internal sealed class StandingDraws
{
    private readonly Dictionary<(int AccountNo, string Play), bool> _isOffered;
    private readonly Dictionary<int, HashSet<string>> _heldOut = [];

    private StandingDraws(Dictionary<(int AccountNo, string Play), bool> isOffered)
    {
        _isOffered = isOffered;
        foreach (var ((account, play), offered) in isOffered)
        {
            if (!offered)
            {
                HoldOut(account, play);
            }
        }
    }

    /// <summary>Plays that are not suggested for an account; null for none.</summary>
    public IReadOnlySet<string>? HeldOut(int account) => _heldOut.GetValueOrDefault(account);

    public bool IsDrawn(int account, string play) => _isOffered.ContainsKey((account, play));

    public bool IsHeldOut(int account, string play) => _isOffered.TryGetValue((account, play), out var offered) && !offered;

    public void Add(int account, string play, bool isOffered)
    {
        _isOffered.Add((account, play), isOffered);
        if (!isOffered)
        {
            HoldOut(account, play);
        }
    }

    /// <param name="context">The store.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="day">As of which they stand.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="accounts">Of some accounts alone; null for all.</param>
    public static async Task<StandingDraws> ReadAsync(CustomerSuccessContext context, CompanySettings settings, DateOnly day, CancellationToken cancellation, IReadOnlyCollection<int>? accounts = null)
    {
        var rule = LabelRule.Of(settings);
        var (year, span) = (new DateOnly(day.Year, 1, 1), day.AddDays(-Math.Min(rule.Span, day.DayNumber)));
        var since = year < span ? year : span;
        var draws = await context.Assignments.AsNoTracking().Among(accounts, own => own.AccountNo).Where(own => own.VoidedBy == null && own.AssignedOn >= since && own.AssignedOn <= day)
            .Select(own => new { own.AccountNo, own.Play, own.AssignedOn, own.Arm, own.SourceId }).ToListAsync(cancellation);
        return new(draws.Where(own => Holdout.Stands(own.AssignedOn, day, rule))
            .GroupBy(own => (own.AccountNo, own.Play))
            .ToDictionary(same => same.Key, same => same.OrderBy(own => own.AssignedOn).ThenBy(own => own.SourceId).First().Arm == DrawnAccounts.OfferedArm));
    }

    private void HoldOut(int account, string play)
    {
        if (!_heldOut.TryGetValue(account, out var own))
        {
            _heldOut.Add(account, own = new HashSet<string>(StringComparer.Ordinal));
        }

        own.Add(play);
    }
}
