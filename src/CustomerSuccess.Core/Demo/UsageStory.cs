namespace CustomerSuccess.Core.Demo;

/// <summary>Counters of each active day and metric: people at work, weekdays, holidays, and the month's level between its ends.</summary>
internal static class UsageStory
{
    /// <summary>The metrics with their share of a person's actions. The last is used by large customers alone.</summary>
    private static readonly (string Name, double Share)[] Metrics = [("dashboard", 0.5), ("report", 0.2), ("export", 0.06)];

    private const string Api = "api_call";

    public static void Write(DemoPlan plan, AccountProfile profile, IReadOnlyList<Spell> spells, IReadOnlyList<string> people, DemoAccount account)
    {
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Usage);
        foreach (var spell in spells)
        {
            for (var i = 0; i < spell.Months.Count; i++)
            {
                var month = spell.Months[i];
                var before = i == 0 ? month.ActivePeople : spell.Months[i - 1].ActivePeople;
                var first = plan.StartOf(month.Month);
                var days = DateTime.DaysInMonth(first.Year, first.Month);
                for (var d = 0; d < days; d++)
                {
                    var day = first.AddDays(d);
                    if (day < spell.StartedOn || day >= spell.EndedOn)
                    {
                        continue;
                    }

                    var level = (before + ((month.ActivePeople - before) * (d + 1) / days)) * Calendar(day, profile);
                    WriteDay(random, profile, people, account, day, level, month.Seats);
                }
            }

            // the days of the month in which it leaves go on as the month before ended
            if (spell.EndedOn is { } end && spell.Months.Count > 0)
            {
                var last = spell.Months[^1];
                for (var day = plan.StartOf(last.Month + 1); day < end && day <= plan.Last; day = day.AddDays(1))
                {
                    WriteDay(random, profile, people, account, day, last.ActivePeople * Calendar(day, profile), last.Seats);
                }
            }
        }
    }

    private static void WriteDay(DemoRandom random, AccountProfile profile, IReadOnlyList<string> people, DemoAccount account, DateOnly day, double level, int seats)
    {
        if (level <= 0)
        {
            return;
        }

        var present = Math.Min(seats, random.Poisson(level * 0.9));
        if (present == 0)
        {
            return;
        }

        if (profile.CountsPeople)
        {
            WritePeople(random, profile, people, account, day, Math.Min(present, people.Count));
            return;
        }

        foreach (var (metric, share) in Metrics)
        {
            var count = random.Poisson(present * profile.Intensity * 2 * share);
            if (count > 0)
            {
                account.Add(DemoFiles.Usage, profile.Id, day, metric, null, count, metric == Metrics[0].Name ? Math.Min(count, present) : null, AddOnStory.Core);
            }
        }

        if (profile.UsesApi)
        {
            var calls = random.Poisson(seats * 0.8);
            if (calls > 0)
            {
                account.Add(DemoFiles.Usage, profile.Id, day, Api, null, calls, null, AddOnStory.Core);
            }
        }
    }

    private static void WritePeople(DemoRandom random, AccountProfile profile, IReadOnlyList<string> people, DemoAccount account, DateOnly day, int present)
    {
        var offset = random.Chance(0.75) ? 0 : random.Whole(0, people.Count - 1);
        foreach (var (metric, share) in Metrics)
        {
            for (var i = 0; i < present; i++)
            {
                var count = random.Poisson(profile.Intensity * 2 * share);
                if (count > 0)
                {
                    account.Add(DemoFiles.Usage, profile.Id, day, metric, people[(i + offset) % people.Count], count, null, AddOnStory.Core);
                }
            }
        }
    }

    /// <summary>Weekdays, the seasons of the year and the holidays of spring, summer and new year.</summary>
    public static double Calendar(DateOnly day, AccountProfile profile)
    {
        var weekday = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? profile.WorksWeekends ? 0.5 : 0 : 1;
        var season = 1 + (0.07 * Math.Cos(2 * Math.PI * (day.DayOfYear - 80) / 182.5));
        var holiday = (day.Month, day.Day) switch
        {
            (12, >= 29) or (1, <= 3) => 0.05,
            (5, >= 1 and <= 5) => profile.Japanese ? 0.1 : 1,
            (8, >= 11 and <= 16) => profile.Japanese ? 0.35 : 0.8,
            (12, >= 22 and <= 28) => profile.Japanese ? 1 : 0.4,
            _ => 1,
        };
        return weekday * season * holiday;
    }
}
