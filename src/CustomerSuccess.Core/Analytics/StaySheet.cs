using CustomerSuccess.Core.Modelling;

namespace CustomerSuccess.Core.Analytics;

/// <summary>An attribute with its values.</summary>
/// <param name="Name">The feature's name in the catalogue.</param>
/// <param name="Levels">Its values, in the order of their codes.</param>
public sealed record StayColumn(string Name, IReadOnlyList<string> Levels);

/// <summary>What a stay sheet's columns are.</summary>
/// <param name="From">The day on which its customers were paying.</param>
/// <param name="To">The day on which it was looked who still is.</param>
/// <param name="Attributes">One for each column after the first.</param>
public sealed record StayHead(DateOnly From, DateOnly To, IReadOnlyList<StayColumn> Attributes)
{
    /// <summary>The values of every attribute over all customers, so that pages need no rows.</summary>
    public IReadOnlyList<IReadOnlyList<StayPart>> Parts { get; init; } = [];
}

/// <summary>Whether customers of one kind stay otherwise than the others.</summary>
public enum StayVerdict
{
    /// <summary>Too few to tell.</summary>
    TooFew,

    /// <summary>Chance explains the difference.</summary>
    Alike,
    More,
    Fewer,
}

/// <summary>Customers with one value of an attribute, and how many of them stayed.</summary>
/// <param name="Value">The value; null where it was not known on the first day.</param>
/// <param name="Customers">Paying on the first day.</param>
/// <param name="Kept">Of these, paying on the last.</param>
/// <param name="Lower">Lower end of the 95 % interval (Wilson) of the share.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Mrr">MRR on the first day, reporting currency.</param>
/// <param name="Verdict">Against all other values.</param>
public sealed record StayPart(string? Value, int Customers, int Kept, double Lower, double Upper, double Mrr, StayVerdict Verdict)
{
    public double Rate => (double)Kept / Customers;
}

/// <summary>Who of the customers of one day still pays on another, by what was known of them on the first.</summary>
/// <param name="head">What the columns are.</param>
/// <param name="sheet">MRR on the first day; then 1 for who stayed, and the code of every attribute, −1 for none.</param>
public sealed class StaySheet(StayHead head, PackedSheet sheet)
{
    /// <summary>Below so many customers a share is not compared.</summary>
    public const int LeastCustomers = 10;

    private const double Error = 0.05;

    public StayHead Head { get; } = head;

    public int Rows => sheet.Accounts.Length;

    public IReadOnlyList<int> Accounts => sheet.Accounts;

    public IReadOnlyList<double> Mrr => sheet.Amounts;

    public bool Stayed(int row) => sheet.Columns[0][row] > 0;

    /// <summary>A row's value of the attribute at a place; null where it was not known.</summary>
    public string? Value(int attribute, int row) => sheet.Columns[1 + attribute][row] is >= 0 and var code ? Head.Attributes[attribute].Levels[(int)code] : null;

    public byte[] Pack() => sheet.Pack();

    /// <summary>Puts a sheet together, with its totals.</summary>
    public static StaySheet Of(StayHead head, int[] accounts, double[] mrr, IReadOnlyList<bool> stayed, IReadOnlyList<float[]> codes)
    {
        var sheet = new PackedSheet(accounts, mrr, [[.. stayed.Select(kept => kept ? 1f : 0f)], .. codes]);
        var bare = new StaySheet(head, sheet);
        return new(head with { Parts = [.. Enumerable.Range(0, head.Attributes.Count).Select(attribute => bare.Parts(attribute))] }, sheet);
    }

    /// <summary>
    /// The values of an attribute, most customers first. A value is said to differ from the others where a test of two shares would say so by chance in fewer than 5 % of attributes,
    /// however many values they have (normal approximation with the pooled share, Bonferroni's correction by the values compared).
    /// </summary>
    /// <param name="attribute">Its place.</param>
    /// <param name="counts">Which rows count; null for all.</param>
    public IReadOnlyList<StayPart> Parts(int attribute, Func<int, bool>? counts = null)
    {
        var groups = Enumerable.Range(0, Rows).Where(row => counts is null || counts(row)).GroupBy(row => Value(attribute, row))
            .Select(rows => (Value: rows.Key, Customers: rows.Count(), Kept: rows.Count(Stayed), Mrr: rows.Sum(row => Mrr[row]))).ToList();
        var (all, kept) = (groups.Sum(group => group.Customers), groups.Sum(group => group.Kept));
        var compared = groups.Count(group => group.Customers >= LeastCustomers);
        var most = compared == 0 ? double.PositiveInfinity : NormalDistribution.Quantile(1 - (Error / 2 / compared));
        return
        [
            .. groups.OrderByDescending(group => group.Customers).ThenBy(group => group.Value, StringComparer.Ordinal).Select(group =>
            {
                var (lower, upper) = TestCurves.Wilson(group.Kept, group.Customers);
                return new StayPart(group.Value, group.Customers, group.Kept, lower, upper, group.Mrr, VerdictOf(group.Customers, group.Kept, all - group.Customers, kept - group.Kept, most));
            }),
        ];
    }

    private static StayVerdict VerdictOf(int n, int kept, int others, int othersKept, double most)
    {
        if (n < LeastCustomers || others < LeastCustomers)
        {
            return StayVerdict.TooFew;
        }

        var share = (double)(kept + othersKept) / (n + others);
        var deviation = Math.Sqrt(share * (1 - share) * ((1.0 / n) + (1.0 / others)));
        var z = deviation == 0 ? 0 : (((double)kept / n) - ((double)othersKept / others)) / deviation;
        return z > most ? StayVerdict.More : z < -most ? StayVerdict.Fewer : StayVerdict.Alike;
    }
}
