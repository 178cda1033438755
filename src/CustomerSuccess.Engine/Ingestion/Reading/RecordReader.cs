using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Engine.Ingestion.Presets;

namespace CustomerSuccess.Engine.Ingestion.Reading;

/// <summary>Makes checked rows of one file's rows, for every record but usage.</summary>
internal sealed class RecordReader
{
    private readonly ColumnPlan _plan;
    private readonly RecordType _record;
    private readonly CellReader _cells;
    private readonly AccountJoins _joins;
    private readonly RowIdentity _identity;
    private readonly RowRules _rules;
    private readonly CheckedRow _row;
    private readonly bool[] _isDayOnly;
    private readonly List<(int Column, int Field)> _fields = [];
    private readonly List<(int Column, Field Input)> _inputs = [];
    private readonly List<(int Column, string Name)> _attributes = [];
    private readonly List<(int Field, object Value)> _constants = [];
    private readonly List<(Field Input, string Text)> _constantInputs = [];
    private readonly List<(int Field, int From, int Plus, TimeSpan Unit)> _derived = [];
    private readonly int _joinColumn = -1;
    private readonly int _account;
    private readonly int _mrr;
    private readonly int _currency;
    private readonly bool _hasCurrency;
    private readonly DayOrder _statedOrder;
    private decimal? _price;
    private int? _months;

    public RecordReader(ColumnPlan plan, CellReader cells, ReadingOptions options, DayOrder statedOrder, AccountJoins joins)
    {
        _plan = plan;
        _record = plan.Record;
        _cells = cells;
        _joins = joins;
        _statedOrder = statedOrder;
        _isDayOnly = new bool[_record.Fields.Count];
        _rules = new RowRules(_record, options.Preset is { InclusiveEnds: true }, _isDayOnly);
        _row = new CheckedRow(_record) { Namespace = options.Preset is { OwnNamespace: true } own ? own.Source : "" };
        _account = _record.IndexOf("account_id");
        _mrr = _record.IndexOf("mrr");
        _currency = _record.IndexOf("currency");
        foreach (var (column, i) in plan.Columns.Select((column, i) => (column, i)))
        {
            if (column.Use == ColumnUse.Attribute)
            {
                _attributes.Add((i, column.Header.Trim()));
            }

            foreach (var target in column.Targets)
            {
                Assign(i, target);
            }
        }

        _identity = new RowIdentity(plan);
        if (plan.Rule is not null)
        {
            AddRule(plan.Rule);
            _joinColumn = plan.Rule.Join is null ? -1 : plan.IndexOfHeader(plan.Rule.Join.Column);
        }

        _hasCurrency = _currency >= 0 && _row.Present[_currency];
    }

    /// <summary>Reads the current row.</summary>
    /// <param name="rows">Stands on a row with as many cells as the header.</param>
    /// <param name="column">The column at fault; -1 where the row as a whole is.</param>
    /// <param name="problem">Why the row is rejected; null otherwise.</param>
    /// <returns>The row, valid until the next call; null where it is rejected.</returns>
    public CheckedRow? TryRead(CsvTokenizer rows, out int column, out Problem? problem)
    {
        Reset(rows.Line);
        problem = ReadInputs(rows, out column) ?? ReadFields(rows, out column) ?? ReadDerived(rows, out column) ?? ReadJoin(rows, out column);
        if (problem is not null)
        {
            return null;
        }

        problem = WorkOutMrr() ?? CheckRequired() ?? _rules.Apply(_row);
        if (problem is not null)
        {
            column = problem.Field is null ? -1 : ColumnOf(problem.Field);
            return null;
        }

        foreach (var (at, name) in _attributes)
        {
            var cell = rows[at].Trim();
            if (CellReader.CheckFormula(cell) is { } failed)
            {
                (column, problem) = (at, failed);
                return null;
            }

            var text = cell.IsEmpty ? null : CustomValue.Of(cell, _statedOrder);
            if (text is { Length: > 1_000 })
            {
                column = at;
                problem = new Problem("text_too_long", ("length", text.Length), ("most", 1_000));
                return null;
            }

            _row.Custom.Add(new KeyValuePair<string, string?>(name, text));
        }

        problem = _identity.Give(_row, rows, out column);
        if (problem is not null)
        {
            return null;
        }

        if (!_row.IsDeleted)
        {
            _joins.Remember(_row);
        }

        return _row;
    }

    private void Assign(int column, string target)
    {
        var field = _record.IndexOf(target);
        if (field >= 0)
        {
            _fields.Add((column, field));
            _row.Present[field] = true;
        }
        else
        {
            _inputs.Add((column, _record.Inputs.First(input => input.Name == target)));
        }
    }

    private void AddRule(PresetFile rule)
    {
        foreach (var (name, text) in rule.Constants)
        {
            var field = _record.IndexOf(name);
            if (field >= 0)
            {
                _ = _cells.Read(_record.Fields[field], text, out var value);
                _constants.Add((field, value!));
                _row.Present[field] = true;
            }
            else
            {
                _constantInputs.Add((_record.Inputs.First(input => input.Name == name), text));
            }
        }

        foreach (var (name, derived) in rule.Derived)
        {
            var field = _record.IndexOf(name);
            _derived.Add((field, _plan.IndexOfHeader(derived.From), _plan.IndexOfHeader(derived.Plus), derived.UnitLength!.Value));
            _row.Present[field] = true;
        }

        if (rule.Join is not null)
        {
            _row.Present[_account] = true;
        }
    }

    private void Reset(long line)
    {
        Array.Clear(_row.Values);
        Array.Clear(_isDayOnly);
        _row.Custom.Clear();
        _row.Line = line;
        _row.FactId = "";
        _row.IsDeleted = false;
        _row.ValidFrom = null;
        _price = null;
        _months = null;
        _cells.CurrencySeen = null;
        if (_currency >= 0)
        {
            // a mark may have given it to the row before
            _row.Present[_currency] = _hasCurrency;
        }

        foreach (var (field, value) in _constants)
        {
            _row.Values[field] = value;
        }
    }

    private Problem? ReadInputs(CsvTokenizer rows, out int column)
    {
        column = -1;
        foreach (var (input, text) in _constantInputs)
        {
            if (ReadInput(input, text) is { } problem)
            {
                return problem;
            }
        }

        foreach (var (at, input) in _inputs)
        {
            var cell = rows[at].Trim();
            if (!cell.IsEmpty && ReadInput(input, cell) is { } problem)
            {
                column = at;
                return problem;
            }
        }

        return null;
    }

    private Problem? ReadInput(Field input, ReadOnlySpan<char> cell)
    {
        if (input == ImportContract.Interval)
        {
            _months = WordCell.TryInterval(cell, out var months) ? months : null;
            return _months is null ? new Problem("interval_invalid") : null;
        }

        if (_cells.Read(input, cell, out var value) is { } problem)
        {
            return problem;
        }

        switch (value)
        {
            case bool deleted:
                _row.IsDeleted = deleted;
                break;
            case DateOnly from:
                _row.ValidFrom = from;
                break;
            case decimal price:
                _price = price;
                break;
        }

        return null;
    }

    private Problem? ReadFields(CsvTokenizer rows, out int column)
    {
        foreach (var (at, index) in _fields)
        {
            var cell = rows[at].Trim();
            if (cell.IsEmpty)
            {
                continue;
            }

            var field = _record.Fields[index];
            Problem? problem;
            if (field.Type == FieldType.Instant)
            {
                problem = _cells.ReadInstant(cell, out var instant, out _isDayOnly[index]);
                _row.Values[index] = instant;
            }
            else
            {
                problem = _cells.Read(field, cell, out _row.Values[index]);
            }

            if (problem is not null)
            {
                column = at;
                return problem;
            }
        }

        if (_currency >= 0 && _row.Values[_currency] is null && _cells.CurrencySeen is not null)
        {
            _row.Values[_currency] = _cells.CurrencySeen;
            _row.Present[_currency] = true;
        }

        column = -1;
        return null;
    }

    private Problem? ReadDerived(CsvTokenizer rows, out int column)
    {
        foreach (var (field, from, plus, unit) in _derived)
        {
            var start = rows[from].Trim();
            if (start.IsEmpty || rows[plus].Trim().IsEmpty)
            {
                continue;
            }

            column = from;
            if (_cells.ReadInstant(start, out var instant, out _) is { } problem)
            {
                return problem;
            }

            column = plus;
            if (!NumberCell.TryNumber(rows[plus], out var duration))
            {
                return new Problem("number_invalid");
            }

            var ticks = instant.Ticks + (duration * unit.Ticks);
            if (duration < 0 || ticks > DateTime.MaxValue.Ticks)
            {
                return new Problem("number_too_small", ("least", 0));
            }

            var derived = new DateTime((long)ticks, DateTimeKind.Utc);
            if (_cells.CheckFuture(derived) is { } future)
            {
                return future;
            }

            _row.Values[field] = derived;
        }

        column = -1;
        return null;
    }

    private Problem? ReadJoin(CsvTokenizer rows, out int column)
    {
        column = _joinColumn;
        if (_joinColumn < 0)
        {
            return null;
        }

        var record = _plan.Rule!.Join!.Record;
        var id = CellText.Id(rows[_joinColumn]);
        if (id.Length == 0)
        {
            return new Problem("value_required");
        }

        _row.Values[_account] = _joins.Find(record, id);
        return _row.Values[_account] is null ? new Problem("join_not_found", ("record", record)) : null;
    }

    /// <summary>A price of an interval gives the MRR where the file does not.</summary>
    private Problem? WorkOutMrr()
    {
        if (_mrr < 0 || _row.Values[_mrr] is not null || _price is null)
        {
            return null;
        }

        if (_months is null)
        {
            return new Problem("value_required") { Field = "billing_interval" };
        }

        _row.Values[_mrr] = decimal.Round(_price.Value / _months.Value, 4, MidpointRounding.ToEven);
        _row.Present[_mrr] = true;
        return null;
    }

    private Problem? CheckRequired()
    {
        for (var i = 0; i < _record.Fields.Count; i++)
        {
            var field = _record.Fields[i];
            if (field.IsRequired && _row.Values[i] is null && (field.IsKey || !_row.IsDeleted))
            {
                return new Problem("value_required") { Field = field.Name };
            }
        }

        return null;
    }

    private int ColumnOf(string field)
    {
        var column = _plan.ColumnOf(field);
        return column < 0 && field == "mrr" ? _plan.ColumnOf("price") : column;
    }
}
