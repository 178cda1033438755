namespace CustomerSuccess.Core.Workday;

/// <summary>An account's health now and before, as moves are chosen by.</summary>
/// <param name="Points">By how much it rose; negative where it fell.</param>
public readonly record struct Moved(int AccountNo, double Points, decimal Mrr);

/// <summary>What is worth a line on somebody's day.</summary>
public static class DayRules
{
    /// <summary>Points by which health has to move before it is told.</summary>
    public const double LeastMove = 8;

    /// <summary>Days back within which the day lies that health is compared with: at least a week, at most a month and a half.</summary>
    public const int MoveDaysLeast = 7, MoveDaysMost = 45;

    /// <summary>Days for which a reply, and an answer to a survey, is new.</summary>
    public const int ReplyDays = 7, AnswerDays = 14;

    /// <summary>Days for which a snoozed touch that came due is told apart from the others.</summary>
    public const int BackDays = 7;

    /// <summary>Which moves to tell: falls before rises, but one in four may be a rise; of each the greatest first, of equal ones those with more MRR.</summary>
    public static IReadOnlyList<Moved> Choose(IReadOnlyCollection<Moved> moves, int most)
    {
        static IEnumerable<Moved> Ordered(IEnumerable<Moved> some) => some.OrderByDescending(move => Math.Abs(move.Points)).ThenByDescending(move => move.Mrr).ThenBy(move => move.AccountNo);
        var falls = Ordered(moves.Where(move => move.Points <= -LeastMove)).ToList();
        var rises = Ordered(moves.Where(move => move.Points >= LeastMove)).ToList();
        var room = Math.Max(most / 4, most - falls.Count);
        var shownRises = rises.Take(room).ToList();
        return [.. falls.Take(most - shownRises.Count), .. shownRises];
    }

    /// <summary>True while nobody has followed up what a customer said: nobody contacted the account after it.</summary>
    public static bool Waits(DateTime saidAt, DateTime? lastContact) => lastContact is null || lastContact < saidAt;
}
