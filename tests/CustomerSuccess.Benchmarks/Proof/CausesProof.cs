using CustomerSuccess.Core.Accounts;
using CustomerSuccess.Core.Features;
using CustomerSuccess.Core.Modelling;
using CustomerSuccess.Engine.Features;
using CustomerSuccess.Engine.Risk;
using CustomerSuccess.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace CustomerSuccess.Benchmarks.Proof;

/// <summary>
/// Whether accounts that left for a cause had it among the first three drivers of their last score. The model knows what was known at the end of the 20th month of 30;
/// judged are the churns of the ten months that follow. The last score is that of the day before the notice (the end, where none was given); beside it, that of the month end before.
/// Goal: 60 % of the churns that have a cause.
/// </summary>
internal static class CausesProof
{
    private const int First = 3;
    private const int MonthsLearned = 20;

    private static readonly Dictionary<string, HashSet<string>> Themes = new()
    {
        ["usage_decline"] = [FeatureThemes.UsageTheme, FeatureThemes.Users, FeatureThemes.SeatUse, FeatureThemes.BreadthTheme, "metric:dashboard", "metric:report", "metric:export"],
        ["unanswered_inquiries"] = [FeatureThemes.Waiting, FeatureThemes.Service],
        ["low_nps"] = [FeatureThemes.Nps],
        ["champion_left"] = [FeatureThemes.Champion],
        ["failed_payments"] = [FeatureThemes.Payments],
        ["price"] = [FeatureThemes.Price],
        // nothing that a company records tells a season from chance in two years
        ["season"] = [],
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var options = ProofOptions.Parse(args, 201, 210);
        var found = new List<(string Cause, bool Daily, bool MonthEnd)>();
        foreach (var seed in options.Seeds)
        {
            await using var company = await options.OpenAsync(seed);
            var origin = company.Plan.StartOf(MonthsLearned).AddDays(-1);
            var (_, trained) = await company.TrainAsync(origin);
            // where the verdict forbids the model, the rules give the drivers that people see
            var model = trained.Served;
            var left = await LeftAsync(company, origin);
            var daily = await HitsAsync(company, model, origin, [.. left.Select(x => (x.Account, x.Cause, x.LastDay))]);
            var monthEnd = await HitsAsync(company, model, origin, [.. left.Select(x => (x.Account, x.Cause, new DateOnly(x.LastDay.Year, x.LastDay.Month, 1).AddDays(-1)))]);
            found.AddRange(left.Select((x, i) => (x.Cause, daily[i], monthEnd[i])));
            Console.WriteLine(FormattableString.Invariant($"seed {seed}: {(model is null ? $"{trained.Card.Verdict}, drivers by the rules" : $"{trained.Card.Data.Outcomes} outcomes learned from")}; of {left.Count} later churns with a cause {daily.Count(hit => hit)} told by the last score, {monthEnd.Count(hit => hit)} by the month end before"));
        }

        foreach (var cause in found.GroupBy(x => x.Cause).OrderByDescending(group => group.Count()))
        {
            Print(cause.Key, [.. cause]);
        }

        Print("all", found);
        return found.Count > 0 && found.Count(x => x.Daily) >= 0.6 * found.Count ? 0 : 1;
    }

    private static void Print(string name, List<(string Cause, bool Daily, bool MonthEnd)> churns) => Console.WriteLine(FormattableString.Invariant(
        $"{name,-22} {churns.Count,5} churns: last score {100.0 * churns.Count(x => x.Daily) / churns.Count:0.0} %, month end before {100.0 * churns.Count(x => x.MonthEnd) / churns.Count:0.0} %"));

    /// <summary>Who left for a cause after a day, and the last day on which it was scored.</summary>
    private static async Task<List<(int Account, string Cause, DateOnly LastDay)>> LeftAsync(ProofCompany company, DateOnly after)
    {
        await using var context = company.Get<Database>().OpenContext();
        var numbers = await context.Accounts.ToDictionaryAsync(account => account.AccountId, account => account.AccountNo);
        var terms = (await context.Subscriptions.AsNoTracking().ToListAsync()).ToLookup(term => term.AccountNo);
        var left = new List<(int, string, DateOnly)>();
        foreach (var month in company.Truth().Where(month => month.Cause is not (null or "no_cause") && month.Month > after))
        {
            var last = terms[numbers[month.AccountId]].Where(term => term.EndedOn >= month.Month && term.EndedOn < month.Month.AddMonths(1)).MaxBy(term => term.StartedOn)!;
            var known = last.NoticeOn < last.EndedOn ? last.NoticeOn.Value : last.EndedOn!.Value;
            left.Add((numbers[month.AccountId], month.Cause!, known.AddDays(-1)));
        }

        return left;
    }

    private static async Task<bool[]> HitsAsync(ProofCompany company, ScoringModel? model, DateOnly origin, (int Account, string Cause, DateOnly Day)[] asked)
    {
        var features = company.Get<BuildFeatures>();
        var catalogue = await features.CatalogueAsync(origin, model?.Encoder.Columns.Select(column => column.Name));
        var hits = new bool[asked.Length];
        // a run scores one day at a time
        foreach (var day in Enumerable.Range(0, asked.Length).GroupBy(i => asked[i].Day))
        {
            int[] churns = [.. day];
            var table = await features.RunAsync([.. churns.Select(i => new Observation(asked[i].Account, day.Key, null, null, null, null, false))], catalogue);
            var explained = new Explanation(table, model, null, new string?[churns.Length], 90).Block(0, churns.Length);
            for (var i = 0; i < churns.Length; i++)
            {
                hits[churns[i]] = explained[i].ChurnDrivers.Take(First).Any(driver => Themes[asked[churns[i]].Cause].Contains(FeatureThemes.Of(driver.Feature)));
            }
        }

        return hits;
    }
}
