namespace CustomerSuccess.Core.Demo;

/// <summary>The feature that truly keeps customers, where the plan has it: who takes it up has nothing to do with size, plan or how much else is used.</summary>
internal sealed class AutomationStory
{
    public const string Metric = "automation";

    /// <summary>Times as many leave, for every reason, of those with it and of those without.</summary>
    private const double With = 0.35, Without = 1.3;

    private readonly DemoPlan _plan;
    private readonly AccountProfile _profile;

    /// <summary>The month in which it is taken up; null for never.</summary>
    private readonly int? _from;

    private AutomationStory(DemoPlan plan, AccountProfile profile)
    {
        (_plan, _profile) = (plan, profile);
        var random = new DemoRandom(plan.Seed, profile.Index, Topic.Automation);
        var (adopts, atOnce, later) = (random.Chance(0.45), random.Chance(0.6), random.Whole(1, 14));
        _from = plan.Automation && adopts ? plan.MonthOf(profile.StartsOn) + (atOnce ? 0 : later) : null;
    }

    public static AutomationStory Of(DemoPlan plan, AccountProfile profile) => new(plan, profile);

    /// <summary>By what the hazards of leaving in a month are multiplied: its use of the month before counts.</summary>
    public double Factor(int month) => !_plan.Automation ? 1 : _from < month ? With : Without;

    /// <summary>Writes its counters: runs on the days on which anybody works, hardly more with more people.</summary>
    public void WriteUsage(IReadOnlyList<Spell> spells, DemoAccount account)
    {
        if (_from is not { } from)
        {
            return;
        }

        var random = new DemoRandom(_plan.Seed, _profile.Index, Topic.Automation + 1000);
        foreach (var spell in spells)
        {
            foreach (var month in spell.Months.Where(month => month.Month >= from))
            {
                var first = _plan.StartOf(month.Month);
                for (var d = 0; d < DateTime.DaysInMonth(first.Year, first.Month); d++)
                {
                    var day = first.AddDays(d);
                    var runs = random.Poisson(UsageStory.Calendar(day, _profile) * (1.2 + (0.03 * month.ActivePeople)));
                    if (runs > 0 && day >= spell.StartedOn && !(spell.EndedOn <= day) && day <= _plan.Last)
                    {
                        account.Add(DemoFiles.Usage, _profile.Id, day, Metric, null, runs, null, AddOnStory.Core);
                    }
                }
            }
        }
    }
}
