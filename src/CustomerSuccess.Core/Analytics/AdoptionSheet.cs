namespace CustomerSuccess.Core.Analytics;

/// <summary>What an account was in the comparison of a feature's users with others; several where it was looked at on several days.</summary>
[Flags]
public enum ComparedAs
{
    Nobody = 0,
    UserKept = 1,
    UserLeft = 2,
    OtherKept = 4,
    OtherLeft = 8,
}

/// <summary>A feature of the product as its counter names it.</summary>
/// <param name="Metric">The counter.</param>
/// <param name="Comparison">Its users against customers who are alike; null where no time has passed of which it is known who stayed.</param>
public sealed record AdoptionMetric(string Metric, MatchedComparison? Comparison);

/// <summary>A feature that nobody uses.</summary>
/// <param name="Metric">The counter.</param>
/// <param name="LastUse">When anybody last used it; null for never.</param>
public sealed record QuietMetric(string Metric, DateOnly? LastUse);

/// <summary>What an adoption sheet's columns are.</summary>
public sealed record AdoptionHead
{
    /// <summary>The day up to which usage was looked at.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The first day on which the company has usage.</summary>
    public required DateOnly UsageFrom { get; init; }

    public required IReadOnlyList<AdoptionMetric> Metrics { get; init; }

    /// <summary>Features that nobody used for three months.</summary>
    public IReadOnlyList<QuietMetric> Quiet { get; init; } = [];

    /// <summary>Features beyond those that are used most, which are not looked at one by one.</summary>
    public int Further { get; init; }

    /// <summary>The days whose customers were followed for the comparisons.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>For how many days each was followed.</summary>
    public int Followed { get; init; }

    /// <summary>Added up over all accounts, so that pages need no rows.</summary>
    public AdoptionTally? Whole { get; init; }
}

/// <summary>Use of every feature by every customer.</summary>
/// <param name="head">What the columns are.</param>
/// <param name="sheet">MRR on the day, 0 for who does not pay; then five columns for each feature.</param>
public sealed class AdoptionSheet(AdoptionHead head, PackedSheet sheet)
{
    /// <summary>Months that the trend covers, the last of them that of the day.</summary>
    public const int Months = 12;

    /// <summary>Days over which use is counted.</summary>
    public const int Days = 28;

    /// <summary>Days of use among these that make a user in comparisons: once is a try.</summary>
    public const int LeastDays = 2;

    /// <summary>A new customer that has been one for so many days and never used the feature.</summary>
    public const float Never = 1e9f;

    /// <summary>Days that a new customer is given before it is counted.</summary>
    public const int FirstDays = 90;

    /// <summary>Columns of a feature.</summary>
    public const int Width = 5;

    private const int MonthsColumn = 0, CountColumn = 1, UsersColumn = 2, DelayColumn = 3, ComparedColumn = 4;

    private readonly bool _anyPays = sheet.Amounts.Any(mrr => mrr > 0);

    public AdoptionHead Head { get; } = head;

    public int Rows => sheet.Accounts.Length;

    public IReadOnlyList<int> Accounts => sheet.Accounts;

    public IReadOnlyList<double> Mrr => sheet.Amounts;

    /// <summary>True for an account that pays on the day; for every account where nobody has contracts.</summary>
    public bool IsCustomer(int row) => sheet.Amounts[row] > 0 || !_anyPays;

    /// <summary>True for a customer that used the feature in the last 28 days.</summary>
    public bool Uses28(int metric, int row) => Uses(metric, row) > 0 && IsCustomer(row);

    /// <summary>True where the account used the feature in a month, 0 being that of the day and 1 the one before.</summary>
    public bool UsedIn(int metric, int row, int monthsAgo) => ((int)Cell(metric, MonthsColumn, row) & (1 << monthsAgo)) != 0;

    /// <summary>Uses in the last 28 days.</summary>
    public double Uses(int metric, int row) => Cell(metric, CountColumn, row);

    /// <summary>People who used it in the last 28 days: distinct ones where people are counted, else the day with most.</summary>
    public int Users(int metric, int row) => (int)Cell(metric, UsersColumn, row);

    /// <summary>Days from the first contract to the first use; <see cref="Never"/>; NaN where the first use lies before the data, or the customer is too new.</summary>
    public float Delay(int metric, int row) => Cell(metric, DelayColumn, row);

    public ComparedAs Compared(int metric, int row) => (ComparedAs)(int)Cell(metric, ComparedColumn, row);

    public byte[] Pack() => sheet.Pack();

    /// <summary>Puts a sheet together, with its totals.</summary>
    public static AdoptionSheet Of(AdoptionHead head, int[] accounts, double[] mrr, IReadOnlyList<float[]> columns)
    {
        var sheet = new PackedSheet(accounts, mrr, columns);
        return new(head with { Whole = AdoptionTally.Of(new AdoptionSheet(head, sheet), null) }, sheet);
    }

    private float Cell(int metric, int column, int row) => sheet.Columns[(metric * Width) + column][row];
}
