namespace CustomerSuccess.Core.Features;

/// <summary>A column of numbers (NaN = missing) or of categories (code −1 = missing).</summary>
public sealed class FeatureColumn
{
    private FeatureColumn(string name, double[]? numbers, int[]? codes, IReadOnlyList<string>? levels)
    {
        Name = name;
        Numbers = numbers;
        Codes = codes;
        Levels = levels ?? [];
    }

    /// <summary>The feature's name in the catalogue, or a flat table's header.</summary>
    public string Name { get; }

    /// <summary>One value for each row; null for a column of categories.</summary>
    public double[]? Numbers { get; }

    /// <summary>One index into <see cref="Levels"/> for each row; null for a column of numbers.</summary>
    public int[]? Codes { get; }

    public IReadOnlyList<string> Levels { get; }

    public bool IsCategory => Codes is not null;

    /// <summary>The rows of the given positions, in that order.</summary>
    public FeatureColumn Take(IReadOnlyList<int> rows) => Codes is { } codes
        ? OfCategories(Name, [.. rows.Select(r => codes[r])], Levels)
        : OfNumbers(Name, [.. rows.Select(r => Numbers![r])]);

    public static FeatureColumn OfNumbers(string name, double[] numbers) => new(name, numbers, null, null);

    public static FeatureColumn OfCategories(string name, int[] codes, IReadOnlyList<string> levels) => new(name, null, codes, levels);
}

/// <summary>Features of accounts at as-of dates: one row for each (account, as-of date), columns in the order of the catalogue.</summary>
public sealed record FeatureTable(int[] AccountNo, DateOnly[] AsOf, IReadOnlyList<FeatureColumn> Columns)
{
    public int Rows => AccountNo.Length;

    /// <summary>The column of a name; null where the table has none.</summary>
    public FeatureColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The rows of the given positions, in that order.</summary>
    public FeatureTable Take(IReadOnlyList<int> rows) => new(
        [.. rows.Select(r => AccountNo[r])],
        [.. rows.Select(r => AsOf[r])],
        [.. Columns.Select(column => column.Take(rows))]);
}

/// <summary>An account at an as-of date, with what became of it.</summary>
/// <param name="AccountNo">The account.</param>
/// <param name="AsOf">The day t at which it is looked at.</param>
/// <param name="Mrr">MRR at t in the reporting currency; null for an account without terms.</param>
/// <param name="Churned">A churn event falls in (t + lead, t + lead + horizon]; null where the label is not yet known or the row is no observation.</param>
/// <param name="Expanded">MRR(t + lead + horizon) ≥ 1.05 × MRR(t + lead) &gt; 0 without churn up to there; null where not known.</param>
/// <param name="ChurnEventOn">The day of the churn event that the label counts, so that outcomes are counted as distinct events.</param>
/// <param name="Leaving">Notice has been given for every paying term by t: listed, not scored, never an observation.</param>
public readonly record struct Observation(int AccountNo, DateOnly AsOf, decimal? Mrr, bool? Churned, bool? Expanded, DateOnly? ChurnEventOn, bool Leaving);
