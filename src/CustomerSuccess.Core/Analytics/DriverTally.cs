namespace CustomerSuccess.Core.Analytics;

/// <summary>What one reason puts at stake.</summary>
/// <param name="Theme">The reason.</param>
/// <param name="AtStake">Σ over accounts whose risk it raises of its points × MRR: MRR that the model expects to be lost within the horizon on its account. Σ rule points / 100 × MRR where rules score, which is no expectation.</param>
/// <param name="Lowered">Σ over accounts whose risk it lowers, likewise; never above 0.</param>
/// <param name="Raised">Accounts whose risk it raises by at least <see cref="DriverTally.Least"/>.</param>
/// <param name="RaisedMrr">Their MRR.</param>
/// <param name="RaisedAtStake">What it puts at stake among these alone.</param>
public sealed record DriverTotal(string Theme, double AtStake, double Lowered, int Raised, double RaisedMrr, double RaisedAtStake)
{
    /// <summary>Both ways together: over all reasons, and the base × MRR, it adds up to the MRR that is expected to be lost.</summary>
    public double Net => AtStake + Lowered;
}

/// <summary>The reasons of some accounts, added up.</summary>
/// <param name="Segment">Which segment's; null for accounts of none, or for all.</param>
/// <param name="Accounts">How many.</param>
/// <param name="Mrr">Their MRR in the reporting currency.</param>
/// <param name="ExpectedLoss">Σ P × MRR: MRR that is expected to be lost within the horizon.</param>
/// <param name="BaseLoss">Σ base × MRR: what of it stands before anything is known of an account.</param>
/// <param name="Totals">By theme, in the sheet's order.</param>
public sealed record DriverPart(string? Segment, int Accounts, double Mrr, double ExpectedLoss, double BaseLoss, IReadOnlyList<DriverTotal> Totals);

/// <summary>
/// Adds reasons up over accounts. Contributions are exact and additive (see <see cref="Modelling.TreeContributions"/>), so money is too:
/// Σ P × MRR = Σ base × MRR + Σ over reasons of <see cref="DriverTotal.Net"/>, over all accounts and over those of any segment.
/// </summary>
public static class DriverTally
{
    /// <summary>Half a point: what moves a probability by less is not worth acting on.</summary>
    public const double Least = 0.005;

    /// <summary>All accounts, or some.</summary>
    /// <param name="sheet">The reasons.</param>
    /// <param name="counts">Which rows count; null for all.</param>
    public static DriverPart Of(DriverSheet sheet, Func<int, bool>? counts) =>
        Of(sheet, null, [.. Enumerable.Range(0, sheet.Rows).Where(row => counts is null || counts(row))]);

    /// <summary>By segment, most MRR first; they add up to the whole.</summary>
    /// <inheritdoc cref="Of(DriverSheet, Func{int, bool}?)"/>
    public static IReadOnlyList<DriverPart> BySegment(DriverSheet sheet, Func<int, bool>? counts = null) =>
    [
        .. Enumerable.Range(0, sheet.Rows).Where(row => counts is null || counts(row)).GroupBy(sheet.Segment)
            .Select(rows => Of(sheet, rows.Key, [.. rows]))
            .OrderByDescending(part => part.Mrr).ThenBy(part => part.Segment, StringComparer.Ordinal),
    ];

    private static DriverPart Of(DriverSheet sheet, string? segment, int[] rows) => new(
        segment, rows.Length, rows.Sum(row => sheet.Mrr[row]), rows.Sum(row => sheet.Probability(row) * sheet.Mrr[row]), rows.Sum(row => sheet.Base[row] * sheet.Mrr[row]),
        [.. sheet.Head.Themes.Select((theme, t) => Total(sheet, theme, t, rows))]);

    private static DriverTotal Total(DriverSheet sheet, string theme, int place, int[] rows)
    {
        var points = sheet.Points(place);
        var (stake, lowered, raised, mrr, among) = (0.0, 0.0, 0, 0.0, 0.0);
        foreach (var row in rows)
        {
            var money = points[row] * sheet.Mrr[row];
            stake += Math.Max(0, money);
            lowered += Math.Min(0, money);
            if (points[row] >= Least)
            {
                raised++;
                mrr += sheet.Mrr[row];
                among += money;
            }
        }

        return new DriverTotal(theme, stake, lowered, raised, mrr, among);
    }
}
