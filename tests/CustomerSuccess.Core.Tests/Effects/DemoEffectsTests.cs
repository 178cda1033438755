using CustomerSuccess.Core.Demo;
using CustomerSuccess.Core.Effects;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Playbooks;
using CustomerSuccess.Core.Risk;

namespace CustomerSuccess.Core.Tests.Effects;

/// <summary>Over simulated companies with known effects: what is measured, and what it is good for.</summary>
public sealed class DemoEffectsTests(ITestOutputHelper output)
{
    private const int Seeds = 170;

    private static readonly LabelRule Rule = new(14, 90, 31);

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<DemoTrial>>> Companies = new(() => [.. Enumerable.Range(1, Seeds).AsParallel().AsOrdered().Select(seed => (IReadOnlyList<DemoTrial>)[.. DemoCompany.Trials(new DemoPlan(400, 30, seed))])]);

    [Fact]
    public void The_draws_of_many_companies_have_the_effects_that_are_stated()
    {
        foreach (var own in Companies.Value.SelectMany(company => company).Where(trial => trial.Happened is not null).GroupBy(trial => (trial.Play.Play, trial.Segment)))
        {
            var play = own.First().Play;
            var arms = Count(own);
            var truth = play.Effects[own.Key.Segment];
            var found = ArmComparison.Relative(arms, play.IsUpsell, 3.5);
            output.WriteLine($"{own.Key}: {arms.Offered.Rate:0.0000} of {arms.Offered.Accounts}, {arms.HeldOut.Rate:0.0000} of {arms.HeldOut.Accounts}: {found.Value:0.000} ({found.Lower:0.000} to {found.Upper:0.000}), true {truth:0.00}");
            found.Contains(truth).Should().BeTrue($"{own.Key} has a true effect of {truth}, not {found}");
            ((double)arms.HeldOut.Accounts / arms.Accounts).Should().BeApproximately(play.Share, 0.03);
        }
    }

    /// <summary>More than 1,000 plays: each play of each company, by its date; the truth is the difference over all companies, as the effects state it.</summary>
    [Fact]
    public void Intervals_keep_their_promise_over_a_thousand_plays()
    {
        var truths = Companies.Value.SelectMany(company => company).Where(trial => trial.Happened is not null).GroupBy(trial => trial.Play.Play).ToDictionary(own => own.Key, Truth);
        var (plays, planned, looking, harmless, praised) = (0, 0, 0, 0, 0);
        foreach (var own in Companies.Value.SelectMany(company => company.Where(trial => trial.Happened is not null).GroupBy(trial => trial.Play)))
        {
            var (arms, always, called) = (default(Arms), true, false);
            foreach (var trial in own.OrderBy(trial => trial.AssignedOn).ThenBy(trial => trial.AccountId, StringComparer.Ordinal))
            {
                arms = arms.With(trial.IsOffered, trial.Happened == true);
                if (arms.AreEnough)
                {
                    var seen = ArmComparison.Difference(arms, ArmComparison.WhileLooking(arms.Accounts));
                    always &= seen.Contains(truths[own.Key.Play]);
                    called |= own.Key.IsUpsell ? seen.Lower > 0 : seen.Upper < 0;
                }
            }

            plays++;
            planned += ArmComparison.Difference(arms, ArmComparison.AtPlannedEnd).Contains(truths[own.Key.Play]) ? 1 : 0;
            looking += always ? 1 : 0;
            var isUseful = own.Key.Effects.Values.Any(effect => effect > 0);
            (harmless, praised) = (harmless + (isUseful ? 0 : 1), praised + (!isUseful && called ? 1 : 0));
        }

        output.WriteLine($"{plays} plays: planned {(double)planned / plays:0.0000}, while looking {(double)looking / plays:0.0000}, useless or harmful called helpful {praised} of {harmless}");
        plays.Should().BeGreaterThanOrEqualTo(1_000);
        ((double)planned / plays).Should().BeInRange(0.93, 0.97);
        ((double)looking / plays).Should().BeGreaterThanOrEqualTo(0.95);
        ((double)praised / harmless).Should().BeLessThanOrEqualTo(0.03);
    }

    /// <summary>
    /// A company learns from its past; then its CSMs have time for a fifth of what could be done in the last year. MRR saved is what the offered touches truly save: the
    /// probability of leaving without them, times their true effect, times MRR. Every order works with the same probabilities.
    /// </summary>
    [Fact]
    public void A_queue_by_learned_value_saves_more_per_minute_than_any_other()
    {
        var (learned, stated, loss, risk, chance) = (0d, 0d, 0d, 0d, 0d);
        for (var company = 0; company < 20; company++)
        {
            var trials = DemoCompany.Trials(new DemoPlan(1_500, 36, 1_000 + company)).Where(trial => !trial.Play.IsUpsell).ToList();
            var last = trials.Max(trial => trial.AssignedOn).AddDays(-365);
            var effects = trials.Where(trial => trial.AssignedOn.DayNumber + Rule.Span <= last.DayNumber).GroupBy(trial => trial.Play.Play).ToDictionary(own => own.Key, own => LearnedEffects.Of(
                [.. own.Select(trial => (new Drawn(trial.AssignedOn, trial.IsOffered, trial.Happened == true ? OutcomeState.Happened : OutcomeState.NotHappened), (string?)trial.Segment))],
                new(PlayCatalogue.Find(own.Key)!.PriorEffect, 50, false, own.First().Play.Share, 0.08), Rule, last));
            var open = trials.Where(trial => trial.AssignedOn > last).GroupBy(trial => (trial.AccountId, trial.AssignedOn)).ToList();
            var random = new SeededRandom((ulong)company);
            double Value(DemoTrial trial, double effect) => TouchValue.OfSaving(trial.Risk, effect, (double)trial.Mrr, 0.8, 30, Minutes(trial), 1);
            double Stated(DemoTrial trial) => Value(trial, PlayCatalogue.Find(trial.Play.Play)!.PriorEffect) / Minutes(trial);
            double Learned(DemoTrial trial) => effects[trial.Play.Play].Harms(trial.Segment) ? double.NegativeInfinity : Value(trial, effects[trial.Play.Play].Of(trial.Segment)) / Minutes(trial);
            var budget = open.Sum(own => Minutes(own.MaxBy(Stated)!)) / 5;
            learned += Saved(open.Select(own => own.MaxBy(Learned)!).OrderByDescending(Learned), budget);
            stated += Saved(open.Select(own => own.MaxBy(Stated)!).OrderByDescending(Stated), budget);
            loss += Saved(open.Select(own => own.MaxBy(Stated)!).OrderByDescending(trial => trial.Risk * (double)trial.Mrr), budget);
            risk += Saved(open.Select(own => own.MaxBy(Stated)!).OrderByDescending(trial => trial.Risk), budget);
            chance += Saved(open.Select(own => own.MaxBy(Stated)!).OrderBy(_ => random.NextUInt64()), budget);
        }

        output.WriteLine($"MRR saved per 1,000 minutes: learned value {learned / 20:0.00}, stated value {stated / 20:0.00}, expected loss {loss / 20:0.00}, risk {risk / 20:0.00}, at random {chance / 20:0.00}");
        learned.Should().BeGreaterThan(1.1 * stated).And.BeGreaterThan(1.1 * loss).And.BeGreaterThan(1.1 * risk).And.BeGreaterThan(1.1 * chance);
    }

    /// <summary>MRR saved per 1,000 minutes by the touches that fit.</summary>
    private static double Saved(IEnumerable<DemoTrial> queue, double budget)
    {
        var (minutes, saved) = (0d, 0d);
        foreach (var trial in queue)
        {
            if (minutes + Minutes(trial) > budget)
            {
                break;
            }

            minutes += Minutes(trial);
            saved += Math.Min(1, trial.Risk / trial.Play.Mixed(trial.Segment)) * trial.Play.Effects[trial.Segment] * (double)trial.Mrr;
        }

        return 1_000 * saved / minutes;
    }

    private static double Minutes(DemoTrial trial) => PlayCatalogue.Find(trial.Play.Play)!.Minutes;

    /// <summary>Rate of the offered less rate of the held out, by the stated effects, at the rate of both together; segments in the proportion in which they were drawn.</summary>
    private static double Truth(IEnumerable<DemoTrial> trials) => trials.GroupBy(trial => trial.Segment).Select(own =>
    {
        var (play, rate) = (own.First().Play, own.Average(trial => trial.Happened == true ? 1.0 : 0));
        return own.Count() * rate / play.Mixed(own.Key) * (play.Ratio(own.Key) - 1);
    }).Sum() / trials.Count();

    private static Arms Count(IEnumerable<DemoTrial> trials) => trials.Aggregate(default(Arms), (arms, trial) => arms.With(trial.IsOffered, trial.Happened == true));
}
