using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Analytics;
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
        var sells = Measures(plays);
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

        var segments = await context.Accounts.AsNoTracking().Select(account => new { account.AccountNo, account.Segment }).ToDictionaryAsync(account => account.AccountNo, account => account.Segment, cancellation);
        var done = (await context.Touches.AsNoTracking().Where(touch => touch.VoidedBy == null && touch.Play != null).Select(touch => new { touch.AccountNo, touch.Play, touch.At }).ToListAsync(cancellation))
            .ToLookup(touch => (touch.AccountNo, touch.Play!), touch => settings.DayOf(touch.At));
        var found = new Outcomes(sells, LabelRule.Of(settings), knownUntil);
        var withTerms = new HashSet<int>();
        await AccountTerms.ReadAsync(context, settings, (account, terms, rates) =>
        {
            withTerms.Add(account);
            found.Add(account, MrrTimeline.Of(terms), rates, segments.GetValueOrDefault(account), [.. draws[account].Select(own => new DrawOf(own.Play, own.AssignedOn, own.Arm, own.PlayVersion, own.SourceId))], play => done[(account, play)]);
        }, cancellation);
        foreach (var own in draws.Where(own => !withTerms.Contains(own.Key)))
        {
            found.Add(own.Key, null, null, segments.GetValueOrDefault(own.Key), [.. own.Select(one => new DrawOf(one.Play, one.AssignedOn, one.Arm, one.PlayVersion, one.SourceId))], play => done[(own.Key, play)]);
        }

        return found.All();
    }

    /// <summary>The same out of what is held in memory.</summary>
    /// <param name="book">The company.</param>
    /// <param name="facts">Draws and touches.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public static DrawnAccounts Of(CompanyBook book, IReadOnlyDictionary<int, EffectFacts> facts, IEnumerable<Play> plays, CompanySettings settings, DateOnly? knownUntil, DateOnly today)
    {
        var sells = Measures(plays);
        var found = new Outcomes(sells, LabelRule.Of(settings), knownUntil);
        var drawn = false;
        foreach (var entry in book.Accounts)
        {
            var own = facts.GetValueOrDefault(entry.AccountNo);
            DrawOf[] draws = own is null ? [] : [.. own.Draws.Where(draw => draw.AssignedOn <= today && sells.ContainsKey(draw.Play)).GroupBy(draw => (draw.Play, draw.AssignedOn.Year)).Select(same => same.OrderBy(draw => draw.AssignedOn).ThenBy(draw => draw.SourceId).First())];
            drawn |= draws.Length > 0;
            if (entry.Contracts.Terms.Count > 0)
            {
                found.Add(entry.AccountNo, entry.Contracts.Mrr, book.Rates, own?.Segment, draws, play => DaysOf(own!, play));
            }
            else if (draws.Length > 0)
            {
                found.Add(entry.AccountNo, null, null, own!.Segment, draws, play => DaysOf(own!, play));
            }
        }

        return drawn ? found.All() : new(Enumerable.Empty<DrawnAccount>().ToLookup(own => own.Play), Unknown, Unknown, Unknown);
    }

    /// <summary>By what a play is measured.</summary>
    private static Dictionary<string, (bool IsUpsell, bool IsWinBack)> Measures(IEnumerable<Play> plays) =>
        plays.ToDictionary(play => play.Key, play => (play.IsUpsell, play.IsWinBack), StringComparer.Ordinal);

    private static IEnumerable<DateOnly> DaysOf(EffectFacts own, string play) => own.Done.Where(done => done.Play == play).Select(done => done.Day);

    public const string OfferedArm = "offered", HeldOutArm = "held_out";

    /// <summary>Gathers draws with their outcomes, and how often outcomes happen to anybody.</summary>
    private sealed class Outcomes(Dictionary<string, (bool IsUpsell, bool IsWinBack)> sells, LabelRule rule, DateOnly? knownUntil)
    {
        private readonly List<DrawnAccount> _found = [];
        private readonly Tally _churn = new(), _expansion = new(), _back = new();

        /// <param name="account">The account.</param>
        /// <param name="mrr">Its timeline; null without contract rows: of such accounts it is not known day by day who stayed.</param>
        /// <param name="rates">Rates to the reporting currency; null likewise.</param>
        /// <param name="segment">Its segment now.</param>
        /// <param name="draws">Its draws that count.</param>
        /// <param name="done">The days on which touches of a play were made.</param>
        public void Add(int account, MrrTimeline? mrr, CurrencyRates? rates, string? segment, DrawOf[] draws, Func<string, IEnumerable<DateOnly>> done)
        {
            var churns = mrr?.ChurnEvents(rule.GraceDays) ?? [];
            OutcomeState ReturnOf(DateOnly on) => mrr is null ? OutcomeState.Pending : AssignmentOutcome.OfReturn(mrr, on, rule, knownUntil);
            OutcomeState OutcomeOf(DateOnly on, bool isUpsell) => mrr is null ? OutcomeState.Pending : AssignmentOutcome.Of(mrr, churns, on, isUpsell, rule, knownUntil, currency => rates!.KnownOn(currency, on));
            if (mrr is not null && knownUntil is { } known && known.DayNumber > rule.Span)
            {
                _churn.Add(OutcomeOf(known.AddDays(-rule.Span), false));
                _expansion.Add(OutcomeOf(known.AddDays(-rule.Span), true));
                _back.Add(ReturnOf(known.AddDays(-rule.Span)));
            }

            foreach (var own in draws)
            {
                _found.Add(new(
                    account, own.Play, own.PlayVersion ?? "", segment, new(own.AssignedOn, own.Arm == OfferedArm, sells[own.Play].IsWinBack ? ReturnOf(own.AssignedOn) : OutcomeOf(own.AssignedOn, sells[own.Play].IsUpsell)),
                    done(own.Play).Any(day => day >= own.AssignedOn && day.DayNumber <= own.AssignedOn.DayNumber + rule.Span)));
            }
        }

        public DrawnAccounts All() => new(_found.ToLookup(own => own.Play, StringComparer.Ordinal), _churn.Rate ?? Unknown, _expansion.Rate ?? Unknown, _back.Rate ?? Unknown);
    }

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
