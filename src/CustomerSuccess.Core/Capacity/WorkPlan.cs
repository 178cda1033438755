namespace CustomerSuccess.Core.Capacity;

/// <summary>A touch that waits, in the queue's order.</summary>
/// <param name="AccountNo">Whose.</param>
/// <param name="Minutes">Of the touch; 0 where there is none to make.</param>
/// <param name="InDanger">True where the account's health is in danger.</param>
public readonly record struct WorkItem(int AccountNo, double Minutes, bool InDanger);

/// <summary>A CSM's day.</summary>
/// <param name="Day">The company's day.</param>
/// <param name="Capacity">Minutes there are.</param>
/// <param name="Spent">Minutes spent already.</param>
/// <param name="Planned">Minutes of touches that are planned for it.</param>
public sealed record WorkDay(DateOnly Day, double Capacity, double Spent, double Planned)
{
    /// <summary>Minutes that are left; never below 0.</summary>
    public double Left => Math.Max(0, Capacity - Spent - Planned);

    /// <summary>True where more was spent than there is.</summary>
    public bool IsExceeded => Spent > Capacity;
}

/// <summary>Which touches fit into which days.</summary>
/// <param name="Days">In their order, with what was planned.</param>
/// <param name="Planned">The day of each account that fits.</param>
/// <param name="InDanger">How many of them are in danger.</param>
public sealed record PlannedWork(IReadOnlyList<WorkDay> Days, IReadOnlyDictionary<int, DateOnly> Planned, int InDanger);

/// <summary>
/// Lays a CSM's queue into days: going down the queue, each touch goes into the first day that has minutes left for all of it. What is too long for
/// every day is passed over, so that something shorter below may still fit. What fits today therefore does not depend on later days.
/// </summary>
public static class WorkPlan
{
    /// <param name="queue">In the queue's order; read only as far as something may still fit.</param>
    /// <param name="days">In their order, nothing planned yet.</param>
    /// <param name="shortest">No touch takes less: below that a day counts as full.</param>
    public static PlannedWork Of(IEnumerable<WorkItem> queue, IReadOnlyList<WorkDay> days, double shortest)
    {
        var filled = days.ToArray();
        var planned = new Dictionary<int, DateOnly>();
        var inDanger = 0;
        foreach (var item in queue)
        {
            if (Array.TrueForAll(filled, day => day.Left < shortest))
            {
                break;
            }

            var fits = item.Minutes > 0 ? Array.FindIndex(filled, day => item.Minutes <= day.Left) : -1;
            if (fits < 0)
            {
                continue;
            }

            filled[fits] = filled[fits] with { Planned = filled[fits].Planned + item.Minutes };
            planned[item.AccountNo] = filled[fits].Day;
            inDanger += item.InDanger ? 1 : 0;
        }

        return new(filled, planned, inDanger);
    }
}

/// <summary>What a CSM has to do, and what there is time for.</summary>
/// <param name="Email">As accounts name the owner; null for accounts that nobody looks after.</param>
/// <param name="Accounts">Scored accounts and those that are leaving.</param>
/// <param name="Mrr">Of them, reporting currency.</param>
/// <param name="OpenAccounts">With a touch that waits.</param>
/// <param name="OpenMinutes">Of all touches that wait.</param>
/// <param name="DangerAccounts">With a touch that waits and health in danger.</param>
/// <param name="Days">Today and the six days after it, with what is planned.</param>
/// <param name="Planned">Touches that fit into them.</param>
/// <param name="DangerPlanned">Those of accounts in danger among them.</param>
/// <param name="Away">The absence that covers today; null where there is none.</param>
public sealed record CsmLoad(string? Email, int Accounts, decimal Mrr, int OpenAccounts, double OpenMinutes, int DangerAccounts, IReadOnlyList<WorkDay> Days, int Planned, int DangerPlanned, Absence? Away)
{
    public WorkDay Today => Days[0];

    /// <summary>Minutes of the week that are there.</summary>
    public double WeekCapacity => Days.Sum(day => day.Capacity);

    /// <summary>Minutes of the week that are spent or planned.</summary>
    public double WeekTaken => Days.Sum(day => day.Spent + day.Planned);

    /// <summary>Accounts in danger whose touch does not fit into the week.</summary>
    public int DangerLeftOver => DangerAccounts - DangerPlanned;

    /// <summary>True where the capacity is exceeded: more was spent today than there is, or accounts in danger do not fit into the week.</summary>
    public bool IsOver => Today.IsExceeded || DangerLeftOver > 0;
}
