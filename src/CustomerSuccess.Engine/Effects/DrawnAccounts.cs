using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Engine.Effects;

/// <summary>An account that was drawn for a play, with what became of it.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="Play">The play's key.</param>
/// <param name="Version">The play's version on that day; empty where it is not known.</param>
/// <param name="Segment">The account's segment now.</param>
/// <param name="Draw">The draw and its outcome.</param>
/// <param name="IsDone">True where a touch of the play was made while the outcome was open.</param>
internal sealed record DrawnAccount(int AccountNo, string Play, string Version, string? Segment, Drawn Draw, bool IsDone);

/// <summary>Every draw there is with its outcome, and how often the outcomes happen anyway.</summary>
internal sealed class DrawnAccounts
{
    /// <summary>How often an outcome happens where there is nothing to count yet.</summary>
    private const double Unknown = 0.05;

    private readonly ILookup<string, DrawnAccount> _byPlay;
    private readonly double _churnRate;
    private readonly double _expansionRate;
    private readonly double _returnRate;

    private DrawnAccounts(ILookup<string, DrawnAccount> byPlay, double churnRate, double expansionRate, double returnRate) => (_byPlay, _churnRate, _expansionRate, _returnRate) = (byPlay, churnRate, expansionRate, returnRate);

    public IEnumerable<DrawnAccount> Of(string play) => _byPlay[play];

    public EffectPrior PriorOf(Play play, CompanySettings settings) =>
        new(play.PriorEffect, settings.PlayPriorWeight, play.IsUpsell || play.IsWinBack, Holdout.Stated(play, settings), play.IsWinBack ? _returnRate : play.IsUpsell ? _expansionRate : _churnRate) { IsWinBack = play.IsWinBack };

    /// <summary>What was learned of the plays that anybody was drawn for.</summary>
    public IReadOnlyDictionary<string, LearnedEffects> Learn(IEnumerable<Play> plays, CompanySettings settings, DateOnly today) =>
        plays.Where(play => _byPlay.Contains(play.Key)).ToDictionary(
            play => play.Key,
            play => LearnedEffects.Of([.. Of(play.Key).Select(own => (own.Draw, own.Segment))], PriorOf(play, settings), LabelRule.Of(settings), today),
            StringComparer.Ordinal);

    /// <summary>Reads all draws up to a day. Of several draws of one account, play and year, such as out of two sources, the first counts.</summary>
    /// <param name="context">The store.</param>
    /// <param name="plays">The plays there are: they say which ones sell. Draws of others are left out.</param>
    /// <param name="settings">The company's settings.</param>
    /// <param name="knownUntil">How far contracts are heeded.</param>
    /// <param name="today">Draws up to this day.</param>
    /// <param name="cancellation">Ends the query.</param>
    public static async Task<DrawnAccounts> ReadAsync(CustomerSuccessContext context, IEnumerable<Play> plays, CompanySettings settings, DateOnly? knownUntil, DateOnly today, CancellationToken cancellation)
    {
        var sells = plays.ToDictionary(play => play.Key, play => (play.IsUpsell, play.IsWinBack), StringComparer.Ordinal);
        var draws = (await context.Assignments.AsNoTracking().Where(own => own.VoidedBy == null && own.AssignedOn <= today)
                .Select(own => new { own.AccountNo, own.Play, own.AssignedOn, own.Arm, own.PlayVersion, own.SourceId })
                .ToListAsync(cancellation))
            .Where(own => sells.ContainsKey(own.Play))
            .GroupBy(own => (own.AccountNo, own.Play, own.AssignedOn.Year))
            .Select(same => same.OrderBy(own => own.AssignedOn).ThenBy(own => own.SourceId).First())
            .ToLookup(own => own.AccountNo);
        if (draws.Count == 0)
        {
            return new(Enumerable.Empty<DrawnAccount>().ToLookup(own => own.Play), Unknown, Unknown, Unknown);
        }

        var rule = LabelRule.Of(settings);
        var segments = await context.Accounts.AsNoTracking().Select(account => new { account.AccountNo, account.Segment }).ToDictionaryAsync(account => account.AccountNo, account => account.Segment, cancellation);
        var done = (await context.Touches.AsNoTracking().Where(touch => touch.VoidedBy == null && touch.Play != null).Select(touch => new { touch.AccountNo, touch.Play, touch.At }).ToListAsync(cancellation))
            .ToLookup(touch => (touch.AccountNo, touch.Play!), touch => settings.DayOf(touch.At));
        var found = new List<DrawnAccount>();
        var withTerms = new HashSet<int>();
        var (churn, expansion, back) = (new Tally(), new Tally(), new Tally());
        await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
        {
            var mrr = MrrTimeline.Of(terms);
            var churns = mrr.ChurnEvents(rule.GraceDays);
            OutcomeState OutcomeOf(DateOnly on, bool isUpsell) => AssignmentOutcome.Of(mrr, churns, on, isUpsell, rule, knownUntil, currency => rates.KnownOn(currency, on));
            withTerms.Add(account);
            if (knownUntil is { } known && known.DayNumber > rule.Span)
            {
                churn.Add(OutcomeOf(known.AddDays(-rule.Span), false));
                expansion.Add(OutcomeOf(known.AddDays(-rule.Span), true));
                back.Add(AssignmentOutcome.OfReturn(mrr, known.AddDays(-rule.Span), rule, knownUntil));
            }

            foreach (var own in draws[account])
            {
                Add(account, own.Play, own.PlayVersion, own.AssignedOn, own.Arm, sells[own.Play].IsWinBack ? AssignmentOutcome.OfReturn(mrr, own.AssignedOn, rule, knownUntil) : OutcomeOf(own.AssignedOn, sells[own.Play].IsUpsell));
            }
        }, cancellation);

        // of accounts without contract rows it is not known day by day who stayed
        foreach (var own in draws.Where(own => !withTerms.Contains(own.Key)).SelectMany(own => own))
        {
            Add(own.AccountNo, own.Play, own.PlayVersion, own.AssignedOn, own.Arm, OutcomeState.Pending);
        }

        return new(found.ToLookup(own => own.Play, StringComparer.Ordinal), churn.Rate ?? Unknown, expansion.Rate ?? Unknown, back.Rate ?? Unknown);

        void Add(int account, string play, string? version, DateOnly on, string arm, OutcomeState outcome) => found.Add(new(
            account, play, version ?? "", segments.GetValueOrDefault(account), new(on, arm == OfferedArm, outcome),
            done[(account, play)].Any(day => day >= on && day.DayNumber <= on.DayNumber + rule.Span)));
    }

    public const string OfferedArm = "offered", HeldOutArm = "held_out";

    private sealed class Tally
    {
        private int _known;
        private int _happened;

        public double? Rate => _happened == 0 ? null : (double)_happened / _known;

        public void Add(OutcomeState outcome)
        {
            _known += outcome is OutcomeState.Happened or OutcomeState.NotHappened ? 1 : 0;
            _happened += outcome == OutcomeState.Happened ? 1 : 0;
        }
    }
}
