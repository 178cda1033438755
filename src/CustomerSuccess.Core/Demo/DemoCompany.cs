using System.Globalization;

namespace CustomerSuccess.Core.Demo;

/// <summary>A simulated subscription business, customer by customer.</summary>
public static class DemoCompany
{
    private static readonly string[] Kinds = ["call", "email", "meeting"];
    private static readonly string[] Outcomes = ["reached", "no answer", "follow-up agreed"];

    /// <summary>All customers in the order of their ids. Each is simulated as it is asked for.</summary>
    public static IEnumerable<DemoAccount> Accounts(DemoPlan plan) => Enumerable.Range(0, plan.Accounts).Select(index => Account(plan, index));

    /// <summary>Monthly rates to USD for a company that bills in another currency; empty where it bills in USD.</summary>
    public static IEnumerable<object?[]> Rates(DemoPlan plan)
    {
        if (plan.Currency == "USD")
        {
            yield break;
        }

        var random = new DemoRandom(plan.Seed, -1, Topic.Billing);
        var perDollar = 150d;
        for (var month = 0; month < plan.Months; month++)
        {
            perDollar = Math.Clamp(perDollar + random.Normal(0, 1.6), 135, 165);
            yield return [plan.Currency, plan.StartOf(month), Math.Round(1 / perDollar, 8)];
        }
    }

    /// <summary>True effects of the plays.</summary>
    public static IEnumerable<object?[]> Effects() =>
        DemoPlays.All.SelectMany(play => play.Effects.Select(segment => new object?[] { play.Play, segment.Key, (decimal)segment.Value, (decimal)play.Share }));

    /// <summary>Who was drawn for which play, and what became of them, without any other story: thousands of customers in a second.</summary>
    public static IEnumerable<DemoTrial> Trials(DemoPlan plan) => Enumerable.Range(0, plan.Accounts).SelectMany(index =>
    {
        var profile = AccountProfile.Draw(plan, index);
        return PlayStory.Of(plan, profile, Spells(plan, profile));
    });

    private static DemoAccount Account(DemoPlan plan, int index)
    {
        var profile = AccountProfile.Draw(plan, index);
        var account = new DemoAccount();
        var spells = Spells(plan, profile);
        Describe(plan, profile, account);
        var people = PeopleStory.Write(plan, profile, spells, account);
        var addOns = AddOnStory.Live(plan, profile, spells);
        BillingStory.Write(plan, profile, spells, addOns, account);
        UsageStory.Write(plan, profile, spells, people, account);
        addOns.Write(account);
        AutomationStory.Of(plan, profile).WriteUsage(spells, account);
        InquiryStory.Write(plan, profile, spells, people, addOns, account);
        SurveyStory.Write(plan, profile, spells, people, account);
        Touches(plan, profile, spells, people, account);
        foreach (var trial in PlayStory.Of(plan, profile, spells))
        {
            account.Add(DemoFiles.Assignments, profile.Id, trial.Play.Play, trial.AssignedOn, trial.IsOffered ? "offered" : "held_out", "0");
        }

        foreach (var (month, probability, cause) in spells.SelectMany(spell => spell.Truth))
        {
            account.Add(DemoFiles.Truth, profile.Id, plan.StartOf(month).ToString("yyyy-MM", CultureInfo.InvariantCulture), (decimal)Math.Round(probability, 6), cause is { } why ? Code(why) : null);
        }

        return account;
    }

    /// <summary>One in nine of those who left comes back after some months.</summary>
    private static List<Spell> Spells(DemoPlan plan, AccountProfile profile)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Life);
        var spells = new List<Spell> { SpellSimulation.Run(plan, profile, random, profile.StartsOn, isFirst: true) };
        while (spells[^1].EndedOn is { } end && random.Chance(0.11))
        {
            var back = end.AddDays(random.Whole(75, 260));
            if (back > plan.Last.AddDays(-31))
            {
                break;
            }

            spells.Add(SpellSimulation.Run(plan, profile, random, back, isFirst: false));
        }

        return spells;
    }

    private static void Describe(DemoPlan plan, AccountProfile profile, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Records);
        // three attributes that mean nothing
        var referral = $"R{random.Whole(1, 24):D2}";
        var floor = random.Whole(1, 30);
        var newsletter = random.Chance(0.5);
        var employees = (int)Math.Round(profile.Seats * Math.Exp(random.Normal(1.6, 0.6)));
        account.Add(DemoFiles.Accounts, profile.Id, profile.Name.Name, profile.Name.Kana, profile.Industry, profile.Region, profile.Country, employees, profile.Segment, profile.OwnerEmail, profile.CreatedOn, profile.CreatedOn, referral, floor, newsletter);
    }

    /// <summary>Contacts by the CSMs, at random: they change nothing, so nothing may be learned from them.</summary>
    private static void Touches(DemoPlan plan, AccountProfile profile, List<Spell> spells, IReadOnlyList<string> people, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Touches);
        var number = 0;
        foreach (var spell in spells)
        {
            foreach (var month in spell.Months)
            {
                var touches = random.Poisson(profile.Segment == "Enterprise" ? 0.5 : profile.Segment == "SMB" ? 0.06 : 0.2);
                for (var i = 0; i < touches; i++)
                {
                    var at = plan.StartOf(month.Month).ToDateTime(new TimeOnly(10, 0)).AddDays(random.Whole(0, 27)).AddMinutes(random.Whole(0, 420));
                    var kind = random.Pick(Kinds);
                    var minutes = kind == "email" ? random.Whole(5, 15) : random.Whole(15, 60);
                    var outcome = random.Pick(Outcomes);
                    var person = random.Pick(people);
                    var day = DateOnly.FromDateTime(at);
                    if (day >= spell.StartedOn && !(day >= spell.EndedOn) && day <= plan.Last)
                    {
                        account.Add(DemoFiles.Touches, $"{profile.Id}-C{++number}", profile.Id, person, kind, profile.OwnerEmail, at, minutes, outcome, null);
                    }
                }
            }
        }
    }

    private static string Code(ChurnCause cause) => cause switch
    {
        ChurnCause.NoCause => "no_cause",
        ChurnCause.UsageDecline => "usage_decline",
        ChurnCause.UnansweredInquiries => "unanswered_inquiries",
        ChurnCause.LowNps => "low_nps",
        ChurnCause.ChampionLeft => "champion_left",
        ChurnCause.FailedPayments => "failed_payments",
        ChurnCause.Price => "price",
        _ => "season",
    };
}
