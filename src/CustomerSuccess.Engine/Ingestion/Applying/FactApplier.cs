using CustomerSuccess.Core.Activity;
using CustomerSuccess.Core.Ingestion;
using CustomerSuccess.Core.Inquiries;
using CustomerSuccess.Engine.Ingestion.Staging;
using CustomerSuccess.Engine.Storage;

namespace CustomerSuccess.Engine.Ingestion.Applying;

/// <summary>A fact as it stands in its table, and what applying made of it.</summary>
internal sealed class FactState(object?[] row, bool isNew)
{
    public object?[] Row { get; } = row;

    public bool IsNew { get; } = isNew;

    public bool IsChanged { get; set; } = isNew;
}

/// <summary>Applies rows of one kind of fact: inserts, updates what differs, voids what is deleted, and moves what changed account.</summary>
internal sealed class FactApplier
{
    private static readonly string[] Keys = ["account_no", "source_id", "fact_id"];

    private readonly ApplyScope _scope;
    private readonly FactShape _shape;
    private readonly StoredTable _table;

    /// <summary>By field of the record: its column, or -1 where it is not stored as such.</summary>
    private readonly int[] _columns;

    /// <summary>By column: the field's type; null for columns that no field fills.</summary>
    private readonly FieldType?[] _types;

    private readonly int _account;
    private readonly int _fact;
    private readonly int _file;
    private readonly int _voided;
    private readonly int _contact;
    private readonly int _day;

    /// <summary>What the desk keeps of inquiries; null for every other record.</summary>
    private readonly ImportedInquiries? _desk;

    /// <param name="scope">The file being applied.</param>
    /// <param name="rules">The desk's rules; asked for where inquiries come.</param>
    public FactApplier(ApplyScope scope, Func<DeskRules> rules)
    {
        _scope = scope;
        _shape = FactShape.All.First(shape => shape.Record == scope.Record.Name);
        _table = scope.Tables.Facts[_shape.Record];
        _columns = [.. scope.Record.Fields.Select(field => _table.IndexOf(field.Name))];
        _types = new FieldType?[_table.Columns.Count];
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] >= 0)
            {
                _types[_columns[i]] = scope.Record.Fields[i].Type;
            }
        }

        _account = _table.IndexOf("account_no");
        _fact = _table.IndexOf("fact_id");
        _file = _table.IndexOf("import_file_id");
        _voided = _table.IndexOf("voided_by");
        _contact = _table.IndexOf("contact_no");
        _day = _table.IndexOf(_shape.Day);
        _desk = _shape.Entity == typeof(Inquiry) ? new ImportedInquiries(_table, rules()) : null;
    }

    public void Apply(IReadOnlyList<StagedRow> rows)
    {
        var known = _scope.Session.Select(
                _table,
                $"source_id = @source AND {_scope.Session.In("fact_id", "@ids")}",
                ("@source", _scope.Header.SourceId), ("@ids", _scope.Session.List(rows.Select(row => row.FactId).Distinct())))
            .Select(row => new FactState(row, isNew: false))
            .GroupBy(state => (string)state.Row[_fact]!)
            .ToDictionary(group => group.Key, group => group.ToList());
        foreach (var row in rows)
        {
            if (!known.TryGetValue(row.FactId, out var states))
            {
                known.Add(row.FactId, states = []);
            }

            if (Apply(row, states) is { } outcome)
            {
                _scope.Tally.Count(outcome);
            }
        }

        var changed = known.Values.SelectMany(states => states).Where(state => state.IsChanged).ToList();
        _scope.Session.Insert(_table, [.. changed.Where(state => state.IsNew).Select(state => state.Row)]);
        _scope.Session.Update(_table, Keys, [.. changed.Where(state => !state.IsNew).Select(state => state.Row)]);
    }

    /// <summary>What became of the row; null where it was rejected.</summary>
    private RowOutcome? Apply(StagedRow row, List<FactState> states)
    {
        var live = states.Find(state => state.Row[_voided] is null);
        if (row.IsDeleted)
        {
            if (live is null)
            {
                return RowOutcome.Unchanged;
            }

            Void(live);
            return RowOutcome.Updated;
        }

        var accountId = row.Text("account_id");
        var accountNo = accountId is not null ? _scope.AccountOf(row, accountId)
            : (live ?? states.FirstOrDefault()) is { } known ? (int)(long)known.Row[_account]!
            : 0;
        if (accountNo == 0)
        {
            if (accountId is null)
            {
                _scope.Reject(row, "account_id", null, "value_required");
            }

            return null;
        }

        var target = states.Find(state => (int)(long)state.Row[_account]! == accountNo);
        var values = Merge(row, accountNo, (live ?? target)?.Row);
        if (values is null)
        {
            return null;
        }

        if (live is not null && live != target)
        {
            // the fact changed account: it stays there, voided, and stands here
            Void(live);
            Put(states, target, values, live.Row);
            if (_desk is not null)
            {
                ImportedInquiries.MoveThread(_scope.Session, _scope.Header.SourceId, row.FactId, (long)live.Row[_account]!, accountNo);
            }

            return RowOutcome.Updated;
        }

        if (target is null)
        {
            Put(states, null, values, null);
            return RowOutcome.Inserted;
        }

        if (live is not null && Same(live.Row, values))
        {
            Reach(live.Row);
            return RowOutcome.Unchanged;
        }

        Put(states, target, values, target.Row);
        return RowOutcome.Updated;
    }

    /// <summary>The fact as the row would have it: what the row does not give stays as it was. Null where the row is rejected.</summary>
    private object?[]? Merge(StagedRow row, int accountNo, object?[]? before)
    {
        var values = before is null ? new object?[_table.Columns.Count] : (object?[])before.Clone();
        values[_account] = (long)accountNo;
        values[_table.IndexOf("source_id")] = (long)_scope.Header.SourceId;
        values[_fact] = row.FactId;
        values[_voided] = null;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i] >= 0 && row.Present[i] && (row.Values[i] is not null || _scope.Header.BlankClears || before is null))
            {
                Say(values, before, _columns[i], StoredTable.ToStored(row.Values[i], _table.Columns[_columns[i]].Kind));
            }
        }

        if (_contact >= 0 && !PutContact(row, accountNo, before, values))
        {
            return null;
        }

        PutDefaults(values);
        return IsWhole(row, values) ? values : null;
    }

    private bool PutContact(StagedRow row, int accountNo, object?[]? before, object?[] values)
    {
        if (row.Text("contact_id") is { } contactId)
        {
            var contactNo = _scope.ContactOf(row, accountNo, contactId);
            Say(values, before, _contact, (long)contactNo);
            return contactNo != 0;
        }

        if (before is not null && (long)before[_account]! != accountNo)
        {
            values[_contact] = null;
        }
        else if (row.Gives("contact_id") && _scope.Header.BlankClears)
        {
            Say(values, before, _contact, null);
        }

        return true;
    }

    /// <summary>Takes what the file says of a column, but where the desk knows better.</summary>
    private void Say(object?[] values, object?[]? before, int column, object? said)
    {
        if (before is null || _desk is null || !_desk.KeepsDesk(values, column, said))
        {
            values[column] = said;
        }
    }

    private void PutDefaults(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null && !_table.Columns[i].IsNullable)
            {
                values[i] = _table.Columns[i].Name switch
                {
                    "currency" => _scope.Header.Currency,
                    "import_file_id" => (long)_scope.ImportFileId,
                    "scale_min" => FactShape.Scale((string)values[_table.IndexOf("kind")]!).Least,
                    "scale_max" => FactShape.Scale((string)values[_table.IndexOf("kind")]!).Most,
                    var name => _shape.Defaults.GetValueOrDefault(name),
                };
            }
        }
    }

    /// <summary>False, and the row rejected, where a value is missing that the fact cannot be without, or two dates contradict each other.</summary>
    private bool IsWhole(StagedRow row, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is null && !_table.Columns[i].IsNullable)
            {
                _scope.Reject(row, _table.Columns[i].Name, null, "value_required");
                return false;
            }
        }

        foreach (var (later, earlier) in _shape.Order)
        {
            var (laterAt, earlierAt) = (_table.IndexOf(later), _table.IndexOf(earlier));
            if (values[laterAt] is long end && values[earlierAt] is long start && end < start)
            {
                _scope.Reject(row, later, ContractText.Of(ContractText.OfStored(end, _types[laterAt])), "end_before_start", new { start = ContractText.OfStored(start, _types[earlierAt]) });
                return false;
            }
        }

        if (_shape.Record == "nps")
        {
            var (score, least, most) = ((double)values[_table.IndexOf("score")]!, (double)values[_table.IndexOf("scale_min")]!, (double)values[_table.IndexOf("scale_max")]!);
            if (score < least || score > most)
            {
                _scope.Reject(row, "score", ContractText.Of(score), "score_outside_scale", new { least, most });
                return false;
            }
        }

        return true;
    }

    private bool Same(object?[] before, object?[] after)
    {
        for (var i = 0; i < before.Length; i++)
        {
            if (i != _file && !Equals(before[i], after[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Puts the values where the fact stands, keeping what they replace.</summary>
    private void Put(List<FactState> states, FactState? target, object?[] values, object?[]? before)
    {
        values[_file] = (long)_scope.ImportFileId;
        _desk?.Complete(values, before);
        if (target is null)
        {
            target = new FactState(values, isNew: true);
            states.Add(target);
        }
        else
        {
            var earlier = new Dictionary<string, object?>();
            for (var i = 0; i < values.Length; i++)
            {
                if (i != _file && !Equals(target.Row[i], values[i]))
                {
                    earlier.Add(_table.Columns[i].Name, ContractText.OfStored(target.Row[i], _types[i]));
                }
            }

            Keep(target, earlier);
            Touch(target.Row);
            values.CopyTo(target.Row, 0);
            target.IsChanged = true;
        }

        Touch(target.Row);
        Reach(target.Row);
    }

    private void Void(FactState state)
    {
        Keep(state, new Dictionary<string, object?> { ["voided_by"] = null });
        state.Row[_voided] = (long)_scope.ImportFileId;
        state.IsChanged = true;
        Touch(state.Row);
    }

    private void Keep(FactState state, Dictionary<string, object?> earlier) => _scope.Changes.Replaced(
        (int)(long)state.Row[_account]!,
        _shape.Record,
        ChangeLog.KeyOf(_scope.Header.SourceId, (string)state.Row[_fact]!),
        (int)(long)state.Row[_file]!,
        earlier);

    private void Touch(object?[] row) => _scope.Changes.Touch((int)(long)row[_account]!, DayOf(row, _day) ?? 0);

    private void Reach(object?[] row)
    {
        foreach (var column in _shape.Happened)
        {
            if (DayOf(row, _table.IndexOf(column)) is { } day)
            {
                _scope.Reached(day);
            }
        }
    }

    private int? DayOf(object?[] row, int column) => row[column] switch
    {
        long stored when _types[column] == FieldType.Instant => _scope.DayOf(stored),
        long stored => (int)stored,
        _ => null,
    };
}
