using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Tests.Ingestion.Reading;

/// <summary>Keeps copies of all that a reader gives.</summary>
internal sealed class CollectingSink : IRowSink
{
    public List<Row> Rows { get; } = [];

    public List<CheckedUsage> Usage { get; } = [];

    public List<RejectedRow> Rejected { get; } = [];

    public List<(long Line, string Reason)> Ignored { get; } = [];

    public long AggregatedRows { get; private set; }

    public void Accept(CheckedRow row, IRowText text)
    {
        var values = row.Record.Fields.Select((field, i) => (field.Name, Value: row.Values[i], IsPresent: row.Present[i])).ToList();
        Rows.Add(new Row(
            row.Line,
            row.FactId,
            values.ToDictionary(pair => pair.Name, pair => pair.Value),
            values.Where(pair => pair.IsPresent).Select(pair => pair.Name).ToHashSet(),
            row.Custom.ToDictionary(),
            row.Namespace,
            row.IsDeleted,
            row.ValidFrom,
            text.RawRow));
    }

    public void Accept(in CheckedUsage row, IRowText? text) => Usage.Add(row);

    public void Aggregated(long line) => AggregatedRows++;

    public void Reject(RejectedRow row) => Rejected.Add(row);

    public void Ignore(long line, string reason) => Ignored.Add((line, reason));

    public HashSet<string> UnknownAccounts { get; } = [];

    public bool Knows(string accountNamespace, string accountId) => !UnknownAccounts.Contains(accountId);

    public long Total => Rows.Count + Usage.Count + Rejected.Count + Ignored.Count + AggregatedRows;

    internal sealed record Row(
        long Line,
        string Id,
        IReadOnlyDictionary<string, object?> Values,
        IReadOnlySet<string> Present,
        IReadOnlyDictionary<string, string?> Custom,
        string Namespace,
        bool IsDeleted,
        DateOnly? ValidFrom,
        string Raw)
    {
        public object? this[string field] => Values[field];
    }
}
