using CustomerSuccess.Core.Ingestion;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Gives every row of one file its id: from the columns that its preset names, from the record's key, or from its content where the file has no ids.</summary>
internal sealed class RowIdentity
{
    private const int Longest = 400;
    private readonly FactIds _ids = new();
    private readonly ColumnPlan _plan;
    private readonly int[] _columns;
    private readonly int[] _fields;

    public RowIdentity(ColumnPlan plan)
    {
        _plan = plan;
        _columns = plan.Rule is { Key.Count: > 0 } rule ? [.. rule.Key.Select(plan.IndexOfHeader)] : [];
        _fields = [.. Enumerable.Range(0, plan.Record.Fields.Count).Where(i => plan.Record.Fields[i].IsKey)];
    }

    /// <summary>Sets the row's id.</summary>
    /// <param name="row">Its values have been read.</param>
    /// <param name="rows">Stands on the row.</param>
    /// <param name="column">The column at fault; -1 where the row as a whole is.</param>
    /// <returns>Null where there is an id.</returns>
    public Problem? Give(CheckedRow row, CsvTokenizer rows, out int column)
    {
        column = -1;
        if (_columns.Length == 0 && _fields.Length == 1 && !row.Present[_fields[0]])
        {
            row.FactId = _ids.FromContent(row);
            return null;
        }

        var problem = _columns.Length > 0 ? FromColumns(row, rows, out column) : FromKey(row, out column);
        if (problem is not null)
        {
            return problem;
        }

        return row.FactId.Length <= Longest ? null : new Problem("text_too_long", ("length", row.FactId.Length), ("most", Longest));
    }

    private Problem? FromColumns(CheckedRow row, CsvTokenizer rows, out int column)
    {
        var parts = new string[_columns.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = CellText.Id(rows[_columns[i]]);
            if (parts[i].Length == 0)
            {
                column = _columns[i];
                return new Problem("value_required");
            }
        }

        column = -1;
        row.FactId = _ids.Join(parts);
        return null;
    }

    private Problem? FromKey(CheckedRow row, out int column)
    {
        foreach (var field in _fields)
        {
            if (row.Values[field] is null)
            {
                column = _plan.ColumnOf(_plan.Record.Fields[field].Name);
                return new Problem("value_required");
            }
        }

        column = -1;
        row.FactId = _fields.Length == 1 ? (string)row.Values[_fields[0]]! : _ids.Join(_fields.Select(field => FactIds.Canonical(row.Values[field]!)));
        return null;
    }
}
