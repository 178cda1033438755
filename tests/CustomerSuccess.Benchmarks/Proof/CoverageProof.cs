using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Core.Risk;
using CustomerSuccess.Core.Settings;
using CustomerSuccess.Engine.Modelling;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Benchmarks.Proof;

/// <summary>
/// Whether intervals of renewal forecasts and lifetimes hold as often as they say, in past months of simulated companies with 42 months of history; each month is forecast from earlier ones alone.
/// Forecasts of one month from several days are not independent: noise is stated by distinct months (lifetimes: accounts). Goal: 200 months, and stated = observed within noise.
/// </summary>
internal static class CoverageProof
{
    private const int Months = 42;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = ProofOptions.Parse(args, 201, 210);
        var groups = new SortedDictionary<int, Tally>();
        Tally all = new(), latest = new(), lives = new();
        foreach (var seed in options.Seeds)
        {
            await using var company = await ProofCompany.OpenAsync(options.Folder, options.Accounts, seed, Months);
            var (data, trained) = await company.TrainAsync(budget: Budget.Quick);
            if (trained.Rolling is not { } rolling)
            {
                continue;
            }

            var definition = trained.Card.Definition;
            var (months, past) = await PastRenewals.ReadAsync(company.Get<Database>(), new CompanySettings(), data, rolling, definition, company.Plan.Last, CancellationToken.None);
            var card = ForecastBacktest.Run(months, past, company.Plan.Last, definition.GraceDays);
            foreach (var group in card.Renewals)
            {
                groups[group.FromAhead] = groups.GetValueOrDefault(group.FromAhead, new()).With(group.Forecasts, group.Inside, group.Mass, group.Months);
            }

            if (card.AllRenewals is { } renewals)
            {
                all = all.With(renewals.Forecasts, renewals.Inside, renewals.Mass, renewals.Months);
            }

            latest = latest.With(card.Months.Count, card.Months.Count(m => m.RenewedMrr >= m.LowerMrr && m.RenewedMrr <= m.UpperMrr), card.Months.Select(m => m.Mass).DefaultIfEmpty().Average(), card.Months.Count);
            if (card.Lifetimes is { } life)
            {
                lives = lives.With(life.Observations, life.Inside, life.Mass, life.Accounts);
            }

            Console.WriteLine(FormattableString.Invariant($"seed {seed}: {card.AllRenewals?.Forecasts} forecasts of {card.AllRenewals?.Months} months, {card.AllRenewals?.Inside} inside; shared sigma {card.Tuning.SharedSigma:0.00}, exposures {Join(card.Tuning.Exposures)}, lasting {Join(card.Tuning.Lasting)}"));
        }

        foreach (var (ahead, tally) in groups)
        {
            Print(FormattableString.Invariant($"from {ahead} months ahead"), tally, "months");
        }

        var good = Print("all renewal forecasts", all, "months");
        good &= Print("the latest of each month", latest, "months");
        good &= Print("lifetimes", lives, "accounts");
        return good && all.Independent >= 200 ? 0 : 1;
    }

    private static bool Print(string name, Tally tally, string independent)
    {
        double observed = (double)tally.Inside / Math.Max(1, tally.Count), stated = tally.Mass / Math.Max(1, tally.Count);
        var noise = Math.Sqrt(stated * (1 - stated) / Math.Max(1, tally.Independent));
        Console.WriteLine(FormattableString.Invariant($"{name}: {tally.Inside} of {tally.Count} inside = {100 * observed:0.0} %, stated {100 * stated:0.0} %, standard error {100 * noise:0.0} points by {tally.Independent} distinct {independent}: {(observed - stated) / noise:+0.0;-0.0} of them"));
        return Math.Abs(observed - stated) <= 2 * noise;
    }

    private static string Join(IEnumerable<double> numbers) => string.Join(" ", numbers.Select(x => FormattableString.Invariant($"{x:0.00}")));

    private readonly record struct Tally(int Count, int Inside, double Mass, int Independent)
    {
        public Tally With(int count, int inside, double meanMass, int independent) => new(Count + count, Inside + inside, Mass + (meanMass * count), Independent + independent);
    }
}
