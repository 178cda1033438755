namespace CustomerSuccess.Core.Demo;

/// <summary>Why a simulated customer that stays drops an add-on.</summary>
public enum DropCause
{
    /// <summary>None that any file shows.</summary>
    NoCause,

    /// <summary>Hardly anybody ever worked with it.</summary>
    NeverAdopted,

    /// <summary>Its use fell over some months.</summary>
    UsageDecline,

    /// <summary>The customer uses everything less, and saves.</summary>
    AccountDecline,
}

/// <summary>An add-on: what it is called, what is counted of it, and what it costs.</summary>
/// <param name="Name">As contracts write it.</param>
/// <param name="Metrics">Counted of it, each with its share of a person's actions.</param>
/// <param name="PriceShare">Price as a share of the core product's when it is bought.</param>
/// <param name="AtStart">Chance that a small, medium or large customer has it from the start.</param>
internal sealed record AddOn(string Name, IReadOnlyList<(string Metric, double Share)> Metrics, decimal PriceShare, IReadOnlyList<double> AtStart);

/// <summary>A time in which a customer holds an add-on.</summary>
internal sealed class AddOnTime
{
    public required AddOn AddOn { get; init; }

    /// <summary>The customer's time in which it lies.</summary>
    public required Spell Spell { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The day from which on a customer that stays has dropped it; null where it goes on as long as the customer.</summary>
    public DateOnly? Until { get; set; }

    public DateOnly? NoticeOn { get; set; }

    public required decimal Mrr { get; init; }

    /// <summary>By month, the share of the customer's people at work who use it.</summary>
    public Dictionary<int, double> Use { get; } = [];

    public bool Covers(DateOnly day) => From <= day && !(Until <= day) && !(Spell.EndedOn <= day);
}

/// <summary>
/// Add-ons of one customer: bought, used, and dropped by some who stay. They have streams of randomness of their own, and nothing of the customer's own life depends on them:
/// a company that sells the core product alone is the same company without them.
/// </summary>
internal sealed class AddOnStory
{
    /// <summary>What every customer buys.</summary>
    public const string Core = "Workspace";

    private static readonly AddOn[] All =
    [
        new("Insights", [("forecast", 0.09), ("benchmark", 0.03)], 0.24m, [0.3, 0.5, 0.66]),
        new("Archive", [("archive_search", 0.08)], 0.12m, [0.22, 0.38, 0.5]),
    ];

    private readonly DemoPlan _plan;
    private readonly AccountProfile _profile;
    private readonly List<AddOnTime> _times = [];
    private readonly List<(string Product, int Month, double Probability, DropCause? Cause)> _truth = [];

    private AddOnStory(DemoPlan plan, AccountProfile profile) => (_plan, _profile) = (plan, profile);

    /// <summary>The names of all products that a plan sells.</summary>
    public static IReadOnlyList<string> Products(DemoPlan plan) => [Core, .. All.Take(plan.Products - 1).Select(addOn => addOn.Name)];

    public static AddOnStory Live(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells)
    {
        var story = new AddOnStory(plan, profile);
        for (var i = 0; i < plan.Products - 1; i++)
        {
            var random = new DemoRandom(plan.Seed, profile.Index, Topic.AddOns + i);
            foreach (var spell in spells)
            {
                story.Live(All[i], spell, random);
            }
        }

        return story;
    }

    /// <summary>MRR of the add-ons that are held on a day.</summary>
    public decimal MrrOn(DateOnly day) => _times.Where(time => time.Covers(day)).Sum(time => time.Mrr);

    /// <summary>The products that are held on a day, the core product first.</summary>
    public IReadOnlyList<string> HeldOn(DateOnly day) => [Core, .. _times.Where(time => time.Covers(day)).Select(time => time.AddOn.Name)];

    /// <summary>Writes terms, usage and truth.</summary>
    public void Write(DemoAccount account)
    {
        var term = 0;
        foreach (var time in _times)
        {
            WriteTerms(time, account, ref term);
            WriteUsage(time, account);
        }

        foreach (var (product, month, probability, cause) in _truth)
        {
            account.Add(DemoFiles.ProductTruth, _profile.Id, product, _plan.StartOf(month).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), (decimal)Math.Round(probability, 6), cause is { } why ? Code(why) : null);
        }
    }

    private void Live(AddOn addOn, Spell spell, DemoRandom random)
    {
        AddOnTime? time = null;
        var (adopted, decline, declining, held, gone) = (0.0, 0.0, false, 0, false);
        var size = _profile.Seats < 15 ? 0 : _profile.Seats < 60 ? 1 : 2;
        foreach (var month in spell.Months)
        {
            // drawn in every month, whatever happens, so that no draw shifts another
            var (buys, day, shelf, level, depth) = (random.Next(), random.Whole(1, 27), random.Next(), random.Between(0.35, 0.9), random.Between(0.25, 0.6));
            var (falls, drops, why, end, notice) = (random.Next(), random.Next(), random.Next(), random.Whole(0, 27), random.Whole(5, 35));
            if (gone)
            {
                continue;
            }

            if (time is null)
            {
                var first = month.Month == spell.Months[0].Month;
                var chance = first ? addOn.AtStart[size] : month.ActivePeople > 0.8 * month.Seats ? 0.03 : 0.006;
                var from = first ? spell.StartedOn : _plan.StartOf(month.Month).AddDays(day);
                if (buys < chance && from >= spell.StartedOn && !(spell.EndedOn <= from.AddDays(1)) && from <= _plan.Last)
                {
                    time = new AddOnTime { AddOn = addOn, Spell = spell, From = from, Mrr = Price(addOn, spell, from) };
                    adopted = shelf < 0.28 ? level * 0.1 : level;
                    _times.Add(time);
                }
            }
            else
            {
                Span<double> hazards = [0.009, adopted < 0.12 && held >= 2 ? 0.075 : 0, 0.26 * decline * decline, 0.05 * month.Decline];
                var probability = hazards[0] + hazards[1] + hazards[2] + hazards[3];
                var until = _plan.StartOf(month.Month).AddDays(end);
                var dropped = drops < probability && until > time.From && !(spell.EndedOn <= until);
                _truth.Add((addOn.Name, month.Month, probability, dropped ? Draw(hazards, probability, why) : null));
                if (dropped)
                {
                    time.Until = until;
                    time.NoticeOn = until.AddDays(-notice) is var told && told > time.From ? told : null;
                    gone = true;
                }

                held++;
                declining |= adopted >= 0.12 && falls < 0.03;
                decline = declining ? Math.Min(1 - depth, decline + 0.28) : 0;
            }

            if (time is not null)
            {
                time.Use[month.Month] = adopted * (1 - decline);
            }
        }
    }

    private decimal Price(AddOn addOn, Spell spell, DateOnly from)
    {
        var term = spell.Terms.LastOrDefault(term => term.StartedOn <= from) ?? spell.Terms[0];
        var unit = _plan.Currency == "JPY" ? 100m : 1m;
        return Math.Max(unit, decimal.Round(term.Mrr * addOn.PriceShare / unit) * unit);
    }

    /// <summary>An add-on renews with the core product's yearly terms, and ends with the customer at the latest.</summary>
    private void WriteTerms(AddOnTime time, DemoAccount account, ref int number)
    {
        var spell = time.Spell;
        List<DateOnly> starts = [time.From, .. spell.Terms.Where((term, i) => i > 0 && term.StartedOn == spell.Terms[i - 1].TermEndsOn && term.StartedOn > time.From && !(time.Until <= term.StartedOn)).Select(term => term.StartedOn)];
        for (var i = 0; i < starts.Count; i++)
        {
            var core = spell.Terms.LastOrDefault(term => term.StartedOn <= starts[i]) ?? spell.Terms[0];
            var last = i == starts.Count - 1;
            var end = last ? time.Until ?? spell.EndedOn : starts[i + 1];
            var notice = !last ? null : time.Until is not null ? time.NoticeOn : spell.Terms[^1].NoticeOn is { } told && told > starts[i] ? told : null;
            account.Add(
                DemoFiles.Subscriptions,
                $"{_profile.Id}-X{++number}",
                _profile.Id,
                time.AddOn.Name,
                _profile.Plan,
                null,
                time.Mrr,
                _plan.Currency,
                starts[i],
                core.TermEndsOn,
                true,
                30,
                notice,
                end,
                end is null ? null : !last ? "renewed" : time.Until is not null ? "add-on dropped" : spell.Terms[^1].EndReason);
        }
    }

    private void WriteUsage(AddOnTime time, DemoAccount account)
    {
        var spell = time.Spell;
        var random = new DemoRandom(_plan.Seed, _profile.Index, Topic.AddOnUsage + Array.IndexOf(All, time.AddOn) + (1000 * spell.StartedOn.DayNumber));
        foreach (var month in spell.Months.Where(month => time.Use.ContainsKey(month.Month)))
        {
            var first = _plan.StartOf(month.Month);
            for (var d = 0; d < DateTime.DaysInMonth(first.Year, first.Month); d++)
            {
                var day = first.AddDays(d);
                if (!time.Covers(day) || day > _plan.Last)
                {
                    continue;
                }

                var people = month.ActivePeople * time.Use[month.Month] * UsageStory.Calendar(day, _profile) * 0.9;
                foreach (var (metric, share) in time.AddOn.Metrics)
                {
                    var count = random.Poisson(people * _profile.Intensity * 2 * share);
                    var users = Math.Max(1, Math.Min(count, random.Poisson(people * share * 3)));
                    if (count > 0)
                    {
                        account.Add(DemoFiles.Usage, _profile.Id, day, metric, null, count, metric == time.AddOn.Metrics[0].Metric ? users : null, time.AddOn.Name);
                    }
                }
            }
        }
    }

    private static DropCause Draw(ReadOnlySpan<double> hazards, double sum, double uniform)
    {
        var left = uniform * sum;
        for (var cause = 0; cause < hazards.Length; cause++)
        {
            left -= hazards[cause];
            if (left < 0)
            {
                return (DropCause)cause;
            }
        }

        return DropCause.NoCause;
    }

    private static string Code(DropCause cause) => cause switch
    {
        DropCause.NeverAdopted => "never_adopted",
        DropCause.UsageDecline => "usage_decline",
        DropCause.AccountDecline => "account_decline",
        _ => "no_cause",
    };
}
