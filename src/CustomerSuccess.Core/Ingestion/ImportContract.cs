namespace CustomerSuccess.Core.Ingestion;

public enum FieldType
{
    Text,
    Whole,
    Number,
    Money,
    Day,
    Instant,
    Flag,
    Choice,

    /// <summary>A month, read as its first day.</summary>
    Month,
}

/// <summary>A column of the import contract.</summary>
/// <param name="Name">The contract's name in snake_case; also the column of the table.</param>
/// <param name="Type">What its cells are read as.</param>
public sealed record Field(string Name, FieldType Type)
{
    /// <summary>True where it is part of the record's key.</summary>
    public bool IsKey { get; init; }

    /// <summary>True where a row without it is rejected.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True for a date agreed in advance, which may lie after the day of import.</summary>
    public bool IsAgreedDate { get; init; }

    /// <summary>Least value of a number; null where there is none.</summary>
    public double? Least { get; init; }

    /// <summary>Greatest value of a number; null where there is none.</summary>
    public double? Most { get; init; }

    /// <summary>True where a value of the first import also holds for every earlier day.</summary>
    public bool IsStatic { get; init; }

    /// <summary>Longest text that is taken, in UTF-16 units.</summary>
    public int MaxLength { get; init; } = 1_000;

    /// <summary>The words of a choice, canonical.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other headers that mean the column, in English and Japanese.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];
}

/// <summary>A record of the import contract.</summary>
/// <param name="Name">The contract's name, such as <c>accounts</c>.</param>
/// <param name="Fields">Its columns; a row's values stand in this order.</param>
public sealed record RecordType(string Name, IReadOnlyList<Field> Fields)
{
    /// <summary>True where other columns are custom attributes with history.</summary>
    public bool TakesCustomAttributes { get; init; }

    /// <summary>Columns that are read beside <see cref="Fields"/> to work out a value and are not stored as such: price and billing interval, validity, deletion.</summary>
    public IReadOnlyList<Field> Inputs { get; init; } = [];

    /// <summary>Other names of the record's files, in English and Japanese.</summary>
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    /// <summary>Position of a column; -1 where the record has no such column.</summary>
    public int IndexOf(string field)
    {
        for (var i = 0; i < Fields.Count; i++)
        {
            if (Fields[i].Name == field)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A checked row on its way to its record. The reader reuses one instance: a sink copies what it keeps.</summary>
public sealed class CheckedRow(RecordType record)
{
    public RecordType Record { get; } = record;

    /// <summary>Line in the file on which the row starts, from 1.</summary>
    public long Line { get; set; }

    /// <summary>By position of the field: string, long, double, decimal, DateOnly, DateTime (UTC), bool; null where blank or absent.</summary>
    public object?[] Values { get; } = new object?[record.Fields.Count];

    /// <summary>By position of the field: true where the file (or its preset) gives the column, so that a null is a blank cell.</summary>
    public bool[] Present { get; } = new bool[record.Fields.Count];

    /// <summary>Custom attributes: header and canonical text, null where blank.</summary>
    public List<KeyValuePair<string, string?>> Custom { get; } = [];

    /// <summary>The namespace of the account id; empty for the shared one.</summary>
    public string Namespace { get; set; } = "";

    /// <summary>The fact's id: given, built from key columns, or made from content and occurrence.</summary>
    public string FactId { get; set; } = "";

    /// <summary>True where the row voids its fact.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>From the file's valid_from column; null for the day of import.</summary>
    public DateOnly? ValidFrom { get; set; }
}

/// <summary>A checked counter, apart from <see cref="CheckedRow"/> because there are so many.</summary>
/// <param name="Line">Line in the file, from 1; 0 for a sum of rows.</param>
/// <param name="Namespace">Of the account id; empty for the shared one.</param>
/// <param name="AccountId">As the source writes it.</param>
/// <param name="Day">The day counted.</param>
/// <param name="Metric">What is counted, with its product where the row names one: see <see cref="MetricKey"/>.</param>
/// <param name="ContactId">Null for the account as a whole.</param>
/// <param name="Count">The counter, not negative.</param>
/// <param name="Users">Distinct people behind it; null where unknown.</param>
/// <param name="IsDeleted">True where the row takes its counter back.</param>
public readonly record struct CheckedUsage(long Line, string Namespace, string AccountId, DateOnly Day, string Metric, string? ContactId, double Count, int? Users, bool IsDeleted);

/// <summary>Where a reader puts what it read. Every source row ends in exactly one call, but for an aggregated one, which is counted by <see cref="Aggregated"/> while its counter comes at the end as <see cref="Accept(in CheckedUsage, IRowText)"/>.</summary>
public interface IRowSink
{
    /// <summary>A row that passed every check of reading; the sink may still reject it (an unknown account).</summary>
    void Accept(CheckedRow row, IRowText text);

    /// <summary>A counter; <paramref name="text"/> is null where it sums several source rows.</summary>
    void Accept(in CheckedUsage row, IRowText? text);

    /// <summary>A source row that went into a counter.</summary>
    void Aggregated(long line);

    void Reject(RejectedRow row);

    void Ignore(long line, string reason);

    /// <summary>False for an account that neither the database nor the files before hold and that is not to be created: a row that would go into one of its counters is to be rejected as <c>account_unknown</c>.</summary>
    bool Knows(string accountNamespace, string accountId);
}

/// <summary>The row's text, made only when it is asked for.</summary>
public interface IRowText
{
    /// <summary>The row as it stands in the file.</summary>
    string RawRow { get; }
}
