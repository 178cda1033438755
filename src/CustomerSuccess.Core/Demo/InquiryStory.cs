namespace CustomerSuccess.Core.Demo;

/// <summary>Inquiries: everyday ones by size, wishes that wait long and mean nothing, and serious ones that nobody answers.</summary>
internal static class InquiryStory
{
    private static readonly string[] Channels = ["email", "web", "phone", "chat"];
    private static readonly string[] Assignees = ["support1@cs.example", "support2@cs.example", "support3@cs.example"];

    public static void Write(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells, IReadOnlyList<string> people, AddOnStory addOns, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Inquiries);
        // which product it is about must not shift what is asked
        var about = new DemoRandom(plan.Seed, profile.Index, Topic.Products);
        // nor in which words
        var words = new DemoRandom(plan.Seed, profile.Index, Topic.InquiryWords);
        var number = 0;
        foreach (var spell in spells)
        {
            foreach (var month in spell.Months)
            {
                var everyday = random.Poisson(0.12 + (0.012 * profile.Seats * Math.Min(1, profile.Intensity)));
                for (var i = 0; i < Math.Min(everyday, 5); i++)
                {
                    Add(plan, profile, spell, month, people, account, random, addOns, about, words, ++number, serious: false);
                }

                for (var i = 0; i < month.Neglected; i++)
                {
                    Add(plan, profile, spell, month, people, account, random, addOns, about, words, ++number, serious: true);
                }
            }
        }
    }

    private static void Add(DemoPlan plan, AccountProfile profile, Spell spell, LifeMonth month, IReadOnlyList<string> people, DemoAccount account, DemoRandom random, AddOnStory addOns, DemoRandom about, DemoRandom words, int number, bool serious)
    {
        var first = plan.StartOf(month.Month);
        var opened = first.ToDateTime(new TimeOnly(9, 0)).AddDays(random.Whole(0, 27)).AddMinutes(random.Whole(0, 560));
        var text = random.Pick(serious ? DemoTexts.Serious : DemoTexts.Everyday);
        var wish = text.Category == "request";
        var response = opened.AddMinutes(serious ? random.Between(35, 120) * 1440 : wish ? random.Between(3, 90) * 1440 : Math.Exp(random.Normal(5.4, 0.9)));
        var closed = response.AddMinutes(Math.Exp(random.Normal(wish ? 9 : 7, 0.9)));
        var priority = serious ? random.Chance(0.5) ? "urgent" : "high" : wish ? "low" : random.Chance(0.12) ? "high" : "normal";
        var escalated = random.Chance(serious ? 0.25 : 0.02);
        var rated = random.Chance(0.4);
        var rating = Math.Clamp((int)Math.Round(random.Normal((serious ? 2 : 4) + ((month.Satisfaction - 8) * 0.25), 0.8)), 1, 5);
        var channel = random.Pick(Channels);
        var from = random.Pick(people);
        var assignee = random.Pick(Assignees);
        var day = DateOnly.FromDateTime(opened);
        var phrase = DemoTexts.Phrase(words, text, plan.Months - 1 - month.Month);
        var product = About(about, text.Category, addOns.HeldOn(day));
        if (day < spell.StartedOn || day >= spell.EndedOn || day > plan.Last)
        {
            return;
        }

        // what lies beyond the files, or beyond the contract, never came
        var limit = plan.Last.ToDateTime(TimeOnly.MaxValue);
        var answered = response <= limit;
        var done = closed <= limit;
        account.Add(
            DemoFiles.Inquiries,
            $"{profile.Id}-Q{number}",
            profile.Id,
            from,
            channel,
            profile.Japanese ? phrase.SubjectJa : phrase.Subject,
            profile.Japanese ? phrase.BodyJa : phrase.Body,
            text.Category,
            priority,
            opened,
            answered ? response : null,
            done ? closed : null,
            done ? "closed" : answered ? "pending" : "open",
            done && rated ? rating : null,
            escalated && opened.AddHours(30) <= limit,
            escalated && opened.AddHours(30) <= limit ? opened.AddHours(30) : null,
            assignee,
            product);
    }

    /// <summary>Most are about the core product, some about an add-on that is held, some say nothing of it.</summary>
    private static string? About(DemoRandom random, string category, IReadOnlyList<string> held)
    {
        var (names, addOn, which) = (random.Chance(0.85), random.Chance(0.45), random.Next());
        return !names ? null : held.Count > 1 && addOn && category != "how-to" ? held[1 + (int)(which * (held.Count - 1))] : held[0];
    }
}
