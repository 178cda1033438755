namespace CustomerSuccess.Core.Demo;

/// <summary>
/// Who was drawn for which play. The lives of the customers are what they are with both arms mixed; each draw is made afterwards, from its probability given what became of the
/// customer (Bayes), so that outcomes and draws together are distributed exactly as if the play had changed the lives of those it was offered to: with the share h held out and
/// the probability p over both arms, the held out leave with p / m and the offered with p / m times their ratio, where m = h + (1 − h) × ratio. A stream of randomness of its own
/// keeps every other story as it was.
/// </summary>
internal static class PlayStory
{
    /// <summary>The draws of one customer, at most one for each play and calendar year, and never a second one while the first is undecided.</summary>
    public static IEnumerable<DemoTrial> Of(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells)
    {
        for (var number = 0; number < DemoPlays.All.Count; number++)
        {
            var play = DemoPlays.All[number];
            var random = new DemoRandom(plan.Seed, profile.Index, Topic.Plays + number);
            DateOnly? last = null;
            foreach (var spell in spells)
            {
                for (var i = 0; i < spell.Months.Count; i++)
                {
                    var day = plan.StartOf(spell.Months[i].Month + 1).AddDays(-1);
                    if (day > plan.Last || day >= spell.EndedOn || (last is { } before && (before.Year == day.Year || before.AddDays(DemoPlays.Window + 31) >= day)) || !Fires(play.Play, plan, spell, i, day))
                    {
                        continue;
                    }

                    last = day;
                    yield return Draw(plan, profile, spell, i, day, play, random);
                }
            }
        }
    }

    private static DemoTrial Draw(DemoPlan plan, AccountProfile profile, Spell spell, int month, DateOnly day, DemoPlay play, DemoRandom random)
    {
        var end = day.AddDays(DemoPlays.Window);
        var until = end < plan.Last ? end : plan.Last;
        var (mixed, share) = (play.Mixed(profile.Segment), play.Share);
        var happened = play.IsUpsell ? HasExpanded(spell, day, until) : spell.EndedOn is { } left && left <= until;
        var probability = play.IsUpsell ? DemoPlay.ExpansionRate : Probability(plan, spell, day, until);
        var heldOut = happened ? share / mixed : share * (1 - Math.Min(1, probability / mixed)) / (1 - Math.Min(0.99, probability));
        var next = spell.Truth.Find(truth => truth.Month == spell.Months[month].Month + 1).Probability;
        return new(play, profile.Id, profile.Segment, day, !random.Chance(heldOut), end > plan.Last ? null : happened, 1 - Math.Pow(1 - next, DemoPlays.Window / 30.4), TermOn(spell, day)?.Mrr ?? 0);
    }

    /// <summary>What would make a CSM think of the play, as the files show it at a month's end.</summary>
    private static bool Fires(string play, DemoPlan plan, Spell spell, int i, DateOnly day)
    {
        var month = spell.Months[i];
        return play switch
        {
            "usage_recovery" => month.Decline >= 0.2,
            "payment_help" => month.PaymentFails,
            "feature_coaching" => month.ActivePeople < 0.55 * month.Seats && month.Decline < 0.2,
            "renewal_talk" => TermOn(spell, day)?.TermEndsOn is { } ends && ends > day && ends <= plan.StartOf(month.Month + 3),
            "detractor_call" => month.Satisfaction <= 6,
            "add_seats" => month.ActivePeople > 0.8 * month.Seats,
            _ => i > 0 && month.Decline < 0.2 && !month.PaymentFails,
        };
    }

    private static DemoTerm? TermOn(Spell spell, DateOnly day) => spell.Terms.FindLast(term => term.StartedOn <= day);

    private static bool HasExpanded(Spell spell, DateOnly from, DateOnly to) =>
        !(spell.EndedOn <= to) && TermOn(spell, from) is { } before && TermOn(spell, to) is { } after && after.Mrr >= Features.LabelRule.Expansion * before.Mrr;

    /// <summary>Of leaving from one day to another, by the hazards of the months between, where it did not.</summary>
    private static double Probability(DemoPlan plan, Spell spell, DateOnly day, DateOnly until)
    {
        var stays = 1d;
        foreach (var (month, hazard, _) in spell.Truth)
        {
            // customers leave on the first 28 days of a month, each as likely as the others
            var start = plan.StartOf(month);
            var days = Math.Clamp(until.DayNumber - start.DayNumber + 1, 0, 28) - Math.Clamp(day.DayNumber - start.DayNumber + 1, 0, 28);
            stays *= 1 - (hazard * days / 28);
        }

        return 1 - stays;
    }
}
