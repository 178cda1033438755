namespace CustomerSuccess.Core.Playbooks;

/// <summary>
/// When a reason that was put aside has become so much worse (for selling: so much better) that its suggestion comes back before its date.
/// It does where any of its numbers has moved by its step since then; a reason without numbers never does, and neither does one that only got better.
/// A reason with another code is another suggestion altogether.
/// <list type="table">
/// <listheader><term>reason</term><description>comes back where</description></listheader>
/// <item><term>usage_fell</term><description>usage lies 15 points of a percent lower (−20 % → −35 %)</description></item>
/// <item><term>gone_silent, purchases_stopped</term><description>the silence has doubled and lasts at least 14 (30) days longer</description></item>
/// <item><term>inquiry_unanswered, inquiry_urgent</term><description>2 more wait, or the oldest waits 7 days longer</description></item>
/// <item><term>inquiries_escalated</term><description>1 more</description></item>
/// <item><term>nps_detractor, nps_fell</term><description>the last answer is 2 points lower</description></item>
/// <item><term>champion_silent</term><description>60 days longer</description></item>
/// <item><term>payment_failed, payment_overdue</term><description>1 invoice more</description></item>
/// <item><term>notice_near, renewal_near</term><description>14 days or fewer are left, and there were more</description></item>
/// <item><term>seats_unused</term><description>15 points of a percent fewer seats are used</description></item>
/// <item><term>price_rose</term><description>the price rose by 10 points of a percent more</description></item>
/// <item><term>onboarding_stalled</term><description>used on 3 days fewer of the last 28</description></item>
/// <item><term>features_dropped</term><description>2 more</description></item>
/// <item><term>seats_full</term><description>10 points of a percent more seats are used</description></item>
/// <item><term>usage_rose</term><description>25 points of a percent more</description></item>
/// </list>
/// </summary>
public static class MaterialChange
{
    /// <summary>Sums of decimal fractions are not exact.</summary>
    private const double Slack = 1e-9;

    private static readonly Dictionary<string, Measure[]> Measures = new(StringComparer.Ordinal)
    {
        ["usage_fell"] = [Less("change", 0.15)],
        ["gone_silent"] = [new("days", (before, now) => now >= 2 * before && now - before >= 14)],
        ["purchases_stopped"] = [new("days", (before, now) => now >= 2 * before && now - before >= 30)],
        ["inquiry_unanswered"] = [More("count", 2), More("days", 7)],
        ["inquiry_urgent"] = [More("count", 2), More("days", 7)],
        ["inquiries_escalated"] = [More("count", 1)],
        ["nps_detractor"] = [Less("score", 2)],
        ["nps_fell"] = [Less("score", 2)],
        ["champion_silent"] = [More("days", 60)],
        ["payment_failed"] = [More("count", 1)],
        ["payment_overdue"] = [More("count", 1)],
        ["notice_near"] = [Into("days", 14)],
        ["renewal_near"] = [Into("days", 14)],
        ["seats_unused"] = [Less("share", 0.15)],
        ["price_rose"] = [More("change", 0.10)],
        ["onboarding_stalled"] = [Less("active_days", 3)],
        ["features_dropped"] = [More("count", 2)],
        ["seats_full"] = [More("share", 0.10)],
        ["usage_rose"] = [More("change", 0.25)],
    };

    /// <summary>Reasons that can come back.</summary>
    public static IEnumerable<string> Codes => Measures.Keys;

    /// <summary>The numbers by which a reason comes back.</summary>
    public static IEnumerable<string> ArgsOf(string code) => Measures.GetValueOrDefault(code, []).Select(measure => measure.Arg);

    /// <summary>True where a reason has changed so much since it was put aside that its suggestion comes back.</summary>
    /// <param name="code">The reason's code.</param>
    /// <param name="before">Its numbers when it was put aside.</param>
    /// <param name="now">Its numbers now.</param>
    public static bool IsMaterial(string code, IReadOnlyDictionary<string, double> before, IReadOnlyDictionary<string, double> now) =>
        Measures.TryGetValue(code, out var measures)
        && Array.Exists(measures, measure => before.TryGetValue(measure.Arg, out var then) && now.TryGetValue(measure.Arg, out var today) && measure.HasMoved(then, today));

    private static Measure More(string arg, double step) => new(arg, (before, now) => now - before >= step - Slack);

    private static Measure Less(string arg, double step) => new(arg, (before, now) => before - now >= step - Slack);

    private static Measure Into(string arg, double limit) => new(arg, (before, now) => before > limit && now <= limit);

    private sealed record Measure(string Arg, Func<double, double, bool> HasMoved);
}
