using System.Globalization;

namespace CustomerSuccess.Core.Demo;

/// <summary>NPS in May and November. Many do not answer, and the unhappy less often still.</summary>
internal static class SurveyStory
{
    public static void Write(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells, IReadOnlyList<string> people, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Surveys);
        // words must not shift who answers, and how
        var words = new DemoRandom(plan.Seed, profile.Index, Topic.Words);
        foreach (var spell in spells)
        {
            foreach (var month in spell.Months)
            {
                var first = plan.StartOf(month.Month);
                if (first.Month is not (5 or 11))
                {
                    continue;
                }

                for (var person = 0; person < Math.Min(3, people.Count); person++)
                {
                    var answers = random.Chance(month.Decline > 0.3 ? 0.3 : month.Satisfaction < 6.5 ? 0.45 : 0.6);
                    var score = Math.Clamp((int)Math.Round(random.Normal(month.Satisfaction, 1.1)), 0, 10);
                    var at = first.ToDateTime(new TimeOnly(9, 0)).AddDays(random.Whole(4, 20)).AddMinutes(random.Whole(0, 540));
                    var comments = random.Chance(0.35);
                    var comment = DemoTexts.Comment(random, words, profile.Japanese, score);
                    var day = DateOnly.FromDateTime(at);
                    if (answers && day >= spell.StartedOn && !(day >= spell.EndedOn))
                    {
                        var survey = string.Create(CultureInfo.InvariantCulture, $"{first:yyyy-MM}");
                        account.Add(DemoFiles.Nps, $"{people[person]}-{survey}", profile.Id, people[person], survey, "nps", score, comments ? comment : null, at);
                    }
                }
            }
        }
    }
}
