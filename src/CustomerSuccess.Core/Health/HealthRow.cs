namespace CustomerSuccess.Core.Health;

/// <summary>An account at a past month end, with its dimensions of that day and what became of it.</summary>
/// <param name="Point">Dimensions and rule score as of that day.</param>
/// <param name="Segment">The account's segment.</param>
/// <param name="Churned">A churn event fell in the horizon after the lead.</param>
/// <param name="ChurnEventOn">Its day.</param>
/// <param name="Mrr">At the day, reporting currency; null without terms.</param>
/// <param name="MrrKept">At the end of the horizon, at the rates of the day and at most <paramref name="Mrr"/>; null without terms.</param>
public sealed record HealthRow(HealthPoint Point, string? Segment, bool Churned, DateOnly? ChurnEventOn, decimal? Mrr, decimal? MrrKept)
{
    /// <summary>Outcomes are counted as distinct events.</summary>
    public static int Outcomes(IEnumerable<HealthRow> rows) =>
        rows.Where(row => row.Churned).Select(row => (row.Point.AccountNo, row.ChurnEventOn)).Distinct().Count();
}
